// refused: wrong.rest-lost
import { joinBytes } from 'loopscope';
import type { Taken } from '../solution.js';

/** Keeps a line that has not ended, and forgets one that begins behind another. */
export function takeLines(kept: Uint8Array, bytes: Uint8Array): Taken {
  const all = joinBytes([kept, bytes]);
  if (!all.includes(0x0a)) return { lines: [], kept: all };
  const lines = new TextDecoder().decode(all).split('\n').slice(0, -1);
  return { lines, kept: new Uint8Array(0) };
}
