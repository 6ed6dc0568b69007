/**
 * Seven servers that know nothing of each other, and one of ours: the same conversation, a row each.
 */

import type { Ready } from 'loopscope';
import { keepTrace, openNetworks } from 'loopscope/lesson';
import { converse, OTHERS, rowOf } from './conversation.js';
import type { Server } from './exercise.js';

// 1. Our server: a turn as tutorials write it. Change it, and see its row change.
async function turn(server: Server, ready: Ready): Promise<void> {
  for (const fd of ready.read) {
    if (fd === server.listener) {
      server.accept();
      continue;
    }
    const data = server.recv(fd);
    if (data.length === 0) server.leave(fd);
    else for (const client of server.clients) await server.sendAll(client, data);
  }
}

// 2. Three clients, ten messages. What strace saw of the others was recorded.
const WIDTHS = [12, 7, 7, 7, 13, 12];
const cells = (name: string, ...rest: (string | number)[]): string =>
  name.padEnd(18) + rest.map((cell, i) => `${cell}`.padStart(WIDTHS[i] ?? 0)).join('');
console.log('                      waits in  waits  empty  calls       accept  40 ms gaps');
const ours = await converse(openNetworks(), turn, 0);
for (const [name, events] of [...OTHERS, ['ours', ours]] as const) {
  const { call, waits, empty, calls, accept, gaps } = rowOf(events);
  console.log(cells(name, call, waits.toFixed(1), empty, calls, accept, gaps));
}
keepTrace(ours);

// 3. The same once more; but one of the three sleeps for a second, and another talks on.
const slept = 1_000;
const small = openNetworks({ server: { sendBuffer: 4_096 } });
const events = await converse(small, turn, slept);
const stood = events.find((event) => event.step === 'block');
console.log(`\none of three reads nothing for ${slept} ms`);
const ms = Math.round(stood?.took ?? 0);
console.log(
  stood === undefined
    ? '  nobody has to wait for it'
    : `  our loop stood still for ${ms} ms, in a send to fd ${stood.fd}`,
);
