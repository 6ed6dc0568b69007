import { describe, expect, test } from 'vitest';
import { fromHex } from '../../src/bytes.js';
import { COMMON, choice, type Parameters, whole } from '../../src/page/address.js';
import { offsetIn } from '../../src/page/bytes/listed.js';
import { BytesReading } from '../../src/page/bytes/state.js';
import { Session } from '../../src/page/session.js';
import { hexParameter } from '../../src/page/shared/hex-parameter.js';

const PARAMETERS: Parameters = {
  view: choice('bytes'),
  ...COMMON,
  bytes: hexParameter('8900'),
  at: whole(0, 0, 999_999_999),
  role: choice('auto', 'client', 'server'),
};

/** Two streams: Hello and a reserved opcode; a Ping, a reserved opcode, Hello. */
function reading(): BytesReading {
  const one = new BytesReading(new Session(PARAMETERS));
  const streams = ['810548656c6c6f8300', '89008300810548656c6c6f'].map((hex, i) => ({
    name: `stream ${i}`,
    bytes: fromHex(hex) as Uint8Array,
    options: { role: 'server' } as const,
  }));
  one.openStreams(streams, { notes: [], file: 'a.pcap' });
  return one;
}

const where = ({ stream, at }: BytesReading) => [stream.value, at.value];

describe('the list beside the dump', () => {
  test('goes from row to row over the streams, among those that are seen', () => {
    const one = reading();
    const { list } = one;
    list.kind.value = 'text';
    expect(list.shown.value).toEqual(Uint32Array.of(0, 4));
    list.step(1);
    expect(where(one)).toEqual([1, 4]);
    list.step(1);
    expect(where(one)).toEqual([1, 4]);
    one.look(2);
    expect(list.isSeen.value).toBe(false);
    list.step(-1);
    expect(where(one)).toEqual([0, 0]);
  });

  test('goes from problem to problem, whatever is seen', () => {
    const one = reading();
    one.list.kind.value = 'ping';
    expect(one.list.wrong.value).toBe(2);
    expect(one.list.stepProblem(1)).toBe(true);
    expect(where(one)).toEqual([0, 7]);
    one.list.stepProblem(1);
    expect(where(one)).toEqual([1, 2]);
    expect(one.list.stepProblem(1)).toBe(false);
    one.list.stepProblem(-1);
    expect(where(one)).toEqual([0, 7]);
  });

  test('goes from match to match, and stays at the last', () => {
    const one = reading();
    one.list.search.value = 'LL';
    one.list.firstMatch();
    expect(where(one)).toEqual([0, 4]);
    one.list.stepMatch(1);
    expect(where(one)).toEqual([1, 8]);
    expect(one.list.stepMatch(1)).toBe(false);
    one.list.stepMatch(-1);
    expect(where(one)).toEqual([0, 4]);
    one.list.searchIn.value = 'hex';
    expect(one.list.wanted.value).toBeNull();
    expect(one.list.shown.value).toHaveLength(5);
  });

  test('is the same list in another stream, and another one when a byte is changed', () => {
    const one = reading();
    const { value: listing } = one.listing;
    one.choose(1);
    expect(one.listing.value).toBe(listing);
    one.editor.set(2, 0x81);
    expect(one.listing.value).not.toBe(listing);
    expect(one.list.wrong.value).toBe(1);
  });

  test('shows all again', () => {
    const { list } = reading();
    list.kind.value = 'pong';
    list.problems.value = true;
    list.search.value = 'nothing';
    expect(list.shown.value).toHaveLength(0);
    list.clear();
    expect(list.shown.value).toHaveLength(5);
  });

  test('an offset is a number, or hex behind 0x', () => {
    expect(offsetIn('4096')).toBe(4_096);
    expect(offsetIn(' 0x1000 ')).toBe(4_096);
    expect(offsetIn('4,096')).toBe(4_096);
    for (const text of ['', 'x', '1000h', '-1', '1.5']) expect(offsetIn(text)).toBeNull();
  });
});
