// refused: wrong.refuses
import { payloadOf as right } from '../solution.js';

export { unmask } from '../solution.js';

/** Takes a key that changes nothing for no mask. */
export function payloadOf(frame: Uint8Array): Uint8Array | null {
  return frame.subarray(2, 6).every((byte) => byte === 0) ? null : right(frame);
}
