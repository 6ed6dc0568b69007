// refused: wrong.no-command
import type { Answer } from '../exercise.js';
import { command as right } from '../solution.js';

export { presence, system } from '../solution.js';

/** Looks at the first five characters, and takes /nickname for a command. */
export function command(names: Map<number, string>, fd: number, content: string): Answer[] | null {
  if (!content.startsWith('/nick')) return null;
  return right(names, fd, `/nick ${content.slice(5)}`);
}
