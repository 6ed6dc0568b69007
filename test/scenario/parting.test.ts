import { describe, expect, test } from 'vitest';
import { firstParting, partingOf } from '../../src/scenario/parting.js';
import type { TraceRow } from '../../src/trace/diff.js';
import type { Step, TraceEvent } from '../../src/trace/event.js';
import { encodeFrame, Opcode } from '../../src/websocket/frame.js';
import { utf8 } from '../support/bytes.js';

const event = (step: Step): TraceEvent => ({ v: 1, seq: 0, turn: 0, t: 0, ...step });
const row = (left: Step | null, right: Step | null): TraceRow => ({
  same: false,
  left: left && event(left),
  right: right && event(right),
});

const listen = (backlog: number, fd = 3): Step => ({ step: 'listen', fd, backlog });
const deal = (reply: string, message = ''): Step => ({ step: 'deal', fd: 4, message, reply });
const broadcast = (json: string, to = [4]): Step => ({
  step: 'broadcast',
  to,
  bytes: encodeFrame(Opcode.text, utf8(json)),
});
const GREETING = '{"type":"handshake","content":"done"}';

describe('two steps that differ', () => {
  test.each([
    ['a backlog of 9 beside another', listen(9), listen(511), 'backlog', 'D28'],
    ['two other backlogs', listen(5), listen(511), 'backlog', null],
    ['another listener', listen(9), listen(9, 4), 'part', null],
    ['a greeting that one side tells', null, broadcast(GREETING), 'greeting', null],
    ['another step that one side tells', null, broadcast('{"type":"user"}'), 'part', null],
    [
      'a message about a handshake',
      broadcast('{"a":"\\"type\\":\\"handshake\\""}'),
      null,
      'part',
      null,
    ],
    ['the same JSON in ASCII', deal('"\\u4f60"'), deal('"你"'), 'form', 'D33'],
    ['the same JSON with a blank', deal('[1,2]'), deal('[1, 2]'), 'form', null],
    [
      'the same answer to what is told otherwise',
      deal('[]', 'a'),
      deal('[]', 'b'),
      'message',
      null,
    ],
    ['the same JSON to others', broadcast('[1]', [4]), broadcast('[1]', [4, 5]), 'part', null],
  ] as [string, Step | null, Step | null, string, string | null][])(
    '%s',
    (_, left, right, kind, defect) => {
      expect(partingOf(row(left, right))).toMatchObject({ kind, defect, json: null });
    },
  );

  test('of which a letter was changed part there, and by no number', () => {
    const [user, other] = ['{"type":"user"}', '{"type":"USER"}'];
    const json = { path: 'type', left: '"user"', right: '"USER"' };
    expect(partingOf(row(deal(user), deal(other)))).toEqual({ kind: 'part', defect: null, json });
    expect(partingOf(row(broadcast(user), broadcast(other)))).toMatchObject({ kind: 'part', json });
  });
});

test('the first that parts is found behind what differs in less; without one, the first that differs', () => {
  const same = { ...row(listen(9), listen(9)), same: true };
  const form = row(listen(9), listen(511));
  expect(firstParting([same, form, row(deal('[1]'), deal('[2]'))])).toBe(2);
  expect(firstParting([same, form])).toBe(1);
  expect(firstParting([same])).toBe(-1);
  expect(partingOf(same)).toBeNull();
});
