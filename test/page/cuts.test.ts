import { describe, expect, test } from 'vitest';
import { joinBytes } from '../../src/bytes.js';
import {
  addCut,
  everyByte,
  MOST_CUTS,
  moveCut,
  readCuts,
  removeCut,
  segmentsOf,
  tidy,
  writeCuts,
} from '../../src/page/cuts/cuts.js';
import { mapCuts } from '../../src/page/cuts/every-cut.js';
import {
  boundariesOf,
  decodeSegments,
  LISTENER,
  playSegments,
  playWhole,
  SENDER,
} from '../../src/page/cuts/segments.js';
import { chatFrame } from '../../src/scenario/build.js';
import { SCENARIO_REQUEST } from '../../src/scenario/play.js';

const HELLO = chatFrame('hello');
const AGAIN = chatFrame('again');
const BOTH = joinBytes([HELLO, AGAIN]);
const REQUEST = new TextEncoder().encode(SCENARIO_REQUEST);

describe('the cuts of a stream', () => {
  test('are read from the address and written again', () => {
    expect(readCuts('20,4,20')).toEqual([4, 20]);
    expect(readCuts('none')).toEqual([]);
    expect(writeCuts([4, 20])).toBe('4,20');
    expect(writeCuts([])).toBe('none');
    for (const bad of ['', 'x', '1,', '1;2', '-1', '12345678']) expect(readCuts(bad)).toBeNull();
    expect(readCuts(Array.from({ length: MOST_CUTS + 1 }, (_, i) => i + 1).join(','))).toBeNull();
  });

  test('part it without losing a byte', () => {
    const segments = segmentsOf(BOTH, [1, 20]);
    expect(segments.map(({ length }) => length)).toEqual([1, 19, BOTH.length - 20]);
    expect(joinBytes(segments)).toEqual(BOTH);
    expect(segmentsOf(new Uint8Array(0), [])).toEqual([]);
  });

  test('are moved as far as their neighbours, and never onto them', () => {
    expect(moveCut([5, 10], 0, 8, 20)).toEqual([8, 10]);
    expect(moveCut([5, 10], 0, 15, 20)).toEqual([9, 10]);
    expect(moveCut([5, 10], 1, 99, 20)).toEqual([5, 19]);
    expect(moveCut([5, 10], 0, -3, 20)).toEqual([1, 10]);
  });

  test('are added in the middle of the longest segment, or where one asks', () => {
    expect(addCut([], 20)).toEqual([10]);
    expect(addCut([10], 30)).toEqual([10, 20]);
    expect(addCut([10], 30, 3)).toEqual([3, 10]);
    expect(addCut([3, 10], 30, 3)).toEqual([3, 10]);
    expect(addCut([], 1)).toEqual([]);
    expect(addCut(everyByte(500), 500)).toHaveLength(MOST_CUTS);
  });

  test('are taken away, and those behind the end are left out', () => {
    expect(removeCut([3, 10, 12], 1)).toEqual([3, 12]);
    expect(tidy([40, 3, 0, 20], 20)).toEqual([3]);
    expect(everyByte(4)).toEqual([1, 2, 3]);
  });
});

