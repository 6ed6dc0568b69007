import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromUtf8Lossy } from '../../src/bytes.js';
import { captureStreams } from '../../src/inspect/capture-streams.js';
import { inspect } from '../../src/inspect/inspect.js';
import type { Segment } from '../../src/inspect/packet.js';
import { MemoryStore, type StoredBytes } from '../../src/inspect/stored-bytes.js';
import { StreamJoiner } from '../../src/inspect/tcp-streams.js';
import { wordsIn } from '../../src/inspect/words.js';
import { acceptKey } from '../../src/websocket/handshake.js';
import { hex, someBytes, utf8 } from '../support/bytes.js';
import { packetOf, pcap, type SegmentFields, segment } from '../support/pcap.js';

const CLIENT = '10.0.0.1:50000';
const SERVER = '10.0.0.2:8080';

/** A segment of the client, or of the server. */
function sent(
  from: string,
  sequence: number,
  payload: Uint8Array | string,
  more: SegmentFields = {},
) {
  const to = from === CLIENT ? SERVER : CLIENT;
  const bytes = typeof payload === 'string' ? utf8(payload) : payload;
  return segment({ from, to, sequence: sequence >>> 0, payload: bytes, ...more });
}

/** The connections of some segments. */
function joinStreams(segments: Iterable<Segment>) {
  const joiner = new StreamJoiner(new MemoryStore(new Uint8Array(0)), wordsIn());
  for (const one of segments) joiner.add(one, null);
  return [...joiner.joined()];
}

/** All bytes of a direction, or of a run of it. */
function allOf(bytes: StoredBytes | undefined): Uint8Array {
  return bytes?.read(0, bytes.length) ?? new Uint8Array(0);
}

/** What one direction sent, and its notes. */
function joined(segments: Segment[], from = CLIENT) {
  return joinStreams(segments).flatMap(({ directions }) =>
    directions
      .filter((direction) => direction.from === from)
      .map(({ bytes, notes }) => [fromUtf8Lossy(allOf(bytes)), ...notes]),
  );
}

const SYN = sent(CLIENT, 99, '', { syn: true });

