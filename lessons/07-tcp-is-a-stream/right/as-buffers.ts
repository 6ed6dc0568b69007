import type { Taken } from '../solution.js';

/** Joins with Node's own Buffer, which is a Uint8Array. */
export function takeLines(kept: Uint8Array, bytes: Uint8Array): Taken {
  let rest = Buffer.concat([kept, bytes]);
  const lines: string[] = [];
  let end = rest.indexOf('\n');
  while (end >= 0) {
    lines.push(rest.toString('utf8', 0, end));
    rest = rest.subarray(end + 1);
    end = rest.indexOf('\n');
  }
  return { lines, kept: rest };
}
