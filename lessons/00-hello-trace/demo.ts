/**
 * Two people chat, and the loop tells what it did.
 */

import { describeStep } from 'loopscope';
import { openStage } from 'loopscope/node';

// 1. A room opens, and two people come in.
const stage = await openStage();
const ada = await stage.joins('Ada');
const ming = await stage.joins('小明');

// 2. They talk.
await ada.says('你好, 小明 👋');
await ming.says('Hello, Ada!');

// 3. They leave, one after the other.
await ming.leaves();
await ada.leaves();

// 4. Everything that happened was a step of one loop. A turn begins with select.
for (const event of await stage.end()) {
  if (event.step === 'select') console.log(`\nturn ${event.turn}`);
  console.log(`${String(event.seq).padStart(4)}  ${event.step.padEnd(10)} ${describeStep(event)}`);
}
