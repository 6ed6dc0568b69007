/**
 * The loop that obeys RFC 6455: what a WebSocket server does in one turn, whatever it serves.
 * Accept, recv, handshake, parse, then the application deals with the message; at the end of the
 * turn each client gets all that the turn had for it in one send.
 * @module
 */

import {
  type Address,
  type Fd,
  type FdSet,
  type Net,
  type Ready,
  SocketError,
} from '../net/net.js';
import { room } from '../texts/room.en.js';
import { fill } from '../texts/say.js';
import type { Step } from '../trace/event.js';
import type { Program } from '../trace/loop.js';
import { CloseCode } from '../websocket/closing.js';
import type { Received, ReceivedClose, ReceivedProblem } from '../websocket/connection.js';
import type { Client, Leaving } from './client.js';
import { Clients } from './clients.js';
import { Door } from './door.js';
import { type Limits, limitsOf, type ServerOptions } from './limits.js';
import { type Application, Members } from './members.js';
import { causeOf, exceptionStep, parseStep, problemStep, tooManyStep } from './steps.js';

export type { ServerOptions } from './limits.js';

/** Most bytes that one recv takes. */
const RECV_LENGTH = 65_536;
/** A WebSocket server as a program for {@link runLoop}. */
export class Server implements Program {
  watched = false;
  /** Its clients, as its application sees them: for what is said from outside a turn, too. */
  readonly members: Members;
  readonly #net: Net;
  readonly #application: Application;
  readonly #limits: Limits;
  readonly #clients: Clients;
  readonly #door: Door;
  #stopping = false;

  /** @throws RangeError, TypeError for an option that cannot be */
  constructor(net: Net, application: Application, options: ServerOptions = {}) {
    const limits = limitsOf(options);
    this.#net = net;
    this.#application = application;
    this.#limits = limits;
    this.#clients = new Clients(net, limits);
    this.members = new Members(this.#clients);
    this.#door = new Door(net, this.#clients, limits);
  }

  get read(): FdSet {
    return this.#clients.read;
  }

  get write(): FdSet {
    return this.#clients.write;
  }

  get pending(): FdSet {
    return this.#clients.pending;
  }

  /**
   * Opens the listening socket.
   *
   * @param address port 0 asks for any free port; the `bind` step tells which
   * @returns the steps that this took, for the trace
   * @throws SocketError bind EADDRINUSE and the like
   */
  listen(address: Address, backlog = 511): Promise<Step[]> {
    return this.#door.open(address, backlog);
  }

  /** Stops in the next turn: each client gets a Close with 1001; when all are gone the listener goes. */
  stop(): void {
    this.#stopping = true;
    this.#net.interrupt();
  }

  timeoutMs(): number | null {
    if (this.pending.size > 0) return 0;
    const deadlines = [this.#clients.next, this.#door.next, this.#nextDue];
    return this.#limits.parts.waitAtMost(this.#net.now(), deadlines.filter(isTime));
  }

  /** What the application waits for; nothing any more when all have been told to go. */
  get #nextDue(): number | null {
    return this.#stopping ? null : (this.#application.next ?? null);
  }

  *turn(ready: Ready): Generator<Step, void, void> {
    // once each: whose share of this turn is too small for what it has said goes on in the next one
    const pending = [...this.pending];
    for (const fd of ready.read) {
      if (fd === this.#door.fd) yield* this.#accept(fd);
      else yield* this.#read(fd);
    }
    for (const fd of pending) yield* this.#goOn(fd);
    for (const fd of ready.write) {
      const client = this.#clients.get(fd);
      if (client === undefined) continue;
      client.heard = true; // it takes bytes, so it lives, even if a ping is still behind them
      this.#clients.touch(client);
    }
    for (const client of this.#clients.lookAtClocks()) {
      yield* this.#leave({ client, cause: 'timeout', how: 'cut' });
    }
    if ((this.#nextDue ?? Infinity) <= this.#net.now()) {
      yield* this.#application.due?.(this.members) ?? [];
    }
    if (this.#stopping) this.#closeAll();
    for (const told of this.#clients.flush(this.watched)) {
      if ('step' in told) yield told;
      else yield* this.#letGo(told);
    }
    this.#door.watch(this.#stopping);
  }

  *#accept(listener: Fd): Generator<Step> {
    const leaving = yield* this.#door.accept(listener);
    if (leaving !== null) yield* this.#leave(leaving);
  }

  *#read(fd: Fd): Generator<Step> {
    const client = this.#clients.get(fd);
    if (client === undefined) return; // an earlier handler of this turn has closed it
    // #region recv
    let bytes: Uint8Array;
    try {
      bytes = this.#net.recv(fd, RECV_LENGTH);
    } catch (error) {
      yield* this.#recvFailed(client, error);
      return;
    }
    yield { step: 'recv', fd, bytes };
    // #endregion
    client.heard = true;
    if (client.hasLeft) {
      if (bytes.length === 0) this.#clients.ended(client);
      else this.#clients.touch(client);
      return;
    }
    if (bytes.length === 0) yield* this.#leave({ client, cause: 'fin', how: 'left' });
    else if (client.phase === 'handshake') yield* this.#shakeHands(client, bytes);
    else yield* this.#parse(client, client.connection.receive(bytes, !this.watched));
  }

  /** Deals with what a client has said beyond its share of the last turn. */
  *#goOn(fd: Fd): Generator<Step> {
    const client = this.#clients.get(fd);
    if (client === undefined || client.waiting === null) return; // gone, and perhaps another has its number
    const { waiting } = client;
    client.waiting = null;
    client.heard = true;
    this.#clients.touch(client);
    yield* this.#parse(client, waiting);
  }

  *#shakeHands(client: Client, bytes: Uint8Array): Generator<Step> {
    const outcome = yield* this.#door.shakeHands(client, bytes);
    if (outcome === null) return;
    if (!(outcome instanceof Uint8Array)) {
      yield* this.#leave(outcome);
      return;
    }
    yield* this.#guard(client, () => this.#application.opened(this.members, client));
    // bytes behind the request are invisible to select: they go to the decoder at once
    if (outcome.length > 0) yield* this.#parse(client, client.connection.receive(outcome));
  }

