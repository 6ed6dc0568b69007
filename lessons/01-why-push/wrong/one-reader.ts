// refused: wrong.count
import type { News } from '../exercise.js';
import { polling as right } from '../solution.js';

export { pending, webSocket } from '../solution.js';

/** Lets one answer do for everyone. */
export function polling(news: News): number {
  return right({ ...news, readers: 1 });
}
