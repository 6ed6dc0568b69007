/**
 * 一个有定时器的循环：select 可以等多久，返回之后运行什么，什么来晚了。
 */

import { keepTrace, openNetworks } from 'loopscope/lesson';
import { TimerLoop } from './timers.js';

const ms = (time: number): string => `${time.toFixed(1)} ms`.padStart(8);
function print({ turns }: TimerLoop): void {
  console.log('    问的时候      超时    返回的时候   就绪    运行了什么');
  for (const { asked, timeoutMs, back, ready, ran } of turns) {
    const fds = ready.length > 0 ? `fd ${ready.join(' ')}` : '-';
    const row = `  ${ms(asked)}  ${ms(timeoutMs)}  ${ms(back)}   ${fds.padEnd(5)}   `;
    console.log(row + (ran.map(({ name, at }) => `${name} 在 ${at.toFixed(1)}`).join('，') || '-'));
  }
}

// 1. 四个定时器，按这个顺序设。Ada 说一行；处理函数先是不用忙，后来要忙很久。
for (const worksMs of [0, 30]) {
  const loop = await TimerLoop.open(openNetworks(), { saysAt: [14], worksMs });
  loop.setAt(30, 'A');
  loop.setAt(10, 'B');
  loop.setAt(20, 'C');
  loop.setAt(0, 'D');
  await loop.run();
  console.log(`A 设在 30 ms，B 10，C 20，D 0；处理 Ada 的那一行要 ${worksMs} ms`);
  print(loop);
  console.log();
  keepTrace(loop.events);
}

// 2. 一个 0 毫秒的定时器，再设自己四次。Ada 的那一行正在路上。
const slow = openNetworks({ server: { turnMs: 0.4 } });
const zero = await TimerLoop.open(slow, { saysAt: [0], worksMs: 0 });
const again = (left: number): void =>
  zero.setAt(zero.now(), 'Z', () => left > 0 && again(left - 1));
again(4);
await zero.run();
console.log('Z 设为 0 ms，再设自己四次');
print(zero);

// 3. 每 10 毫秒一次，重新设的办法有两种。处理 Ada 的那一行要 14 毫秒。
console.log('\n每 10 ms 一次');
for (const from of ['运行的时刻', '到期的时刻']) {
  const loop = await TimerLoop.open(openNetworks(), { saysAt: [12], worksMs: 14 });
  const tick = (due: number): void =>
    loop.setAt(due, 'tick', () => {
      if (due < 60) tick((from === '运行的时刻' ? loop.now() : due) + 10);
    });
  tick(10);
  await loop.run();
  const ticks = loop.turns.flatMap(({ ran }) => ran.map(({ at }) => Math.round(at)));
  console.log(`  起点是${from.padEnd(6)}  ${ticks.join(' ')}`);
}
