// refused: wrong.order
import type { Ready } from 'loopscope';
import type { Server } from '../exercise.js';
import { flush } from '../solution.js';

export { whoMade } from '../solution.js';

/** Sends what is new at once, though older bytes wait. */
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
      const rest = data.subarray(server.send(client, data));
      const old = server.outboxes.get(client) ?? new Uint8Array(0);
      const all = new Uint8Array(old.length + rest.length);
      all.set(rest);
      all.set(old, rest.length);
      server.outboxes.set(client, all);
      if (all.length > 0) server.write.add(client);
    }
  }
}
