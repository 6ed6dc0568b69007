/**
 * Two loops: without a broker, with one, and with one that is out of reach for a while.
 */

import type { BrokerStep, ServerMessage } from 'loopscope';
import { keepTrace } from 'loopscope/lesson';
import { World } from './world.js';

function shown(message: ServerMessage): string {
  if (message.type === 'user') return `${message.from}: ${message.content}`;
  if (message.type === 'login') return `+ ${message.content}, here: ${message.user_list.join(' ')}`;
  if (message.type === 'logout')
    return `- ${message.content}, here: ${message.user_list.join(' ')}`;
  return message.type === 'system' ? `* ${message.content.split(':')[0]}` : message.type;
}
function relayed({ do: what, message: text }: BrokerStep): string {
  if (what === 'drop') return text;
  const { loop, n, message } = JSON.parse(text);
  return `{ loop: …${loop.slice(-1)}, n: ${n}, message: ${shown(message)} }`;
}

// 1. Two loops with nothing between them, then with a broker. Both talk in the same moment.
for (const hasBroker of [false, true]) {
  const world = await World.open({ hasBroker });
  world.says('Ada', 'hello');
  world.says('Ming', 'hi');
  await world.until(600);
  console.log(hasBroker ? '\ntwo loops and a broker' : 'two loops');
  for (const name of ['Ada', 'Ming']) {
    const all = world.heard.filter((one) => one.at >= 500 && one.name === name);
    console.log(`  ${name} hears  ${all.map(({ message }) => shown(message)).join(', ')}`);
  }
  for (const { loop, event } of world.events) {
    if (event.step !== 'broker' || event.t < 500) continue;
    console.log(`    ${loop}  ${event.do.padEnd(8)} ${relayed(event)}`);
  }
  await world.end();
}

// 2. From 1 s to 8 s nothing passes between loop-b and the broker, and nobody is told.
const world = await World.open({ hasBroker: true, cut: [1_000, 8_000] });
for (const [at, name, content] of [
  [1_500, 'Ada', 'anyone?'],
  [7_000, 'Ming', 'alone'],
  [16_000, 'Ada', 'again'],
] as const) {
  await world.until(at);
  world.says(name, content);
}
await world.until(16_500);
console.log('\nloop-b is cut off from the broker from 1 s to 8 s');
for (const { at, name, message } of world.heard.filter((one) => one.at >= 500)) {
  console.log(
    `  ${(at / 1_000).toFixed(1).padStart(4)} s  ${name.padEnd(4)} hears  ${shown(message)}`,
  );
}
keepTrace(world.events.flatMap(({ loop, event }) => (loop === 'loop-b' ? [event] : [])));
await world.end();
