/**
 * 两个循环：没有消息代理，有消息代理，和有一阵子够不到的消息代理。
 */

import type { BrokerStep, ServerMessage } from 'loopscope';
import { keepTrace } from 'loopscope/lesson';
import { World } from './world.js';

function shown(message: ServerMessage): string {
  if (message.type === 'user') return `${message.from}：${message.content}`;
  if (message.type === 'login') return `+ ${message.content}，在场：${message.user_list.join(' ')}`;
  if (message.type === 'logout')
    return `- ${message.content}，在场：${message.user_list.join(' ')}`;
  return message.type === 'system' ? `* ${message.content.split(':')[0]}` : message.type;
}
function relayed({ do: what, message: text }: BrokerStep): string {
  if (what === 'drop') return text;
  const { loop, n, message } = JSON.parse(text);
  return `{ loop: …${loop.slice(-1)}, n: ${n}, message: ${shown(message)} }`;
}

// 1. 两个循环，中间什么也没有，然后加上消息代理。两个人同一时刻说话。
for (const hasBroker of [false, true]) {
  const world = await World.open({ hasBroker });
  world.says('Ada', 'hello');
  world.says('Ming', 'hi');
  await world.until(600);
  console.log(hasBroker ? '\n两个循环和一个消息代理' : '两个循环');
  for (const name of ['Ada', 'Ming']) {
    const all = world.heard.filter((one) => one.at >= 500 && one.name === name);
    console.log(`  ${name} 听到  ${all.map(({ message }) => shown(message)).join('，')}`);
  }
  for (const { loop, event } of world.events) {
    if (event.step !== 'broker' || event.t < 500) continue;
    console.log(`    ${loop}  ${event.do.padEnd(8)} ${relayed(event)}`);
  }
  await world.end();
}

// 2. 从第 1 秒到第 8 秒，loop-b 和消息代理之间什么也过不去，也没有谁得到通知。
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
console.log('\n从第 1 秒到第 8 秒，loop-b 和消息代理之间断了');
for (const { at, name, message } of world.heard.filter((one) => one.at >= 500)) {
  console.log(
    `  ${(at / 1_000).toFixed(1).padStart(4)} 秒  ${name.padEnd(4)} 听到  ${shown(message)}`,
  );
}
keepTrace(world.events.flatMap(({ loop, event }) => (loop === 'loop-b' ? [event] : [])));
await world.end();
