import { describe, expect, test } from 'vitest';
import { toHex } from '../../src/bytes.js';
import { compare, type Side } from '../../src/scenario/compare.js';
import { checkScenario, type Scenario } from '../../src/scenario/scenario.js';
import { SCENARIOS } from '../../src/scenario/shipped.js';
import { runsOf, unitsOf, type WireEvent } from '../../src/scenario/wire.js';
import { encodeFrame, Opcode } from '../../src/websocket/frame.js';
import { hex, utf8 } from '../support/bytes.js';
import { playLocally } from '../support/play.js';

const frame = (text: string): string => toHex(encodeFrame(Opcode.text, utf8(text)));

const scenario: Scenario = checkScenario({
  name: 'made-up',
  description: 'One client.',
  defects: ['D14'],
  steps: [[{ do: 'connect', client: 'A' }]],
});

function side(name: string, ...wire: (string | 'fin' | 'reset')[]): Side {
  const events = wire.map(
    (event): WireEvent =>
      event === 'fin' || event === 'reset'
        ? { step: 0, client: 'A', end: event }
        : { step: 0, client: 'A', hex: event },
  );
  return { name, wire: events, trace: null };
}

const HEAD = toHex(utf8('HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept:abc=\r\n\r\n'));
const OTHER_HEAD = toHex(utf8('HTTP/1.1 101 Hello\r\nsec-websocket-accept: abc=\r\n\r\n'));

describe('two sides on the wire', () => {
  test('are equal whatever the boundaries of their bytes', () => {
    const whole = frame('{"type":"user"}');
    const result = compare(
      scenario,
      side('l', whole),
      side('r', whole.slice(0, 8), whole.slice(8)),
    );
    expect(result).toMatchObject({ equal: true, wire: [], bytes: whole.length / 2 });
  });

  test('differ at the first byte that differs, named by its field', () => {
    const result = compare(scenario, side('l', frame('[]')), side('r', frame('[1]')));
    expect(result.equal).toBe(false);
    expect(result.wire).toEqual([
      {
        client: 'A',
        leftOffset: 1,
        rightOffset: 1,
        field: 'mask-length',
        left: '025b5d',
        right: '035b315d',
        leftReads: 'text []',
        rightReads: 'text [1]',
        json: { path: '[0]', left: null, right: '1' },
        form: null,
        defect: null,
      },
    ]);
  });

  test('what the scenario is about is told as that, equal or not, and as the cause of nothing', () => {
    const same = compare(scenario, side('l', frame('[]')), side('r', frame('[]')));
    const other = compare(scenario, side('l', frame('{"a":1}')), side('r', frame('{"a":2}')));
    for (const { about } of [same, other]) expect(about).toEqual(['D14']);
    expect(other.wire).toMatchObject([
      { defect: null, json: { path: 'a', left: '1', right: '2' } },
    ]);
  });

  test('an answer without a field that clients look for parts there, with the lines of both', () => {
    const none = toHex(utf8('HTTP/1.1 101 Switching Protocols\r\nX-Hello: 1\r\n\r\n'));
    const [difference] = compare(scenario, side('l', HEAD), side('r', none)).wire;
    expect(difference).toMatchObject({
      field: 'sec-websocket-accept',
      leftReads: 'Sec-WebSocket-Accept:abc=',
      right: 'no sec-websocket-accept',
      form: null,
      defect: null,
    });
  });

  test.each([
    ['one ends by FIN', side('l', 'fin'), side('r'), 'FIN', 'nothing, the connection stands'],
    ['one by FIN, one by RST', side('l', 'fin'), side('r', 'reset'), 'FIN', 'RST'],
  ])('%s', (_, left, right, onLeft, onRight) => {
    const [difference] = compare(scenario, left, right).wire;
    expect(difference).toMatchObject({
      field: 'end of the connection',
      left: onLeft,
      right: onRight,
    });
  });

  test('one that stops where the other goes on', () => {
    const [difference] = compare(
      scenario,
      side('l', frame('a'), 'fin'),
      side('r', frame('a'), frame('b')),
    ).wire;
    expect(difference).toMatchObject({
      leftOffset: 3,
      field: 'fin-rsv-opcode',
      left: 'FIN',
      right: '810162',
    });
  });

  test('two answers with the same accept value, and two ways to write the same JSON, differ in form alone', () => {
    const left = side('l', HEAD, frame('{"a":"\\u4f60"}'), frame('{"b":1}'));
    const right = side('r', OTHER_HEAD, frame('{"a":"你"}'), frame('{"b":1}'));
    const result = compare(scenario, left, right);
    expect(result.equal).toBe(false);
    expect(result.wire.map(({ form, defect }) => [form, defect])).toEqual([
      ['head', null],
      ['json', 'D33'],
    ]);
  });

  test('behind a difference of form the next difference is found', () => {
    const left = side('l', HEAD, frame('{"b":1}'));
    const right = side('r', OTHER_HEAD, frame('{"b":2}'));
    const found = compare(scenario, left, right).wire;
    expect(found).toHaveLength(2);
    expect(found[1]).toMatchObject({ field: 'payload', form: null });
  });
});

