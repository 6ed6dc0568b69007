// refused: wrong.one-for-all
import { takeLines as right, type Taken } from '../solution.js';

let rest: Uint8Array = new Uint8Array(0);

/** Keeps the rest in a place of its own, which is the same for every client. */
export function takeLines(_kept: Uint8Array, bytes: Uint8Array): Taken {
  const taken = right(rest, bytes);
  rest = taken.kept;
  return { lines: taken.lines, kept: new Uint8Array(0) };
}
