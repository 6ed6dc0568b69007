// refused: wrong.trimmed
import { joinBytes } from 'loopscope';
import type { Taken } from '../solution.js';

/** Believes that a CR in front of the LF belongs to it. */
export function takeLines(kept: Uint8Array, bytes: Uint8Array): Taken {
  const all = joinBytes([kept, bytes]);
  const end = all.lastIndexOf(0x0a) + 1;
  const lines = new TextDecoder().decode(all.subarray(0, end)).split(/\r?\n/).slice(0, -1);
  return { lines, kept: all.subarray(end) };
}
