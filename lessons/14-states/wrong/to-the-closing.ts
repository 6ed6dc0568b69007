// refused: wrong.hears-closing
import type { Client } from '../exercise.js';

export { receive } from '../solution.js';

/** Everyone whose handshake is over. */
export function hearers(clients: readonly Client[]): Client[] {
  return clients.filter(({ state }) => state !== 'handshaking');
}
