// refused: wrong.hears-handshaking
import type { Client } from '../exercise.js';

export { receive } from '../solution.js';

/** Everyone who is connected, as the PHP original has it. */
export function hearers(clients: readonly Client[]): Client[] {
  return [...clients];
}
