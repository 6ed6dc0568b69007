// refused: wrong.keeps-too-much
import type { Taken } from '../exercise.js';

/** Keeps everything as long as it cannot be read whole. */
export function takeText(kept: Uint8Array, piece: Uint8Array): Taken | null {
  const bytes = Uint8Array.of(...kept, ...piece);
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { text, kept: new Uint8Array(0) };
  } catch {
    return { text: '', kept: bytes };
  }
}
