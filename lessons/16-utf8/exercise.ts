/**
 * Lesson 16: read text that comes in pieces, and check it as it comes.
 *
 * A piece is what one frame carries, or one recv. It may end inside a character.
 */

import { todo } from 'loopscope/lesson';

/** What is known after a piece. */
export interface Taken {
  /** The characters that are whole now. */
  text: string;
  /**
   * The bytes of a character that has only begun: 3 at most, and none at the end of a good message. You
   * get them back with the next piece.
   */
  kept: Uint8Array;
}

/**
 * Takes the next piece of a text in UTF-8.
 *
 * @param kept what the last call for this message returned as `kept`; empty at first
 * @param piece 1 byte or more
 * @returns null as soon as a byte has come that cannot be UTF-8, whatever may follow: the connection
 *   is closed with 1007 then, and you are not called again
 */
export function takeText(kept: Uint8Array, piece: Uint8Array): Taken | null {
  return todo(`read ${kept.length} kept bytes and ${piece.length} new ones`);
}
