/**
 * One TCP connection as a kernel would keep it: a receive buffer and a send buffer of known sizes,
 * FIN, and the error that ended it. Wraps one net.Socket; gives out no descriptors and never waits.
 * @module
 */

import type { Socket } from 'node:net';
import { socketError } from './failure.js';
import type { Address, Fd, SocketError, SocketOption } from './net.js';

/** Sizes of the emulated buffers, in bytes. */
export interface BufferSizes {
  /** SO_SNDBUF. Default 2 MiB. */
  sendBuffer?: number;
  /** SO_RCVBUF. Default 512 KiB: libuv brings 64 KiB at a time. */
  receiveBuffer?: number;
}

/** Who is told of changes of state, so that select need not ask every connection. */
export interface Watcher {
  /** The connection had nothing to recv, and now has bytes, FIN or an error. */
  becameReadable(fd: Fd): void;
  /** The connection may have room to send, or an error. One function for all: each listens with it. */
  readonly becameWritable: () => void;
}

/** How long a closed connection may go on sending to a peer that does not read, in milliseconds. */
const LINGER_MS = 2_000;

/** A chunk of so many bytes is not copied for the sake of what came behind it. */
const LONG = 16_384;

const NO_BYTES = new Uint8Array(0);

/** A connection between its accept (or connect) and its close. */
export class NodeConnection {
  /** Asked at the start, to be told after the peer has gone; empty if it was gone even then. */
  readonly peer: Address;
  readonly local: Address;
  readonly #socket: Socket;
  readonly #watcher: Watcher;
  #sendBuffer: number;
  #finSent = false;
  #error: string | null = null;
  #fd: Fd = -1;
  #receiveBuffer: number;
  /** What has arrived and was not taken: what is taken goes at once, for a flood never leaves this empty. */
  #chunks: Uint8Array[] = [];
  #queued = 0;
  /** True from the start: a connection that waits for accept keeps its bytes in the kernel. */
  #paused = true;
  #finReceived = false;
  #closed = false;

