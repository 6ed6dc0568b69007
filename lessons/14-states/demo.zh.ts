/**
 * 三个客户端，各走到了不同的地方：一次 recv 的字节会变成什么。
 */

import { emptyView, foldEvent, SCENARIO_REQUEST, script } from 'loopscope';
import { perform } from './perform.js';

const { chatFrame, closeFrame, connect, say, scenario, send, textFrame } = script;
const NAMES = ['Ada', 'Bob', 'Carol'];

// 1. Ada 在聊天室里。Bob 的请求分两半到。Carol 连上来，什么也不说。
const half = SCENARIO_REQUEST.length / 2;
const login = textFrame('{"type":"login","content":"Bob"}');
const story = scenario('states', 'Three clients, each at another point of its way.')
  .joins('A', 'Ada')
  .step(connect('B'))
  .step(send('B', SCENARIO_REQUEST.slice(0, half)))
  .step(connect('C'))
  .step(say('A', 'Hello'))
  // 2. 后一半的后面有一帧；Bob 的关闭帧后面有一条文本。
  .step(send('B', SCENARIO_REQUEST.slice(half), login))
  .step(send('B', closeFrame(1000), chatFrame('too late')))
  .step(say('A', 'Who is there?'));

for (const profile of ['rfc6455', 'original'] as const) {
  console.log(profile === 'rfc6455' ? '我们的聊天室' : '\nPHP 原版的做法');
  const { events } = await perform(story, profile);

  // 3. 每一次 recv：客户端在什么状态，它的字节引出了哪几步。
  const view = emptyView();
  let line = '';
  for (const event of events) {
    if (event.step === 'recv') {
      if (line !== '') console.log(line.trimEnd());
      const state = view.sockets.get(event.fd)?.state ?? '';
      const name = NAMES[event.fd - 4] ?? '';
      const bytes = `${event.bytes.length} 字节`.padStart(6);
      line = `  fd ${event.fd}  ${name.padEnd(4)} ${state.padEnd(9)} ${bytes} `;
    }
    if (['handshake', 'parse', 'disconnect'].includes(event.step)) line += ` ${event.step}`;
    if (event.step === 'broadcast') line += ` broadcast(${event.to.join(' ')})`;
    foldEvent(view, event);
  }
  console.log(line);
}
