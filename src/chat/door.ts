/**
 * The way into a server: accept, whether there is room, and the opening handshake. Who is inside is
 * the server's business, and who is turned away here leaves as anyone else does.
 * @module
 */

import type { Address, Fd, Net } from '../net/net.js';
import type { Step } from '../trace/event.js';
import { type RefusedRequest, refuse } from '../websocket/refusal.js';
import { Client, type Leaving } from './client.js';
import type { Clients } from './clients.js';
import { type Limits, noRoom } from './limits.js';
import { Listener } from './listener.js';
import { allowedHostProblem, isLoopbackAddress } from './origin.js';
import { subprotocolsOf } from './steps.js';

/** Clients over a limit that are told so at a time; further ones wait, or are cut off. */
const REFUSED_AT_A_TIME = 16;

/** The listening socket of a server, and what happens at it. */
export class Door {
  readonly #net: Net;
  readonly #clients: Clients;
  readonly #limits: Limits;
  readonly #listener: Listener;
  readonly #date: (() => Date) | null;

  constructor(net: Net, clients: Clients, limits: Limits) {
    this.#net = net;
    this.#clients = clients;
    this.#limits = limits;
    this.#listener = new Listener(net, clients.read);
    this.#date = net.date?.bind(net) ?? null;
  }

  /** Opens it. @returns the steps that this took @throws SocketError bind EADDRINUSE and the like */
  open(address: Address, backlog: number): Promise<Step[]> {
    const { host } = address;
    if (allowedHostProblem(host) === null)
      this.#limits.allowedHosts = [...this.#limits.allowedHosts, host];
    return this.#listener.open(address, backlog);
  }

  /** The listener's descriptor; null while there is none. */
  get fd(): Fd | null {
    return this.#listener.fd;
  }

  /** When it is to be watched again though nobody has left; null when it is not waiting for that. */
  get next(): number | null {
    return this.#listener.next;
  }

  /** Takes in the first who waits. @returns who leaves, where there is no room; else null */
  *accept(listener: Fd): Generator<Step, Leaving | null> {
    // #region accept
    const fd = this.#listener.accept(listener, this.#clients.size);
    if (fd === null) return null;
    const address = this.#net.getpeername(fd);
    const client = new Client(fd, address, this.#limits, this.#date);
    this.#clients.add(client);
    this.#net.setsockopt(fd, 'TCP_NODELAY', 1); // a turn's bytes go out together; nothing is worth waiting for
    yield { step: 'accept', listener, fd, ...address };
    // #endregion
    const { host } = address;
    const neighbours = isLoopbackAddress(host) ? 0 : this.#clients.from(host);
    const reason = noRoom(this.#limits, this.#clients.size, neighbours);
    if (reason === null) return null;
    const answer = refuse(503, reason, { date: this.#date?.() ?? null });
    // who is told so holds a place meanwhile: one address must not hold all of those
    const most = this.#limits.maxClientsPerAddress + REFUSED_AT_A_TIME;
    const how = neighbours > most ? 'cut' : 'refused';
    return yield* this.#refuse(answer, { client, cause: 'limit', how });
  }

  /**
   * Takes the next bytes of a client's request.
   *
   * @returns the bytes behind the request, when that was whole and is agreed to; who leaves, when it
   *   is refused; null when it is not whole yet
   */
  *shakeHands(client: Client, bytes: Uint8Array): Generator<Step, Uint8Array | Leaving | null> {
    // #region handshake
    const answer = client.handshake?.feed(bytes) ?? null;
    if (answer === null) return null; // the request is not whole yet
    if (!('key' in answer)) {
      const cause = answer.status === 200 ? 'answered' : 'protocol-error';
      return yield* this.#refuse(answer, { client, cause, how: 'refused' });
    }
    client.agreeOn(answer);
    this.#clients.open(client);
    this.#clients.queue(client, answer.bytes);
    const { key, accept } = answer;
    yield { step: 'handshake', fd: client.fd, key, accept, ...subprotocolsOf(answer) };
    // #endregion
    return answer.rest;
  }

  /** New clients are taken while there is room; a server that stops waits for the last to go. */
  watch(stopping: boolean): void {
    const { size } = this.#clients;
    this.#listener.watch(size, stopping ? 0 : this.#limits.maxClients + REFUSED_AT_A_TIME);
    if (stopping && size === 0) this.#listener.close();
  }

  *#refuse({ status, reason, bytes }: RefusedRequest, leaving: Leaving): Generator<Step, Leaving> {
    const { client } = leaving;
    yield { step: 'handshake', fd: client.fd, refused: { status, reason } };
    this.#clients.queue(client, bytes);
    return leaving;
  }
}
