// refused: wrong.empty-answers
import type { News } from '../exercise.js';

export { pending, webSocket } from '../solution.js';

/** Counts only the answers that bring news. */
export function polling({ readers, messages, asks, request, head, text }: News): number {
  return readers * (asks * request + messages * (head + text));
}
