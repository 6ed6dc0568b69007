import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StepName, TraceEvent } from '../../src/trace/event.js';
import { formatEvent, KEYS, parseEvent, STEP_NAMES, TraceError } from '../../src/trace/ndjson.js';
import { hex } from '../support/bytes.js';
import { anyEvent, STEPS } from '../support/steps.js';

const STAMP = { v: 1, seq: 0, turn: 1, t: 2.5 } as const;

/** What reading a line says of it. */
function errorOf(line: string | object): string {
  try {
    parseEvent(typeof line === 'string' ? line : JSON.stringify(line), 7);
  } catch (error) {
    expect(error).toBeInstanceOf(TraceError);
    expect((error as TraceError).line).toBe(7);
    return (error as TraceError).message;
  }
  throw new Error('the line was read');
}

describe('an event is written as one line of JSON', () => {
  test('in the order v, seq, turn, t, step, then the keys of the step, bytes as hex', () => {
    expect(formatEvent({ ...STAMP, ...STEPS.recv })).toBe(
      '{"v":1,"seq":0,"turn":1,"t":2.5,"step":"recv","fd":4,"bytes":"818537fa213d7f9f4d5158"}',
    );
  });

  test('in that order whoever made it', () => {
    const event: TraceEvent = { step: 'listen', backlog: 5, fd: 3, t: 0, turn: 0, seq: 9, v: 1 };
    expect(formatEvent(event)).toBe(
      '{"v":1,"seq":9,"turn":0,"t":0,"step":"listen","backlog":5,"fd":3}',
    );
  });

  test('and a Buffer of Node is bytes too', () => {
    expect(formatEvent({ ...STAMP, step: 'recv', fd: 4, bytes: Buffer.from('Hi') })).toContain(
      '"bytes":"4869"',
    );
  });

  test('and text with line breaks stays on its line', () => {
    const event: TraceEvent = { ...STAMP, step: 'deal', fd: 4, message: 'a\nb\u2028', reply: '' };
    expect(formatEvent(event).split('\n')).toHaveLength(1);
  });
});

