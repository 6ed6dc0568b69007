// refused: wrong.begins-again
export { payloadOf } from '../solution.js';

/** Begins with the first byte of the key in every part. */
export function unmask(bytes: Uint8Array, key: Uint8Array, _: number): Uint8Array {
  return bytes.map((byte, i) => byte ^ (key[i % 4] ?? 0));
}
