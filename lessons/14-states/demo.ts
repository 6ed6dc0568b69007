/**
 * Three clients, each at another point of its way: what becomes of the bytes of one recv.
 */

import { emptyView, foldEvent, SCENARIO_REQUEST, script } from 'loopscope';
import { perform } from './perform.js';

const { chatFrame, closeFrame, connect, say, scenario, send, textFrame } = script;
const NAMES = ['Ada', 'Bob', 'Carol'];

// 1. Ada is in the room. Bob's request comes in two halves. Carol connects, and says nothing.
const half = SCENARIO_REQUEST.length / 2;
const login = textFrame('{"type":"login","content":"Bob"}');
const story = scenario('states', 'Three clients, each at another point of its way.')
  .joins('A', 'Ada')
  .step(connect('B'))
  .step(send('B', SCENARIO_REQUEST.slice(0, half)))
  .step(connect('C'))
  .step(say('A', 'Hello'))
  // 2. Behind the second half stands a frame; behind Bob's Close frame stands a text.
  .step(send('B', SCENARIO_REQUEST.slice(half), login))
  .step(send('B', closeFrame(1000), chatFrame('too late')))
  .step(say('A', 'Who is there?'));

for (const profile of ['rfc6455', 'original'] as const) {
  console.log(profile === 'rfc6455' ? 'our room' : '\nas the PHP original does it');
  const { events } = await perform(story, profile);

  // 3. For each recv: in which state the client is, and the steps that follow from its bytes.
  const view = emptyView();
  let line = '';
  for (const event of events) {
    if (event.step === 'recv') {
      if (line !== '') console.log(line.trimEnd());
      const state = view.sockets.get(event.fd)?.state ?? '';
      const name = NAMES[event.fd - 4] ?? '';
      const bytes = `${event.bytes.length} bytes`.padStart(9);
      line = `  fd ${event.fd}  ${name.padEnd(4)} ${state.padEnd(9)} ${bytes} `;
    }
    if (['handshake', 'parse', 'disconnect'].includes(event.step)) line += ` ${event.step}`;
    if (event.step === 'broadcast') line += ` broadcast(${event.to.join(' ')})`;
    foldEvent(view, event);
  }
  console.log(line);
}
