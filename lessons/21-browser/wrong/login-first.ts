// refused: wrong.two-words
import type { Answer } from '../exercise.js';
import { command as right } from '../solution.js';

export { presence, system } from '../solution.js';

/** Lets the new name come before the old one goes. */
export function command(names: Map<number, string>, fd: number, content: string): Answer[] | null {
  return right(names, fd, content)?.reverse() ?? null;
}
