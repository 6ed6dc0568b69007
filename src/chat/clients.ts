/**
 * The table of a server's clients: what each is watched for, what waits to be sent to it, and how
 * its connection ends. What clients say is not its business.
 * @module
 */

import { Deadlines } from '../net/deadlines.js';
import { type Fd, FdSet, type Net, SocketError } from '../net/net.js';
import { Joiner } from '../net/outbox.js';
import type { DisconnectCause, Step } from '../trace/event.js';
import { CloseCode } from '../websocket/closing.js';
import type { Client } from './client.js';

/** Tells the others that a client has left; the server does this. */
type Leave = (
  client: Client,
  cause: DisconnectCause,
  phase?: 'leaving' | 'refused',
) => Iterable<Step>;

/** The limits that the table keeps; see `ServerOptions`. */
export interface ClientLimits {
  maxOutbox: number;
  handshakeTimeoutMs: number;
  closeTimeoutMs: number;
}

/** A client with more than this in its outbox is not read: first it must take what it asked for. */
const PAUSE_ABOVE = 1 << 20;

/** The clients of a server, in the order of connecting. */
export class Clients implements Iterable<Client> {
  readonly read = new FdSet();
  readonly write = new FdSet();
  readonly #net: Net;
  readonly #limits: ClientLimits;
  readonly #byFd = new Map<Fd, Client>();
  readonly #handshakes: Deadlines<Client>;
  readonly #closings: Deadlines<Client>;
  /** Clients with something to send or to finish at the end of the turn. */
  #dirty = new Set<Client>();

  constructor(net: Net, limits: ClientLimits) {
    this.#net = net;
    this.#limits = limits;
    this.#handshakes = new Deadlines(limits.handshakeTimeoutMs);
    this.#closings = new Deadlines(limits.closeTimeoutMs);
  }

  get size(): number {
    return this.#byFd.size;
  }

  [Symbol.iterator](): IterableIterator<Client> {
    return this.#byFd.values();
  }

  get(fd: Fd): Client | undefined {
    return this.#byFd.get(fd);
  }

  /** Enters a client whose handshake is to come. */
  add(client: Client): void {
    this.#byFd.set(client.fd, client);
    this.read.add(client.fd);
    this.#handshakes.start(client, this.#net.now());
  }

  /** The handshake is done. */
  open(client: Client): void {
    client.phase = 'open';
    this.#handshakes.stop(client);
  }

  /** Puts bytes into a client's outbox; they go out at the end of the turn. */
  queue(client: Client, bytes: Uint8Array): void {
    client.outbox.push(bytes);
    this.#dirty.add(client);
  }

  /** Looks after a client at the end of the turn: it can take more, or something about it has changed. */
  touch(client: Client): void {
    this.#dirty.add(client);
  }

  /** Begins the closing handshake with a client, if it is open. */
  close(client: Client, code: number, reason: string): void {
    if (!client.isOpen) return;
    this.queue(client, client.connection.close(code, reason));
    this.#closings.start(client, this.#net.now());
  }

  /** A client has left; its last bytes go out, for which it has `closeTimeoutMs`. */
  end(client: Client, phase: 'leaving' | 'refused'): void {
    client.phase = phase;
    this.#handshakes.stop(client);
    this.#closings.start(client, this.#net.now());
    this.#dirty.add(client);
  }

  /** Closes a client's connection and strikes it off. */
  remove(client: Client): void {
    const { fd } = client;
    this.#net.close(fd);
    this.#byFd.delete(fd);
    this.read.delete(fd);
    this.write.delete(fd);
    this.#handshakes.stop(client);
    this.#closings.stop(client);
  }

  /** Milliseconds until a client's time is over; null when no clock runs. */
  timeoutMs(): number | null {
    const next = Math.min(this.#handshakes.next ?? Infinity, this.#closings.next ?? Infinity);
    return next === Infinity ? null : Math.max(0, next - this.#net.now());
  }

  /** Takes out of the deadlines the clients whose time is over. */
  timedOut(): Client[] {
    const now = this.#net.now();
    return [...this.#handshakes.expired(now), ...this.#closings.expired(now)];
  }

  /** Sends what the turn gathered. Who turns out to be gone makes others dirty again, hence the loop. */
  *flush(leave: Leave): Generator<Step> {
    const joiner = new Joiner();
    while (this.#dirty.size > 0) {
      const clients = this.#dirty;
      this.#dirty = new Set();
      for (const client of clients) {
        if (this.#byFd.get(client.fd) === client) yield* this.#flushOne(client, joiner, leave);
      }
    }
  }

  *#flushOne(client: Client, joiner: Joiner, leave: Leave): Generator<Step> {
    const { fd, outbox } = client;
    // #region send
    const length = outbox.length;
    if (length > 0) {
      try {
        yield { step: 'send', fd, length, taken: outbox.flush(this.#net, fd, joiner) };
      } catch (error) {
        if (!(error instanceof SocketError)) throw error;
        yield* leave(client, 'reset');
        this.remove(client);
        return;
      }
    }
    // #endregion
    // #region lesson-outbox
    watch(this.write, fd, outbox.length > 0);
    watch(this.read, fd, client.phase !== 'leaving' && outbox.length <= PAUSE_ABOVE);
    if (outbox.length === 0) this.#allIsSent(client);
    else if (client.isOpen && outbox.length > this.#limits.maxOutbox) {
      const reason = `more than ${this.#limits.maxOutbox} bytes wait for this client to read`;
      this.queue(client, client.connection.close(CloseCode.policyViolation, reason));
      yield* leave(client, 'limit', 'refused');
    }
    // #endregion
  }

  /** If the client has left, its connection ends now. */
  #allIsSent(client: Client): void {
    if (client.phase === 'leaving') this.remove(client);
    if (client.phase === 'refused') {
      this.#net.shutdown(client.fd);
      client.phase = 'draining';
    }
  }
}

function watch(set: FdSet, fd: Fd, wanted: boolean): void {
  if (wanted) set.add(fd);
  else set.delete(fd);
}
