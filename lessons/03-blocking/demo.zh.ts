/**
 * 一位客人不说话。还有谁要等？
 */

import { describeStep } from 'loopscope';
import { keepTrace, openNetworks } from 'loopscope/lesson';
import { type Guest, play } from './blocking.js';

// 1. Alan 先连上来，不说话。Ada 和 Grace 跟在他后面，一连上就说话。
const { kind, language } = openNetworks();
const isReal = kind === 'real';
const guests: Guest[] = [
  { name: 'Alan', silentMs: isReal ? 200 : 5_000 }, // 在真的套接字上，谁也不用等那么久
  { name: 'Ada', silentMs: 0 },
  { name: 'Grace', silentMs: 0 },
];

// 2. 一个服务器 accept 之后马上就读。另一个只读 select 说可读的。
for (const style of ['select', 'at-once'] as const) {
  console.log(style === 'select' ? '先问 select' : '\naccept 之后马上就读');
  const { events, waited } = await play(openNetworks(), style, guests);

  // 3. 到了什么，循环做了什么，直到第一位客人离开。
  for (const event of events.slice(3)) {
    if (event.step === 'disconnect') break;
    const ms = `${Math.round(event.t)} ms`.padStart(8);
    console.log(`${ms}  ${event.step.padEnd(7)} ${describeStep(event, language)}`);
  }

  // 4. 每个人等了多久才得到答复。
  for (const [name, ms] of waited) {
    console.log(`${name.padStart(8)}  等了 ${Math.round(ms)} 毫秒才得到答复`);
  }
  keepTrace(events);
}
