// refused: wrong.lets-it-pass
import { payloadOf as right } from '../solution.js';

export { unmask } from '../solution.js';

/** Is kind to a client that does not mask. */
export function payloadOf(frame: Uint8Array): Uint8Array | null {
  return right(frame) ?? frame.subarray(2);
}
