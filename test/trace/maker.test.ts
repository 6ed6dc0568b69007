/** The first line of a trace says what made it; older traces have none. */

import { describe, expect, test } from 'vitest';
import { formatMaker, parseMaker, strangerOf, type TraceMaker } from '../../src/trace/maker.js';
import { readTrace } from '../../src/trace/ndjson.js';

const MAKER: TraceMaker = {
  program: 'loopscope',
  profile: 'original',
  clock: 'virtual',
  recorder: 'sim',
};
const EVENT = '{"v":1,"seq":0,"turn":0,"t":0,"step":"listen","fd":3,"backlog":9}';

test('a server that is none of ours is known by its own name', () => {
  expect(strangerOf({ ...MAKER, profile: 'redis-server', recorder: 'watch' })).toBe('redis-server');
  expect([
    strangerOf(MAKER),
    strangerOf({ ...MAKER, profile: 'rfc6455' }),
    strangerOf(null),
  ]).toEqual([...[null, null, null]]);
});

describe('what made a trace', () => {
  test('is read as it was written, in front of the events', () => {
    const line = formatMaker(MAKER);
    expect(line).toBe(
      '{"v":1,"made":{"program":"loopscope","profile":"original","clock":"virtual","recorder":"sim"}}',
    );
    const { maker, events, error } = readTrace(`\ufeff\n${line}\n${EVENT}\n`);
    expect([maker, events.length, error]).toEqual([MAKER, 1, null]);
    expect(readTrace(line)).toEqual({ maker: MAKER, events: [], error: null });
  });

  test('is not known of a trace without it, which is read as before', () => {
    expect(readTrace(`${EVENT}\n`)).toMatchObject({ maker: null, events: [{ seq: 0 }] });
  });

  test('stands in the first line alone', () => {
    const { events, error } = readTrace(`${EVENT}\n${formatMaker(MAKER)}\n`);
    expect(events).toHaveLength(1);
    expect(error?.message).toBe('trace line 2: unknown step missing');
  });

  test.each([
    [
      'other keys',
      '{"v":1,"made":{"program":"p","profile":"x","clock":"real","recorder":"r","by":7}}',
    ],
    [
      'another profile',
      '{"v":1,"made":{"program":"p","profile":"redis","clock":"real","recorder":"r"}}',
    ],
  ])('may have %s', (_, line) => {
    expect(parseMaker(line)).toMatchObject({ program: 'p', clock: 'real' });
  });

  test.each([
    '',
    'null',
    '[]',
    '{"v":2,"made":{"program":"p","profile":"x","clock":"real","recorder":"r"}}',
    '{"v":1,"made":null}',
    '{"v":1,"made":{"program":"p","profile":"x","clock":"slow","recorder":"r"}}',
    '{"v":1,"made":{"program":7,"profile":"x","clock":"real","recorder":"r"}}',
    EVENT,
  ])('is not read out of %s', (line) => {
    expect(parseMaker(line)).toBeNull();
  });
});
