/**
 * The museum's servers, shuffled and without their labels: one long scenario is played against a
 * sound server and against each of them, and what differs first is told.
 */

import { fromHex, printable, type Scenario, script, unitsOf, type WireEvent } from 'loopscope';
import { keepTrace } from 'loopscope/lesson';
import { EXHIBITS, type Make } from './exhibits.js';
import { shuffled, type Visit, visit } from './visit.js';

const { closeFrame, connect, handshake, login, pause, pieces, pingFrame, reset, resume } = script;
const { send, text, textFrame } = script;
const hello = textFrame('{"type":"user","content":"你好"}');
// 1. A scenario long enough for every bug to show, which makes it hard to say what the bug is.
const tour: Scenario = script
  .scenario('tour', 'Everything that people do on a Monday.')
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

// 2. What a client got in a step, as far as it can be read.
const toldBy = (event: WireEvent | undefined): string => {
  if (event === undefined) return 'nothing';
  if ('end' in event) return event.end;
  const bytes = fromHex(event.hex) ?? new Uint8Array(0);
  const units = unitsOf(bytes).map(({ start, end, fields }) =>
    new TextDecoder().decode(bytes.subarray(fields.at(-1)?.start ?? start, end)).trim(),
  );
  return printable(units.join(' ')).replace(/^(.{57}).{2,}$/, '$1…');
};

// 3. The first difference between two servers.
function tell(name: string, seen: Visit, sound: Visit): void {
  const at = seen.wire.findIndex((event, i) => toldBy(event) !== toldBy(sound.wire[i]));
  const got = seen.wire[at];
  const right = sound.wire.find((one) => one.step === got?.step && one.client === got.client);
  console.log(`${name}: select woke up ${seen.wakeUps} times`);
  if (got === undefined) console.log('  all got what the sound server says');
  else console.log(`  in step ${got.step} ${got.client} got\n    ${toldBy(got)}`);
  if (got !== undefined) console.log(`  the sound server said\n    ${toldBy(right)}`);
}

// 4. The seed says which server is which.
const sound = await visit(tour);
console.log(`the sound server: select woke up ${sound.wakeUps} times`);
for (const [i, [, make]] of shuffled<[string, Make]>([...EXHIBITS], 7).entries()) {
  const seen = await visit(tour, make);
  tell(`server ${i + 1}`, seen, sound);
  keepTrace(seen.events);
}
