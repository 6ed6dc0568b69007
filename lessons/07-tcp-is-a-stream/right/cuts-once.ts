import type { Taken } from '../solution.js';

/** Cuts behind the last line feed, and makes text of what is in front of it at once. */
export function takeLines(kept: Uint8Array, bytes: Uint8Array): Taken {
  const all = Uint8Array.from([...kept, ...bytes]);
  const end = all.lastIndexOf(0x0a) + 1;
  const lines = new TextDecoder().decode(all.slice(0, end)).split('\n');
  lines.pop();
  return { lines, kept: all.slice(end) };
}
