// refused: wrong.not-answered
import type { News } from '../exercise.js';

export { polling, webSocket } from '../solution.js';

/** Counts an answer for the request that is left without one. */
export function pending({ readers, messages, request, head, text }: News): number {
  return readers * (messages + 1) * (request + head + text);
}
