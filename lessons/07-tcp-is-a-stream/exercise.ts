/**
 * Lesson 7: find the lines in a stream of bytes, wherever TCP cuts it.
 *
 * Each message is a line of UTF-8 with one byte 0a (LF, "\n") behind it. What recv gives may be a
 * part of a line, several lines, or the end of one and the beginning of the next.
 */

import { todo } from 'loopscope/lesson';

/** What a server knows after a recv. */
export interface Taken {
  /** The lines that are whole now, in order, without their LF. A line may be empty. */
  lines: string[];
  /** The bytes behind the last LF. The loop gives them back to you at the next recv. */
  kept: Uint8Array;
}

/**
 * Takes the bytes of one recv.
 *
 * @param kept what the last call for this client returned as `kept`; empty at first
 * @param bytes what recv gave, 1 byte or more
 */
export function takeLines(kept: Uint8Array, bytes: Uint8Array): Taken {
  return todo(`join ${kept.length} and ${bytes.length} bytes, and take the whole lines out`);
}
