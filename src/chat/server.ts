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
import type { DisconnectCause, Step } from '../trace/event.js';
import type { Program } from '../trace/loop.js';
import { CloseCode } from '../websocket/closing.js';
import type { Received, ReceivedClose, ReceivedProblem } from '../websocket/connection.js';
import { type RefusedRequest, refuse } from '../websocket/refusal.js';
import { Client, type Leaving } from './client.js';
import { Clients } from './clients.js';
import { type Limits, limitsOf, noRoom, type ServerOptions } from './limits.js';
import { Listener } from './listener.js';
import { type Application, Members } from './members.js';
import { allowedHostProblem, isLoopbackAddress } from './origin.js';
import {
  causeOf,
  exceptionStep,
  parseStep,
  problemStep,
  subprotocolsOf,
  tooManyStep,
} from './steps.js';

export type { ServerOptions } from './limits.js';

/** Most bytes that one recv takes. */
const RECV_LENGTH = 65_536;
/** Clients over a limit that are told so at a time; further ones wait, or are cut off. */
const REFUSED_AT_A_TIME = 16;

/** A WebSocket server as a program for {@link runLoop}. */
export class Server implements Program {
  watched = false;
  /** Its clients, as its application sees them: for what is said from outside a turn, too. */
  readonly members: Members;
  readonly #net: Net;
  readonly #application: Application;
  readonly #limits: Limits;
  readonly #clients: Clients;
  readonly #listener: Listener;
  readonly #date: (() => Date) | null;
  #stopping = false;

