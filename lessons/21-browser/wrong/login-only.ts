// refused: wrong.two-people
import type { Answer } from '../exercise.js';
import { command as right } from '../solution.js';

export { presence, system } from '../solution.js';

/** Tells of the new name, and never of the old one. */
export function command(names: Map<number, string>, fd: number, content: string): Answer[] | null {
  const answers = right(names, fd, content);
  return answers === null ? null : answers.filter(({ message }) => message.type !== 'logout');
}