describe('what the decoder holds after each segment', () => {
  test('two frames in one segment come out together', () => {
    const [decoded] = decodeSegments([BOTH]);
    expect(decoded?.frames.map(({ text }) => text)).toEqual([
      '{"type":"user","content":"hello"}',
      '{"type":"user","content":"again"}',
    ]);
    expect(decoded).toMatchObject({ held: 0, waitsFor: null, problem: null });
  });

  test('a cut within a field says which field is waited for, and how much of it is here', () => {
    const [first, second] = decodeSegments(segmentsOf(HELLO, [4]));
    expect(first).toMatchObject({ held: 4, frames: [] });
    expect(first?.waitsFor).toMatchObject({ field: 'masking-key', have: 2, length: 4 });
    expect(second?.frames).toHaveLength(1);
  });

  test('a cut within the payload counts what is held from the beginning of the frame', () => {
    const [first] = decodeSegments(segmentsOf(BOTH, [HELLO.length + 10]));
    expect(first?.frames).toHaveLength(1);
    expect(first).toMatchObject({ held: 10, waitsFor: { field: 'payload', have: 4 } });
  });

  test('a request waits for its end, and what is behind it goes to the decoder', () => {
    const stream = joinBytes([REQUEST, HELLO]);
    const [first, second] = decodeSegments(segmentsOf(stream, [20]));
    expect(first).toMatchObject({ answered: null, held: 20, waitsFor: { field: 'request' } });
    expect(second).toMatchObject({ answered: 101, held: 0 });
    expect(second?.frames).toHaveLength(1);
  });

  test('a problem stays', () => {
    const decoded = decodeSegments([Uint8Array.of(0x83), HELLO]);
    expect(decoded[0]?.problem).toBe('1002: opcode 0x3 is reserved (RFC 6455 5.2)');
    expect(decoded[1]?.problem).toBe('1002: opcode 0x3 is reserved (RFC 6455 5.2)');
  });
});

describe('what the servers do with the segments', () => {
  async function play(cuts: number[], profile: 'rfc6455' | 'original', bytes = BOTH) {
    return playSegments(segmentsOf(bytes, cuts), await playWhole(bytes, profile));
  }

  test('a boundary of frames is the base', () => {
    expect(boundariesOf(BOTH)).toEqual([HELLO.length]);
  });

  test('the room gives everyone the same, wherever the stream is cut', async () => {
    const outcome = await play([1, 7, HELLO.length + 3], 'rfc6455');
    expect(outcome.difference).toBeNull();
    expect(outcome.segments.map(({ defects }) => defects)).toEqual([[], [], [], []]);
    const deals = outcome.segments.map(({ events }) =>
      events.filter(({ step }) => step === 'deal'),
    );
    expect(deals.map(({ length }) => length)).toEqual([0, 0, 1, 1]);
  });

  test('the mirror loses two frames that come together: D03', async () => {
    const outcome = await play([], 'original');
    expect(outcome.segments[0]?.defects).toEqual(['D03']);
    expect(outcome.difference).toMatchObject({ client: 'Grace' });
  });

  test('the mirror reads the parts of a frame one by one, D04, and throws out who is short, D01', async () => {
    const outcome = await play([20, HELLO.length - 5], 'original', HELLO);
    expect(outcome.segments.map(({ defects }) => defects)).toEqual([['D04'], ['D04'], ['D01']]);
    const last = outcome.segments[2]?.events ?? [];
    expect(last.map(({ step }) => step)).toContain('disconnect');
  });

  test('where each frame comes by itself, the mirror meets nothing', async () => {
    const outcome = await play([HELLO.length], 'original');
    expect(outcome.difference).toBeNull();
    expect(outcome.segments.map(({ defects }) => defects)).toEqual([[], []]);
  });

  test('a stream that begins with a request is played from the connect on', async () => {
    const stream = joinBytes([REQUEST, chatFrame('hi')]);
    const room = await play([9, 60], 'rfc6455', stream);
    expect(room.difference).toBeNull();
    const mirror = await play([60], 'original', stream);
    expect(mirror.segments[0]?.defects).toEqual(['D09']);
  });

  test('every cut is tried: none hurts the room, and the mirror only bears none within a frame', async () => {
    const room = await mapCuts(BOTH, await playWhole(BOTH, 'rfc6455'));
    expect(room.tried).toBe(BOTH.length - 2);
    expect(room.hurts.size).toBe(0);
    const mirror = await mapCuts(BOTH, await playWhole(BOTH, 'original'));
    expect(mirror.hurts.size).toBe(mirror.tried);
    expect(mirror.hurts.has(HELLO.length)).toBe(false);
    expect([SENDER, LISTENER].some((name) => mirror.hurts.get(1)?.startsWith(name))).toBe(true);
  });
});
