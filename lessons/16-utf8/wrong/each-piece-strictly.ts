// refused: wrong.cut-refused
import type { Taken } from '../exercise.js';

/** Takes the half of a character for an error. */
export function takeText(_kept: Uint8Array, piece: Uint8Array): Taken | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(piece);
    return { text, kept: new Uint8Array(0) };
  } catch {
    return null;
  }
}
