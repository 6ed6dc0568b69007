// refused: wrong.changes-bytes
export { payloadOf } from '../solution.js';

/** Writes over the bytes that it was given. */
export function unmask(bytes: Uint8Array, key: Uint8Array, offset: number): Uint8Array {
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = (bytes[i] ?? 0) ^ (key[(offset + i) % 4] ?? 0);
  }
  return bytes;
}
