// refused: wrong.gone
import type { Ready } from 'loopscope';
import type { Server } from '../exercise.js';
import { flush, turn as right } from '../solution.js';

export { whoMade } from '../solution.js';

/** Reads first, and then sends to all who had room, whether they are still there or not. */
export function turn(server: Server, ready: Ready): void {
  right(server, { ...ready, write: [] });
  for (const fd of ready.write) {
    if (server.outboxes.has(fd)) flush(server, fd);
    else server.send(fd, new Uint8Array(1));
  }
}
