// refused: wrong.one-direction
import type { News } from '../exercise.js';

export { pending, webSocket } from '../solution.js';

/** Counts what a reader is sent, and not what it sends to ask. */
export function polling({ readers, messages, asks, head, text }: News): number {
  return readers * (asks * head + messages * text);
}