describe('segments of one direction', () => {
  test('are joined in the order of their numbers', () => {
    expect(
      joined([SYN, sent(CLIENT, 104, 'o'), sent(CLIENT, 100, 'Hel'), sent(CLIENT, 103, 'l')]),
    ).toEqual([['Hello']]);
  });

  test('retransmissions and overlaps are taken once', () => {
    const again = [sent(CLIENT, 100, 'Hel'), sent(CLIENT, 101, 'ello'), sent(CLIENT, 100, 'H')];
    expect(joined([SYN, ...again, ...again])).toEqual([['Hello']]);
  });

  test('a keep-alive byte in front of the next is none of the stream', () => {
    expect(
      joined([SYN, sent(CLIENT, 100, 'He'), sent(CLIENT, 101, '?'), sent(CLIENT, 102, 'y')]),
    ).toEqual([['Hey']]);
  });

  test('the numbers start again behind 2^32', () => {
    const syn = sent(CLIENT, 0xffff_fffd, '', { syn: true });
    expect(
      joined([syn, sent(CLIENT, 3, 'lo'), sent(CLIENT, 0xffff_fffe, 'He'), sent(CLIENT, 0, 'y, ')]),
    ).toEqual([['Hey, lo']]);
  });

  test('what the SYN carries comes first, and a reset carries nothing', () => {
    const rst = sent(CLIENT, 105, 'no', { rst: true });
    const syn = sent(CLIENT, 99, 'Hel', { syn: true });
    expect(joined([syn, sent(CLIENT, 103, 'lo'), rst])).toEqual([['Hello', 'it was reset']]);
  });

  test('end in front of a gap, and that is said', () => {
    expect(
      joined([SYN, sent(CLIENT, 100, 'Hel'), sent(CLIENT, 104, 'o'), sent(CLIENT, 107, '!')]),
    ).toEqual([['Hel', 'after 3 bytes the capture lacks 1 byte']]);
  });

  test('go on behind a gap, a run for each', () => {
    const segments = [
      SYN,
      sent(CLIENT, 100, 'Hel'),
      sent(CLIENT, 104, 'o,'),
      sent(CLIENT, 105, ',!'),
    ];
    const [connection] = joinStreams([...segments, sent(CLIENT, 110, 'x')]);
    const runs = connection?.directions[0].runs ?? [];
    expect(runs.map(({ missing, bytes }) => [missing, fromUtf8Lossy(allOf(bytes))])).toEqual([
      [1, 'o,!'],
      [3, 'x'],
    ]);
  });

  test('with gaps without number are read on behind the first ones, and the rest is counted', () => {
    const cut = Array.from({ length: 30 }, (_, i) =>
      sent(CLIENT, 100 + 10 * i, 'abc', { missing: 7 }),
    );
    const [connection] = joinStreams([SYN, ...cut]);
    const { runs = [], notes = [] } = connection?.directions[0] ?? {};
    expect(runs).toHaveLength(8);
    expect(notes[1]).toBe('63 bytes left out, behind 8 gaps and more');
  });

  test('a FIN behind what was captured says that some is missing', () => {
    const fin = sent(CLIENT, 105, '', { fin: true });
    expect(joined([SYN, sent(CLIENT, 100, 'Hel'), fin])).toEqual([
      ['Hel', 'after 3 bytes the capture lacks 2 bytes'],
    ]);
    expect(joined([SYN, sent(CLIENT, 100, 'Hello'), fin])).toEqual([['Hello']]);
  });

  test('a segment that the capture cut leaves a gap, which its retransmission may fill', () => {
    const cut = sent(CLIENT, 100, 'He', { missing: 3 });
    expect(joined([SYN, cut])).toEqual([['He', 'after 2 bytes the capture lacks 3 bytes']]);
    expect(joined([SYN, cut, sent(CLIENT, 100, 'Hello')])).toEqual([['Hello']]);
  });

  test('without a SYN begin with the lowest number, which may not be the first', () => {
    const segments = [sent(CLIENT, 700, 'lo'), sent(CLIENT, 697, 'Hel')];
    expect(joined(segments)).toEqual([['Hello']]);
    expect(joinStreams(segments)[0]?.directions[0].isFromStart).toBe(false);
    expect(joinStreams([SYN, ...segments])[0]?.directions[0].isFromStart).toBe(true);
  });

  test('the same ports opened again are another connection, and a late segment is of the one before', () => {
    const again = sent(CLIENT, 3_000_000_000, '', { syn: true });
    const late = sent(CLIENT, 102, 'y');
    expect(
      joined([SYN, sent(CLIENT, 100, 'He'), again, sent(CLIENT, 3_000_000_001, 'Ho'), late, again]),
    ).toEqual([['Hey'], ['Ho']]);
  });
});

