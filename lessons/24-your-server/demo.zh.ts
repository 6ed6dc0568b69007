/**
 * 七个互不相识的服务器，和我们的一个：同样的对话，每个一行。
 */

import type { Ready } from 'loopscope';
import { keepTrace, openNetworks } from 'loopscope/lesson';
import { converse, OTHERS, rowOf } from './conversation.js';
import type { Server } from './exercise.js';

// 1. 我们的服务器：教程里的一轮。改一改，看它那一行怎么变。
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

// 2. 三个客户端，十条消息。别的服务器，用的是 strace 录下来的。
const WIDTHS = [12, 7, 7, 7, 13, 12];
const cells = (name: string, ...rest: (string | number)[]): string =>
  name.padEnd(18) + rest.map((cell, i) => `${cell}`.padStart(WIDTHS[i] ?? 0)).join('');
console.log('                          等在   等待   白等   调用       accept  40 ms 停顿');
const ours = await converse(openNetworks(), turn, 0);
for (const [name, events] of [...OTHERS, ['我们的', ours]] as const) {
  const { call, waits, empty, calls, accept, gaps } = rowOf(events);
  console.log(cells(name, call, waits.toFixed(1), empty, calls, accept, gaps));
}
keepTrace(ours);

// 3. 再来一次；不过三个里有一个睡一秒，另一个照样说话。
const slept = 1_000;
const small = openNetworks({ server: { sendBuffer: 4_096 } });
const events = await converse(small, turn, slept);
const stood = events.find((event) => event.step === 'block');
console.log(`\n三个里有一个，${slept} ms 不读`);
const ms = Math.round(stood?.took ?? 0);
console.log(
  stood === undefined
    ? '  谁也不必等它'
    : `  我们的循环停了 ${ms} ms，停在给 fd ${stood.fd} 的 send 里`,
);
