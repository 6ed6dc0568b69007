import type { Taken } from '../exercise.js';

/** Knows for each byte which ones may follow (RFC 3629 4), and puts the characters together itself. */
export function takeText(kept: Uint8Array, piece: Uint8Array): Taken | null {
  let text = '';
  let begun: number[] = [];
  for (const byte of [...kept, ...piece]) {
    begun.push(byte);
    if (!isPossible(begun)) return null;
    if (begun.length < lengthOf(begun[0] ?? 0)) continue;
    text += characterOf(begun);
    begun = [];
  }
  return { text, kept: Uint8Array.from(begun) };
}

function lengthOf(first: number): number {
  if (first < 0x80) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}

function isPossible([first = 0, second, ...more]: readonly number[]): boolean {
  if (first > 0x7f && (first < 0xc2 || first > 0xf4)) return false;
  if (second === undefined) return true;
  const [low, high] = rangeOf(first);
  return second >= low && second <= high && more.every((byte) => byte >= 0x80 && byte <= 0xbf);
}

/** What may stand behind a first byte. */
function rangeOf(first: number): [low: number, high: number] {
  if (first === 0xe0) return [0xa0, 0xbf];
  if (first === 0xed) return [0x80, 0x9f];
  if (first === 0xf0) return [0x90, 0xbf];
  return first === 0xf4 ? [0x80, 0x8f] : [0x80, 0xbf];
}

function characterOf([first = 0, ...more]: readonly number[]): string {
  const bits = more.length === 0 ? first : first & (0b0011_1111 >> more.length);
  return String.fromCodePoint(
    more.reduce((code, byte) => (code << 6) | (byte & 0b0011_1111), bits),
  );
}
