// refused: wrong.name
import type { Answer } from '../exercise.js';
import { command as right } from '../solution.js';

export { presence, system } from '../solution.js';

/** Tidies the spaces inside of a name, too. */
export function command(names: Map<number, string>, fd: number, content: string): Answer[] | null {
  const [word, ...words] = content.split(/ +/);
  return word === '/nick' ? right(names, fd, [word, ...words].join(' ')) : null;
}
