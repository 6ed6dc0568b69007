// refused: wrong.place
import { type Answer, presence } from '../exercise.js';
import { command as right } from '../solution.js';

export { presence, system } from '../solution.js';

/** Takes the old name out and puts the new one in: at the end of the list. */
export function command(names: Map<number, string>, fd: number, content: string): Answer[] | null {
  const answers = right(new Map(names), fd, content);
  if (answers?.length !== 2) return answers;
  const old = names.get(fd) ?? '';
  names.delete(fd);
  const others = [...names.values()];
  names.set(fd, content.slice(5).trim());
  return [
    presence('logout', old, others),
    presence('login', content.slice(5).trim(), [...names.values()]),
  ];
}
