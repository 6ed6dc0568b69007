/**
 * Which loops there are and who is in each, as it lies at the broker: the keys, the questions, and
 * what the answers say. Each loop keeps its own part there, which ends by itself when it does not.
 * @module
 */

import { isLoop, type Part, readPart } from './envelope.js';
import type { Came, Pipe } from './pipe.js';
import type { RespValue } from './resp.js';

/** What an answer is to. */
export type Asked = 'done' | { loopsAt: number } | { parts: readonly string[]; askedAt: number };

/** What lay at the broker. */
export interface Found {
  /** Parts by loop, our own among them. */
  parts: Map<string, Part>;
  /** Loops that were there and have no part any more. */
  dead: string[];
  /** When that was asked for, on the network's clock. */
  askedAt: number;
}

/** How long a loop's part stays that is not written anew, in milliseconds. */
export const LIFE_MS = 5_000;
/** The one channel of the room, and what its keys begin with. */
export const CHANNEL = 'loopscope:room';
const LOOPS_KEY = `${CHANNEL}:loops`;
const partKey = (loop: string): string => `${CHANNEL}:loop:${loop}`;
/** Loops whose parts are asked for. */
const MAX_LOOPS = 1_000;

/** What we know of it. */
export class Directory {
  readonly #loop: string;
  /** Other loops that were there at the last look. */
  #others: readonly string[] = [];
  /** Questions for parts that are not answered. */
  #looks = 0;

  /** @param loop our own */
  constructor(loop: string) {
    this.#loop = loop;
  }

  /** Whether parts were asked for, and are not here. */
  get isLooking(): boolean {
    return this.#looks > 0;
  }

  /** Writes our part. */
  write(pipe: Pipe<Asked>, part: string): void {
    pipe.ask('done', 'SET', partKey(this.#loop), part, 'PX', `${LIFE_MS}`);
  }

  /** Asks which loops there are, and at once for the parts of those that are known. */
  look(pipe: Pipe<Asked>, now: number): void {
    pipe.ask('done', 'SADD', LOOPS_KEY, this.#loop);
    pipe.ask('done', 'PEXPIRE', LOOPS_KEY, `${10 * LIFE_MS}`); // nothing of us is left behind
    pipe.ask({ loopsAt: now }, 'SMEMBERS', LOOPS_KEY);
    this.#askForParts(pipe, now);
  }

  /** An answer came. @returns what lay there, where it says that */
  take(pipe: Pipe<Asked>, { to, value }: Came<Asked> & { kind: 'answer' }): Found | null {
    if (to === 'done') return null;
    if ('parts' in to) return this.#found(pipe, to.parts, to.askedAt, value);
    const texts = Array.isArray(value) ? value.map(textOf) : [];
    const others = texts.filter(isLoop).filter((one) => one !== this.#loop);
    const known = new Set(this.#others);
    this.#others = others.slice(0, MAX_LOOPS);
    if (this.#others.some((one) => !known.has(one))) this.#askForParts(pipe, to.loopsAt);
    return null;
  }

  /** Takes our part away. */
  leave(pipe: Pipe<Asked>): void {
    pipe.ask('done', 'DEL', partKey(this.#loop));
    pipe.ask('done', 'SREM', LOOPS_KEY, this.#loop);
  }

  /** The connection is over, and with it what was asked. */
  forget(): void {
    this.#looks = 0;
  }

  /** Our own is asked for too, so there is always one. */
  #askForParts(pipe: Pipe<Asked>, askedAt: number): void {
    this.#looks++;
    const parts = [this.#loop, ...this.#others];
    pipe.ask({ parts, askedAt }, 'MGET', ...parts.map(partKey));
  }

  #found(pipe: Pipe<Asked>, loops: readonly string[], askedAt: number, value: RespValue): Found {
    this.#looks--;
    const values = Array.isArray(value) ? value : [];
    const parts = new Map<string, Part>();
    const dead: string[] = [];
    for (const [i, loop] of loops.entries()) {
      const one = values[i] ?? null;
      const part = one instanceof Uint8Array ? readPart(one) : null;
      if (part !== null) parts.set(loop, part);
      else if (one === null && loop !== this.#loop) dead.push(loop);
    }
    if (dead.length > 0) pipe.ask('done', 'SREM', LOOPS_KEY, ...dead);
    return { parts, dead, askedAt };
  }
}

/** The first characters of a text; '' for what is none. */
export function textOf(value: RespValue | undefined): string {
  return value instanceof Uint8Array ? String.fromCharCode(...value.subarray(0, 100)) : '';
}