describe('the units of a stream from the server', () => {
  test('are heads and frames with their fields, whole or not', () => {
    const bytes = hex(`${HEAD}${frame('hi')}817e00`);
    const [head, whole, part, ...more] = unitsOf(bytes);
    expect(more).toEqual([]);
    expect(head?.fields.map(({ name }) => name)).toEqual([
      'status line',
      'sec-websocket-accept',
      'empty line',
    ]);
    expect(whole?.fields.map(({ name }) => name)).toEqual([
      'fin-rsv-opcode',
      'mask-length',
      'payload',
    ]);
    expect(part?.fields.at(-1)).toEqual({
      name: 'extended-length-16',
      start: bytes.length - 1,
      end: bytes.length,
    });
  });

  test('partition any bytes: no gap, no overlap', () => {
    for (const text of [
      '',
      '81',
      '88ff',
      'ffffffffffffffffffffff',
      `${frame('a')}8a`,
      '485454502f',
    ]) {
      const units = unitsOf(hex(text));
      const fields = units.flatMap((unit) => unit.fields);
      let at = 0;
      for (const { start, end } of fields) {
        expect(start).toBe(at);
        at = end;
      }
      expect(at).toBe(text.length / 2);
    }
  });

  test('are counted in runs', () => {
    const [a, b] = [frame('a'), frame('b')];
    expect(runsOf(hex(a + a + a + b))).toEqual([
      { hex: a, times: 3 },
      { hex: b, times: 1 },
    ]);
  });
});

describe('the shipped scenarios', () => {
  const both = ['original', 'rfc6455'] as const;

  test.each([...SCENARIOS.keys()])(
    '%s is played twice by each server with the same outcome',
    async (name) => {
      const shipped = SCENARIOS.get(name);
      if (shipped === undefined) throw new Error('bug: no scenario');
      for (const profile of both) {
        const [first, second] = [
          await playLocally(shipped, profile),
          await playLocally(shipped, profile),
        ];
        const result = compare(shipped, first, second);
        expect(result.wire).toEqual([]);
        expect(result.equal).toBe(true);
      }
    },
  );

  test('eight-bytes parts mirror and room at the Close frame', async () => {
    const shipped = SCENARIOS.get('eight-bytes');
    if (shipped === undefined) throw new Error('bug: no scenario');
    const [mirror, room] = [
      await playLocally(shipped, 'original'),
      await playLocally(shipped, 'rfc6455'),
    ];
    const result = compare(shipped, mirror, room);
    const closing = result.wire.find(({ client, form }) => client === 'B' && form === null);
    expect(closing).toMatchObject({
      field: 'fin-rsv-opcode',
      left: 'FIN',
      leftReads: '',
      right: '880203e9',
      rightReads: 'close 1001',
    });
    expect(result.wire.map(({ defect }) => defect)).toContain('D32');
  });
});
