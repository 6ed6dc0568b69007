/**
 * One turn of the loop: a message comes in at one socket and goes out at three.
 */

import { describeStep } from 'loopscope';
import { openStage } from 'loopscope/node';

// 1. Three people are in the room.
const stage = await openStage();
const ada = await stage.joins('Ada');
const ming = await stage.joins('小明');
const grace = await stage.joins('Grace');

// 2. One of them speaks.
await ada.says('Hello, everyone');

// 3. They leave, and the room tells all that it did.
for (const person of [ada, ming, grace]) await person.leaves();
const events = await stage.end();

// 4. Of all the turns we want the one in which the message was dealt with.
const spoken = events.find((event) => event.step === 'deal' && event.message.includes('everyone'));
for (const event of events) {
  if (event.turn !== spoken?.turn) continue;
  console.log(`${String(event.seq).padStart(4)}  ${event.step.padEnd(10)} ${describeStep(event)}`);
}
