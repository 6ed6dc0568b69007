/**
 * Lesson 25: what one of several loops does with what is said in it, and with what the broker brings.
 *
 * The sockets are given. The way to the broker may be cut at any time; it comes back, and what was said
 * meanwhile is gone. Something that was brought may be brought again, soon or late.
 */

import type { Envelope, Relayed } from 'loopscope';
import { todo } from 'loopscope/lesson';

/** One loop, and what it keeps. */
export interface Loop {
  /** Its own name, `loop-a` say: no other loop has it. */
  readonly id: string;
  /** The number of the last message that was said here; 0 before the first. */
  n: number;
  /** By the names of other loops: the number of the last message that came from there. Empty at first. */
  readonly last: Map<string, number>;
}

/** Where a loop can say something. */
export interface Ways {
  /** Tells everyone in this loop. */
  tell(message: Relayed): void;
  /** Gives something to the broker, which gives it to all loops, to this one too; if it is away, to none. */
  publish(envelope: Envelope): void;
  /** Asks the broker anew who is in the other loops, for something on the way was missed. */
  look(): void;
}

/**
 * Someone in this loop has said something. Everyone here hears it at once, and the others over the broker.
 * An envelope is `{ loop, n, message }`; `n` is its number in this loop: 1, 2, 3 and so on.
 */
export function said(loop: Loop, message: Relayed, ways: Ways): void {
  todo(`let all hear ${message.content} of ${loop.id}, by ${Object.keys(ways)}`);
}

/**
 * The broker has brought something. Everyone here hears each message of another loop once, and those of one
 * loop in their order. What was missed does not come again; then `look`, for who is there may have changed.
 */
export function came(loop: Loop, envelope: Envelope, ways: Ways): void {
  todo(`${loop.id}: n ${envelope.n} of ${envelope.loop}, by ${Object.keys(ways)}`);
}
