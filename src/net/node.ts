/**
 * `Net` over real sockets: what select(2) would say, worked out from what node:net has told us.
 *
 * Where the picture breaks, because libuv stands between us and the kernel:
 * - Bytes are readable after libuv has copied them to user space, not while they lie in the kernel.
 * - libuv accepts ahead of us: a client is connected, and its connection uses one of the process's
 *   descriptors, before `accept`. A backlog therefore limits little.
 * - Out of descriptors, libuv accepts and closes without a word: refuse clients below that limit.
 * - libuv sets SO_REUSEADDR on every listener, asked or not, and reports what bind(2) found at listen.
 * - Our numbers are not the kernel's, although they follow the same rule.
 * - Out-of-band data is not reported, so `except` is always empty.
 * - SO_SNDBUF and SO_RCVBUF are emulated; the kernel's own buffers lie behind them.
 * - A `close` with unread bytes sends FIN where a kernel sends RST: libuv has read them.
 * - RST that comes together with bytes is told as FIN behind them: libuv takes the hang-up for one.
 * - A send that meets RST takes with it what lay unread in the kernel; on Linux it stays readable.
 *
 * @module
 */

import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { Descriptors } from './descriptors.js';
import { checkHost, checkPort, failure, socketError } from './failure.js';
import type { FdSetSizeOptions } from './fd-table.js';
import type { Address, Fd, FdSet, ListenOptions, Net, Ready, SocketOption } from './net.js';
import { type BufferSizes, NodeConnection, resetSocket, type Watcher } from './node-connection.js';

/**
 * Opens a socket to an address: `createConnection`, or what stands beside it.
 *
 * @param whenOpen called once it is ready for bytes; a socket that fails before emits `error`
 */
export type OpenSocket = (
  to: { host: string; port: number; allowHalfOpen: true },
  whenOpen: () => void,
) => Socket;

/** How a `NodeNet` is made. */
export interface NodeNetOptions extends BufferSizes, FdSetSizeOptions {
  /** What `connect` opens a socket with. Default: plain TCP. */
  openSocket?: OpenSocket;
}

/** What libuv has handed to us of a descriptor, and no call of ours has taken yet. */
export interface Queued {
  /** Bytes of a connection, or connections of a listener. */
  kind: 'bytes' | 'connections';
  /** How many. */
  length: number;
}

/** A listening socket, and the connections that wait for accept. */
class Listener {
  readonly server: Server;
  readonly local: Address;
  readonly queue: NodeConnection[] = [];
  readonly writable = false;
  /** Inherited by every connection that is accepted, as on Linux. */
  readonly options = new Map<SocketOption, number>();
  /** Why the kernel's accept failed, until our `accept` has told it. */
  error: string | null = null;

  constructor(server: Server, local: Address) {
    this.server = server;
    this.local = local;
  }

  get readable(): boolean {
    return this.queue.length > 0 || this.error !== null;
  }

  /** Takes the connection that has waited longest. */
  take(fd: Fd): NodeConnection {
    const connection = this.queue.shift();
    if (connection !== undefined) return connection;
    const error = this.error;
    this.error = null;
    if (error !== null) throw socketError('accept', error, 'net.kernel', { fd });
    throw socketError('accept', 'EAGAIN', 'net.nobody-waits', { fd });
  }

  close(): void {
    this.server.close();
    for (const connection of this.queue) connection.reset();
    this.queue.length = 0;
  }
}

/** The longest time-out that setTimeout takes: 24.8 days. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * This process's table of descriptors, over node:net.
 *
 * @see Net for what every call promises
 */
