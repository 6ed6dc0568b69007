// refused: wrong.other-case
import { type Answer, system } from '../exercise.js';
import { command as right } from '../solution.js';

export { presence, system } from '../solution.js';

/** Takes GRACE for Grace. */
export function command(names: Map<number, string>, fd: number, content: string): Answer[] | null {
  const name = content.slice('/nick '.length).trim().toLowerCase();
  const isTaken = [...names.values()].some((one) => one.toLowerCase() === name);
  const answers = right(new Map(names), fd, content);
  return answers !== null && isTaken ? [system('taken')] : right(names, fd, content);
}