  /** @throws RangeError, TypeError for an option that cannot be */
  constructor(net: Net, application: Application, options: ServerOptions = {}) {
    const limits = limitsOf(options);
    this.#net = net;
    this.#application = application;
    this.#limits = limits;
    this.#clients = new Clients(net, limits);
    this.members = new Members(this.#clients);
    this.#listener = new Listener(net, this.read);
    this.#date = net.date?.bind(net) ?? null;
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

  /** Milliseconds on the clock of its network. */
  now(): number {
    return this.#net.now();
  }

  /**
   * Opens the listening socket.
   *
   * @param address port 0 asks for any free port; the `bind` step tells which
   * @returns the steps that this took, for the trace
   * @throws SocketError bind EADDRINUSE and the like
   */
  listen(address: Address, backlog = 511): Promise<Step[]> {
    const { host } = address;
    if (allowedHostProblem(host) === null)
      this.#limits.allowedHosts = [...this.#limits.allowedHosts, host];
    return this.#listener.open(address, backlog);
  }

  /** Stops in the next turn: each client gets a Close with 1001; when all are gone the listener goes. */
  stop(): void {
    this.#stopping = true;
    this.#net.interrupt();
  }

  timeoutMs(): number | null {
    if (this.pending.size > 0) return 0;
    const next = Math.min(
      this.#clients.next ?? Infinity,
      this.#listener.next ?? Infinity,
      this.#nextDue ?? Infinity,
    );
    return next === Infinity ? null : Math.max(0, next - this.#net.now());
  }

  /** What the application waits for; nothing any more when all have been told to go. */
  get #nextDue(): number | null {
    return this.#stopping ? null : (this.#application.next ?? null);
  }

  *turn(ready: Ready): Generator<Step, void, void> {
    // once each: whose share of this turn is too small for what it has said goes on in the next one
    const pending = [...this.pending];
    for (const fd of ready.read) {
      if (fd === this.#listener.fd) yield* this.#accept(fd);
      else yield* this.#read(fd);
    }
    for (const fd of pending) yield* this.#goOn(fd);
    for (const fd of ready.write) {
      const client = this.#clients.get(fd);
      if (client === undefined) continue;
      client.heard = true; // it takes bytes, so it lives, even if a ping is still behind them
      this.#clients.touch(client);
    }
    for (const client of this.#clients.lookAtClocks()) yield* this.#leave(client, 'timeout', 'cut');
    if ((this.#nextDue ?? Infinity) <= this.now())
      yield* this.#application.due?.(this.members) ?? [];
    if (this.#stopping) this.#closeAll();
    for (const told of this.#clients.flush(this.watched)) {
      if ('step' in told) yield told;
      else yield* this.#letGo(told);
    }
    this.#lookAfterListener();
  }

  *#accept(listener: Fd): Generator<Step> {
    // #region accept
    const fd = this.#listener.accept(listener, this.#clients.size);
    if (fd === null) return;
    const address = this.#net.getpeername(fd);
    const client = new Client(fd, address, this.#limits, this.#date);
    this.#clients.add(client);
    this.#net.setsockopt(fd, 'TCP_NODELAY', 1); // a turn's bytes go out together; nothing is worth waiting for
    yield { step: 'accept', listener, fd, ...address };
    // #endregion
    yield* this.#seat(client);
  }

  /** A client for whom there is no room is told so. */
  *#seat(client: Client): Generator<Step> {
    const { host } = client.address;
    const neighbours = isLoopbackAddress(host) ? 0 : this.#clients.from(host);
    const reason = noRoom(this.#limits, this.#clients.size, neighbours);
    if (reason === null) return;
    yield* this.#refuse(client, refuse(503, reason, { date: this.#date?.() ?? null }), 'limit');
    // who is told so holds a place meanwhile: one address must not hold all of those
    const most = this.#limits.maxClientsPerAddress + REFUSED_AT_A_TIME;
    if (neighbours > most) this.#clients.remove(client);
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
    if (bytes.length === 0) yield* this.#leave(client, 'fin');
    else if (client.phase === 'handshake') yield* this.#shakeHands(client, bytes);
    else yield* this.#parse(client, client.connection.receive(bytes));
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
    // #region handshake
    const answer = client.handshake?.feed(bytes) ?? null;
    if (answer === null) return; // the request is not whole yet
    if (!('key' in answer)) {
      yield* this.#refuse(client, answer, answer.status === 200 ? 'answered' : 'protocol-error');
      return;
    }
    client.agreeOn(answer);
    this.#clients.open(client);
    this.#clients.queue(client, answer.bytes);
    const { key, accept } = answer;
    yield { step: 'handshake', fd: client.fd, key, accept, ...subprotocolsOf(answer) };
    // #endregion
    yield* this.#guard(client, () => this.#application.opened(this.members, client));
    // bytes behind the request are invisible to select: they go to the decoder at once
    if (answer.rest.length > 0) {
      yield* this.#parse(client, client.connection.receive(answer.rest));
    }
  }

  *#refuse(
    client: Client,
    { status, reason, bytes }: RefusedRequest,
    cause: DisconnectCause,
  ): Generator<Step> {
    yield { step: 'handshake', fd: client.fd, refused: { status, reason } };
    this.#clients.queue(client, bytes);
    yield* this.#leave(client, cause, 'refused');
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
      yield* this.#leave(client, 'close-frame');
      return;
    }
    // #region error
    yield problemStep(client.fd, received.problem);
    yield* this.#leave(client, causeOf(received.problem), 'refused');
    // #endregion
  }

  /** A client that sends too many frames is let go before the others suffer. */
  *#tooMany(client: Client): Generator<Step> {
    const error = tooManyStep(client.fd, this.#limits.maxFramesPerSecond);
    yield error;
    this.#clients.close(client, error.closeCode, error.message);
    yield* this.#leave(client, 'limit', 'refused');
  }

  /** One is gone, or has let more wait for it than it may. */
  *#letGo({ client, cause, how }: Leaving): Generator<Step> {
    if (cause === 'limit') {
      const reason = `more than ${this.#limits.maxOutbox} bytes wait for this client to read`;
      this.#clients.close(client, CloseCode.policyViolation, reason);
    }
    yield* this.#leave(client, cause, how);
  }

  /** A client is no member from here on: the others hear of it once, its last bytes still go out. */
  *#leave(client: Client, cause: DisconnectCause, how: Leaving['how'] = 'left'): Generator<Step> {
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
    yield* this.#leave(client, 'reset', 'cut');
  }

  /** Asks the application: an exception in it costs one client its connection, and the others nothing. */
  *#guard(client: Client, handler: () => Iterable<Step>): Generator<Step> {
    try {
      yield* handler();
    } catch (error) {
      this.#clients.close(client, CloseCode.internalError, 'the server failed on this message');
      yield exceptionStep(client.fd, error);
    }
  }

  #closeAll(): void {
    for (const client of this.#clients) {
      if (client.phase === 'handshake') this.#clients.remove(client);
      else this.#clients.close(client, CloseCode.goingAway, 'the server stops');
    }
  }

  /** New clients are taken while there is room; a server that stops waits for the last to go. */
  #lookAfterListener(): void {
    const { size } = this.#clients;
    this.#listener.watch(size, this.#stopping ? 0 : this.#limits.maxClients + REFUSED_AT_A_TIME);
    if (this.#stopping && size === 0) this.#listener.close();
  }
}
