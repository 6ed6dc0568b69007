/**
 * The same news for the same readers, in three ways. What does each cost, and how late is it?
 */

import { keepTrace, openNetworks } from 'loopscope/lesson';
import { count, type Way } from './count.js';
import { headFor, requestFor } from './servers.js';

// 1. Three readers want to know what happens. Four things happen within half a minute.
const isReal = openNetworks().kind === 'real';
const plan = {
  readers: 3,
  news: ['lunch\n', 'fire drill\n', 'all clear\n', 'dessert\n'],
  asks: 31,
  everyMs: isReal ? 20 : 1_000, // on real sockets nobody should wait for half a minute
};
console.log(`${plan.readers} readers, ${plan.news.length} pieces of news`);
console.log(`polling asks ${plan.asks} times, every ${plan.everyMs} ms\n`);

// 2. One request, and the head of its answer: as short as HTTP may be.
for (const text of [requestFor(0), headFor(6)]) {
  console.log(`${String(text.length).padStart(4)} bytes  ${JSON.stringify(text)}`);
}

// 3. Each way plays on a network of its own.
const WAYS: [Way, string][] = [
  ['polling', 'ask, and ask again'],
  ['pending', 'leave a request pending'],
  ['websocket', 'WebSocket'],
];
console.log('\nthe way                   requests    bytes  longest delay');
for (const [way, name] of WAYS) {
  const { requests, bytes, delays, events } = await count(openNetworks(), way, plan);
  const longest = `${Math.round(Math.max(...delays))} ms`;
  const columns = [String(requests).padStart(8), String(bytes).padStart(9), longest.padStart(15)];
  console.log(`${name.padEnd(24)}  ${columns.join('')}`);
  keepTrace(events);
}
