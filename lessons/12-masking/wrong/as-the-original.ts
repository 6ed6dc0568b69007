// refused: wrong.takes-unmasked
import { unmask } from '../solution.js';

export { unmask };

/** Never looks at MASK, as the PHP original. */
export function payloadOf(frame: Uint8Array): Uint8Array | null {
  return unmask(frame.subarray(6), frame.subarray(2, 6), 0);
}
