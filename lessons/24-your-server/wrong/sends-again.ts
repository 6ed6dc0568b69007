// refused: wrong.twice
import { joinBytes, type Ready } from 'loopscope';
import type { Server } from '../exercise.js';
import { flush } from '../solution.js';

export { whoMade } from '../solution.js';

/** Where a send took a part, the whole message is kept, and sent again. */
export function turn(server: Server, ready: Ready): void {
  for (const fd of ready.write) flush(server, fd);
  for (const fd of ready.read) {
    if (fd === server.listener) {
      server.accept();
      continue;
    }
    const data = server.recv(fd);
    if (data.length === 0) {
      server.leave(fd);
      continue;
    }
    for (const client of server.clients) {
      const waiting = server.outboxes.get(client) ?? new Uint8Array(0);
      if (waiting.length === 0 && server.send(client, data) === data.length) continue;
      server.outboxes.set(client, joinBytes([waiting, data]));
      server.write.add(client);
    }
  }
}
