/**
 * Lesson 16, a solution.
 */

import type { Taken } from './exercise.js';

/** Takes the next piece of a text in UTF-8. */
export function takeText(kept: Uint8Array, piece: Uint8Array): Taken | null {
  const bytes = Uint8Array.of(...kept, ...piece);
  const end = bytes.length - begun(bytes);
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    const text = decoder.decode(bytes.subarray(0, end));
    const rest = bytes.slice(end);
    decoder.decode(rest, { stream: true }); // throws if no character begins so
    return { text, kept: rest };
  } catch {
    return null;
  }
}

/** How many bytes at the end are a character that has only begun. */
function begun(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte >= 0b1100_0000) return lengthOf(byte) > back ? back : 0;
    if (byte < 0b1000_0000) return 0;
  }
  return 0;
}

/** The length of a character, by its first byte. */
function lengthOf(first: number): number {
  if (first >= 0b1111_0000) return 4;
  return first >= 0b1110_0000 ? 3 : 2;
}
