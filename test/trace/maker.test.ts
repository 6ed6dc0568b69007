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

  test('tells of a stranger what it was called with, its thread, and which of its loops it is', () => {
    const maker: TraceMaker = {
      ...{ program: 'python3', profile: 'python3', clock: 'real', recorder: 'watch' },
      ...{ arguments: ['chat.py', '8080'], pid: 4_711, loop: 1, loops: 2 },
    };
    expect(parseMaker(formatMaker(maker))).toEqual(maker);
  });

  test('keeps what it does not know, and passes over what is none of it', () => {
    const line = formatMaker({ ...MAKER, ...{ by: 7 } });
    expect(parseMaker(line)).toEqual({ ...MAKER, by: 7 });
    expect(formatMaker(parseMaker(line) as TraceMaker)).toBe(line);
    const odd = line.replace('"by":7', '"arguments":[7],"pid":"x","loop":-1,"loops":1.5');
    expect(parseMaker(odd)).toEqual(MAKER);
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
