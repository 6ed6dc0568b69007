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
import { Connection, type Received } from '../websocket/connection.js';
import type { Compression } from '../websocket/deflate.js';
import type { DeflateParameters } from '../websocket/deflate-offer.js';
import { encodeFrame, type Frame, frameBytes } from '../websocket/frame.js';
import { refuse, ServerHandshake } from '../websocket/handshake.js';
import type { Message } from '../websocket/message.js';
import type { ProtocolError } from '../websocket/problem.js';
import { Client } from './client.js';
import { Clients } from './clients.js';

/** What runs on a server: it deals with messages, and the server with everything else. */
export interface Application {
  /** A client's handshake is done. */
  opened(server: Server, client: Client): Iterable<Step>;
  /** A whole message came from an open client. */
  received(server: Server, client: Client, message: Message): Iterable<Step>;
  /** A client that was open is gone, whichever way; called once. */
  left(server: Server, client: Client): Iterable<Step>;
}

/** The limits of a server. */
export interface ServerOptions {
  /**
   * Clients served at a time; one more gets 503. Default 960: those, the few that are being told so,
   * and the descriptors of Node itself stay below a limit of 1,024.
   */
  maxClients?: number;
  /** The longest message in bytes; a longer one is answered with 1009. Default 1 MiB. */
  maxMessageLength?: number;
  /** Bytes that may wait for a client that does not read; then it gets 1008. Default 4 MiB. */
  maxOutbox?: number;
  /** Milliseconds from accept to the end of the handshake. Default 10,000. */
  handshakeTimeoutMs?: number;
  /** Milliseconds that a client has to answer our Close and to take our last bytes. Default 2,000. */
  closeTimeoutMs?: number;
  /** Compresses for clients that offer permessage-deflate; null, the default, declines. */
  deflate?: Compression | null;
}

/** Bytes that went to some clients. */
export interface Broadcast {
  /** Their descriptors. */
  to: Fd[];
  /** A whole frame. */
  bytes: Uint8Array;
}

const DEFAULTS: Required<ServerOptions> = {
  maxClients: 960,
  maxMessageLength: 1 << 20,
  maxOutbox: 4 << 20,
  handshakeTimeoutMs: 10_000,
  closeTimeoutMs: 2_000,
  deflate: null,
};

/** Most bytes that one recv takes. */
const RECV_LENGTH = 65_536;
/** Clients over the limit that are told so at a time; further ones wait in the accept queue. */
const REFUSED_AT_A_TIME = 16;

/** A WebSocket server as a program for {@link runLoop}. */
export class Server implements Program {
  watched = false;
  readonly #net: Net;
  readonly #application: Application;
  readonly #options: Required<ServerOptions>;
  readonly #clients: Clients;
  /** How many clients there may be before the listener is left alone. */
  #room: number;
  #listener: Fd | null = null;
  #stopping = false;

  constructor(net: Net, application: Application, options: ServerOptions = {}) {
    this.#net = net;
    this.#application = application;
    this.#options = { ...DEFAULTS, ...options };
    this.#clients = new Clients(net, this.#options);
    this.#room = this.#options.maxClients + REFUSED_AT_A_TIME;
  }

  get read(): FdSet {
    return this.#clients.read;
  }

  get write(): FdSet {
    return this.#clients.write;
  }

