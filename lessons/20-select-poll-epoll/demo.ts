/**
 * One trace, three models: what select, poll and epoll have to do for the same turns.
 */

import { keepTrace, openNetworks } from 'loopscope/lesson';
import { chat, countWork, sixClients, turnsOf } from './models.js';

const isReal = openNetworks().kind === 'real';
const row = (cells: (string | number)[]): string => cells.map((c) => `${c}`.padStart(9)).join('');

// 1. Silent clients connect. Then one more says 100 lines. The turns are priced three times.
console.log('descriptors that are looked at\n');
console.log(row(['silent', 'turns', 'select', 'poll', 'epoll', 'ours']));
for (const silent of isReal ? [10, 100, 400] : [10, 100, 900]) {
  const { events, examined } = await chat(openNetworks(), silent, 100);
  const turns = turnsOf(events);
  const works = (['select', 'poll', 'epoll'] as const).map((model) => countWork(turns, model));
  console.log(row([silent, turns.length, ...works, examined]));
  if (silent === 10) keepTrace(events);
}

// 2. An fd_set has a bit for each number below FD_SETSIZE, which is 8 here. Six clients speak.
console.log('\nFD_SETSIZE is 8');
for (const beyondFdSetSize of ['ignore', 'throw'] as const) {
  const networks = openNetworks({ server: { fdSetSize: 8, beyondFdSetSize } });
  console.log(`  ${beyondFdSetSize.padEnd(7)} ${await sixClients(networks)}`);
}
