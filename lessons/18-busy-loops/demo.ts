/**
 * Two ways for a loop to do too much: to wake up for nothing, and to listen to one client only.
 */

import { keepTrace, openNetworks } from 'loopscope/lesson';
import { talk, wakeUps } from './loops.js';
import { shares } from './room.js';

// 1. A server with one silent client. On the simulated network a turn of its loop takes 0.1 ms.
const isReal = openNetworks().kind === 'real';
const forMs = isReal ? 100 : 1_000;
console.log(`wake-ups in ${forMs} ms in which nobody says anything`);
for (const timeoutMs of [0, 0.01, 10, null]) {
  const count = await wakeUps(openNetworks({ server: { turnMs: 0.1 } }), timeoutMs, forMs);
  const what = timeoutMs === null ? 'no time-out' : `time-out ${timeoutMs} ms`;
  console.log(`  ${what.padEnd(30)}${String(count).padStart(7)}`);
}

// 2. The same without a time-out, where the process has no descriptor left for the client.
if (!isReal) {
  const networks = openNetworks({ server: { turnMs: 0.1, maxFds: 4 } });
  const count = await wakeUps(networks, null, forMs);
  console.log(`  ${'no time-out, no descriptor'.padEnd(30)}${String(count).padStart(7)}`);
}

// 3. Bob says 200 lines at once, Ada and Grace one each. The work on a line takes a millisecond.
for (const style of ['until empty', 'one recv'] as const) {
  const { events, waited } = await talk(openNetworks(), style);
  const heard = events.filter((event) => event.step === 'recv');
  console.log(`\n${style}: who was heard, and how many lines`);
  const order = heard.filter(({ bytes }) => bytes.length > 0);
  const first = order.slice(0, 8).map(({ fd, bytes }) => `fd ${fd}: ${bytes.length / 64}`);
  console.log(`  ${first.join(', ')} …`);
  for (const [name, ms] of waited) console.log(`  ${name} waited ${Math.round(ms)} ms`);
  keepTrace(events);
}

// 4. The room of this course. Bob says 600 texts at once, Ada one behind him.
const { events, turns } = await shares(openNetworks(), 600);
console.log('\nthe room: frames of each client in a turn');
for (const { frames, pending } of turns) {
  const dealtWith = [...frames].map(([fd, count]) => `fd ${fd}: ${count}`).join(', ');
  console.log(`  ${dealtWith}${pending.length > 0 ? `   pending: fd ${pending.join(' ')}` : ''}`);
}
keepTrace(events);
