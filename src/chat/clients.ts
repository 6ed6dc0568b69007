/**
 * The table of a server's clients: what each is watched for, what waits to be sent to it, and how
 * its connection ends. What clients say is not its business.
 * @module
 */

import type { ByteTools } from '../bytes.js';
import { type Fd, FdSet, type Net, SocketError } from '../net/net.js';
import { Joiner } from '../net/outbox.js';
import type { Step } from '../trace/event.js';
import type { Client, Leaving } from './client.js';
import { Clocks } from './clocks.js';
import type { Limits } from './limits.js';
import type { Parts } from './parts.js';

/** A client with more than this in its outbox is not read: first it must take what it asked for. */
const PAUSE_ABOVE = 1 << 20;

/** The clients of a server, in the order of connecting. */
export class Clients implements Iterable<Client> {
  readonly read = new FdSet();
  readonly write = new FdSet();
  /** Those whose frames wait here for the next turn, where select does not see them. */
  readonly pending = new FdSet();
  /** Bytes that were put into outboxes, ever. */
  queued = 0;
  /** What the machine does faster with bytes; null where nothing was handed in. */
  readonly tools: ByteTools | null;
  /** What it is put together from. */
  readonly parts: Parts;
  readonly #net: Net;
  readonly #maxOutbox: number;
  readonly #byFd = new Map<Fd, Client>();
  /** How many there are from each host. */
  readonly #byHost = new Map<string, number>();
  readonly #clocks: Clocks;
  /** Clients with something to send or to finish at the end of the turn. */
  readonly #dirty: Client[] = [];

  constructor(net: Net, limits: Limits) {
    this.#net = net;
    this.tools = limits.tools;
    this.parts = limits.parts;
    this.#maxOutbox = limits.maxOutbox;
    this.#clocks = new Clocks(limits);
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

  /** Milliseconds on the clock of its network. */
  now(): number {
    return this.#net.now();
  }

  /** How many there are from one host. */
  from(host: string): number {
    return this.#byHost.get(host) ?? 0;
  }

  /** Enters a client whose handshake is to come. */
  add(client: Client): void {
    const { fd, address } = client;
    this.#byFd.set(fd, client);
    this.#byHost.set(address.host, this.from(address.host) + 1);
    this.read.add(fd);
    this.#clocks.accepted(client, this.#net.now());
  }

  /** The handshake is done. */
  open(client: Client): void {
    client.move('agreed');
    client.handshake = null;
    this.#clocks.opened(client, this.#net.now());
  }

  /** Puts bytes into a client's outbox; they go out at the end of the turn. */
  queue(client: Client, bytes: Uint8Array): void {
    client.outbox.push(bytes);
    this.queued += bytes.length;
    this.touch(client);
  }

  /** Looks after a client at the end of the turn: it can take more, or something about it has changed. */
  touch(client: Client): void {
    if (client.isDirty) return;
    client.isDirty = true;
    this.#dirty.push(client);
  }

  /** Begins the closing handshake with a client, if it is open. */
  close(client: Client, code: number, reason: string): void {
    if (!client.isOpen) return;
    this.queue(client, client.connection.close(code, reason));
    this.#clocks.closing(client, this.#net.now());
  }

  /** A client has left; its last bytes go out, for which it has `closeTimeoutMs`. */
  end(client: Client, how: 'left' | 'refused'): void {
    client.move(how);
    client.waiting = null;
    this.#clocks.closing(client, this.#net.now());
    this.touch(client);
  }

  /** A client that had left has sent FIN: nothing is left to wait for. */
  ended(client: Client): void {
    client.move('fin');
    this.touch(client);
  }

  /** Closes a client's connection, whatever may still be on its way. */
  remove(client: Client): void {
    client.move('cut');
    this.#strikeOff(client);
  }

  #strikeOff(client: Client): void {
    const { fd, address } = client;
    client.waiting = null;
    this.#net.close(fd);
    this.#byFd.delete(fd);
    const others = this.from(address.host) - 1;
    if (others > 0) this.#byHost.set(address.host, others);
    else this.#byHost.delete(address.host);
    this.read.delete(fd);
    this.write.delete(fd);
    this.pending.delete(fd);
    this.#clocks.stop(client);
  }

  /** When the next client's time is over; null when no clock runs. */
  get next(): number | null {
    return this.#clocks.next;
  }

  /** Sends a ping to who was quiet for long. @returns the clients whose time is over */
  lookAtClocks(): Client[] {
    const { over, quiet } = this.#clocks.struck(this.#net.now());
    for (const client of quiet) this.queue(client, client.connection.ping());
    return over;
  }

  /**
   * Sends what the turn gathered. Who turns out to be gone, or to take too little, is told in between,
   * for the server to deal with; that makes others dirty again: they are appended while this goes on.
   *
   * @param watched whether someone looks at the sends; without, one costs no step
   */
  *flush(watched: boolean): Generator<Step | Leaving> {
    const joiner = new Joiner(this.tools);
    for (const client of this.#dirty) {
      client.isDirty = false;
      if (client.phase === 'closed') continue;
      const { fd, outbox } = client;
      // #region send
      const length = outbox.length;
      try {
        const taken = this.parts.drain(this.#net, client, this.write, joiner);
        if (watched && length > 0) yield { step: 'send', fd, length, taken };
      } catch (error) {
        if (!(error instanceof SocketError)) throw error;
        yield { client, cause: 'reset', how: 'cut' };
        continue;
      }
      // #endregion
      // #region lesson-outbox
      watch(this.write, fd, outbox.length > 0);
      watch(this.read, fd, client.phase !== 'leaving' && outbox.length <= PAUSE_ABOVE);
      if (outbox.length === 0) this.#allIsSent(client);
      else if (client.isOpen && outbox.length > this.#maxOutbox) {
        yield { client, cause: 'limit', how: 'refused' };
      }
      // #endregion
      // of whom frames wait here nothing more is taken before they are dealt with
      const isPending = client.waiting !== null && this.read.has(fd);
      if (isPending) this.read.delete(fd);
      watch(this.pending, fd, isPending);
    }
    this.#dirty.length = 0;
  }

  /** If the client has left, its connection ends now. */
  #allIsSent(client: Client): void {
    if (client.phase !== 'leaving' && client.phase !== 'refused') return;
    if (client.move('sent') === 'closed') this.#strikeOff(client);
    else this.#net.shutdown(client.fd);
  }
}

function watch(set: FdSet, fd: Fd, wanted: boolean): void {
  if (wanted) set.add(fd);
  else set.delete(fd);
}
