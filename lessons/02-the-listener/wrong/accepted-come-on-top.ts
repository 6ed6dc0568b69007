// refused: wrong.get-in

export { openListener } from '../solution.js';

/** Adds those accepted to those who came, as if they had come beside them. */
export function getIn(backlog: number, clients: number, accepted: number): number {
  return Math.min(clients, backlog + 1) + accepted;
}
