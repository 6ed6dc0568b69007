// refused: wrong.recv-is-message
import type { Taken } from '../solution.js';

/** Takes each recv for one message, as the PHP original does. */
export function takeLines(_kept: Uint8Array, bytes: Uint8Array): Taken {
  const line = new TextDecoder().decode(bytes).replace(/\n$/, '');
  return { lines: [line], kept: new Uint8Array(0) };
}