  *#parse(client: Client, frames: Iterator<Received, void>): Generator<Step> {
    const { maxFramesPerSecond: most, maxFramesPerTurn, maxBytesPerTurn } = this.#limits;
    const now = this.#net.now();
    const queuedBefore = this.#clients.queued;
    let dealtWith = 0;
    // #region parse
    for (let next = frames.next(); next.done !== true; next = frames.next()) {
      const received = next.value;
      if (this.watched && received.kind !== 'problem') yield parseStep(client.fd, received.frame);
      if (received.reply !== null) this.#clients.queue(client, received.reply);
      if (received.kind !== 'frame') {
        yield* this.#end(client, received);
        return;
      }
      // behind our Close nothing counts
      if (received.message !== null && client.isOpen) {
        const { message } = received;
        yield* this.#guard(client, () => this.#application.received(this.members, client, message));
      }
      if (client.hasLeft) return;
      if (client.rate.count(now) > most) {
        yield* this.#tooMany(client);
        return;
      }
      const bytes = this.#clients.queued - queuedBefore;
      if (!client.connection.hasMore) continue;
      if (++dealtWith >= maxFramesPerTurn || bytes >= maxBytesPerTurn) {
        client.waiting = frames; // the others first
        this.#clients.touch(client);
        return;
      }
    }
    // #endregion
  }

  /** The conversation is over: the peer's Close came, or it broke the protocol. */
  *#end(client: Client, received: ReceivedClose | ReceivedProblem): Generator<Step> {
    if (received.kind === 'close') {
      // 7.1.1: the server closes TCP first, so no FIN of the peer is awaited
      yield* this.#leave({ client, cause: 'close-frame', how: 'left' });
      return;
    }
    // #region error
    yield problemStep(client.fd, received.problem);
    yield* this.#leave({ client, cause: causeOf(received.problem), how: 'refused' });
    // #endregion
  }

  /** A client that sends too many frames is let go before the others suffer. */
  *#tooMany(client: Client): Generator<Step> {
    const error = tooManyStep(client.fd, this.#limits.maxFramesPerSecond);
    yield error;
    this.#clients.close(client, error.closeCode, error.message);
    yield* this.#leave({ client, cause: 'limit', how: 'refused' });
  }

  /** One is gone, or has let more wait for it than it may. */
  *#letGo(leaving: Leaving): Generator<Step> {
    const { client, cause } = leaving;
    if (cause === 'limit') {
      const reason = fill(room['close.outbox'], { most: this.#limits.maxOutbox });
      this.#clients.close(client, CloseCode.policyViolation, reason);
    }
    yield* this.#leave(leaving);
  }

  /** A client is no member from here on: the others hear of it once, its last bytes still go out. */
  *#leave({ client, cause, how }: Leaving): Generator<Step> {
    if (!client.hasLeft) {
      // #region disconnect
      const wasOpen = client.phase === 'open';
      this.#clients.end(client, how === 'refused' ? how : 'left');
      yield { step: 'disconnect', fd: client.fd, cause };
      // #endregion
      if (wasOpen) yield* this.#guard(client, () => this.#application.left(this.members, client));
    }
    if (how === 'cut') this.#clients.remove(client);
  }

  *#recvFailed(client: Client, error: unknown): Generator<Step> {
    if (!(error instanceof SocketError)) throw error;
    if (error.code === 'EAGAIN') return; // reported, but nothing is there: select will say when
    yield* this.#leave({ client, cause: 'reset', how: 'cut' });
  }

  /** Asks the application: an exception in it costs one client its connection, and the others nothing. */
  *#guard(client: Client, handler: () => Iterable<Step>): Generator<Step> {
    try {
      yield* handler();
    } catch (error) {
      this.#clients.close(client, CloseCode.internalError, fill(room['close.failed']));
      yield exceptionStep(client.fd, error);
    }
  }

  #closeAll(): void {
    for (const client of this.#clients) {
      if (client.phase === 'handshake') this.#clients.remove(client);
      else this.#clients.close(client, CloseCode.goingAway, fill(room['close.stops']));
    }
  }
}

/** Infinity is a limit that was taken away. */
function isTime(deadline: number | null): deadline is number {
  return deadline !== null && deadline !== Infinity;
}
