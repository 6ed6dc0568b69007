/**
 * 博物馆里的服务器，打乱了次序，没有标签。同一个很长的场景，在正常的服务器上演一遍，
 * 再在每一个上面演一遍，然后说出第一处不同。
 */

import { fromHex, printable, type Scenario, script, unitsOf, type WireEvent } from 'loopscope';
import { keepTrace } from 'loopscope/lesson';
import { EXHIBITS, type Make } from './exhibits.js';
import { shuffled, type Visit, visit } from './visit.js';

const { closeFrame, connect, handshake, login, pause, pieces, pingFrame, reset, resume } = script;
const { send, text, textFrame } = script;
const hello = textFrame('{"type":"user","content":"你好"}');
// 1. 场景很长，每个 bug 都会现形；也正因为长，很难说出是什么 bug。
const tour: Scenario = script
  .scenario('tour', '星期一大家会做的事，全在这里。')
  .joins('Ada', 'Ada')
  .joins('Bob', 'Bob')
  .step(text('Ada', '{"type":0,"content":"zero"}'))
  .step(text('Bob', '{"type":"logout","content":"Ada"}'))
  .step(text('Ada', 'hello world'))
  .step(pieces('Bob', hello, 34))
  .step(pieces('Ada', hello, 10, 15))
  .step(send('Ada', pingFrame('1'), pingFrame('2')))
  .step(pause(), login('Ada', 'Ada'), reset('Ada'))
  .step(resume())
  .step(connect('Cem'), handshake('Cem'))
  .step(pause(), send('Bob', hello, closeFrame()), connect('Dot'))
  .step(resume(), connect('Eve'));

// 2. 客户端在一步里得到了什么，读得出多少算多少。
const toldBy = (event: WireEvent | undefined): string => {
  if (event === undefined) return '什么也没有';
  if ('end' in event) return event.end;
  const bytes = fromHex(event.hex) ?? new Uint8Array(0);
  const units = unitsOf(bytes).map(({ start, end, fields }) =>
    new TextDecoder().decode(bytes.subarray(fields.at(-1)?.start ?? start, end)).trim(),
  );
  return printable(units.join(' ')).replace(/^(.{57}).{2,}$/, '$1…');
};

// 3. 两个服务器的第一处不同。
function tell(name: string, seen: Visit, sound: Visit): void {
  const at = seen.wire.findIndex((event, i) => toldBy(event) !== toldBy(sound.wire[i]));
  const got = seen.wire[at];
  const right = sound.wire.find((one) => one.step === got?.step && one.client === got.client);
  console.log(`${name}：select 醒了 ${seen.wakeUps} 次`);
  if (got === undefined) console.log('  大家得到的，都和正常的服务器给的一样');
  else console.log(`  第 ${got.step} 步，${got.client} 得到\n    ${toldBy(got)}`);
  if (got !== undefined) console.log(`  正常的服务器给的是\n    ${toldBy(right)}`);
}

// 4. 哪个服务器是哪一个，由种子决定。
const sound = await visit(tour);
console.log(`正常的服务器：select 醒了 ${sound.wakeUps} 次`);
for (const [i, [, make]] of shuffled<[string, Make]>([...EXHIBITS], 7).entries()) {
  const seen = await visit(tour, make);
  tell(`服务器 ${i + 1}`, seen, sound);
  keepTrace(seen.events);
}
