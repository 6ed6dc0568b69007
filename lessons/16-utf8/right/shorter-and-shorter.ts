import type { Taken } from '../exercise.js';

/** Takes one byte less until what is left can be read; then what was taken off must begin a character. */
export function takeText(kept: Uint8Array, piece: Uint8Array): Taken | null {
  const bytes = Buffer.concat([kept, piece]);
  for (let back = 0; back <= Math.min(3, bytes.length); back++) {
    const text = read(bytes.subarray(0, bytes.length - back));
    const rest = bytes.subarray(bytes.length - back);
    if (text !== null && (back === 0 || read(rest, true) === '')) return { text, kept: rest };
  }
  return null;
}

function read(bytes: Uint8Array, stream = false): string | null {
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return decoder.decode(bytes, { stream });
  } catch {
    return null;
  }
}
