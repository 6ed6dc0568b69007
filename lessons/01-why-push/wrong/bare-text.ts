// refused: wrong.frame-header
import type { News } from '../exercise.js';

export { pending, polling } from '../solution.js';

/** Takes the text for all that is sent. */
export function webSocket({ readers, messages, text, upgrade, welcome }: News): number {
  return readers * (upgrade + welcome + messages * text);
}
