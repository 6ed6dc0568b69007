/**
 * The way from one loop to the broker, over all connections to it: how it is opened, what is asked
 * again and again, when it counts as lost, and when the next is tried. What is said is not its business.
 * @module
 */

import { type Fd, FdSet, type Net, SocketError } from '../net/net.js';
import { failing } from '../texts/errors.js';
import type { BrokerStep, Step } from '../trace/event.js';
import { type Asked, CHANNEL, Directory, type Found, textOf } from './directory.js';
import { BrokerLost, type Came, Pipe } from './pipe.js';
import type { RespValue } from './resp.js';

/** How a link is made. Times are milliseconds. */
export interface LinkOptions {
  /** Our own loop, 16 hex digits. */
  loop: string;
  /** Opens a connection to the broker, with TLS where that is asked for. */
  dial: () => Promise<Fd>;
  /** Where that is, to be shown: without a password. */
  where: string;
  /** Null for the broker's default user. */
  user?: string | null;
  /** Null where it asks for none. */
  password?: string | null;
  /** What our part says now. */
  part: () => string;
  /** Bytes that may wait for the broker to take them. Default `LINK_LIMITS`. */
  maxOutbox?: number;
}

/** The descriptors of a program, in which that of the link is watched. */
export interface Watched {
  readonly read: FdSet;
  readonly write: FdSet;
  readonly pending: FdSet;
}

/** What a link tells beside its steps. */
export type News =
  | { news: 'up' }
  | { news: 'down'; error: Error }
  | { news: 'published'; value: RespValue }
  | { news: 'parts'; found: Found };

/** What a link keeps to. Times are milliseconds. */
export const LINK_LIMITS = {
  /** How often our part is written anew, and the others' are looked at. */
  lookMs: 2_000,
  /** At the most so long after who is there has changed, it is written. */
  writeMs: 100,
  /** A broker that owes an answer for so long is given up. */
  silenceMs: 5_000,
  /** Until the first try to come back. */
  firstTryMs: 250,
  /** The most between two tries. */
  lastTryMs: 5_000,
  /** Messages of the broker that are dealt with in one turn; the next wait for the next. */
  messagesPerTurn: 256,
  /** Bytes that may wait for the broker to take them. */
  maxOutbox: 4 << 20,
} as const;

/** The way to the broker. */
export class Link {
  readonly #net: Net;
  readonly #options: Required<LinkOptions>;
  readonly #watched: Watched;
  readonly #directory: Directory;
  #pipe: Pipe<Asked> | null = null;
  /** Whether its answers have come, so that others may be told. */
  #isUp = false;
  #dialling: 'no' | 'yes' | { fd: Fd } | { error: unknown } = 'no';
  #tries = 0;
  /** When what is next: a try, a look at the others, our part; null for not at all. */
  #tryAt: number | null = null;
  #lookAt: number | null = null;
  #writeAt: number | null = null;
  /** What came is not all dealt with. */
  #hasMore = false;
  /** It owed an answer for too long when we looked last: a loop that stood still must look twice. */
  #isSuspect = false;
  #isOver = false;

  constructor(net: Net, options: LinkOptions, watched: Watched) {
    this.#net = net;
    this.#options = { user: null, password: null, maxOutbox: LINK_LIMITS.maxOutbox, ...options };
    this.#watched = watched;
    this.#directory = new Directory(options.loop);
  }

  /** Its descriptor; null while there is none. */
  get fd(): Fd | null {
    return this.#pipe?.fd ?? null;
  }

