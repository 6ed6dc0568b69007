/**
 * A payload that comes in pieces: long ones are kept as they came, short ones gathered, and all are
 * joined once, when the last is here. So the memory follows what came, whatever a header claims.
 * @module
 */

import type { ByteTools } from '../bytes.js';

/** From so many bytes on a piece is kept by itself. */
const KEPT_FROM = 16_384;

/** Room for the short ones: a claim of 1 GiB costs no more. */
const ROOM = 65_536;

const NONE: Uint8Array = new Uint8Array(0);

/** The pieces of one payload, in order. */
export class Pieces {
  readonly #tools: ByteTools | null;
  readonly #whole: Uint8Array[] = [];
  /** Where short pieces are gathered, and how much of it is filled. */
  #room = NONE;
  #filled = 0;

  constructor(tools: ByteTools | null) {
    this.#tools = tools;
  }

  /**
   * Takes the next piece.
   *
   * @param left bytes of the payload that are not here yet, these included
   * @param mine whether they may be kept and changed; else they are copied
   * @returns the piece, where it is kept: to be changed there
   */
  add(piece: Uint8Array, left: number, mine: boolean): Uint8Array {
    if (piece.length >= KEPT_FROM) {
      const kept = mine ? piece : this.#copy(piece);
      this.#endRoom();
      this.#whole.push(kept);
      return kept;
    }
    if (this.#room.length - this.#filled < piece.length) {
      this.#endRoom();
      this.#room = this.#memory(Math.min(ROOM, left));
    }
    const start = this.#filled;
    this.#filled += piece.length;
    this.#room.set(piece, start);
    return this.#room.subarray(start, this.#filled);
  }

  /** Writes all of them, one behind the other. */
  joinInto(whole: Uint8Array): void {
    this.#endRoom();
    let at = 0;
    for (const piece of this.#whole) {
      whole.set(piece, at);
      at += piece.length;
    }
  }

  #endRoom(): void {
    if (this.#filled > 0) this.#whole.push(this.#room.subarray(0, this.#filled));
    this.#room = NONE;
    this.#filled = 0;
  }

  #copy(piece: Uint8Array): Uint8Array {
    const copy = this.#memory(piece.length);
    copy.set(piece);
    return copy;
  }

  #memory(length: number): Uint8Array {
    return this.#tools?.allocate(length) ?? new Uint8Array(length);
  }
}