describe('however a conversation is captured', () => {
  const bytes = someBytes(5_000);
  const reply = someBytes(3_000).reverse();
  const pieces = fc.array(fc.tuple(fc.nat(4_999), fc.integer({ min: 1, max: 1_500 })), {
    maxLength: 20,
  });

  /** The whole in pieces of 500, and any other pieces: duplicates and overlaps. */
  const segmentsOf = (from: string, start: number, whole: Uint8Array, more: [number, number][]) => {
    const regular = Array.from({ length: Math.ceil(whole.length / 500) }, (_, i) => [i * 500, 500]);
    const placed = [...regular, ...more] as [number, number][];
    return [
      sent(from, start, '', { syn: true, ...(from === SERVER ? { acknowledgment: 1 } : {}) }),
      ...placed.map(([at, length]) => sent(from, start + 1 + at, whole.subarray(at, at + length))),
      sent(from, start + 1 + whole.length, '', { fin: true }),
    ];
  };

  test('cut, doubled, overlapping and out of order: the streams are the same', () => {
    const start = fc.oneof(fc.nat(0xffff_ffff), fc.integer({ min: 0xffff_0000, max: 0xffff_ffff }));
    const run = fc.tuple(start, start, pieces, pieces).chain(([one, other, more, others]) => {
      const list = [
        ...segmentsOf(CLIENT, one, bytes, more),
        ...segmentsOf(SERVER, other, reply, others).map((segment) =>
          segment.syn ? { ...segment, acknowledgment: (one + 1) >>> 0 } : segment,
        ),
      ];
      return fc.shuffledSubarray(list, { minLength: list.length });
    });
    fc.assert(
      fc.property(run, (segments) => {
        const connections = joinStreams(segments);
        expect(connections).toHaveLength(1);
        expect(connections[0]?.opener).toBe(CLIENT);
        const [client, server] = connections[0]?.directions ?? [];
        expect(client?.notes).toEqual([]);
        expect(server?.notes).toEqual([]);
        expect(Buffer.compare(allOf(client?.bytes), bytes)).toBe(0);
        expect(Buffer.compare(allOf(server?.bytes), reply)).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  test('with segments lost, what is given is true as far as it goes, and a loss is said', () => {
    const list = segmentsOf(CLIENT, 77, bytes, []);
    fc.assert(
      fc.property(fc.subarray(list.slice(1)), (some) => {
        const connection = joinStreams([...list.slice(0, 1), ...some])[0];
        const { bytes: joined, notes = [] } = connection?.directions[0] ?? {};
        const got = allOf(joined);
        expect(Buffer.compare(got, bytes.subarray(0, got.length))).toBe(0);
        const isCutUnseen = some.every(({ sequence }) => sequence - 78 < got.length);
        if (!isCutUnseen && got.length < bytes.length) expect(notes).toHaveLength(1);
        else expect(notes).toEqual([]);
      }),
    );
  });
});

describe('a captured WebSocket', () => {
  const key = 'dGhlIHNhbXBsZSBub25jZQ==';
  const request = (more = '') =>
    `GET /chat HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n${more}\r\n`;
  const answer = (more = '') =>
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${acceptKey(key)}\r\n${more}\r\n`;
  const hello = hex('8185 37fa213d 7f9f4d5158');

  const streamsOf = (segments: Segment[]) =>
    captureStreams(pcap(segments.map((one) => packetOf(one))));

  const opened = [SYN, sent(SERVER, 499, '', { syn: true, acknowledgment: 100 })];
  const conversation = (
    asked: string,
    answered: string,
    client: Uint8Array,
    server: Uint8Array,
  ) => [
    ...opened,
    sent(CLIENT, 100, asked),
    sent(SERVER, 500, answered),
    sent(CLIENT, 100 + asked.length, client),
    sent(SERVER, 500 + answered.length, server),
  ];

  test('is explained in both directions, the answer by the key of the request', () => {
    const { streams, notes } = streamsOf(conversation(request(), answer(), hello, hex('8100')));
    expect(notes).toEqual([]);
    expect(streams.map(({ name }) => name)).toEqual([
      'connection 0, 10.0.0.1:50000 to 10.0.0.2:8080, from the client',
      'connection 0, 10.0.0.1:50000 to 10.0.0.2:8080, from the server',
    ]);
    expect(streams[0]?.options.arrivals).toEqual([request().length, 11]);
    const [asked, answered] = streams.map(({ bytes, options }) => inspect(bytes, options));
    expect(asked?.frames[0]?.payload.text).toBe('Hello');
    expect(answered?.handshakes[0]).toMatchObject({ key, acceptOk: true, problems: [] });
    expect(answered?.frames).toHaveLength(1);
  });

  test('compressed frames of the client need the agreement of the answer', () => {
    const offer = 'Sec-WebSocket-Extensions: permessage-deflate\r\n';
    const compressed = hex('c187 00000000 f248cdc9c90700');
    const problems = (more: string) => {
      const { streams } = streamsOf(
        conversation(request(offer), answer(more), compressed, hex('')),
      );
      const [{ bytes, options } = { bytes: hex(''), options: {} }] = streams;
      return inspect(bytes, options).frames.flatMap(({ problems }) =>
        problems.map(({ code }) => code),
      );
    };
    expect(problems(offer)).toEqual([]);
    expect(problems('')).toContain('reserved-bits');
  });

  test('begun in the middle is known by its frames, and the client by its masks', () => {
    const { streams } = streamsOf([sent(SERVER, 9, hex('8100')), sent(CLIENT, 5, hello)]);
    expect(streams.map(({ name, note }) => [name.split(', ').pop(), note])).toEqual([
      ['from the client', expect.stringContaining('begins in the middle')],
      ['from the server', expect.stringContaining('begins in the middle')],
    ]);
    expect(streams[0]?.bytes).toEqual(hello);
  });

  test('begun in the middle may begin with a frame that is longer than what was captured', () => {
    const long = hex(`82fe ffff 00000000 ${'00'.repeat(30)}`);
    expect(streamsOf([sent(CLIENT, 5, long)]).streams).toHaveLength(1);
    expect(streamsOf([sent(CLIENT, 5, long.subarray(0, 8))]).streams).toHaveLength(0);
  });

  test('without its SYN the client is who asked', () => {
    const [asked, answered] = [sent(CLIENT, 100, request()), sent(SERVER, 500, answer())];
    for (const order of [[asked, answered], [answered, asked], [asked], [answered]]) {
      for (const { name } of streamsOf(order).streams)
        expect(name).toContain(`${CLIENT} to ${SERVER}`);
    }
  });

  test('that was refused is explained up to the end of the head: what follows is HTTP', () => {
    const refusal = 'HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\n';
    const { streams } = streamsOf(conversation(request(), refusal, hex(''), utf8('gone')));
    expect(streams[1]).toMatchObject({
      bytes: utf8(refusal),
      note: '4 bytes left out behind the head, of plain HTTP.',
    });
  });

  test('stands among others, which are counted and named', () => {
    const others = [
      'GET / HTTP/1.1\r\nHost: a\r\n\r\n',
      'SSH-2.0-x\r\n',
      '\x16\x03\x01\x02\x00',
    ].map((text, i) => segment({ from: `10.0.0.1:${50_001 + i}`, payload: utf8(text) }));
    const { streams, notes } = streamsOf([
      ...others,
      ...conversation(request(), answer(), hello, hex('')),
    ]);
    expect(streams).toHaveLength(2);
    expect(notes).toEqual([
      '1 connection left out, of plain HTTP, in which no WebSocket is asked for: 10.0.0.1:50001 to 10.0.0.2:8080.',
      '1 connection left out, begun before the capture and not seen to be of WebSocket: 10.0.0.1:50002 to 10.0.0.2:8080.',
      '1 connection left out, of TLS, which is encrypted: 10.0.0.1:50003 to 10.0.0.2:8080.',
    ]);
  });

  test('packets that are not read are counted', () => {
    const fragment = packetOf(SYN);
    fragment.bytes[14 + 6] = 0x20;
    const cut = { ...packetOf(SYN), bytes: packetOf(SYN).bytes.subarray(0, 30) };
    expect(captureStreams(pcap([fragment, cut])).notes).toEqual([
      '1 packet left out, cut within the headers.',
      '1 packet left out, fragments of IP whose others are missing.',
    ]);
    expect(captureStreams(pcap([{ linkType: 147, bytes: hex('00') }])).notes).toEqual([
      '1 packet left out, of link type 147, which is not read.',
    ]);
  });
});

test('of a flood of SYNs the old ones are counted and let go, and no connection with bytes is', () => {
  const joiner = new StreamJoiner(new MemoryStore(new Uint8Array(0)), wordsIn());
  const flood = (from: number, to: number): void => {
    for (let n = from; n < to; n++) {
      const stranger = `10.1.${n >> 8}.${n & 255}:${1024 + (n % 60_000)}`;
      joiner.add(segment({ from: stranger, to: SERVER, sequence: n, syn: true }), null);
    }
  };
  joiner.add(SYN, null);
  joiner.add(sent(CLIENT, 100, 'Hel'), null);
  flood(0, 300_000);
  joiner.add(sent(CLIENT, 103, 'lo'), null);
  flood(300_000, 400_000);
  const all = [...joiner.joined()];
  expect(all.length).toBeLessThan(140_000);
  expect(all.length + joiner.letGo).toBe(400_001);
  const [{ directions } = expect.fail()] = all;
  expect(directions[0].bytes.length).toBe(5);
});
