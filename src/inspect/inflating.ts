/**
 * Compressed messages of one direction, inflated as far as they are shown, and held to what was agreed on:
 * text is UTF-8 (RFC 6455 8.1), and nothing looks back farther than the window (RFC 7692 7.1.2).
 * @module
 */

import { joinBytes } from '../bytes.js';
import { utf8Problem } from '../websocket/closing.js';
import type { DeflateParameters } from '../websocket/deflate-offer.js';
import type { Role } from '../websocket/frame.js';
import { problemOf } from '../websocket/problem.js';
import { Utf8Checker } from '../websocket/utf8.js';
import { type InflatedMessage, MessageInflater } from './inflate-message.js';
import type { Finding } from './inspection.js';
import type { Meanings } from './meanings.js';
import type { Inflated } from './payload.js';
import { findingOf } from './read-frame.js';

/** Most bytes of a message that are kept of what comes out. */
const MOST_SHOWN = 1 << 20;
/** Those of a direction; of a message behind them its beginning is kept. */
const MOST_KEPT = 1 << 24;
const BEGINNING = 1_024;
/** A message of which more comes out is given up: at a thousandfold, it is none that anyone sends. */
const MOST_INFLATED = 2 ** 30;
/** Bytes that are inflated for a guess. */
const MOST_GUESSED = 1 << 16;

/** How the messages of a direction are inflated. */
export interface InflatingOptions {
  readonly parameters: DeflateParameters;
  readonly from: Role;
  /** Whether the bytes begin within a stream: messages may look back at what is not here. */
  readonly isMiddle: boolean;
  /** Whether nobody knows that they are compressed: then what cannot be inflated is no problem. */
  readonly isGuess: boolean;
  readonly meanings: Meanings;
}

/** Inflates messages in order. */
export class Inflating {
  readonly #options: InflatingOptions;
  readonly #inflater: MessageInflater;
  readonly #windowBits: number;
  #left = MOST_KEPT;

  constructor(options: InflatingOptions) {
    const { parameters, from, isMiddle } = options;
    this.#options = options;
    const isClient = from === 'client';
    const { clientNoContextTakeover: client, serverNoContextTakeover: server } = parameters;
    this.#inflater = new MessageInflater(!(isClient ? client : server), !isMiddle);
    this.#windowBits = isClient ? parameters.clientMaxWindowBits : parameters.serverMaxWindowBits;
  }

  /**
   * Inflates a message that is whole; null for one that is too long to be here.
   *
   * @param length of its payload
   * @param problems takes what is wrong with it
   */
  message(
    pieces: readonly Uint8Array[] | null,
    { length, isText }: { length: number; isText: boolean },
    problems: Finding[],
  ): Inflated {
    if (pieces === null) this.#inflater.lose();
    if (pieces === null) return { length, isText, badAt: -1, whole: 0, bytes: 'limit' };
    const most = Math.min(MOST_SHOWN, Math.max(BEGINNING, this.#left));
    const sink = new Sink(most, isText);
    const result = this.#inflater.inflate(joinBytes(pieces), (b) => sink.take(b), MOST_INFLATED);
    this.#left -= sink.length;
    const found = { length, isText, badAt: -1, whole: result.length };
    if (result.problem !== null) {
      return { ...found, bytes: this.#failed(result.problem, length, problems) };
    }
    const { meanings, isGuess } = this.#options;
    this.#checkWindow(result, problems);
    const bytes = sink.bytes();
    const { bad, checker } = sink;
    if (!isText || (bad < 0 && checker.complete)) return { ...found, bytes };
    if (!isGuess) problems.push(findingOf(utf8Problem(bad, checker, 'inflated'), meanings));
    return { ...found, badAt: bad < 0 ? checker.position : bad, bytes };
  }

  #failed(why: string, length: number, problems: Finding[]): 'bad' | 'limit' | 'unknown' {
    if (why === 'limit' || why === 'unknown') return why;
    const { isGuess, meanings } = this.#options;
    const rule = { closeCode: 1007, section: 'RFC 7692 7.2.2', values: { length, why } };
    const problem = problemOf({ code: 'bad-deflate', ...rule });
    if (!isGuess) problems.push(findingOf(problem, meanings));
    return 'bad';
  }

  /** A receiver that made its window as small as was agreed on cannot inflate what looks farther back. */
  #checkWindow({ farthest }: InflatedMessage, problems: Finding[]): void {
    const bits = this.#windowBits;
    if (farthest <= 2 ** bits) return;
    const section = `RFC 7692 ${this.#options.from === 'server' ? '7.1.2.1' : '7.1.2.2'}`;
    const message = this.#options.meanings.beyondWindow({ farthest, bits, window: 2 ** bits });
    problems.push({ code: 'beyond-window', closeCode: 1007, section, message });
  }
}

/** What a payload would be if it were compressed by itself; null where it cannot be. */
export function guessInflated(payload: Uint8Array, isText: boolean): Inflated | null {
  const sink = new Sink(MOST_SHOWN, isText);
  const inflater = new MessageInflater(false, true);
  const result = inflater.inflate(payload, (bytes) => sink.take(bytes), MOST_GUESSED);
  if (result.problem !== null || result.length === 0) return null;
  if (isText && (sink.bad >= 0 || !sink.checker.complete)) return null;
  const { length } = payload;
  const bytes = sink.bytes();
  return { length, isText, badAt: -1, whole: result.length, bytes, isGuess: true };
}

/** Takes what comes out: keeps the beginning, checks all. */
class Sink {
  readonly checker = new Utf8Checker();
  bad = -1;
  length = 0;
  readonly #most: number;
  readonly #isText: boolean;
  readonly #kept: Uint8Array[] = [];

  constructor(most: number, isText: boolean) {
    this.#most = most;
    this.#isText = isText;
  }

  take(bytes: Uint8Array): void {
    if (this.#isText && this.bad < 0) this.bad = this.checker.push(bytes);
    const room = this.#most - this.length;
    if (room <= 0) return;
    const piece = bytes.slice(0, room); // the window goes on
    this.#kept.push(piece);
    this.length += piece.length;
  }

  bytes(): Uint8Array {
    return joinBytes(this.#kept);
  }
}
