import { SCENARIO_REQUEST, script, type TraceEvent } from 'loopscope';
import { perform } from './perform.js';

const { chatFrame, closeFrame, connect, say, scenario, send, textFrame } = script;

/** What the demo plays. */
async function played(profile: 'rfc6455' | 'original'): Promise<TraceEvent[]> {
  const half = SCENARIO_REQUEST.length / 2;
  const story = scenario('states', '')
    .joins('A', 'Ada')
    .step(connect('B'))
    .step(send('B', SCENARIO_REQUEST.slice(0, half)))
    .step(connect('C'))
    .step(say('A', 'Hello'))
    .step(send('B', SCENARIO_REQUEST.slice(half), textFrame('{"type":"login","content":"Bob"}')))
    .step(send('B', closeFrame(1000), chatFrame('too late')));
  return (await perform(story, profile, { network: 'sim' })).events;
}

/** Bytes of Bob's recvs. */
async function bob(): Promise<number[]> {
  return (await played('rfc6455')).flatMap((event) =>
    event.step === 'recv' && event.fd === 5 ? [event.bytes.length] : [],
  );
}

/** Bob's recvs that were answered with a frame to everyone. */
async function garbled(): Promise<number> {
  return (await played('original')).filter(
    (event) => event.step === 'deal' && event.fd === 5 && event.reply === '[]',
  ).length;
}

/** What came behind the second half of the request. */
async function frame(): Promise<number> {
  const [half = 0, second = 0] = await bob();
  return second - (SCENARIO_REQUEST.length - half);
}

export default {
  request: () => SCENARIO_REQUEST.length,
  half: async () => (await bob())[0] ?? 0,
  second: async () => (await bob())[1] ?? 0,
  frame,
  garbled,
};
