// refused: wrong.key-as-payload
import { unmask } from '../solution.js';

export { unmask };

/** Takes all behind the first two bytes for the payload. */
export function payloadOf(frame: Uint8Array): Uint8Array | null {
  if ((frame[1] ?? 0) < 0b1000_0000) return null;
  return unmask(frame.subarray(2), frame.subarray(2, 6), 0);
}
