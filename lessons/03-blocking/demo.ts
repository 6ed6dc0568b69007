/**
 * One guest says nothing. Who else has to wait?
 */

import { describeStep } from 'loopscope';
import { keepTrace, openNetworks } from 'loopscope/lesson';
import { type Guest, play } from './blocking.js';

// 1. Alan connects first, and is silent. Ada and Grace connect behind him, and speak at once.
const { kind, language } = openNetworks();
const isReal = kind === 'real';
const guests: Guest[] = [
  { name: 'Alan', silentMs: isReal ? 200 : 5_000 }, // on real sockets nobody should wait so long
  { name: 'Ada', silentMs: 0 },
  { name: 'Grace', silentMs: 0 },
];

// 2. One server reads right after accept. The other reads what select says is readable.
for (const style of ['select', 'at-once'] as const) {
  console.log(style === 'select' ? 'with select' : '\nreading right after accept');
  const { events, waited } = await play(openNetworks(), style, guests);

  // 3. What arrived and what the loop did, until the first guest leaves.
  for (const event of events.slice(3)) {
    if (event.step === 'disconnect') break;
    const ms = `${Math.round(event.t)} ms`.padStart(8);
    console.log(`${ms}  ${event.step.padEnd(7)} ${describeStep(event, language)}`);
  }

  // 4. How long each waited for the answer.
  for (const [name, ms] of waited) {
    console.log(`${name.padStart(8)}  waited ${Math.round(ms)} ms for the answer`);
  }
  keepTrace(events);
}
