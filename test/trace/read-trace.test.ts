import { describe, expect, test } from 'vitest';
import type { TraceEvent } from '../../src/trace/event.js';
import { formatEvent, readTrace, STEP_NAMES } from '../../src/trace/ndjson.js';
import { STEPS } from '../support/steps.js';

const EVENTS = STEP_NAMES.map(
  (step, seq): TraceEvent => ({ v: 1, seq, turn: 1, t: seq / 2, ...STEPS[step] }),
);
const LINES = EVENTS.map(formatEvent);
const [FIRST = '', SECOND = ''] = LINES;

describe('a whole trace is read', () => {
  test.each([
    ['with a newline at its end', `${LINES.join('\n')}\n`],
    ['without one', LINES.join('\n')],
    ['with CRLF', LINES.map((line) => `${line}\r\n`).join('')],
    ['with a byte order mark', `\ufeff${LINES.join('\n')}`],
    ['with blank lines in the middle and at the end', LINES.join('\n\n  \n') + '\n'.repeat(3)],
  ])('%s', (_, text) => {
    expect(readTrace(text)).toEqual({ maker: null, events: EVENTS, error: null });
  });

  test.each(['', '\n', '\r\n'])('an empty one has no events: %j', (text) => {
    expect(readTrace(text)).toEqual({ maker: null, events: [], error: null });
  });
});

describe('a trace with a bad line is read up to it', () => {
  test.each([
    [
      'cut off in the middle',
      SECOND.slice(0, 30),
      `cut off: ${JSON.stringify(SECOND.slice(0, 30))}`,
    ],
    ['cut off behind the first brace', '{', 'cut off: "{"'],
    ['of version 2', SECOND.replace('"v":1', '"v":2'), 'version 2; this reads version 1'],
    ['of version 2, and more behind', `{"v":2}\n${FIRST}`, 'version 2; this reads version 1'],
    ['half a line, and more behind', `{"v":1,\n${FIRST}`, 'not JSON: "{\\"v\\":1,"'],
    ['binary junk', '\u0000\u0001\ufffd\u0089PNG', 'not JSON: "\\u0000\\u0001\ufffd\u0089PNG"'],
    [
      'with a number that no line of ours could hold',
      SECOND.replace('"turn":1', '"turn":1e999'),
      'setsockopt.turn is null; expected a number',
    ],
    ['a list', '[]', 'version missing; this reads version 1'],
    ['nested without end', `{"v":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, ''],
  ])('%s', (_, bad, detail) => {
    const { events, error } = readTrace(`${FIRST}\n${bad}`);
    expect(events).toEqual([EVENTS[0]]);
    expect(error?.line).toBe(2);
    expect(error?.message).toContain(`trace line 2: ${detail}`);
  });

  test('blank lines count in its number', () => {
    expect(readTrace(`${FIRST}\n\n\nhello\n`).error?.message).toBe(
      'trace line 4: not JSON: "hello"',
    );
  });

  test('wherever a trace is cut, what could be read is there', () => {
    const text = `${LINES.slice(0, 4).join('\n')}\n`;
    for (let end = 0; end < text.length; end++) {
      const { events, error } = readTrace(text.slice(0, end));
      const whole = text.slice(0, end).split('\n');
      const isWhole = whole.at(-1) === '' || LINES.includes(whole.at(-1) ?? '');
      expect(error === null).toBe(isWhole);
      expect(events).toEqual(EVENTS.slice(0, events.length));
      expect(events.length).toBe(error === null ? whole.filter(Boolean).length : error.line - 1);
    }
  });
});
