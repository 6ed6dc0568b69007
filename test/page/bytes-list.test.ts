import { describe, expect, test } from 'vitest';
import { fromHex } from '../../src/bytes.js';
import { streamsInFile, streamsInText } from '../../src/inspect/streams.js';
import { COMMON, choice, type Parameters, whole } from '../../src/page/address.js';
import { clockOf } from '../../src/page/bytes/list.js';
import { offsetIn } from '../../src/page/bytes/listed.js';
import { BytesReading } from '../../src/page/bytes/state.js';
import { Session } from '../../src/page/session.js';
import { hexParameter } from '../../src/page/shared/hex-parameter.js';
import { packetOf, pcap, segment } from '../support/pcap.js';

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

/** Two WebSockets of a HAR. */
function har(): BytesReading {
  const entry = (...messages: object[]) => ({
    request: { method: 'GET', url: 'ws://a/', httpVersion: 'HTTP/1.1', headers: [] },
    response: { status: 101, statusText: 'Switching Protocols', headers: [] },
    _resourceType: 'websocket',
    _webSocketMessages: messages,
  });
  const entries = [
    entry(
      { type: 'send', time: 1_700_000_000.1, opcode: 1, data: 'Hello hello' },
      { type: 'receive', time: 1_700_000_000.2, opcode: 1, data: '你好' },
    ),
    entry({ type: 'receive', time: 1_700_000_000.3, opcode: 2, data: 'AGhlbGxv' }),
  ];
  const one = new BytesReading(new Session(PARAMETERS));
  const { streams } = streamsInText(JSON.stringify({ log: { entries } }));
  one.openStreams(streams, { notes: [], file: 'a.har' });
  return one;
}

describe('the messages of a HAR', () => {
  const seen = ({ list }: BytesReading) =>
    list.shownMessages.value.map(({ stream, number }) => `${stream}/${number}`);

  test('are listed for all streams', () => {
    const one = har();
    expect(seen(one)).toEqual(['0/1', '0/2', '1/1']);
    expect(one.list.shownMessages.value.map(({ before }) => before?.text ?? null)).toEqual([
      null,
      'Hello hello',
      null,
    ]);
  });

  test.each([
    ['hello', 'text', ['0/1', '1/1'], 3],
    ['你', 'text', ['0/2'], 1],
    ['00 68', 'hex', ['1/1'], 1],
    ['101', 'text', [], 2], // in the answers of the handshakes
    ['nowhere', 'text', [], 0],
  ] as const)('%j is found in them as %s, and counted', (search, as, found, n) => {
    const one = har();
    one.list.searchIn.value = as;
    one.list.search.value = search;
    expect(seen(one)).toEqual(found);
    expect(one.list.found.value).toEqual({ n, isCut: false });
    one.list.clear();
    expect(seen(one)).toHaveLength(3);
    expect(one.list.found.value).toBeNull();
  });

  test('are narrowed with the list: by kind, by who sent them, and none is a problem', () => {
    const one = har();
    one.list.kind.value = 'binary';
    expect(seen(one)).toEqual(['1/1']);
    one.list.kind.value = 'handshake';
    expect(seen(one)).toEqual([]);
    one.list.kind.value = '';
    one.list.direction.value = 'client';
    expect(seen(one)).toEqual(['0/1']);
    one.list.direction.value = '';
    one.list.problems.value = true;
    expect(seen(one)).toEqual([]);
  });
});

describe('the times of a capture', () => {
  const ip = { from: '10.0.0.1:1', to: '10.0.0.2:80' };
  const bytes = pcap([
    {
      ...packetOf(
        segment({ ...ip, sequence: 1, payload: fromHex('810548656c6c6f') as Uint8Array }),
      ),
    },
    { ...packetOf(segment({ ...ip, sequence: 8, payload: fromHex('8900') as Uint8Array })) },
  ]);

  test('stand in the list and beside the fields, when and how long after the one before', () => {
    const one = new BytesReading(new Session(PARAMETERS));
    const { streams } = streamsInFile(bytes);
    one.openStreams(streams, { notes: [], file: 'a.pcap' });
    const times = [0, 1].map((i) => one.listing.value.entry(i).time);
    expect(times[0]?.at).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
    expect(times.map((time) => time?.after === undefined)).toEqual([true, false]);
    expect(one.units.value.map(({ time }) => time)).toEqual(times);
    expect(clockOf('2023-11-14T22:13:20.000021Z')).toBe('22:13:20.000');
    expect(clockOf('2023-11-14T22:13:20Z')).toBe('22:13:20');
    expect(reading().listing.value.entry(0).time).toBeUndefined();
  });
});
