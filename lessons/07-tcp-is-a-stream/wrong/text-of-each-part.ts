// refused: wrong.character-cut
import type { Taken } from '../solution.js';

/** Makes text of each part, and joins the texts. */
export function takeLines(kept: Uint8Array, bytes: Uint8Array): Taken {
  const text = new TextDecoder().decode(kept) + new TextDecoder().decode(bytes);
  const lines = text.split('\n');
  return { kept: new TextEncoder().encode(lines.pop() ?? ''), lines };
}
