/**
 * The tap: a select loop that stands between clients and a server, and passes bytes on as they are,
 * both ways; only requests to a server with a name of its own are written anew (`rewriter.ts`). Bytes
 * go on first; what they mean is said afterwards, to whoever wants to be told.
 *
 * FIN is passed on as FIN, RST as RST. A side that does not take its bytes makes the tap stop reading
 * the other: what waits in a direction is at most one recv, and TCP holds the sender back.
 *
 * The steps that it yields are a trace from the server's point of view, as far as it can be known
 * from between: what came from a client is `recv` and `parse`; what came from the server is
 * `broadcast` to that client, in the pieces in which it was passed on, the answer of the handshake
 * too, and `send`. `select` is the tap's own, and names the descriptors of both sides.
 * @module
 */

import { type Address, type Fd, FdSet, type Net, type Ready, SocketError } from '../net/net.js';
import type { Language } from '../texts/language.js';
import type { DisconnectCause, Step } from '../trace/event.js';
import type { Program } from '../trace/loop.js';
import type { Role } from '../websocket/frame.js';
import {
  type Connection,
  explain,
  MOST_CONNECTIONS,
  newConnection,
  type Told,
} from './connection.js';
import type { ServerName } from './rewriter.js';
import { sendOn, type Way, watchWay } from './way.js';

/** Most bytes that one recv takes. */
const RECV_LENGTH = 65_536;

/** Where the bytes of clients go. */
export interface Upstream extends Address {
  /** What requests are to name instead of the tap; absent where every byte stays. */
  readonly named?: ServerName;
}

/** A connect that is over. */
interface Connected {
  readonly number: number;
  readonly client: Fd;
  /** The new descriptor, or why there is none. */
  readonly server: Fd | SocketError;
}

/** The tap as a program for `runLoop`. */
export class Tap implements Program {
  readonly read = new FdSet();
  readonly write = new FdSet();
  watched = false;
  readonly #net: Net;
  readonly #server: Upstream;
  readonly #tell: (told: Told) => void;
  readonly #language: Language | undefined;
  #listener: Fd | null = null;
  /** By each of its two descriptors. */
  readonly #connections = new Map<Fd, Connection>();
  /** Clients for whom connect is under way; and those for whom it is over, for the next turn. */
  readonly #connecting = new Set<Fd>();
  #connected: Connected[] = [];
  #number = 0;
  #stopping = false;

  /**
   * @param server where the bytes of clients go; each client gets a connection of its own
   * @param language of what `tell` is told; default English
   */
  constructor(net: Net, server: Upstream, tell: (told: Told) => void, language?: Language) {
    this.#net = net;
    this.#server = server;
    this.#tell = tell;
    this.#language = language;
  }

