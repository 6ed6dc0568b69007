// refused: wrong.mark-lost
import type { Taken } from '../exercise.js';
import { takeText as right } from '../solution.js';

/** Lets the decoder swallow a byte order mark. */
export function takeText(kept: Uint8Array, piece: Uint8Array): Taken | null {
  const taken = right(kept, piece);
  return taken && { ...taken, text: taken.text.replace(/^\ufeff/, '') };
}
