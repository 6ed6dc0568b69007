/**
 * One host of a simulated network: a process with its table of descriptors, as `Net` has it.
 * In which order programs run is said in sim.ts.
 * @module
 */

import { failing } from '../texts/errors.js';
import { Descriptors } from './descriptors.js';
import { checkPort, failure, socketError } from './failure.js';
import type { FdSetSizeOptions } from './fd-table.js';
import type { Address, Fd, FdSet, ListenOptions, Net, Ready, SocketError } from './net.js';
import {
  type Connected,
  Handshake,
  type ListenerKernel,
  type Machine,
  SimListener,
} from './sim-accept.js';
import { microsOf } from './sim-clock.js';
import { Selector } from './sim-select.js';
import type { SimConnection } from './sim-tcp.js';
import type { SimWorld } from './sim-world.js';

/** How a host is made. */
export interface SimHostOptions extends FdSetSizeOptions {
  /** Its IP address. Hosts with one address are processes of one machine. Default 127.0.0.1. */
  address?: string;
  /** RLIMIT_NOFILE: descriptors are below it, and 0 to 2 are taken. Default: no limit. */
  maxFds?: number;
  /** SO_SNDBUF, in bytes. Default 262,144. */
  sendBuffer?: number;
  /** SO_RCVBUF, in bytes. Default 65,536. */
  receiveBuffer?: number;
  /** Milliseconds that a turn takes at least, so that a loop which never waits lets time pass. Default 0.01. */
  turnMs?: number;
  /** Whether a close with unread bytes sends RST, as Linux does; NodeNet sends FIN. Default true. */
  resetUnread?: boolean;
}

/** The step `arrive` of a trace, and which connection it is about. */
export interface SimArrival {
  /** Says which step it is. */
  step: 'arrive';
  /** Where it waits: the connection, or the listener in whose queue the connection still is. */
  fd: Fd;
  /** What came. */
  kind: 'connect' | 'bytes' | 'fin' | 'reset';
  /** Bytes that came; 0 for the other kinds. */
  length: number;
  /** Which connection, since one that waits for accept has no fd: 1 for the first `connect` of the world. */
  connection: number;
}

/** Is told of everything that comes in at a host. */
export type Arrived = (host: SimHost, step: SimArrival) => void;

/** A select that waits: what it was given. */
export interface WaitingSelect {
  /** Watched for reading, in watch order. */
  read: Fd[];
  /** Watched for writing. */
  write: Fd[];
}

/** One host; made by `SimNet.host`. */
export class SimHost extends Descriptors<SimConnection, SimListener> implements Net {
  /** Its name, for rules and links. */
  readonly name: string;
  readonly #world: SimWorld<SimListener>;
  readonly #arrived: Arrived;
  readonly #machine: Machine;
  readonly #selector: Selector;
  readonly #kernel: ListenerKernel;
  readonly #maxFds: number;
  /** Descriptors that are open or, by `connect`, spoken for. */
  #taken = 3;

  constructor(
    world: SimWorld<SimListener>,
    name: string,
    arrived: Arrived,
    options: SimHostOptions = {},
  ) {
    super(options);
    const { turnMs = 0.01 } = options;
    if (!(microsOf(turnMs) >= 1)) {
      throw failing(RangeError, 'sim.turn', { turnMs });
    }
    this.name = name;
    this.#world = world;
    this.#arrived = arrived;
    this.#machine = world.enter(name, options.address ?? '127.0.0.1');
    this.#selector = new Selector(world.clock, this.table, this.readable, microsOf(turnMs));
    this.#maxFds = options.maxFds ?? Number.POSITIVE_INFINITY;
    this.#kernel = this.#makeKernel(options);
  }

  /** Its IP address. */
  get address(): string {
    return this.#machine.address;
  }

  /** Its open descriptors, lowest first. */
  get openFds(): Fd[] {
    return this.table.openFds();
  }

  /** What its program waits for in select; empty while it does anything else. */
  get waiting(): WaitingSelect[] {
    return this.#selector.watched;
  }

  /** Stops its program when its next call would return, as SIGSTOP does: bytes pile up in its buffers. */
  pause(): void {
    this.#selector.pause();
  }

  /** Lets it go on; what piled up is reported at once. */
  resume(): void {
    this.#selector.resume();
  }

