// refused: wrong.not-utf8
import { joinBytes } from 'loopscope';
import type { Taken } from '../solution.js';

/** Makes a character of each byte, and throws empty lines away. */
export function takeLines(kept: Uint8Array, bytes: Uint8Array): Taken {
  const all = joinBytes([kept, bytes]);
  const end = all.lastIndexOf(0x0a) + 1;
  const text = new TextDecoder('latin1').decode(all.subarray(0, end));
  return { lines: text.split('\n').filter(Boolean), kept: all.subarray(end) };
}
