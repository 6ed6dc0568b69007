// refused: wrong.never-watched
import type { Ready } from 'loopscope';
import type { Server } from '../exercise.js';
import { turn as right } from '../solution.js';

export { whoMade } from '../solution.js';

/** Keeps what waits, and tries again when someone speaks: select is never asked for room. */
export function turn(server: Server, ready: Ready): void {
  right(server, { ...ready, write: [...server.clients] });
  for (const fd of [...server.write]) server.write.delete(fd);
}
