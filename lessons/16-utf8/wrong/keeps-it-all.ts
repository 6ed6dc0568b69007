// refused: wrong.keeps-too-much
import type { Taken } from '../exercise.js';
import { takeText as right } from '../solution.js';

/** Keeps the whole message where a character has begun, and reads it again with the next piece. */
export function takeText(kept: Uint8Array, piece: Uint8Array): Taken | null {
  const taken = right(kept, piece);
  if (taken === null || taken.kept.length === 0) return taken;
  return { text: '', kept: Uint8Array.of(...kept, ...piece) };
}
