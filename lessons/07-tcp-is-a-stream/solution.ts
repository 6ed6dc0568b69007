/**
 * Lesson 7, a solution.
 */

import { joinBytes } from 'loopscope';

/** What a server knows after a recv. */
export interface Taken {
  lines: string[];
  kept: Uint8Array;
}

/** Takes the bytes of one recv. */
export function takeLines(kept: Uint8Array, bytes: Uint8Array): Taken {
  const lines: string[] = [];
  let rest = joinBytes([kept, bytes]);
  for (let end = rest.indexOf(0x0a); end !== -1; end = rest.indexOf(0x0a)) {
    lines.push(new TextDecoder().decode(rest.subarray(0, end)));
    rest = rest.subarray(end + 1);
  }
  return { lines, kept: rest };
}
