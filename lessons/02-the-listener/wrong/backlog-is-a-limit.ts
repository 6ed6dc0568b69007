// refused: wrong.get-in

export { openListener } from '../solution.js';

/** Takes the backlog for a limit on clients. */
export function getIn(backlog: number, clients: number): number {
  return Math.min(clients, backlog + 1);
}
