// refused: wrong.never-watched
import type { Ready } from 'loopscope';
import type { Server } from '../exercise.js';

export { whoMade } from '../solution.js';

/** Sends what the socket takes, and forgets the rest. */
export function turn(server: Server, ready: Ready): void {
  for (const fd of ready.read) {
    if (fd === server.listener) {
      server.accept();
      continue;
    }
    const data = server.recv(fd);
    if (data.length === 0) server.leave(fd);
    else for (const client of server.clients) server.send(client, data);
  }
}
