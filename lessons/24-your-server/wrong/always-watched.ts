// refused: wrong.always-watched
import type { Ready } from 'loopscope';
import type { Server } from '../exercise.js';
import { turn as right } from '../solution.js';

export { whoMade } from '../solution.js';

/** Watches everyone for writing, all the time. */
export function turn(server: Server, ready: Ready): void {
  right(server, ready);
  for (const fd of server.clients) server.write.add(fd);
}
