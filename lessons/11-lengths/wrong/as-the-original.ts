// refused: wrong.original
import { writeLength as right } from '../solution.js';

export { readLength } from '../solution.js';

/** Goes over to 64 bits at 255 times 255, as the PHP original does. */
export function writeLength(length: number): Uint8Array {
  if (length < 65_025) return right(length);
  const bytes = new Uint8Array(9);
  bytes[0] = 127;
  new DataView(bytes.buffer).setBigUint64(1, BigInt(length));
  return bytes;
}