  /**
   * Opens the listening socket.
   *
   * @param address port 0 asks for any free port; the `bind` step tells which
   * @returns the steps that this took, for the trace
   * @throws SocketError bind EADDRINUSE and the like
   */
  async listen(address: Address, backlog = 511): Promise<Step[]> {
    // #region socket
    const fd = await this.#net.listen(address, { backlog });
    this.#listener = fd;
    this.read.add(fd);
    return [
      { step: 'socket', fd, domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 'SOL_TCP' },
      // #endregion
      // #region setsockopt
      { step: 'setsockopt', fd, level: 'SOL_SOCKET', option: 'SO_REUSEADDR', value: 1 },
      // #endregion
      // #region bind
      { step: 'bind', fd, ...this.#net.getsockname(fd) },
      // #endregion
      // #region listen
      { step: 'listen', fd, backlog },
      // #endregion
    ];
  }

  /** Stops in the next turn: each client gets a Close with 1001; when all are gone the listener goes. */
  stop(): void {
    this.#stopping = true;
    this.#net.interrupt();
  }

  timeoutMs(): number | null {
    return this.#clients.timeoutMs();
  }

  *turn(ready: Ready): Generator<Step, void, void> {
    for (const fd of ready.read) {
      if (fd === this.#listener) yield* this.#accept(fd);
      else yield* this.#read(fd);
    }
    for (const fd of ready.write) {
      const client = this.#clients.get(fd);
      if (client !== undefined) this.#clients.touch(client);
    }
    for (const client of this.#clients.timedOut()) {
      yield* this.#leave(client, 'timeout');
      this.#clients.remove(client);
    }
    if (this.#stopping) this.#closeAll();
    yield* this.#clients.flush((...leaving) => this.#leave(...leaving));
    this.#lookAfterListener();
  }

  /** Puts bytes into the outbox of a client, if it is open. */
  send(client: Client, bytes: Uint8Array): void {
    if (client.isOpen) this.#clients.queue(client, bytes);
  }

  /** Puts the same bytes into the outbox of every open client. @returns their descriptors */
  broadcast(bytes: Uint8Array): Fd[] {
    const to: Fd[] = [];
    for (const client of this.#clients) {
      if (!client.isOpen) continue;
      this.#clients.queue(client, bytes);
      to.push(client.fd);
    }
    return to;
  }

  /** Sends a message to a client, if it is open. @returns its bytes; null when it is not open */
  sendMessage(client: Client, message: Message): Uint8Array | null {
    if (!client.isOpen) return null;
    const bytes = client.connection.message(message);
    this.#clients.queue(client, bytes);
    return bytes;
  }

  /**
   * Sends a message to every open client.
   *
   * @returns which bytes went to whom: one frame to all for whom it is not compressed, and each of
   *   the others its own, because that looks back at what was sent to it before
   */
  broadcastMessage(message: Message): Broadcast[] {
    const bytes = encodeFrame(message.opcode, message.payload);
    const alike: Fd[] = [];
    const sent: Broadcast[] = [];
    for (const client of this.#clients) {
      if (!client.isOpen) continue;
      const own = client.connection.compressed(message);
      this.#clients.queue(client, own ?? bytes);
      if (own === null) alike.push(client.fd);
      else sent.push({ to: [client.fd], bytes: own });
    }
    return alike.length > 0 || sent.length === 0 ? [{ to: alike, bytes }, ...sent] : sent;
  }

  /** Begins the closing handshake with a client, if it is open. */
  close(client: Client, code: number, reason: string): void {
    this.#clients.close(client, code, reason);
  }

  *#accept(listener: Fd): Generator<Step> {
    const { maxClients } = this.#options;
    // #region accept
    const fd = this.#tryAccept(listener);
    if (fd === null) return;
    const address = this.#net.getpeername(fd);
    const handshake = new ServerHandshake({ deflate: this.#options.deflate !== null });
    const client = new Client(fd, address, this.#newConnection(null), handshake);
    this.#clients.add(client);
    this.#net.setsockopt(fd, 'TCP_NODELAY', 1); // a turn's bytes go out together; nothing is worth waiting for
    yield { step: 'accept', listener, fd, ...address };
    // #endregion
    if (this.#clients.size > maxClients) {
      yield* this.#refuse(client, 503, `the server is full: ${maxClients} clients`, 'limit');
    }
  }

  #newConnection(parameters: DeflateParameters | null): Connection {
    const { maxMessageLength, deflate: compression } = this.#options;
    const deflate = parameters && compression && { parameters, compression };
    return new Connection('server', { maxMessageLength, deflate });
  }

  #tryAccept(listener: Fd): Fd | null {
    // #region lesson-emfile
    try {
      return this.#net.accept(listener);
    } catch (error) {
      if (!(error instanceof SocketError)) throw error;
      // EMFILE: to go on watching the listener would spin, so this many clients are the most for now
      if (error.code === 'EMFILE') this.#room = Math.max(1, this.#clients.size);
      return null;
    }
    // #endregion
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
    if (client.hasLeft) {
      if (bytes.length === 0) client.phase = 'leaving'; // its FIN: nothing is left to wait for
      this.#clients.touch(client);
      return;
    }
    if (bytes.length === 0) yield* this.#leave(client, 'fin');
    else if (client.phase === 'handshake') yield* this.#shakeHands(client, bytes);
    else yield* this.#parse(client, bytes);
  }

  *#shakeHands(client: Client, bytes: Uint8Array): Generator<Step> {
    // #region handshake
    const answer = client.handshake.feed(bytes);
    if (answer === null) return; // the request is not whole yet
    if (!('key' in answer)) {
      yield* this.#refuse(client, answer.status, answer.reason, 'protocol-error', answer.bytes);
      return;
    }
    if (answer.deflate !== null) client.connection = this.#newConnection(answer.deflate);
    this.#clients.open(client);
    this.#clients.queue(client, answer.bytes);
    yield { step: 'handshake', fd: client.fd, key: answer.key, accept: answer.accept };
    // #endregion
    yield* this.#guard(client, () => this.#application.opened(this, client));
    // bytes behind the request are invisible to select: they go to the decoder at once
    if (answer.rest.length > 0) yield* this.#parse(client, answer.rest);
  }

  *#refuse(
    client: Client,
    status: number,
    reason: string,
    cause: DisconnectCause,
    bytes = refuse(status, reason).bytes,
  ): Generator<Step> {
    yield { step: 'handshake', fd: client.fd, refused: { status, reason } };
    this.#clients.queue(client, bytes);
    yield* this.#leave(client, cause, 'refused');
  }

  *#parse(client: Client, bytes: Uint8Array): Generator<Step> {
    // #region parse
    for (const received of client.connection.receive(bytes)) {
      if (this.watched && received.kind !== 'problem') yield parseStep(client.fd, received.frame);
      if (received.reply !== null) this.#clients.queue(client, received.reply);
      yield* this.#deal(client, received);
      if (client.hasLeft) return;
    }
    // #endregion
  }

