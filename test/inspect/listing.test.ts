import { describe, expect, test } from 'vitest';
import { joinBytes } from '../../src/bytes.js';
import { inspect } from '../../src/inspect/inspect.js';
import { type ListFilter, Listing, lastFrom } from '../../src/inspect/listing.js';
import { wantedHex } from '../../src/inspect/search.js';
import { closeFrame, textFrame } from '../../src/scenario/build.js';
import { encodeFrame } from '../../src/websocket/frame.js';
import { hex, utf8 } from '../support/bytes.js';

const REQUEST = utf8('GET /chat HTTP/1.1\r\nHost: a\r\n\r\n');
const ALL: ListFilter = { kind: null, direction: null, problems: false, matches: null };

/** What a client sent, and what a server did: a text in two frames, a Ping between, half a frame. */
const CLIENT = joinBytes([REQUEST, textFrame('Hello, Needle'), closeFrame(1001)]);
const SERVER = hex('0103 48656c 8900 8002 6c6f 8300 8105 48');

function listing(...streams: Uint8Array[]): Listing {
  return new Listing(
    streams.map((bytes, i) => ({
      bytes,
      inspection: inspect(bytes, { role: i === 0 ? 'client' : 'server' }),
    })),
  );
}

const entries = (list: Listing, filter: Partial<ListFilter> = {}) =>
  Array.from(list.filtered({ ...ALL, ...filter }), (number) => list.entry(number));

describe('the list of streams', () => {
  const list = listing(CLIENT, SERVER);

  test('has handshakes, frames and what is not whole, stream by stream', () => {
    expect(entries(list).map(({ stream, kind, begins }) => [stream, kind, begins])).toEqual([
      [0, 'request', 'GET /chat HTTP/1.1'],
      [0, 'text', 'Hello, Needle'],
      [0, 'close', '1001'],
      [1, 'text', 'Hel'],
      [1, 'ping', ''],
      [1, 'continuation', 'lo'],
      [1, 'reserved 0x3', ''],
      [1, 'rest', ''],
    ]);
    expect(list.entry(5).place).toEqual({ offset: 0, frame: 2, length: 5 });
  });

  test('is narrowed to a kind, a direction, and what is wrong', () => {
    const kinds = (filter: Partial<ListFilter>) => entries(list, filter).map(({ kind }) => kind);
    expect(kinds({ kind: 'text' })).toEqual(['text', 'text']);
    expect(kinds({ kind: 'handshake' })).toEqual(['request']);
    expect(kinds({ kind: 'reserved' })).toEqual(['reserved 0x3']);
    expect(kinds({ direction: 'client' })).toEqual(['request', 'text', 'close']);
    expect(kinds({ direction: 'server', problems: true })).toEqual(['reserved 0x3', 'rest']);
    expect(kinds({ kind: 'text', direction: 'server' })).toEqual(['text']);
  });

  test('finds the entry of each byte', () => {
    for (const entry of entries(list)) {
      const { stream, offset, length } = entry;
      for (const at of [offset, offset + length - 1]) {
        expect(list.entry(list.numberAt(stream, at))).toEqual(entry);
      }
    }
    expect(listing(new Uint8Array(0)).numberAt(0, 0)).toBe(-1);
  });

  test('has nothing where there are no bytes', () => {
    expect(listing(new Uint8Array(0)).length).toBe(0);
    expect(listing().filtered(ALL)).toHaveLength(0);
  });
});

describe('a search', () => {
  const list = listing(CLIENT, SERVER);
  const found = (wanted: Parameters<Listing['find']>[0]) => {
    const { places } = list.find(wanted);
    return places.map(({ stream, offset, entry }) => [stream, offset, list.entry(entry).kind]);
  };

  test('finds a text in what is masked, in either case, at its byte', () => {
    const at = REQUEST.length + 6 + 'Hello, '.length;
    expect(found({ text: 'needle' })).toEqual([[0, at, 'text']]);
    expect(found({ text: 'GET /CHAT' })).toEqual([[0, 0, 'request']]);
  });

  test('finds a text that goes over the end of a frame where its message ends', () => {
    expect(found({ text: 'hello' })).toEqual([
      [0, REQUEST.length + 6, 'text'],
      [1, 7, 'continuation'],
    ]);
  });

  test('finds bytes as they came, over the ends of frames too', () => {
    expect(found({ hex: hex('6c 8900') })).toEqual([[1, 4, 'text']]);
    expect(found({ hex: hex('00 80') })).toEqual([[1, 6, 'ping']]);
    expect(found({ hex: hex('dead') })).toEqual([]);
  });

  test('narrows the list to what holds it', () => {
    const matches = list.find({ hex: hex('81') });
    expect(entries(list, { matches }).map(({ stream, kind }) => `${stream} ${kind}`)).toEqual([
      '0 text',
      '1 rest',
    ]);
  });

  test('stops where nobody would go through it all', () => {
    const zeros = encodeFrame(2, new Uint8Array(200_000));
    const { places, isCut } = listing(CLIENT, zeros).find({ hex: hex('00') });
    expect(places).toHaveLength(100_000);
    expect(isCut).toBe(true);
  });

  test('takes hex in any spacing', () => {
    expect(wantedHex('81 fe')).toEqual(hex('81fe'));
    expect(wantedHex('0x81, 0xfe')).toEqual(hex('81fe'));
    expect(wantedHex('8')).toBeNull();
    expect(wantedHex('')).toBeNull();
  });
});

test('the last stretch up to an offset is found among many', () => {
  const stretches = Array.from({ length: 1_000 }, (_, i) => ({ offset: i * 10, length: 10 }));
  expect(lastFrom(stretches, 4_999)).toBe(499);
  expect(lastFrom(stretches, 5_000)).toBe(500);
  expect(lastFrom(stretches, -1)).toBe(-1);
  expect(lastFrom([], 3)).toBe(-1);
});