describe('any event', () => {
  test('the names are those of all steps', () => {
    expect([...STEP_NAMES, 'unknown'].sort()).toEqual(Object.keys(STEPS).sort());
  });

  test.each(STEP_NAMES)('%s, written and read, is the same', (step: StepName) => {
    expect(parseEvent(formatEvent({ ...STAMP, ...STEPS[step] }), 1)).toEqual({
      ...STAMP,
      ...STEPS[step],
    });
    fc.assert(
      fc.property(anyEvent(step), (event) => {
        expect(parseEvent(formatEvent(event), 1)).toEqual(event);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a line of another maker', () => {
  test('may name the line of a program, which has a file and a number', () => {
    const line = { ...STAMP, ...STEPS.send, source: { file: '/srv/chat.c', line: 42 } };
    expect(parseEvent(JSON.stringify(line), 1)).toEqual(line);
    expect(errorOf({ ...line, source: 'chat.c' })).toContain(
      'send.source is "chat.c"; expected an',
    );
  });

  test('may have keys that this version does not know; they are kept', () => {
    const line = { ...STAMP, ...STEPS.send, php: '7.4.33', memory: { peak: 1 } };
    const event = parseEvent(JSON.stringify(line), 1);
    expect(event).toEqual(line);
    expect(JSON.parse(formatEvent(event))).toEqual(line);
  });

  test('may have its keys in any order, and its hex in capitals', () => {
    const line = '{"bytes":"0AFF","fd":4,"step":"recv","t":0,"turn":1,"seq":2,"v":1}';
    expect(parseEvent(line, 1)).toMatchObject({ step: 'recv', bytes: hex('0aff') });
  });

  test.each(['fork', 'toString', '__proto__'])('may have a step that is not known: %s', (step) => {
    const line = `{"v":1,"seq":2,"turn":1,"t":0,"step":"${step}","fd":4,"__proto__":{"fd":5}}`;
    const event = parseEvent(line, 1);
    expect(event).toMatchObject({ step: 'unknown', name: step, seq: 2, turn: 1, t: 0 });
    expect(formatEvent(event)).toBe(line);
  });

  test('may name a cause that this version does not know', () => {
    const line = { ...STAMP, step: 'disconnect', fd: 4, cause: 'oom' };
    expect(parseEvent(JSON.stringify(line), 1)).toEqual(line);
  });
});

describe('a line that is no event is named by its number', () => {
  test.each([
    ['no JSON', 'hello', 'trace line 7: not JSON: "hello"'],
    ['an empty line', '', 'trace line 7: not JSON: ""'],
    ['half a line', '{"v":1,', 'trace line 7: not JSON: "{\\"v\\":1,"'],
    ['null', 'null', 'trace line 7: not an object'],
    ['a number', '1', 'trace line 7: not an object'],
    ['no version', '{}', 'trace line 7: version missing; this reads version 1'],
    ['a list', '[]', 'trace line 7: version missing; this reads version 1'],
    ['another version', '{"v":2}', 'trace line 7: version 2; this reads version 1'],
    ['a version in a text', '{"v":"1"}', 'trace line 7: version "1"; this reads version 1'],
    ['no step', '{"v":1}', 'trace line 7: unknown step missing'],
    [
      'another step without its stamp',
      '{"v":1,"step":"fork"}',
      'trace line 7: fork.seq is missing',
    ],
    [
      'the name that a step has here when it is not known',
      '{"v":1,"step":"unknown"}',
      'unknown step',
    ],
    ['a step in a list', '{"v":1,"step":["recv"]}', 'unknown step ["recv"]'],
  ])('%s', (_, line, message) => {
    expect(errorOf(line)).toContain(message);
  });

  test.each(['seq', 'turn', 't'])('%s missing', (key) => {
    expect(errorOf({ ...STAMP, ...STEPS.send, [key]: undefined })).toBe(
      `trace line 7: send.${key} is missing; expected a number`,
    );
  });

  const keys = STEP_NAMES.flatMap((step) =>
    Object.keys(KEYS[step]).map((key) => [step, key] as const),
  );
  test.each(keys)('%s.%s missing', (step, key) => {
    const line = JSON.parse(formatEvent({ ...STAMP, ...STEPS[step] }));
    delete line[key];
    expect(errorOf(line)).toMatch(
      new RegExp(`^trace line 7: ${step}\\.${key} is missing; expected `),
    );
  });

  test.each([
    ['a text for a number', { ...STEPS.send, fd: '4' }, 'send.fd is "4"; expected a number'],
    ['a number for a text', { ...STEPS.deal, reply: 1 }, 'deal.reply is 1; expected a text'],
    ['null', { ...STEPS.deal, reply: null }, 'deal.reply is null; expected a text'],
    [
      'a number for a fact',
      { ...STEPS.parse, bytes: '', fin: 1 },
      'parse.fin is 1; expected true or false',
    ],
    ['half a byte', { ...STEPS.recv, bytes: '818' }, 'recv.bytes is "818"; expected bytes in hex'],
    ['no hex', { ...STEPS.recv, bytes: 'xy' }, 'recv.bytes is "xy"; expected bytes in hex'],
    [
      'a number for descriptors',
      { ...STEPS.broadcast, bytes: '', to: 4 },
      'broadcast.to is 4; expected a list of descriptors',
    ],
    [
      'texts for descriptors',
      { ...STEPS.select, read: ['4'] },
      'select.read is ["4"]; expected a list of descriptors',
    ],
    [
      'a text for those that wait',
      { ...STEPS.select, pending: 'all' },
      'select.pending is "all"; expected a list of descriptors',
    ],
    [
      'a refusal without a reason',
      { step: 'handshake', fd: 4, refused: { status: 400 } },
      'handshake.refused is {"status":400}; expected an object with status and reason',
    ],
    [
      'a handshake of neither kind',
      { step: 'handshake', fd: 4 },
      'handshake.key is missing; expected a text',
    ],
  ])('%s', (_, keys, message) => {
    expect(errorOf({ ...STAMP, ...keys })).toBe(`trace line 7: ${message}`);
  });

  test('a long value is cut in the message', () => {
    expect(errorOf({ ...STAMP, ...STEPS.recv, bytes: 'x'.repeat(1_000) }).length).toBeLessThan(100);
  });
});
