// refused: wrong.one-at-a-time
import { joinBytes } from 'loopscope';
import type { Taken } from '../solution.js';

/** Looks for one line in each recv. */
export function takeLines(kept: Uint8Array, bytes: Uint8Array): Taken {
  const all = joinBytes([kept, bytes]);
  const end = all.indexOf(0x0a);
  if (end === -1) return { lines: [], kept: all };
  const line = new TextDecoder().decode(all.subarray(0, end));
  return { lines: [line], kept: all.subarray(end + 1) };
}