export class NodeNet extends Descriptors<NodeConnection, Listener> implements Net {
  readonly #madeAt = performance.now();
  readonly #buffers: BufferSizes;
  readonly #openSocket: OpenSocket;
  /** Every socket that has a handle: connecting, waiting for accept, open or lingering. */
  readonly #sockets = new Set<Socket>();
  /** One function for all: a quiet connection is to cost little, and a `once` costs 270 bytes. */
  readonly #untrack: (this: Socket) => void;
  /** What wakes the selects that wait. */
  readonly #waiting = new Set<() => void>();
  readonly #watcher: Watcher = {
    becameReadable: (fd) => this.#becameReadable(fd),
    becameWritable: () => this.#wake(),
  };
  #interrupted = false;

  constructor(options: NodeNetOptions = {}) {
    super(options);
    this.#buffers = options;
    this.#openSocket = options.openSocket ?? createConnection;
    const sockets = this.#sockets;
    this.#untrack = function (this: Socket): void {
      sockets.delete(this);
    };
  }

  now(): number {
    return performance.now() - this.#madeAt;
  }

  date(): Date {
    return new Date();
  }

  async listen(address: Address, options: ListenOptions = {}): Promise<Fd> {
    checkHost('bind', address);
    checkPort('bind', address);
    const server = createServer({ allowHalfOpen: true, pauseOnConnect: true });
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error) => reject(failure('bind', error, address)));
      const { host, port } = address;
      server.listen({ host, port, backlog: options.backlog ?? 511 }, resolve);
    });
    const local = server.address();
    if (local === null || typeof local === 'string') throw new Error('bug: a listener has no port');
    const listener = new Listener(server, { host: local.address, port: local.port });
    const fd = this.table.open(listener);
    server.on('connection', (socket) => {
      this.#track(socket);
      listener.queue.push(new NodeConnection(socket, this.#watcher, this.#buffers));
      if (listener.queue.length === 1) this.#becameReadable(fd);
    });
    server.removeAllListeners('error').on('error', (error: NodeJS.ErrnoException) => {
      listener.error = error.code ?? 'EIO';
      this.#becameReadable(fd);
    });
    return fd;
  }

  async connect(address: Address): Promise<Fd> {
    checkHost('connect', address);
    checkPort('connect', address);
    return await new Promise((resolve, reject) => {
      const { host, port } = address;
      const socket = this.#openSocket({ host, port, allowHalfOpen: true }, () => {
        socket.off('error', fail).off('close', abort);
        const connection = new NodeConnection(socket, this.#watcher, this.#buffers);
        const fd = this.table.open(connection);
        connection.open(fd);
        resolve(fd);
      });
      const fail = (error: Error) => reject(failure('connect', error, address));
      const abort = () => fail(Object.assign(new Error(), { code: 'ECONNABORTED' }));
      this.#track(socket);
      socket.once('error', fail).once('close', abort);
    });
  }

  async select(
    read: FdSet,
    write: FdSet,
    except: FdSet,
    timeoutMs: number | null = null,
  ): Promise<Ready> {
    if (timeoutMs !== null && !(timeoutMs >= 0)) {
      throw socketError('select', 'EINVAL', 'net.time-out', { timeoutMs });
    }
    let expired = timeoutMs === 0;
    let timer: NodeJS.Timeout | undefined;
    try {
      for (;;) {
        // A select that waits on microtasks alone starves timers and sockets. After one setImmediate
        // libuv has polled once, and all that this poll brought is reported in one turn.
        await nextPoll();
        const ready = this.table.look(read, write, except, this.readable);
        if (this.#interrupted) {
          this.#interrupted = false;
          return { ...ready, read: [], write: [] };
        }
        if (expired || ready.read.length > 0 || ready.write.length > 0) return ready;
        if (timeoutMs !== null && timer === undefined) {
          const expire = () => {
            expired = true;
            this.#wake();
          };
          timer = setTimeout(expire, Math.min(timeoutMs, LONGEST_MS));
        }
        await new Promise<void>((resolve) => this.#waiting.add(resolve));
      }
    } finally {
      clearTimeout(timer);
    }
  }

  interrupt(): void {
    this.#interrupted = true;
    this.#wake();
  }

  accept(fd: Fd): Fd {
    const listener = this.listener('accept', fd);
    let connection: NodeConnection;
    try {
      connection = listener.take(fd);
    } finally {
      if (!listener.readable) this.readable.delete(fd);
    }
    for (const [option, value] of listener.options) connection.set(option, value);
    const accepted = this.table.open(connection);
    connection.open(accepted);
    return accepted;
  }

  /**
   * What has come for a descriptor out of the kernel, and was not taken by recv or accept. More may
   * lie in the kernel behind it.
   *
   * @throws SocketError EBADF for a number that is not open
   */
  queued(fd: Fd): Queued {
    const descriptor = this.table.require('queued', fd);
    return descriptor instanceof NodeConnection
      ? { kind: 'bytes', length: descriptor.queued }
      : { kind: 'connections', length: descriptor.queue.length };
  }

  /** Resets every descriptor, and every connection that still lingers, so that none outlives a test. */
  closeAll(): void {
    for (const fd of this.table.openFds()) this.reset(fd);
    for (const socket of this.#sockets) resetSocket(socket);
  }

  /** @internal */
  protected override released(_fd: Fd): void {
    this.#wake(); // a select that watches this number has to say so
  }

  #becameReadable(fd: Fd): void {
    // A connection that waits for accept has no number yet; `open` tells its state again.
    if (fd < 0 || this.table.ignores(fd)) return;
    this.readable.add(fd);
    this.#wake();
  }

  #track(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', this.#untrack);
  }

  #wake(): void {
    if (this.#waiting.size === 0) return;
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}

function nextPoll(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
