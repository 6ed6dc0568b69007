/**
 * 一条轨迹，三种做法：同样的几轮，select、poll 和 epoll 各要做多少。
 */

import { keepTrace, openNetworks } from 'loopscope/lesson';
import { chat, countWork, sixClients, turnsOf } from './models.js';

const isReal = openNetworks().kind === 'real';
const row = (cells: (string | number)[]): string => cells.map((c) => `${c}`.padStart(9)).join('');

// 1. 沉默的客户端连上来。然后又来一个，说 100 行。同样的几轮，算三次价钱。
console.log('看过的描述符\n');
console.log(row(['silent', 'turns', 'select', 'poll', 'epoll', 'ours']));
for (const silent of isReal ? [10, 100, 400] : [10, 100, 900]) {
  const { events, examined } = await chat(openNetworks(), silent, 100);
  const turns = turnsOf(events);
  const works = (['select', 'poll', 'epoll'] as const).map((model) => countWork(turns, model));
  console.log(row([silent, turns.length, ...works, examined]));
  if (silent === 10) keepTrace(events);
}

// 2. 小于 FD_SETSIZE 的每个号码，fd_set 里有一位；这里它是 8。六个客户端说话。
console.log('\nFD_SETSIZE 是 8');
for (const beyondFdSetSize of ['ignore', 'throw'] as const) {
  const networks = openNetworks({ server: { fdSetSize: 8, beyondFdSetSize } });
  console.log(`  ${beyondFdSetSize.padEnd(7)} ${await sixClients(networks)}`);
}