  constructor(socket: Socket, watcher: Watcher, sizes: BufferSizes = {}) {
    this.peer = { host: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 };
    this.local = { host: socket.localAddress ?? '', port: socket.localPort ?? 0 };
    this.#socket = socket;
    this.#watcher = watcher;
    this.#sendBuffer = sizes.sendBuffer ?? 2 << 20;
    this.#receiveBuffer = sizes.receiveBuffer ?? 1 << 19;
    socket.pause();
    socket.on('data', (chunk: Uint8Array) => this.#arrive(chunk));
    socket.on('end', () => this.#finArrives());
    socket.on('drain', watcher.becameWritable);
    // Stays on after close: an 'error' that nobody listens to would end the process.
    socket.on('error', (error) => this.#fail(error));
  }

  /** Gives the connection its number and lets its bytes come in. */
  open(fd: Fd): void {
    this.#fd = fd;
    this.#regulate();
    if (this.readable) this.#watcher.becameReadable(fd);
  }

  /** Bytes that libuv has copied out of the kernel, and nobody has taken: here, or in Node's stream. */
  get queued(): number {
    return this.#queued + this.#socket.readableLength;
  }

  /** Bytes, FIN or an error. */
  get readable(): boolean {
    return this.#queued > 0 || this.#finReceived || this.#error !== null;
  }

  /** Room, or an error that `send` would throw without waiting. */
  get writable(): boolean {
    return this.#socket.writableLength < this.#sendBuffer || this.#finSent || this.#error !== null;
  }

  /**
   * Takes up to `length` bytes: a chunk as it came where one will do or is long, else a copy of several.
   *
   * Bytes come before FIN and before an error, as on Linux, where RST leaves what was received.
   * Linux tells an error once and FIN from then on; here it stays, so that a loop that met it in
   * `send` finds the same cause in `recv`.
   *
   * @throws SocketError EAGAIN, or the error that ended the connection
   */
  recv(length: number): Uint8Array {
    const first = this.#chunks[0];
    if (first === undefined) return this.#recvNothing();
    let bytes = first;
    if (first.length > length) {
      bytes = first.subarray(0, length);
      this.#chunks[0] = first.subarray(length);
    } else if (first.length === length || first.length === this.#queued || first.length >= LONG) {
      this.#chunks.shift();
    } else {
      bytes = this.#join(Math.min(length, this.#queued));
    }
    this.#queued -= bytes.length;
    if (this.#paused) this.#regulate();
    return bytes;
  }

  /**
   * Takes what the emulated send buffer has room for.
   *
   * Node keeps a chunk whole until its last byte is with the kernel, so room comes back in steps
   * of a `send`; and the kernel's own buffer lies behind this one.
   *
   * @throws SocketError EAGAIN, EPIPE after shutdown, or the error that ended the connection
   */
  send(bytes: Uint8Array): number {
    if (this.#error !== null) throw this.#broken('send', this.#error);
    if (this.#finSent) {
      throw socketError('send', 'EPIPE', 'net.shut-down', { fd: this.#fd });
    }
    if (bytes.length === 0) return 0;
    const socket = this.#socket;
    const queued = socket.writableLength;
    const room = this.#sendBuffer - queued;
    if (room <= 0) {
      const values = { fd: this.#fd, queued, sendBuffer: this.#sendBuffer };
      throw socketError('send', 'EAGAIN', 'net.no-room', values);
    }
    const taken = bytes.length <= room ? bytes : bytes.subarray(0, room);
    // A callback costs a tick, and most writes end at once. Without one, 'drain' reports a write of
    // a high-water mark or more; after a shorter one there is room, unless the buffer is that small.
    if (queued > 0 || this.#sendBuffer <= socket.writableHighWaterMark) {
      socket.write(taken, this.#watcher.becameWritable);
    } else {
      socket.write(taken);
    }
    // The kernel has refused already; the 'error' event follows in a later tick.
    if (!socket.writable && socket.errored !== null)
      throw this.#broken('send', this.#fail(socket.errored));
    return taken.length;
  }

  /** Sends FIN behind what was sent. */
  shutdown(): void {
    if (this.#finSent) return;
    this.#finSent = true;
    this.#socket.end();
    this.#watcher.becameWritable();
  }

  /**
   * Ends both directions: what was sent goes out, then FIN. Goes on reading meanwhile, and throws
   * away what comes, because close(2) with unread bytes in the kernel sends RST instead.
   */
  close(): void {
    this.#forget();
    this.#socket.resume();
    this.#socket.destroySoon();
    if (this.#socket.writableLength === 0) return;
    const timer = setTimeout(() => resetSocket(this.#socket), LINGER_MS).unref();
    this.#socket.once('close', () => clearTimeout(timer));
  }

  /** Ends the connection with RST. */
  reset(): void {
    this.#forget();
    resetSocket(this.#socket);
  }

  /** Sets an option whose value was checked. */
  set(option: SocketOption, value: number): void {
    switch (option) {
      case 'SO_SNDBUF':
        this.#sendBuffer = value;
        // Writes under way may have no callback yet (see `send`): one behind them wakes a select.
        if (this.#socket.writableLength > 0)
          this.#socket.write(NO_BYTES, this.#watcher.becameWritable);
        this.#watcher.becameWritable();
        break;
      case 'SO_RCVBUF':
        this.#receiveBuffer = value;
        this.#regulate();
        break;
      case 'SO_KEEPALIVE':
        this.#socket.setKeepAlive(value !== 0);
        break;
      case 'TCP_NODELAY':
        this.#socket.setNoDelay(value !== 0);
        break;
      case 'SO_REUSEADDR': // matters to bind alone, and libuv always sets it there
        break;
    }
  }

  #arrive(chunk: Uint8Array): void {
    if (this.#closed) return;
    this.#chunks.push(chunk);
    this.#queued += chunk.length;
    if (this.#queued >= this.#receiveBuffer) this.#regulate();
    if (this.#queued === chunk.length) this.#watcher.becameReadable(this.#fd);
  }

  #finArrives(): void {
    if (this.#closed) return;
    this.#finReceived = true;
    this.#watcher.becameReadable(this.#fd);
  }

  #fail(error: NodeJS.ErrnoException): string {
    if (this.#error !== null) return this.#error;
    this.#error = error.code ?? 'EIO';
    if (this.#closed) return this.#error;
    // Node's stream may hold some that came after we paused it; they arrived before the error.
    const rest: Uint8Array | null = this.#socket.read();
    if (rest !== null) {
      this.#chunks.push(rest);
      this.#queued += rest.length;
    }
    this.#watcher.becameReadable(this.#fd);
    this.#watcher.becameWritable();
    return this.#error;
  }

  /**
   * Lets bytes in until the receive buffer is full; then they wait in the kernel, and at the peer. Goes
   * on when half of it is free: to stop and to go on are system calls each, and a chunk of libuv may
   * fill the buffer.
   */
  #regulate(): void {
    const most = this.#paused ? this.#receiveBuffer / 2 : this.#receiveBuffer;
    const full = this.#queued >= most;
    if (full === this.#paused) return;
    this.#paused = full;
    if (full) this.#socket.pause();
    else this.#socket.resume();
  }

  #recvNothing(): Uint8Array {
    if (this.#finReceived) return NO_BYTES;
    if (this.#error !== null) throw this.#broken('recv', this.#error);
    throw socketError('recv', 'EAGAIN', 'net.no-bytes', { fd: this.#fd });
  }

  #join(length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    let filled = 0;
    for (;;) {
      const chunk = this.#chunks[0];
      if (chunk === undefined || filled === length) return bytes;
      const part = chunk.length <= length - filled ? chunk : chunk.subarray(0, length - filled);
      bytes.set(part, filled);
      filled += part.length;
      if (part === chunk) this.#chunks.shift();
      else this.#chunks[0] = chunk.subarray(part.length);
    }
  }

  #forget(): void {
    this.#closed = true;
    this.#chunks = [];
    this.#queued = 0;
  }

  #broken(syscall: string, code: string): SocketError {
    const { host, port } = this.peer;
    return socketError(syscall, code, 'net.lost', { fd: this.#fd, host, port: String(port) });
  }
}

/** Destroys a socket with RST, at whatever point of its life. */
export function resetSocket(socket: Socket): void {
  // While shutdown(2) is under way libuv refuses a reset (EINVAL), and Node then loses the handle.
  const shuttingDown =
    socket.writableEnded && !socket.writableFinished && socket.writableLength === 0;
  if (socket.connecting) socket.destroy();
  else if (shuttingDown) socket.once('finish', () => socket.resetAndDestroy());
  else socket.resetAndDestroy();
}