  *#deal(client: Client, received: Received): Generator<Step> {
    switch (received.kind) {
      case 'frame':
        if (received.message !== null && client.isOpen) {
          // behind our Close nothing counts
          const { message } = received;
          yield* this.#guard(client, () => this.#application.received(this, client, message));
        }
        return;
      case 'close':
        // 7.1.1: the server closes TCP first, so no FIN of the peer is awaited
        yield* this.#leave(client, 'close-frame');
        return;
      case 'problem':
        // #region error
        yield errorStep(client.fd, received.problem);
        yield* this.#leave(client, causeOf(received.problem), 'refused');
        // #endregion
        return;
    }
  }

  /** A client is no member from here on: the others hear of it once, its last bytes still go out. */
  *#leave(
    client: Client,
    cause: DisconnectCause,
    phase: 'leaving' | 'refused' = 'leaving',
  ): Generator<Step> {
    // #region disconnect
    if (client.hasLeft) return;
    const wasOpen = client.phase === 'open';
    this.#clients.end(client, phase);
    yield { step: 'disconnect', fd: client.fd, cause };
    // #endregion
    if (wasOpen) yield* this.#guard(client, () => this.#application.left(this, client));
  }

  *#recvFailed(client: Client, error: unknown): Generator<Step> {
    if (!(error instanceof SocketError)) throw error;
    if (error.code === 'EAGAIN') return; // reported, but nothing is there: select will say when
    yield* this.#leave(client, 'reset');
    this.#clients.remove(client);
  }

  /** An exception in the application costs one client its connection, and the others nothing. */
  *#guard(client: Client, handler: () => Iterable<Step>): Generator<Step> {
    try {
      yield* handler();
    } catch (error) {
      const { fd } = client;
      const closeCode = CloseCode.internalError;
      const message = error instanceof Error ? error.message : String(error);
      yield { step: 'error', fd, code: 'exception', closeCode, section: '7.4.1', message };
      this.close(client, closeCode, 'the server failed on this message');
    }
  }

  #closeAll(): void {
    for (const client of this.#clients) {
      if (client.phase === 'handshake') this.#clients.remove(client);
      else this.close(client, CloseCode.goingAway, 'the server stops');
    }
  }

  /** New clients are taken while there is room; a server that stops waits for the last to go. */
  #lookAfterListener(): void {
    const listener = this.#listener;
    if (listener === null) return;
    if (this.#stopping || this.#clients.size >= this.#room) this.read.delete(listener);
    else this.read.add(listener);
    if (this.#stopping && this.#clients.size === 0) {
      this.#net.close(listener);
      this.#listener = null;
    }
  }
}

function parseStep(fd: Fd, frame: Frame): Step {
  const { fin, opcode, masked, payloadLength } = frame;
  return { step: 'parse', fd, fin, opcode, masked, payloadLength, bytes: frameBytes(frame) };
}

function errorStep(fd: Fd, { code, closeCode, section, message }: ProtocolError): Step {
  return { step: 'error', fd, code, closeCode, section, message };
}

function causeOf(problem: ProtocolError): DisconnectCause {
  return problem.closeCode === CloseCode.messageTooBig ? 'limit' : 'protocol-error';
}
