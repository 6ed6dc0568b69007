/**
 * A loop with timers: how long select may wait, what runs when it is back, and what comes too late.
 */

import { keepTrace, openNetworks } from 'loopscope/lesson';
import { TimerLoop } from './timers.js';

const ms = (time: number): string => `${time.toFixed(1)} ms`.padStart(8);
function print({ turns }: TimerLoop): void {
  console.log('  asked at  time-out   back at   ready   ran');
  for (const { asked, timeoutMs, back, ready, ran } of turns) {
    const fds = ready.length > 0 ? `fd ${ready.join(' ')}` : '-';
    const row = `  ${ms(asked)}  ${ms(timeoutMs)}  ${ms(back)}   ${fds.padEnd(5)}   `;
    console.log(row + (ran.map(({ name, at }) => `${name} at ${at.toFixed(1)}`).join(', ') || '-'));
  }
}

// 1. Four timers, set in this order. Ada says a line; first its handler has no work, then much.
for (const worksMs of [0, 30]) {
  const loop = await TimerLoop.open(openNetworks(), { saysAt: [14], worksMs });
  loop.setAt(30, 'A');
  loop.setAt(10, 'B');
  loop.setAt(20, 'C');
  loop.setAt(0, 'D');
  await loop.run();
  console.log(`A for 30 ms, B for 10, C for 20, D for 0; Ada's line takes ${worksMs} ms`);
  print(loop);
  console.log();
  keepTrace(loop.events);
}

// 2. A timer of 0 that sets itself again, four times. Ada's line is on its way.
const slow = openNetworks({ server: { turnMs: 0.4 } });
const zero = await TimerLoop.open(slow, { saysAt: [0], worksMs: 0 });
const again = (left: number): void =>
  zero.setAt(zero.now(), 'Z', () => left > 0 && again(left - 1));
again(4);
await zero.run();
console.log('Z for 0 ms, which sets itself again, four times');
print(zero);

// 3. Every 10 ms, set anew in two ways. Ada's line takes 14 ms.
console.log('\nevery 10 ms');
for (const from of ['when it ran', 'when it was due']) {
  const loop = await TimerLoop.open(openNetworks(), { saysAt: [12], worksMs: 14 });
  const tick = (due: number): void =>
    loop.setAt(due, 'tick', () => {
      if (due < 60) tick((from === 'when it ran' ? loop.now() : due) + 10);
    });
  tick(10);
  await loop.run();
  const ticks = loop.turns.flatMap(({ ran }) => ran.map(({ at }) => Math.round(at)));
  console.log(`  counted from ${from.padEnd(15)}  ${ticks.join(' ')}`);
}
