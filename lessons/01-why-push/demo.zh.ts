/**
 * 同样的消息，同样的读者，三种办法。各要花多少字节，又会晚多久？
 */

import { keepTrace, openNetworks } from 'loopscope/lesson';
import { count, type Way } from './count.js';
import { headFor, requestFor } from './servers.js';

// 1. 三位读者想知道发生了什么。半分钟里，发生四件事。
const isReal = openNetworks().kind === 'real';
const plan = {
  readers: 3,
  news: ['lunch\n', 'fire drill\n', 'all clear\n', 'dessert\n'],
  asks: 31,
  everyMs: isReal ? 20 : 1_000, // 在真的套接字上，谁也不用等半分钟
};
console.log(`${plan.readers} 位读者，${plan.news.length} 条消息`);
console.log(`轮询问 ${plan.asks} 次，每 ${plan.everyMs} 毫秒一次\n`);

// 2. 一个请求，和它的响应的头部：都是 HTTP 允许的最短的。
for (const text of [requestFor(0), headFor(6)]) {
  console.log(`${String(text.length).padStart(4)} 字节  ${JSON.stringify(text)}`);
}

// 3. 每种办法各有一个自己的网络。
const WAYS: [Way, string][] = [
  ['polling', '轮询     '],
  ['pending', '挂起     '],
  ['websocket', 'WebSocket'],
];
console.log('\n办法         请求数   字节数       最长延迟');
for (const [way, name] of WAYS) {
  const { requests, bytes, delays, events } = await count(openNetworks(), way, plan);
  const longest = `${Math.round(Math.max(...delays))} ms`;
  const columns = [String(requests).padStart(8), String(bytes).padStart(9), longest.padStart(15)];
  console.log(`${name.padEnd(7)}  ${columns.join('')}`);
  keepTrace(events);
}
