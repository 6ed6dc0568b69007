// refused: wrong.reversed
import { unmask as right } from '../solution.js';

export { payloadOf } from '../solution.js';

/** Takes the key for a number with its lowest byte first. */
export function unmask(bytes: Uint8Array, key: Uint8Array, offset: number): Uint8Array {
  return right(bytes, key.slice().reverse(), offset);
}
