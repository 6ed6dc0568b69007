// refused: wrong.still-here
import { type Answer, presence } from '../exercise.js';
import { command as right } from '../solution.js';

export { presence, system } from '../solution.js';

/** Tells who is here with the old name among them, although it has just gone. */
export function command(names: Map<number, string>, fd: number, content: string): Answer[] | null {
  const before = [...names.values()];
  const old = names.get(fd) ?? '';
  const answers = right(names, fd, content);
  if (answers?.length !== 2) return answers;
  return [presence('logout', old, before), ...answers.slice(1)];
}
