// refused: wrong.short
import { turn, verdicts } from '../solution.js';

export { turn, verdicts };

/** Believes the post: fewer than 9 bytes are a break; and a longer goodbye is one too. */
export function hasLeft(buffer: Uint8Array | false): boolean {
  return buffer === false || buffer.length < 9 || buffer[0] === 0x88;
}
