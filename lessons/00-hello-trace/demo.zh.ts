/**
 * 两个人聊天，循环说出自己做了什么。
 */

import { describeStep, type TraceEvent } from 'loopscope';
import { openStage } from 'loopscope/lesson';

/** 一步：它的号码、名字，以及做了什么；答复另起一行。 */
function tell(event: TraceEvent): void {
  const [what = '', answer] = describeStep(event, stage.networks.language).split(' → ');
  console.log(`${String(event.seq).padStart(4)}  ${event.step.padEnd(10)} ${shorten(what)}`);
  if (answer !== undefined) console.log(`${' '.repeat(17)}→ ${shorten(answer)}`);
}

/** 太长的行，终端放不下。 */
function shorten(text: string): string {
  const characters = [...text];
  return characters.length <= 57 ? text : `${characters.slice(0, 56).join('')}…`;
}

// 1. 聊天室开门，进来两个人。
const stage = await openStage();
const ada = await stage.joins('Ada');
const ming = await stage.joins('小明');

// 2. 他们说话。
await ada.says('你好, 小明 👋');
await ming.says('Hello, Ada!');

// 3. 他们先后离开。
await ming.leaves();
await ada.leaves();

// 4. 发生过的一切，都是同一个循环里的一步。每一轮从 select 开始。Ada 的前几轮，和小明说话的
// 那一轮，一步一步地打印；其余的每轮只占一行。
const events = await stage.end();
for (let turn = 0; turn <= (events.at(-1)?.turn ?? 0); turn++) {
  const [first, ...others] = events.filter((event) => event.turn === turn);
  const isSpeech = others.some((event) => event.step === 'deal' && event.message.includes('Hello'));
  if (turn <= 3 || isSpeech) {
    if (turn > 0) console.log(`第 ${turn} 轮`);
    for (const event of [first, ...others]) if (event !== undefined) tell(event);
  } else if (first?.step === 'select') {
    const ready = first.readyRead.length > 0 ? `fd ${first.readyRead.join(' ')}` : '无';
    const names = others.map((event) => event.step).join(' ');
    console.log(`第 ${turn} 轮`.padEnd(9) + `可读：${ready}  ${names}`.trimEnd());
  }
}
