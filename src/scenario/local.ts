/**
 * A server of our own as an opponent, in this process. It knows when the server is idle by
 * counting, not by waiting: all that was sent has been taken, all that was answered has come in,
 * and the loop is in select.
 * @module
 */

import { ForwardingNet } from '../net/forwarding-net.js';
import {
  type Address,
  type Fd,
  type FdSet,
  type Net,
  type Ready,
  SocketError,
} from '../net/net.js';
import type { Step, TraceEvent } from '../trace/event.js';
import { type Program, runLoop } from '../trace/loop.js';
import type { Connected, Opponent, OpponentState } from './opponent.js';

/** A program that listens and can be stopped: the room or the mirror. */
export interface ListeningProgram extends Program {
  /** Opens the listening socket. @returns the steps that this took */
  listen(address: Address): Promise<Step[]>;
  /** Ends the program in its next turn. */
  stop(): void;
}

/** What the server has done with one connection. */
interface Tally {
  fd: Fd;
  taken: number;
  answered: number;
  /** It has seen the peer's FIN or RST. */
  sawEnd: boolean;
  /** It has closed the connection. */
  closed: boolean;
}

/** A blocking call that makes no progress for so long, on a client that does not read, will make none. */
const STALLED_AFTER_MS = 100;

/** Runs a server of our own and watches it through its network. */
export class LocalOpponent implements Opponent {
  /** Everything that its loop did, up to now. */
  readonly events: TraceEvent[] = [];
  address: Address = { host: '', port: 0 };
  readonly #net: CountingNet;
  /** What the program and its loop see of it. */
  readonly #front: Net;
  readonly #program: ListeningProgram;
  #running: Promise<void> = Promise.resolve();
  #crash: string | null = null;

  private constructor(net: Net, make: (net: Net) => ListeningProgram, front: (net: Net) => Net) {
    this.#net = new CountingNet(net);
    this.#front = front(this.#net);
    this.#program = make(this.#front);
  }

  /**
   * Starts a server on a port of this machine.
   *
   * @param port 0 for any that is free
   * @param watch is told each event, beside `events`
   * @param front makes a network that stands between the program and what is counted
   */
  static async start(
    net: Net,
    make: (net: Net) => ListeningProgram,
    port = 0,
    watch: (event: TraceEvent) => void = () => {},
    front: (net: Net) => Net = (counted) => counted,
  ): Promise<LocalOpponent> {
    const opponent = new LocalOpponent(net, make, front);
    const opened = await opponent.#program.listen({ host: '127.0.0.1', port });
    const bind = opened.find((step) => step.step === 'bind');
    if (bind !== undefined) opponent.address = { host: bind.host, port: bind.port };
    const watcher = (event: TraceEvent): void => {
      opponent.events.push(event);
      watch(event);
    };
    opponent.#running = runLoop(opponent.#front, opponent.#program, watcher, opened).catch(
      (error) => {
        opponent.#crash = String(error);
      },
    );
    return opponent;
  }

  state(connections: readonly Connected[]): OpponentState {
    if (this.#crash !== null) return 'dead';
    if ((this.#program.pending?.size ?? 0) > 0) return 'busy'; // all is taken, and not all dealt with
    if (!this.#net.inSelect || !connections.every((one) => this.#net.isAnswered(one)))
      return 'busy';
    const { block } = this.#net;
    if (block !== null) {
      const stands = this.#net.now() - block.since >= STALLED_AFTER_MS;
      const unread = connections.some(
        ({ port, reading, ended }) => port === block.port && !reading && ended === null,
      );
      return stands && unread ? 'stalled' : 'busy';
    }
    return connections.every((one) => this.#net.isTaken(one)) ? 'idle' : 'busy';
  }

  pause(): void {
    this.#net.pause();
  }

  resume(): void {
    this.#net.resume();
  }

  lastWords(): string {
    return this.#crash ?? '';
  }

  /** Ends the server; every connection that is left is closed. */
  async stop(): Promise<void> {
    this.#net.resume();
    this.#program.stop();
    await this.#running;
  }
}

/** A network that counts what passes, and can hold its program in select. */
class CountingNet extends ForwardingNet {
  /** Whether the program waits in select. */
  inSelect = false;
  /** While the program waits for one descriptor alone, as a blocking call does: whose, and since when. */
  block: { port: number; since: number } | null = null;
  readonly #tallies = new Map<number, Tally>();
  readonly #portOf = new Map<Fd, number>();
  #held: Promise<void> | null = null;
  #release: () => void = () => {};

  /** The next select, or the one that waits now, returns only after `resume`. */
  pause(): void {
    this.#held ??= new Promise((resolve) => {
      this.#release = resolve;
    });
  }

  resume(): void {
    this.#release();
    this.#held = null;
  }

  /** All that the server has sent has come in, as far as the client reads. */
  isAnswered({ port, reading, received, ended, endedByServer }: Connected): boolean {
    const tally = this.#tallies.get(port);
    if (tally === undefined || !reading || endedByServer === 'reset') return true;
    if (ended === 'close' || ended === 'reset') return true;
    return tally.answered === received && (!tally.closed || endedByServer !== null);
  }

  /** All that the client has sent, and its end, has been taken by the server. */
  isTaken({ port, sent, ended }: Connected): boolean {
    const tally = this.#tallies.get(port);
    if (tally === undefined) return false; // not accepted yet
    if (tally.closed) return true;
    return tally.taken === sent && (ended === null || tally.sawEnd);
  }

  override async select(
    read: FdSet,
    write: FdSet,
    except: FdSet,
    timeoutMs?: number | null,
  ): Promise<Ready> {
    const port = read.size === 0 ? this.#portOf.get([...write][0] ?? -1) : undefined;
    this.block = port === undefined ? null : { port, since: this.now() };
    this.inSelect = true;
    let ready = await this.net.select(read, write, except, timeoutMs);
    if (this.#held !== null) {
      await this.#held;
      ready = await this.net.select(read, write, except, 0); // what has piled up meanwhile
    }
    this.inSelect = false;
    this.block = null;
    return ready;
  }

  override accept(listener: Fd): Fd {
    const fd = this.net.accept(listener);
    const { port } = this.net.getpeername(fd);
    this.#portOf.set(fd, port);
    this.#tallies.set(port, { fd, taken: 0, answered: 0, sawEnd: false, closed: false });
    return fd;
  }

  override recv(fd: Fd, length: number): Uint8Array {
    const tally = this.#tally(fd);
    try {
      const bytes = this.net.recv(fd, length);
      tally.taken += bytes.length;
      tally.sawEnd ||= bytes.length === 0;
      return bytes;
    } catch (error) {
      tally.sawEnd ||= error instanceof SocketError && error.code !== 'EAGAIN';
      throw error;
    }
  }

  override send(fd: Fd, bytes: Uint8Array): number {
    const taken = this.net.send(fd, bytes);
    this.#tally(fd).answered += taken;
    return taken;
  }

  override close(fd: Fd): void {
    this.net.close(fd);
    this.#forget(fd);
  }

  override reset(fd: Fd): void {
    this.net.reset(fd);
    this.#forget(fd);
  }

  #tally(fd: Fd): Tally {
    const tally = this.#tallies.get(this.#portOf.get(fd) ?? -1);
    if (tally === undefined) throw new Error(`bug: fd ${fd} was not accepted`);
    return tally;
  }

  #forget(fd: Fd): void {
    const port = this.#portOf.get(fd);
    if (port === undefined) return; // the listener
    this.#tally(fd).closed = true;
    this.#portOf.delete(fd);
  }
}
