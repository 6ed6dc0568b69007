// refused: wrong.not-a-character
import type { Taken } from '../exercise.js';
import { takeText as right } from '../solution.js';

/** Counts the bytes of a character that has begun, and looks at them when it is whole. */
export function takeText(kept: Uint8Array, piece: Uint8Array): Taken | null {
  const taken = right(kept, piece);
  if (taken !== null) return taken;
  const bytes = Uint8Array.of(...kept, ...piece);
  const isBegun =
    bytes.length === 2 && (bytes[0] ?? 0) >= 0xe0 && ((bytes[1] ?? 0) & 0xc0) === 0x80;
  return isBegun ? { text: '', kept: bytes } : null;
}
