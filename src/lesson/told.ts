/**
 * What the process of a check tells its parent: a line for each word, which begins with a secret,
 * since the student's code can write to the same pipe.
 * @module
 */

import { StringDecoder } from 'node:string_decoder';
import type { Ending } from './check-result.js';
import type { Said } from './checker.js';
import type { Trouble } from './trouble-kind.js';

/** How often a check's process tells what processor time it has used, and whether it was idle. */
export const ALIVE_MS = 250;

/** What a check's process tells. */
export type Told =
  | { readonly type: 'loaded' } // the student's file is; from now on it is checked
  | { readonly type: 'step'; readonly step: Said }
  | { readonly type: 'used'; readonly cpuMs: number } // processor time since it started
  | { readonly type: 'idle' } // in the last ALIVE_MS its loop had next to nothing to do
  | { readonly type: 'verdict'; readonly verdict: Ending }
  | { readonly type: 'trouble'; readonly trouble: Trouble };

/** Enough memory for every check, Node included. */
export const MEMORY_MIB = 768;

const { stringify } = JSON; // the student's code may put another in its place, and would see the secret

/** A word as it goes over the pipe. What someone else has left unfinished there is ended first. */
export function toldLine(secret: string, told: Told): string {
  return `\n${secret} ${stringify(told)}\n`;
}

/** Longer than any trace of a check. */
const MOST_UNFINISHED = 2 ** 26;

/** Takes the words out of what comes over the pipe. Whatever is none is left out. */
export class ToldReader {
  readonly #start: string;
  readonly #hear: (told: Told) => void;
  readonly #decoder = new StringDecoder('utf8');
  #unfinished = '';

  constructor(secret: string, hear: (told: Told) => void) {
    this.#start = `${secret} `;
    this.#hear = hear;
  }

  /** Takes what came next. */
  read(bytes: Buffer): void {
    const lines = (this.#unfinished + this.#decoder.write(bytes)).split('\n');
    this.#unfinished = lines.pop() ?? '';
    if (this.#unfinished.length > MOST_UNFINISHED) this.#unfinished = '';
    for (const line of lines) {
      if (line.startsWith(this.#start)) this.#hear(JSON.parse(line.slice(this.#start.length)));
    }
  }
}
