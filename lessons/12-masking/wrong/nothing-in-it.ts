// refused: wrong.refuses
import { payloadOf as right } from '../solution.js';

export { unmask } from '../solution.js';

/** Asks whether the second byte is above 128; with an empty payload it is 128. */
export function payloadOf(frame: Uint8Array): Uint8Array | null {
  return (frame[1] ?? 0) > 128 ? right(frame) : null;
}
