import { describe, expect, test } from 'vitest';
import { toHex } from '../../src/bytes.js';
import { SCENARIOS } from '../../src/scenario/shipped.js';
import { simulate } from '../../src/scenario/simulate.js';
import type { Step, TraceEvent } from '../../src/trace/event.js';
import { sendingAt } from '../../src/trace/sending.js';
import { hex } from '../support/bytes.js';
import { STEPS } from '../support/steps.js';

/** What the last of some steps offers, in hex, and how much of it the trace does not hold. */
function lastOf(...steps: Step[]): [string, number, boolean] | null {
  const events = steps.map((step, seq): TraceEvent => ({ v: 1, seq, turn: 1, t: 0, ...step }));
  const sending = sendingAt(events, events.length - 1);
  return sending && [toHex(sending.bytes), sending.missing, sending.answersHandshake];
}

const made = (bytes: string, ...to: number[]): Step => ({
  step: 'broadcast',
  to: to.length === 0 ? [4] : to,
  bytes: hex(bytes),
});
const send = (length: number, taken = length, fd = 4): Step => ({
  step: 'send',
  fd,
  length,
  taken,
});

describe('a send offers', () => {
  test('all that was made for its descriptor since its outbox was empty', () => {
    expect(lastOf(made('8100'), send(2))).toEqual(['8100', 0, false]);
    expect(lastOf(made('81016f'), made('8100', 5), made('810161'), send(6))).toEqual([
      '81016f810161',
      0,
      false,
    ]);
    expect(lastOf(made('81016f'), send(3), made('8100'), send(2))).toEqual(['8100', 0, false]);
  });

  test('what the send before has left, and what was made since', () => {
    const before = [made('810161'), send(3, 1)];
    expect(lastOf(...before, send(2))).toEqual(['0161', 0, false]);
    expect(lastOf(...before, made('8100'), send(4))).toEqual(['01618100', 0, false]);
  });

  test('the answer to a handshake, which a trace does not hold, in front of the frames', () => {
    const { accept, handshake } = STEPS;
    const opened: Step[] = [made('8100'), { ...accept, fd: 4 }, { ...handshake, fd: 4 } as Step];
    expect(lastOf(...opened, send(129))).toEqual(['', 129, true]);
    expect(lastOf(...opened, made('8100'), send(131))).toEqual(['8100', 129, true]);
    // the first send has taken the answer and a byte of the frame
    expect(lastOf(...opened, made('8100'), send(131, 130), send(1))).toEqual(['00', 0, false]);
  });

  test('what nobody has told: then it is said how much that is, and nothing is made up', () => {
    expect(lastOf(send(2))).toEqual(['', 2, false]);
    expect(lastOf(made('8100'), send(4))).toEqual(['8100', 2, false]);
    expect(lastOf(made('8100'), send(4, 1), send(3))).toEqual(['', 3, false]);
    expect(lastOf(made('810161'), send(2))).toEqual(['', 2, false]); // more was made than was sent
  });

  test('is asked of a send alone', () => {
    expect(lastOf(made('8100'))).toBeNull();
    expect(sendingAt([], 3)).toBeNull();
  });
});

test.each(['original', 'rfc6455'] as const)(
  'in every scenario that ships %s sends what was made, an answer to a handshake, or a control frame',
  async (profile) => {
    for (const [name, scenario] of SCENARIOS) {
      if (name === 'slow-reader') continue; // whom a limit throws out loses its outbox, which no step tells
      const { events } = await simulate(scenario, { profile });
      for (const [at, event] of events.entries()) {
        const sending = sendingAt(events, at);
        if (event.step !== 'send' || sending === null) continue;
        expect([name, at, sending.bytes.length + sending.missing]).toEqual([
          name,
          at,
          event.length,
        ]);
        if (sending.missing === 0 || sending.answersHandshake) continue;
        // a Close or a pong: a header, and at most 125 bytes (RFC 6455 5.5)
        expect([name, at, sending.missing <= 127]).toEqual([name, at, true]);
      }
    }
  },
  60_000,
);