  /** Opens the listening socket. @returns the steps that this took, for the trace */
  async listen(address: Address, backlog = 511): Promise<Step[]> {
    const fd = await this.#net.listen(address, { backlog });
    this.#listener = fd;
    this.read.add(fd);
    return [
      { step: 'socket', fd, domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 'SOL_TCP' },
      { step: 'setsockopt', fd, level: 'SOL_SOCKET', option: 'SO_REUSEADDR', value: 1 },
      { step: 'bind', fd, ...this.#net.getsockname(fd) },
      { step: 'listen', fd, backlog },
    ];
  }

  /** Stops in the next turn: every connection is cut. */
  stop(): void {
    this.#stopping = true;
    this.#net.interrupt();
  }

  timeoutMs(): null {
    return null;
  }

  *turn(ready: Ready): Generator<Step, void, void> {
    for (const fd of ready.read) {
      const connection = this.#connections.get(fd);
      if (fd === this.#listener) yield* this.#accept(fd);
      else if (connection !== undefined) yield* this.#pass(connection, fd);
    }
    for (const fd of ready.write) {
      const connection = this.#connections.get(fd);
      if (connection !== undefined) yield* this.#goOn(connection, fd);
    }
    for (const connected of this.#connected.splice(0)) yield* this.#join(connected);
    if (this.#stopping) this.#cutAll();
  }

  *#accept(listener: Fd): Generator<Step> {
    const net = this.#net;
    let client: Fd;
    try {
      client = net.accept(listener);
    } catch (error) {
      if (error instanceof SocketError) return; // it was gone before we came to it
      throw error;
    }
    const address = net.getpeername(client);
    const number = ++this.#number;
    yield { step: 'accept', listener, fd: client, ...address };
    this.#tell({ number, kind: 'open', client: address });
    if (this.#connections.size / 2 + this.#connecting.size >= MOST_CONNECTIONS) {
      yield* this.#refuse(number, client, 'full');
      return;
    }
    // connect waits until the connection stands, and the loop must not: a later turn joins the two
    this.#connecting.add(client);
    net
      .connect(this.#server)
      .catch((error: SocketError) => error)
      .then((server) => {
        this.#connected.push({ number, client, server });
        net.interrupt();
      });
  }

  /** The server is there, or it is not. */
  *#join({ number, client, server }: Connected): Generator<Step> {
    this.#connecting.delete(client);
    if (typeof server !== 'number') {
      if (!(server instanceof SocketError)) throw server;
      yield* this.#refuse(number, client, server);
      return;
    }
    const { named } = this.#server;
    const connection = newConnection(number, { client, server }, named, this.#language);
    for (const way of [connection.client, connection.server]) {
      this.#connections.set(way.from, connection);
      this.#net.setsockopt(way.from, 'TCP_NODELAY', 1); // what came goes on at once
      watchWay(this, way);
    }
  }

  /** RST, as a port without a listener answers. */
  *#refuse(number: number, client: Fd, reason: SocketError | 'full'): Generator<Step> {
    this.#net.reset(client);
    this.#tell({ number, kind: 'refused', reason, server: this.#server });
    yield { step: 'disconnect', fd: client, cause: 'reset' };
  }

  /** Takes what a sender sent. */
  *#pass(connection: Connection, from: Fd): Generator<Step> {
    const way = connection.client.from === from ? connection.client : connection.server;
    let bytes: Uint8Array;
    try {
      bytes = this.#net.recv(from, RECV_LENGTH);
    } catch (error) {
      if (!(error instanceof SocketError)) throw error;
      if (error.code !== 'EAGAIN') yield* this.#reset(connection, way.sender);
      return;
    }
    way.passed += bytes.length;
    const { rewriter } = way;
    if (bytes.length > 0) {
      yield* this.#passOn(connection, way, rewriter === null ? bytes : rewriter.take(bytes));
    } else {
      const held = rewriter?.end() ?? bytes;
      if (held.length > 0) yield* this.#passOn(connection, way, held);
      way.fin = true;
      // FIN waits until the last byte is with the kernel: a close behind it then gives up on nothing
      this.#net.setsockopt(way.to, 'SO_SNDBUF', 1);
      yield* this.#passOn(connection, way, bytes);
    }
    yield* this.#settle(connection, way);
  }

  /** Sends bytes on, and says what they are. */
  *#passOn(connection: Connection, way: Way, bytes: Uint8Array): Generator<Step> {
    if (bytes.length > 0) way.rest = bytes;
    const taken = sendOn(this.#net, way);
    yield* explain(connection, way, bytes, taken, this.#tell); // only now: it is on its way
    if (connection.conversation.isOpen) connection.client.rewriter?.open();
  }

  /** A receiver has room: for what is left, or for FIN. */
  *#goOn(connection: Connection, to: Fd): Generator<Step> {
    const way = connection.client.to === to ? connection.client : connection.server;
    if (way.rest !== null) {
      const { length } = way.rest;
      const taken = sendOn(this.#net, way);
      if (way.sender === 'server') yield { step: 'send', fd: to, length, taken };
    } else if (way.fin && !way.finSent) {
      this.#net.shutdown(to);
      way.finSent = true;
    }
    yield* this.#settle(connection, way);
  }

  /** After each step of a direction: who is watched, or that it was the last. */
  *#settle(connection: Connection, way: Way): Generator<Step> {
    const back = way === connection.client ? connection.server : connection.client;
    if (way.finSent && back.finSent) yield* this.#end(connection, false);
    // what the receiver said before it went is still to be read, and then its RST; behind FIN nothing is
    else if (way.broken && back.fin) yield* this.#reset(connection, back.sender);
    else watchWay(this, way);
  }

  /** RST came from one end, and goes on to the other. */
  *#reset(connection: Connection, from: Role): Generator<Step> {
    const { number, conversation } = connection;
    if (!connection[from].fin) {
      for (const passing of conversation.end(from))
        this.#tell({ number, kind: 'passing', passing });
    }
    this.#tell({ number, kind: 'reset', from });
    yield* this.#end(connection, true);
  }

  *#end({ number, client, server }: Connection, wasReset: boolean): Generator<Step> {
    for (const { from } of [client, server]) {
      this.#connections.delete(from);
      this.read.delete(from);
      this.write.delete(from);
      if (wasReset) this.#net.reset(from);
      else this.#net.close(from);
    }
    this.#tell({ number, kind: 'end', passed: { client: client.passed, server: server.passed } });
    const inOrder = client.sentClose && server.sentClose;
    const cause: DisconnectCause = wasReset ? 'reset' : inOrder ? 'close-frame' : 'fin';
    yield { step: 'disconnect', fd: client.from, cause };
  }

  #cutAll(): void {
    for (const fd of [...this.#connections.keys(), ...this.#connecting]) {
      this.read.delete(fd);
      this.write.delete(fd);
      this.#net.reset(fd);
    }
    this.#connections.clear();
    this.#connecting.clear();
    if (this.#listener === null) return;
    this.read.delete(this.#listener);
    this.#net.close(this.#listener);
    this.#listener = null;
  }
}
