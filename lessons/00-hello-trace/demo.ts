/**
 * Two people chat, and the loop tells what it did.
 */

import { describeStep, type TraceEvent } from 'loopscope';
import { openStage } from 'loopscope/lesson';

/** One step: its number, its name, and what it was about; an answer stands on a line of its own. */
function tell(event: TraceEvent): void {
  const [what = '', answer] = describeStep(event, stage.networks.language).split(' → ');
  console.log(`${String(event.seq).padStart(4)}  ${event.step.padEnd(10)} ${shorten(what)}`);
  if (answer !== undefined) console.log(`${' '.repeat(17)}→ ${shorten(answer)}`);
}

/** A long line would not fit a terminal. */
function shorten(text: string): string {
  const characters = [...text];
  return characters.length <= 57 ? text : `${characters.slice(0, 56).join('')}…`;
}

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

// 4. Everything that happened was a step of one loop. A turn begins with select. Ada's first turns
// and the one in which 小明 speaks are told step by step; the others take a line each.
const events = await stage.end();
for (let turn = 0; turn <= (events.at(-1)?.turn ?? 0); turn++) {
  const [first, ...others] = events.filter((event) => event.turn === turn);
  const isSpeech = others.some((event) => event.step === 'deal' && event.message.includes('Hello'));
  if (turn <= 3 || isSpeech) {
    if (turn > 0) console.log(`turn ${turn}`);
    for (const event of [first, ...others]) if (event !== undefined) tell(event);
  } else if (first?.step === 'select') {
    const ready = first.readyRead.length > 0 ? `fd ${first.readyRead.join(' ')}` : 'none';
    const names = others.map((event) => event.step).join(' ');
    console.log(`turn ${turn}`.padEnd(9) + `readable: ${ready}  ${names}`.trimEnd());
  }
}
