// refused: wrong.taken
import { type Answer, presence } from '../exercise.js';
import { command as right } from '../solution.js';

export { presence, system } from '../solution.js';

/** Gives the name to whoever asks for it. */
export function command(names: Map<number, string>, fd: number, content: string): Answer[] | null {
  const name = content.slice(5).trim();
  if (!content.startsWith('/nick ') || name === '') return right(names, fd, content);
  const old = names.get(fd) ?? '';
  const others = [...names].filter(([one]) => one !== fd).map(([, other]) => other);
  names.set(fd, name);
  return [presence('logout', old, others), presence('login', name, [...names.values()])];
}
