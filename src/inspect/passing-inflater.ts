/**
 * Compressed messages inflated as they pass by: the beginning of what comes out, in bounded memory and
 * time, since bytes are to pass on.
 * @module
 */

import { joinBytes } from '../bytes.js';
import { utf8Problem } from '../websocket/closing.js';
import type { DeflateParameters } from '../websocket/deflate-offer.js';
import type { Role } from '../websocket/frame.js';
import { type Problem, problemOf } from '../websocket/problem.js';
import { Utf8Checker } from '../websocket/utf8.js';
import { MessageInflater } from './inflate-message.js';

/** Bytes that are kept of what a message becomes. */
const SHOWN_LENGTH = 4_096;
/** A message of which more comes out is let be. */
const MOST_INFLATED = 1 << 24;

/** A compressed message, inflated. */
export interface PassingInflated {
  /** Bytes that came out. */
  readonly length: number;
  /** The first of them. */
  readonly bytes: Uint8Array;
  readonly isText: boolean;
}

/** Inflates the messages of one direction. */
export class PassingInflater {
  readonly #inflater: MessageInflater;

  /** @param deflate what was agreed on; null for what holds without a word */
  constructor(from: Role, deflate: DeflateParameters | null) {
    const { clientNoContextTakeover: client = false, serverNoContextTakeover: server = false } =
      deflate ?? {};
    this.#inflater = new MessageInflater(!(from === 'client' ? client : server), true);
  }

  /**
   * Inflates a message.
   *
   * @param pieces its payloads; null for one that is not kept: what looks back at it is lost
   * @param problems takes what is wrong with it
   */
  message(
    pieces: readonly Uint8Array[] | null,
    { isText, length }: { isText: boolean; length: number },
    problems: Problem[],
  ): PassingInflated | null {
    if (pieces === null) {
      this.#inflater.lose();
      return null;
    }
    const checker = new Utf8Checker();
    const kept: Uint8Array[] = [];
    let [room, bad] = [SHOWN_LENGTH, -1];
    const take = (bytes: Uint8Array): void => {
      if (isText && bad < 0) bad = checker.push(bytes);
      const piece = bytes.slice(0, room);
      kept.push(piece);
      room -= piece.length;
    };
    const result = this.#inflater.inflate(joinBytes(pieces), take, MOST_INFLATED);
    const { length: whole, problem: why } = result;
    if (why === 'limit' || why === 'unknown') return null;
    if (why !== null) {
      const rule = { closeCode: 1007, section: 'RFC 7692 7.2.2', values: { length, why } };
      problems.push(problemOf({ code: 'bad-deflate', ...rule }));
      return null;
    }
    if (isText && (bad >= 0 || !checker.complete)) {
      problems.push(utf8Problem(bad, checker, 'inflated'));
    }
    return { length: whole, bytes: joinBytes(kept), isText };
  }
}
