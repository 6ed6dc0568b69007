// refused: wrong.one-byte
export { payloadOf } from '../solution.js';

/** XORs each byte with the first of the key. */
export function unmask(bytes: Uint8Array, key: Uint8Array, _: number): Uint8Array {
  return bytes.map((byte) => byte ^ (key[0] ?? 0));
}
