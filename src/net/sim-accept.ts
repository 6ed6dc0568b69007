/**
 * How a simulated connection comes to be: SYN, SYN+ACK, ACK, the accept queue and its backlog.
 *
 * A SYN that finds the queue full waits in front of the listener and gets in as soon as there is
 * room. Linux drops it and the client sends it again after 1, 3, 7 seconds; that is retransmission,
 * which is not modelled. Linux asks for room at the ACK too; here the SYN reserves it.
 * @module
 */

import { socketError } from './failure.js';
import type { Address, Fd, SocketOption } from './net.js';
import { SimEvent } from './sim-clock.js';
import type { SimMachine } from './sim-machine.js';
import { type Kernel, SimConnection } from './sim-tcp.js';
import { Line } from './sim-wire.js';
import type { SimWorld } from './sim-world.js';

/** A machine whose ports have listeners of this kind. */
export type Machine = SimMachine<SimListener>;

/** What a listener tells its host. */
export interface ListenerKernel extends Kernel {
  /** A connection waits for accept. */
  queued(connection: SimConnection): void;
}

/** A listening socket, and the connections that wait for accept. */
export class SimListener {
  readonly kernel: ListenerKernel;
  readonly machine: Machine;
  readonly local: Address;
  readonly writable = false;
  /** Its number; the host gives it. */
  fd: Fd = -1;
  /** Inherited by every connection that is accepted, as on Linux. */
  readonly options = new Map<SocketOption, number>();
  readonly #backlog: number;
  readonly #queue: SimConnection[] = [];
  /** Admitted, their ACK on its way. */
  readonly #handshaking = new Set<SimConnection>();
  /** Those that wait for room. */
  readonly #outside: Handshake[] = [];

  constructor(kernel: ListenerKernel, machine: Machine, local: Address, backlog: number) {
    this.kernel = kernel;
    this.machine = machine;
    this.local = local;
    this.#backlog = backlog;
    machine.listen(local, this);
  }

  get readable(): boolean {
    return this.#queue.length > 0;
  }

  /** Takes the connection that has waited longest. */
  take(): SimConnection {
    const connection = this.#queue.shift();
    if (connection === undefined) {
      throw socketError('accept', 'EAGAIN', 'net.nobody-waits', { fd: this.fd });
    }
    this.#admit();
    return connection;
  }

  close(): void {
    this.machine.unlisten(this.local);
    for (const connection of [...this.#queue, ...this.#handshaking]) connection.reset();
    for (const handshake of this.#outside) handshake.refuse();
    this.#queue.length = 0;
    this.#outside.length = 0;
    this.#handshaking.clear();
  }

  /** Someone wants to connect. */
  synArrives(handshake: Handshake): void {
    this.#outside.push(handshake);
    this.#admit();
  }

  /** A connection stands. */
  ackArrives(connection: SimConnection): void {
    if (!this.#handshaking.delete(connection)) return; // the listener was closed meanwhile
    this.#queue.push(connection);
    this.kernel.queued(connection);
  }

  /** Lets in who waits, as far as there is room: Linux takes one more than the backlog. */
  #admit(): void {
    // #region lesson-admit
    while (this.#queue.length + this.#handshaking.size <= this.#backlog) {
      const handshake = this.#outside.shift();
      if (handshake === undefined) return;
      const connection = handshake.admit(this);
      for (const [option, value] of this.options) connection.set(option, value);
      connection.queuedAt = this.fd;
      this.#handshaking.add(connection);
    }
    // #endregion
  }
}

/** Where a connection comes from and where it goes. */
export interface Route {
  readonly from: Machine;
  readonly to: Machine;
  readonly local: Address;
  readonly peer: Address;
}

/** How a connect ends: a connection, or ECONNREFUSED. */
export type Connected = SimConnection | 'ECONNREFUSED';

/** A connection that does not stand yet: one event that happens at each of its packets. */
export class Handshake extends SimEvent {
  readonly #line: Line;
  readonly #kernel: Kernel;
  readonly #route: Route;
  readonly #done: (result: Connected) => void;
  #next: () => void = () => this.#synArrives();

  /** @param done is called when the answer is there */
  constructor(
    world: SimWorld<SimListener>,
    kernel: Kernel,
    route: Route,
    done: (result: Connected) => void,
  ) {
    super();
    const listener = route.to.listenerAt(route.peer.port);
    const link = world.link(kernel.name, listener?.kernel.name ?? route.to.address);
    this.#line = new Line(world, link, world.nextConnection());
    this.#kernel = kernel;
    this.#route = route;
    this.#done = done;
    route.from.retain(route.local);
    this.#send(this.#next);
  }

  run(): boolean {
    this.#next();
    return false;
  }

  /** Nobody listens there. */
  refuse(): void {
    this.#send(() => {
      this.#route.from.release(this.#route.local, false);
      this.#done('ECONNREFUSED');
    });
  }

  /** The listener answers with SYN+ACK. @returns the listener's end */
  admit(listener: SimListener): SimConnection {
    const { local, peer, to } = this.#route;
    const theirs = new SimConnection(this.#line, 'up', this.#kernel, local, peer);
    const ours = new SimConnection(this.#line, 'down', listener.kernel, peer, local);
    SimConnection.join(theirs, ours);
    to.retain(peer);
    const at = this.#send(() => {
      this.#done(theirs);
      theirs.wire.notBefore(this.#send(() => listener.ackArrives(ours)));
    });
    ours.wire.notBefore(at); // RST too comes behind SYN+ACK
    return ours;
  }

  #synArrives(): void {
    const listener = this.#route.to.listenerAt(this.#route.peer.port);
    if (listener === undefined) this.refuse();
    else listener.synArrives(this);
  }

  /** Sends the next packet. @returns when it arrives, in microseconds */
  #send(arrives: () => void): number {
    const at = this.#line.arrival();
    this.#next = arrives;
    this.#line.world.clock.schedule(this, at);
    return at;
  }
}