  now(): number {
    return this.#world.clock.now / 1_000;
  }

  async listen(address: Address, options: ListenOptions = {}): Promise<Fd> {
    checkPort('bind', address);
    const machine = this.#machine;
    if (this.#world.resolve(address.host, machine) !== machine) {
      throw failed('bind', 'EADDRNOTAVAIL', address);
    }
    const port = address.port === 0 ? machine.freePort() : address.port;
    if (port === null || machine.listenerAt(port) !== undefined) {
      throw failed('bind', 'EADDRINUSE', address);
    }
    if (options.reuseAddress === false && machine.lingers(port)) {
      throw socketError('bind', 'EADDRINUSE', 'net.lingers', { host: address.host, port });
    }
    this.#reserve('bind');
    const local = { host: machine.address, port };
    const listener = new SimListener(this.#kernel, machine, local, options.backlog ?? 511);
    listener.fd = this.table.open(listener);
    return listener.fd;
  }

  async connect(address: Address): Promise<Fd> {
    checkPort('connect', address);
    const from = this.#machine;
    const to = this.#world.resolve(address.host, from);
    if (to === null) throw failed('connect', 'ENOTFOUND', address);
    const port = from.freePort();
    if (port === null) throw failed('connect', 'EADDRNOTAVAIL', address);
    this.#reserve('connect');
    const route = {
      from,
      to,
      local: { host: from.address, port },
      peer: { host: to.address, port: address.port },
    };
    return await new Promise((resolve, reject) => {
      const done = (result: Connected): void => {
        if (result !== 'ECONNREFUSED') {
          result.fd = this.table.open(result);
          this.#selector.return(() => resolve(result.fd));
          return;
        }
        this.#taken--;
        this.#selector.return(() => reject(failed('connect', result, address)));
      };
      new Handshake(this.#world, this.#kernel, route, done);
    });
  }

  select(
    read: FdSet,
    write: FdSet,
    except: FdSet,
    timeoutMs: number | null = null,
  ): Promise<Ready> {
    return this.#selector.select(read, write, except, timeoutMs);
  }

  interrupt(): void {
    this.#selector.interrupt();
  }

  accept(fd: Fd): Fd {
    const listener = this.listener('accept', fd);
    if (listener.readable) this.#reserve('accept'); // without room the connection stays in the queue
    const connection = listener.take();
    if (!listener.readable) this.readable.delete(fd);
    for (const [option, value] of listener.options) connection.set(option, value);
    const accepted = this.table.open(connection);
    connection.fd = accepted;
    if (connection.readable) this.#selector.becameReadable(accepted);
    return accepted;
  }

  /** Closes every descriptor, as the end of the process does. */
  closeAll(): void {
    for (const fd of this.openFds) this.close(fd);
  }

  /** @internal */
  protected override released(fd: Fd): void {
    this.#taken--;
    this.#selector.released(fd);
  }

  #makeKernel(options: SimHostOptions): ListenerKernel {
    const tell = (connection: SimConnection, kind: SimArrival['kind'], length: number): void => {
      const { fd, queuedAt, number } = connection;
      this.#arrived(this, {
        step: 'arrive',
        fd: fd < 0 ? queuedAt : fd,
        kind,
        length,
        connection: number,
      });
    };
    return {
      name: this.name,
      sendBuffer: options.sendBuffer ?? 262_144,
      receiveBuffer: options.receiveBuffer ?? 65_536,
      resetUnread: options.resetUnread ?? true,
      becameReadable: ({ fd }) => this.#selector.becameReadable(fd),
      becameWritable: ({ fd }) => this.#selector.becameWritable(fd),
      arrived: tell,
      queued: (connection) => {
        tell(connection, 'connect', 0);
        this.#selector.becameReadable(connection.queuedAt);
      },
      forget: ({ local }, timeWait) => this.#machine.release(local, timeWait),
    };
  }

  /** Speaks for one more descriptor. */
  #reserve(syscall: string): void {
    if (this.#taken >= this.#maxFds) {
      throw socketError(syscall, 'EMFILE', 'net.all-taken', { maxFds: this.#maxFds });
    }
    this.#taken++;
  }
}

function failed(syscall: string, code: string, address: Address): SocketError {
  return failure(syscall, Object.assign(new Error(code), { code }), address);
}