  /** When it has something to do though nothing came, on the network's clock; null for never. */
  get next(): number | null {
    if (this.#isSuspect) return 0;
    const quiet = this.#pipe?.quietSince ?? null;
    const silent = quiet === null ? null : quiet + LINK_LIMITS.silenceMs;
    // who comes or goes while there is no broker changes our part, and nobody is there to take it
    const ofPipe = this.#pipe === null ? [] : [this.#lookAt, this.#writeAt];
    const times = [this.#tryAt, ...ofPipe, silent];
    const next = Math.min(...times.map((time) => time ?? Number.POSITIVE_INFINITY));
    return next === Number.POSITIVE_INFINITY ? null : next;
  }

  /**
   * Opens it for the first time, and waits until the others' parts are here.
   *
   * @returns what it tells
   * @throws BrokerLost, SocketError when that fails: nothing is tried again
   */
  async open(): Promise<(Step | News)[]> {
    const told: (Step | News)[] = [];
    const until = this.#net.now() + LINK_LIMITS.silenceMs;
    this.#dial();
    while (!this.#isUp) {
      const fds = new FdSet(this.fd === null ? [] : [this.fd]);
      const left = until - this.#net.now();
      if (left <= 0)
        throw this.#giveUp(
          failing(BrokerLost, 'broker.silent', { seconds: LINK_LIMITS.silenceMs / 1_000 }),
        );
      const ready = await this.#net.select(fds, new FdSet(), new FdSet(), left);
      for (const one of this.turn(ready.read.length > 0)) {
        if ('news' in one && one.news === 'down') throw this.#giveUp(one.error);
        told.push(one);
      }
      for (const one of this.flush()) told.push(one);
    }
    return told;
  }

  /** Says something to the other loops, if it can. @returns whether it went on its way */
  publish(text: string): boolean {
    this.#pipe?.ask('done', 'PUBLISH', CHANNEL, text);
    return this.#pipe !== null;
  }

  /** Who is here has changed: our part is written anew soon. */
  partChanged(): void {
    this.#writeAt ??= this.#net.now() + LINK_LIMITS.writeMs;
  }

  /** What one loop said was lost on the way: looks at all parts now. */
  look(): void {
    if (this.#isUp) this.#lookAt = this.#net.now();
  }

  /**
   * Reads what came, and does what is due.
   *
   * @param isReadable whether select reported its descriptor
   * @param isEnough tells when the rest has to wait for the next turn
   */
  *turn(isReadable: boolean, isEnough: () => boolean = () => false): Generator<Step | News> {
    try {
      yield* this.#dialled();
      if (this.#pipe !== null) yield* this.#read(this.#pipe, isReadable, isEnough);
      if (this.#pipe !== null) this.#checkSilence(this.#pipe, isReadable);
      if (this.#pipe !== null) this.#askWhatIsDue(this.#pipe);
    } catch (error) {
      yield* this.#lose(error);
    }
    if (this.#tryAt !== null && this.#tryAt <= this.#net.now()) this.#dial();
  }

  /** Sends what the turn has for the broker. */
  *flush(): Generator<Step | News> {
    const pipe = this.#pipe;
    if (pipe === null) return;
    const { read, write, pending } = this.#watched;
    try {
      const { length, taken } = pipe.flush();
      if (length > 0) yield { step: 'send', fd: pipe.fd, length, taken };
      watch(write, pipe.fd, pipe.waiting > 0);
      // what came is dealt with before more is taken
      watch(read, pipe.fd, !this.#hasMore);
      watch(pending, pipe.fd, this.#hasMore);
    } catch (error) {
      yield* this.#lose(error);
    }
  }

  /** Ends it: our part is taken away, and nothing is tried any more. */
  *close(): Generator<Step | News> {
    if (this.#pipe !== null) this.#directory.leave(this.#pipe);
    yield* this.flush();
    this.#isOver = true;
    this.#release((fd) => this.#net.close(fd));
  }

  #dial(): void {
    this.#tryAt = null;
    this.#dialling = 'yes';
    const settle = (dialling: { fd: Fd } | { error: unknown }): void => {
      this.#dialling = dialling;
      if (!this.#isOver) this.#net.interrupt();
      else if ('fd' in dialling) this.#net.close(dialling.fd);
    };
    this.#options.dial().then(
      (fd) => settle({ fd }),
      (error) => settle({ error }),
    );
  }

  /** A connection stands, or could not be had. */
  *#dialled(): Generator<Step | News> {
    const dialling = this.#dialling;
    if (typeof dialling === 'string') return;
    this.#dialling = 'no';
    if ('error' in dialling) throw dialling.error;
    const { fd } = dialling;
    const { where, user, password, maxOutbox } = this.#options;
    const pipe = new Pipe<Asked>(this.#net, fd, maxOutbox);
    this.#pipe = pipe;
    this.#net.setsockopt(fd, 'TCP_NODELAY', 1); // a turn's commands go out together
    yield { step: 'broker', fd, do: 'connect', message: where };
    const auth = password === null ? [] : ['AUTH', user ?? 'default', password];
    pipe.ask('done', 'HELLO', '3', ...auth); // from here on pushes and answers share a connection
    pipe.tell('SUBSCRIBE', CHANNEL); // before the parts are read: so nothing is missed in between
    this.#lookAt = this.#net.now();
  }

  *#read(pipe: Pipe<Asked>, isReadable: boolean, isEnough: () => boolean): Generator<Step | News> {
    if (isReadable && !this.#hasMore) {
      const bytes = pipe.recv();
      if (bytes === null) return;
      yield { step: 'recv', fd: pipe.fd, bytes };
    }
    this.#hasMore = false;
    for (let dealtWith = 0; ; dealtWith++) {
      if (dealtWith === LINK_LIMITS.messagesPerTurn || isEnough()) {
        this.#hasMore = true; // the clients first
        return;
      }
      const came = pipe.next();
      if (came === null) return;
      yield* this.#take(pipe, came);
    }
  }

  *#take(pipe: Pipe<Asked>, came: Came<Asked>): Generator<Step | News> {
    if (came.kind === 'push') {
      const [kind, , value = null] = came.value;
      if (textOf(kind) === 'message') yield { news: 'published', value };
      return;
    }
    const found = this.#directory.take(pipe, came);
    if (found === null) return;
    yield { news: 'parts', found };
    if (this.#isUp || this.#directory.isLooking) return;
    this.#isUp = true;
    this.#tries = 0;
    yield { news: 'up' };
  }

  #askWhatIsDue(pipe: Pipe<Asked>): void {
    const now = this.#net.now();
    const isLook = this.#lookAt !== null && this.#lookAt <= now;
    const isWrite = this.#writeAt !== null && this.#writeAt <= now;
    if (isLook || isWrite) {
      this.#directory.write(pipe, this.#options.part());
      this.#writeAt = null;
    }
    if (!isLook) return;
    this.#directory.look(pipe, now);
    this.#lookAt = now + LINK_LIMITS.lookMs;
  }

  #checkSilence(pipe: Pipe<Asked>, isReadable: boolean): void {
    const since = pipe.quietSince;
    const isSilent =
      since !== null && since + LINK_LIMITS.silenceMs <= this.#net.now() && !isReadable;
    if (isSilent && this.#isSuspect)
      throw failing(BrokerLost, 'broker.silent', { seconds: LINK_LIMITS.silenceMs / 1_000 });
    this.#isSuspect = isSilent;
  }

  /** The connection is over, or there was none to be had: another is tried later, less and less often. */
  *#lose(error: unknown): Generator<Step | News> {
    if (!(error instanceof BrokerLost || error instanceof SocketError)) throw error;
    const fd = this.fd ?? -1;
    this.#release((one) => this.#net.reset(one));
    const most = Math.min(LINK_LIMITS.lastTryMs, LINK_LIMITS.firstTryMs * 2 ** this.#tries++);
    // not all loops at once: each has its place in the second half
    const share = 0.5 + Number.parseInt(this.#options.loop.slice(0, 4), 16) / 0x1_fffe;
    this.#tryAt = this.#isOver ? null : this.#net.now() + most * share;
    yield brokerStep(fd, 'lost', error.message);
    yield { news: 'down', error };
  }

  #release(end: (fd: Fd) => void): void {
    const { fd } = this;
    this.#pipe = null;
    this.#isUp = false;
    this.#isSuspect = false;
    this.#hasMore = false;
    this.#directory.forget();
    this.#lookAt = null;
    this.#writeAt = null;
    this.#tryAt = null;
    if (fd === null) return;
    const { read, write, pending } = this.#watched;
    for (const set of [read, write, pending]) set.delete(fd);
    end(fd);
  }

  #giveUp(error: Error): Error {
    this.#isOver = true;
    this.#release((fd) => this.#net.reset(fd));
    return error;
  }
}

/** A step of the broker's. */
export function brokerStep(fd: Fd, what: BrokerStep['do'], message: string): BrokerStep {
  return { step: 'broker', fd, do: what, message };
}

function watch(set: FdSet, fd: Fd, wanted: boolean): void {
  if (wanted) set.add(fd);
  else set.delete(fd);
}
