// refused: wrong.not-utf8
import { joinBytes } from 'loopscope';
import type { Taken } from '../solution.js';

/** Makes a character of each byte. */
export function takeLines(kept: Uint8Array, bytes: Uint8Array): Taken {
  const all = joinBytes([kept, bytes]);
  const end = all.lastIndexOf(0x0a) + 1;
  const lines = String.fromCharCode(...all.subarray(0, end)).split('\n');
  return { lines: lines.slice(0, -1), kept: all.subarray(end) };
}
