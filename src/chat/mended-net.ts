/**
 * The network in front of a mirror that is partly mended: it takes what has come, and hands it on piece
 * by piece as the mirror should have read it; what the mirror writes goes out as it should have been
 * written. What each mend makes of the bytes is in mended-client.ts and mended-answer.ts.
 * @module
 */

import { ForwardingNet } from '../net/forwarding-net.js';
import { type Fd, FdSet, type Net, type Ready, SocketError } from '../net/net.js';
import { answerFor } from './mended-answer.js';
import { MendedClient, RECV_LENGTH } from './mended-client.js';
import type { Mends } from './mended-facts.js';

/** What is taken at once where a message may be longer than the original's recv. */
const LONG_RECV = 65_536;

/** Passes on what is mended; what is not, as it is. */
export class MendedNet extends ForwardingNet {
  readonly #mends: Mends;
  /** In the order of connecting, as in the mirror's table. */
  readonly #clients = new Map<Fd, MendedClient>();
  #logins = 0;
  /** The client whose piece the mirror has read last, and whether that was its end. */
  #heard: { client: MendedClient; hasLeft: boolean } | null = null;

  constructor(net: Net, mends: Mends) {
    super(net);
    this.#mends = mends;
  }

  override async select(
    read: FdSet,
    write: FdSet,
    except: FdSet,
    timeoutMs?: number | null,
  ): Promise<Ready> {
    // the mirror stands in a write: only that one counts
    if (read.size === 0) return this.net.select(read, write, except, timeoutMs);
    for (const [fd, client] of this.#clients) {
      client.goOn();
      this.#reply(fd, client);
    }
    for (;;) {
      const waiting = [...read].filter((fd) => this.#clients.get(fd)?.hasPieces);
      if (waiting.length > 0) return { ...NOTHING, read: waiting, scanned: read.size };
      const unsent = [...this.#clients].filter(([, client]) => client.unsent.length > 0);
      const watched = new FdSet([...write, ...unsent.map(([fd]) => fd)]);
      const ready = await this.net.select(read, watched, except, timeoutMs);
      for (const fd of ready.write) this.#flush(fd);
      const others = ready.read.filter((fd) => !this.#take(fd));
      const all = [...read].filter(
        (fd) => others.includes(fd) || this.#clients.get(fd)?.hasPieces === true,
      );
      const isInterrupted = ready.read.length + ready.write.length === 0;
      if (all.length > 0 || isInterrupted) return { ...ready, read: all, write: [] };
    }
  }

  override accept(listener: Fd): Fd {
    const fd = this.net.accept(listener);
    this.#clients.set(fd, new MendedClient(this.#mends));
    return fd;
  }

  override recv(fd: Fd, length: number): Uint8Array {
    const client = this.#clients.get(fd);
    const piece = client?.next();
    if (client === undefined || piece === undefined) return this.net.recv(fd, length);
    if (piece instanceof SocketError) {
      this.#heard = { client, hasLeft: true };
      throw piece;
    }
    this.#heard = { client, hasLeft: client.hasLeft };
    if (client.isNamed && client.login === 0) client.login = ++this.#logins;
    return piece;
  }

  override send(fd: Fd, bytes: Uint8Array): number {
    const client = this.#clients.get(fd);
    if (client === undefined) return this.net.send(fd, bytes);
    if (client.unsent.length === 0 || this.#mends.has('D26')) {
      const members = [...this.#clients.values()].filter(({ hasLeft }) => !hasLeft);
      const { hasLeft = false, client: heard } = this.#heard ?? {};
      const wasRefused = heard?.isRefused === true;
      const audience = { to: client, members, hasLeft, wasRefused };
      const answer = answerFor(bytes, audience, this.#mends);
      client.unsent.push(answer);
    }
    const isGone = this.#flush(fd);
    if (isGone !== null) throw isGone;
    // all or nothing, as seen from the mirror: what went out may be longer or shorter than what it wrote
    return client.unsent.length === 0 || this.#mends.has('D26') ? bytes.length : 0;
  }

  override close(fd: Fd): void {
    const client = this.#clients.get(fd);
    if (client !== undefined && client.lastWords.length > 0) {
      client.unsent.push(client.lastWords);
      this.#flush(fd);
    }
    this.#clients.delete(fd);
    this.net.close(fd);
  }

  /** Takes what has come from a client. @returns whether it is one */
  #take(fd: Fd): boolean {
    const client = this.#clients.get(fd);
    if (client === undefined) return false;
    try {
      client.take(this.net.recv(fd, this.#mends.has('D05') ? LONG_RECV : RECV_LENGTH));
    } catch (error) {
      if (!(error instanceof SocketError)) throw error;
      if (error.code !== 'EAGAIN') client.broken(error);
    }
    this.#reply(fd, client);
    return true;
  }

  /** Sends what is for a client alone. */
  #reply(fd: Fd, client: MendedClient): void {
    if (client.replies.length === 0) return;
    for (const reply of client.replies.splice(0)) client.unsent.push(reply);
    this.#flush(fd);
  }

  /** Sends what the network takes. @returns why nothing can be sent any more; else null */
  #flush(fd: Fd): SocketError | null {
    try {
      this.#clients.get(fd)?.unsent.flush(this.net, fd);
      return null;
    } catch (error) {
      if (!(error instanceof SocketError)) throw error;
      return error;
    }
  }
}

const NOTHING: Ready = { read: [], write: [], except: [], scanned: 0, examined: 0 };
