// refused: wrong.form-kept
import { joinBytes } from 'loopscope';
import type { Taken } from '../solution.js';

/** Keeps the rest as a text. */
export function takeLines(kept: Uint8Array, bytes: Uint8Array): Taken {
  const lines = new TextDecoder().decode(joinBytes([kept, bytes])).split('\n');
  return { kept: lines.pop() as unknown as Uint8Array, lines };
}
