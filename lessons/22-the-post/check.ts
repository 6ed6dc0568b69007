import { script } from 'loopscope';
import type { Check, Checker } from 'loopscope/lesson';
import type { Effect, Exhibit } from './exercise.js';
import { tryTurn } from './trial.js';

type Exercise = typeof import('./exercise.js');

const RIGHT: Record<Exhibit, Effect> = {
  brace: 'nothing runs at all',
  accept: 'whoever comes is closed at once',
  message: 'everyone is connected, and nobody hears anything',
  'eight-bytes': 'it works by accident, until someone says a short word',
};

const { closeFrame, pingFrame, textFrame } = script;
const request = new TextEncoder().encode('GET / HTTP/1.1\r\nSec-WebSocket-Key: x\r\n\r\n');

/** What one recv gave, and whether its sender has left. */
const RECEIVED: { what: string; bytes: Uint8Array | false; left: boolean; why: string }[] = [
  { what: 'a RST', bytes: false, left: true, why: 'wrong.end' },
  { what: 'a FIN', bytes: new Uint8Array(0), left: true, why: 'wrong.end' },
  { what: 'a Close frame with 1001', bytes: closeFrame(1_001), left: true, why: 'wrong.close' },
  { what: 'a Close frame without a code', bytes: closeFrame(), left: true, why: 'wrong.close' },
  {
    what: 'a Close frame with a reason',
    bytes: closeFrame(1_000, 'good night'),
    left: true,
    why: 'wrong.close',
  },
  { what: 'the text "hi"', bytes: textFrame('hi'), left: false, why: 'wrong.short' },
  { what: 'an empty text', bytes: textFrame(''), left: false, why: 'wrong.short' },
  { what: 'an empty ping', bytes: pingFrame(), left: false, why: 'wrong.short' },
  {
    what: 'the text "hello there"',
    bytes: textFrame('hello there'),
    left: false,
    why: 'wrong.text',
  },
  { what: 'a request', bytes: request, left: false, why: 'wrong.text' },
];

async function judge({ turn }: Exercise, t: Checker): Promise<void> {
  t.step('step.turn');
  const { comparison, calls, run } = await tryTurn(turn);
  t.trace = run.events;
  if (calls.thrown !== null) throw calls.thrown;
  t.expect(calls.strangers.length === 0, 'wrong.client');
  t.expect(calls.nothings.length === 0, 'wrong.msg');
  const [first] = comparison.wire;
  if (first !== undefined) {
    const { client, field, left, right } = first;
    t.fail('wrong.differs', { client, field, left: left.slice(0, 40), right: right.slice(0, 40) });
  }
}

export default (async (exercise, t: Checker) => {
  t.step('step.verdicts');
  const given = exercise.verdicts();
  for (const [exhibit, effect] of Object.entries(RIGHT)) {
    t.equal(given?.[exhibit as Exhibit], effect, `wrong.names-${exhibit}`);
  }
  for (const { what, bytes, left, why } of RECEIVED) {
    t.step('step.left', { what });
    t.equal(exercise.hasLeft(bytes), left, why, { what });
  }
  await judge(exercise, t);
  t.step('step.false');
  const { calls } = await tryTurn(exercise.turn, 1);
  if (calls.thrown !== null) throw calls.thrown;
  t.expect(calls.strangers.length === 0, 'wrong.false');
}) satisfies Check<Exercise>;
