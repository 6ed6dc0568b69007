/**
 * Lesson 21, a solution.
 */

import { type Answer, presence, system } from './exercise.js';

export { presence, system } from './exercise.js';

/** Deals with what someone has said, if it is a command. */
export function command(names: Map<number, string>, fd: number, content: string): Answer[] | null {
  const [word, ...words] = content.split(' ');
  if (word !== '/nick') return null;
  const name = words.join(' ').trim();
  if (name === '') return [system('say /nick and your new name')];
  if ([...names.values()].includes(name)) return [system(`${name} is somebody's name`)];
  const old = names.get(fd) ?? '';
  const others = [...names].filter(([one]) => one !== fd).map(([, other]) => other);
  names.set(fd, name); // a key that is there keeps its place
  return [presence('logout', old, others), presence('login', name, [...names.values()])];
}
