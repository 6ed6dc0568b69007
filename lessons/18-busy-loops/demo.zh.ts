/**
 * 循环做得太多，有两种：白白醒来，和只听一个客户端说话。
 */

import { keepTrace, openNetworks } from 'loopscope/lesson';
import { talk, wakeUps } from './loops.js';
import { shares } from './room.js';

// 1. 一个服务器，一个沉默的客户端。在模拟网络上，它的循环一轮要 0.1 毫秒。
const isReal = openNetworks().kind === 'real';
const forMs = isReal ? 100 : 1_000;
console.log(`没有人说话的 ${forMs} 毫秒里，醒来的次数`);
for (const timeoutMs of [0, 0.01, 10, null]) {
  const count = await wakeUps(openNetworks({ server: { turnMs: 0.1 } }), timeoutMs, forMs);
  const what = timeoutMs === null ? '没有超时' : `超时设为 ${timeoutMs} ms`;
  console.log(`  ${what.padEnd(26)}${String(count).padStart(7)}`);
}

// 2. 还是没有超时，但进程已经没有描述符给这个客户端了。
if (!isReal) {
  const networks = openNetworks({ server: { turnMs: 0.1, maxFds: 4 } });
  const count = await wakeUps(networks, null, forMs);
  console.log(`  ${'没有超时，描述符用完'.padEnd(20)}${String(count).padStart(7)}`);
}

// 3. Bob 一下子说 200 行，Ada 和 Grace 各说一行。处理一行要一毫秒。
for (const style of ['until empty', 'one recv'] as const) {
  const { events, waited } = await talk(openNetworks(), style);
  const heard = events.filter((event) => event.step === 'recv');
  console.log(`\n${style}：听了谁的，几行`);
  const order = heard.filter(({ bytes }) => bytes.length > 0);
  const first = order.slice(0, 8).map(({ fd, bytes }) => `fd ${fd}：${bytes.length / 64}`);
  console.log(`  ${first.join('，')} ……`);
  for (const [name, ms] of waited) console.log(`  ${name} 等了 ${Math.round(ms)} 毫秒`);
  keepTrace(events);
}

// 4. 这门课的聊天室。Bob 一下子说 600 条文本，Ada 在他后面说一条。
const { events, turns } = await shares(openNetworks(), 600);
console.log('\n聊天室：每一轮里各个客户端的帧数');
for (const { frames, pending } of turns) {
  const dealtWith = [...frames].map(([fd, count]) => `fd ${fd}：${count}`).join('，');
  console.log(`  ${dealtWith}${pending.length > 0 ? `   待办：fd ${pending.join(' ')}` : ''}`);
}
keepTrace(events);
