import { describe, expect, test } from 'vitest';
import { joinBytes } from '../../src/bytes.js';
import { captureStreams } from '../../src/inspect/capture-streams.js';
import { inspect } from '../../src/inspect/inspect.js';
import { encodeFrame, Opcode } from '../../src/websocket/frame.js';
import { hex, someBytes, utf8 } from '../support/bytes.js';
import { packetOf, pcap, type SegmentFields, segment } from '../support/pcap.js';

const CLIENT = { from: '10.0.0.1:50000', to: '10.0.0.2:8080' };
const SERVER = { from: '10.0.0.2:8080', to: '10.0.0.1:50000' };
const ASK =
  'GET /chat HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';
const GRANT =
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n';

function said(text: string, maskingKey: number | null = null): Uint8Array {
  return encodeFrame(Opcode.text, utf8(text), { maskingKey });
}

/** What a capture of these segments shows: the name of each stream, its note, its texts. */
function shown(segments: readonly SegmentFields[]) {
  const { streams, notes } = captureStreams(pcap(segments.map((one) => packetOf(segment(one)))));
  return {
    notes,
    streams: streams.map(({ name, note, bytes, options }) => {
      const { frames } = inspect(bytes, options);
      return {
        name: name.replace(/^.*8080, /, ''),
        note,
        texts: frames.map(({ payload, header }) => payload.text ?? header.opcodeName),
        problems: frames.flatMap(({ problems }) => problems.map(({ code }) => code)),
      };
    }),
  };
}

const OPENED = [
  { ...CLIENT, sequence: 0, syn: true },
  { ...SERVER, sequence: 0, acknowledgment: 1, syn: true },
  { ...CLIENT, sequence: 1, acknowledgment: 1, payload: utf8(ASK) },
  { ...SERVER, sequence: 1, acknowledgment: 1 + ASK.length, payload: utf8(GRANT) },
];
const HEARD = 1 + GRANT.length;

describe('behind a gap', () => {
  test('what follows is read from where a frame seems to begin', () => {
    const frames = [said('a first message', 1), said('a second', 2), said('a third one', 3)];
    const bytes = joinBytes(frames);
    const at = 1 + ASK.length;
    const lost = (frames[0]?.length ?? 0) - 5; // the tail of the first frame came
    const { streams } = shown([
      ...OPENED,
      { ...CLIENT, sequence: at + lost, acknowledgment: HEARD, payload: bytes.subarray(lost) },
    ]);
    expect(streams[0]).toMatchObject({
      name: 'from the client',
      note: `After ${ASK.length} bytes the capture lacks ${lost} bytes.`,
    });
    expect(streams[1]).toEqual({
      name: 'from the client, behind gap 1',
      note: `${lost} bytes are missing in front of it. It begins where a frame seems to begin, behind 5 bytes that were passed over: 2 frames in a row hold, which is likely, and not sure.`,
      texts: ['a second', 'a third one'],
      problems: [],
    });
  });

  test('bytes in which no frame begins are counted', () => {
    const { streams } = shown([
      ...OPENED,
      { ...CLIENT, sequence: 900, acknowledgment: HEARD, payload: new Uint8Array(40) },
    ]);
    expect(streams[0]?.note).toContain('no beginning of a frame was found: 40 bytes left out');
    const { notes } = shown([
      { ...CLIENT, sequence: 0, syn: true },
      { ...CLIENT, sequence: 900, payload: new Uint8Array(40) },
      { ...SERVER, sequence: 1, payload: utf8(GRANT) },
    ]);
    expect(notes.join(' ')).toContain('40 bytes left out');
  });
});

describe('a capture that begins within a frame', () => {
  const frames = joinBytes([said('the end of this', 7), said('a whole one', 8), said('more', 9)]);

  test('is read from the first border on', () => {
    const { streams } = shown([
      { ...CLIENT, sequence: 5, payload: frames.subarray(10) },
      { ...SERVER, sequence: 9, payload: said('an answer') },
    ]);
    expect(streams[0]).toMatchObject({ texts: ['a whole one', 'more'], problems: [] });
    expect(streams[0]?.note).toMatch(/^It begins where a frame seems to begin, behind 11 bytes/);
    expect(streams[1]).toMatchObject({ texts: ['an answer'] });
  });

  test('may go on with a message, which is no problem', () => {
    const { streams } = shown([
      {
        ...SERVER,
        sequence: 9,
        payload: joinBytes([
          hex('8900'),
          encodeFrame(0, someBytes(9)),
          said('an answer'),
          said('b'),
        ]),
      },
    ]);
    expect(streams[0]).toMatchObject({
      texts: ['ping', 'continuation', 'an answer', 'b'],
      problems: [],
    });
  });

  test('may be compressed, which is a guess', () => {
    const { streams } = captureStreams(
      pcap([
        packetOf(segment({ ...SERVER, sequence: 9, payload: hex('c107f248cdc9c90700 810161') })),
      ]),
    );
    expect(streams[0]?.options.deflate).toBe('perhaps');
    const [frame] = inspect(streams[0]?.bytes ?? hex(''), streams[0]?.options).frames;
    expect(frame?.problems).toEqual([]);
    expect(frame?.spans[0]?.meaning).toContain('perhaps compressed by permessage-deflate');
    expect(frame?.spans[0]?.meaning).toContain('that is a guess');
  });

  test('is no WebSocket for a mere guess', () => {
    const { streams, notes } = shown([{ ...SERVER, sequence: 9, payload: hex('ff8a00') }]);
    expect(streams).toEqual([]);
    expect(notes[0]).toContain('begun before the capture');
  });
});

describe('RFC 6455 4.1 data before the handshake is done', () => {
  const early = (acknowledgment: number) =>
    shown([
      ...OPENED,
      { ...CLIENT, sequence: 1 + ASK.length, acknowledgment, payload: said('early', 1) },
      {
        ...CLIENT,
        sequence: 1 + ASK.length + said('early', 1).length,
        acknowledgment: HEARD,
        payload: said('late', 1),
      },
    ]).streams[0]?.problems;

  test('is a problem of the frames that the client sent before it had the answer', () => {
    expect(early(1)).toEqual(['data-before-answer']);
    expect(early(HEARD - 1)).toEqual(['data-before-answer']);
  });

  test('is none of those behind', () => {
    expect(early(HEARD)).toEqual([]);
  });
});
