import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { joinBytes } from '../../src/bytes.js';
import { type InspectOptions, inspect } from '../../src/inspect/inspect.js';
import type { FrameInspection } from '../../src/inspect/inspection.js';
import { inspectionSchema } from '../../src/inspect/schema.js';
import { nodeCompression } from '../../src/net/node-deflate.js';
import { encodeFrame, Opcode } from '../../src/websocket/frame.js';
import { hex, utf8 } from '../support/bytes.js';

const { inflate } = nodeCompression;

/** The frames of a server that agreed on permessage-deflate. */
function framesOf(
  bytes: string | Uint8Array,
  options: InspectOptions = {},
): readonly FrameInspection[] {
  const input = typeof bytes === 'string' ? hex(bytes) : bytes;
  return inspect(input, { role: 'server', deflate: true, inflate, ...options }).frames;
}

function payloadMeaning(frame: FrameInspection | undefined): string | undefined {
  return frame?.spans.at(-1)?.meaning;
}

/** A message of one frame, compressed by itself. */
function compressed(opcode: number, bytes: Uint8Array): Uint8Array {
  const dictionary = new Uint8Array(0);
  const payload = nodeCompression.deflate(bytes, { dictionary, windowBits: 15 }).subarray(0, -4);
  return encodeFrame(opcode, payload, { rsv1: true });
}

describe('RFC 7692 7.2.2 messages inflated', () => {
  test('in one frame, with their bytes, text and JSON', () => {
    const [hello] = framesOf('c1 07 f248cdc9c90700');
    expect(hello?.payload).toEqual({
      hex: 'f248cdc9c90700',
      inflated: '48656c6c6f',
      text: 'Hello',
    });
    expect(payloadMeaning(hello)).toBe(
      '7 bytes of payload, not masked: 7 bytes compressed by permessage-deflate, 5 bytes when inflated: 5 characters in 5 bytes of UTF-8: "Hello".',
    );
    const [json] = framesOf(compressed(Opcode.text, utf8('{"type":"login"}')));
    expect(json?.payload).toMatchObject({ text: '{"type":"login"}', json: { type: 'login' } });
    expect(json?.spans.at(-1)?.parts?.at(-1)?.meaning).toBe('As JSON it is an object with "type".');
    const [binary] = framesOf(compressed(Opcode.binary, Uint8Array.of(1, 2)));
    expect(binary?.payload).toMatchObject({ inflated: '0102' });
    expect(binary?.payload.text).toBeUndefined();
  });

  test('which look back at those before', () => {
    const frames = framesOf('c1 07 f248cdc9c90700 81 01 61 c1 05 f200110000');
    expect(frames.map(({ payload }) => payload.text)).toEqual(['Hello', 'a', 'Hello']);
    expect(frames.map(({ payload }) => payload.inflated)).toEqual([
      '48656c6c6f',
      undefined,
      '48656c6c6f',
    ]);
  });

  test('over several frames, at the last', () => {
    const [first, last] = framesOf('41 03 f248cd 80 04 c9c90700');
    expect(first?.payload).toEqual({ hex: 'f248cd' });
    expect(payloadMeaning(first)).toContain('3 bytes compressed by permessage-deflate.');
    expect(last?.payload).toMatchObject({ inflated: '48656c6c6f', text: 'Hello' });
    expect(last?.message).toMatchObject({ frame: 2, length: 7, text: 'Hello' });
    expect(payloadMeaning(last)).toContain(
      'the last 4 of 7 bytes compressed by permessage-deflate, 5 bytes when inflated',
    );
  });

  test('from a client, unmasked first', () => {
    const bytes = encodeFrame(1, hex('f248cdc9c90700'), { rsv1: true, maskingKey: 0x37fa213d });
    expect(framesOf(bytes, { role: 'client' })[0]?.payload.text).toBe('Hello');
  });

  test('not without the function, nor where nothing was agreed on', () => {
    const bytes = hex('c1 07 f248cdc9c90700');
    const [named] = inspect(bytes, { deflate: true }).frames;
    expect(named?.payload).toEqual({ hex: 'f248cdc9c90700' });
    expect(payloadMeaning(named)).toContain('7 bytes compressed by permessage-deflate.');
    const [wrong] = inspect(bytes, { inflate }).frames;
    expect(wrong?.problems).toMatchObject([{ code: 'reserved-bits' }, { code: 'bad-utf8' }]);
    expect(wrong?.payload.inflated).toBeUndefined();
  });

  test('as the handshake in the input agreed: without context takeover nothing is looked back at', () => {
    const answer = (field: string) =>
      utf8(
        `HTTP/1.1 101 OK\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Extensions: ${field}\r\n\r\n`,
      );
    const two = hex('c1 07 f248cdc9c90700 c1 05 f200110000');
    const kept = inspect(joinBytes([answer('permessage-deflate'), two]), { inflate });
    expect(kept.frames.map(({ payload }) => payload.text)).toEqual(['Hello', 'Hello']);
    const field = 'permessage-deflate; server_no_context_takeover';
    const { frames } = inspect(joinBytes([answer(field), two]), { inflate });
    expect(frames.map(({ payload }) => payload.text)).toEqual(['Hello', undefined]);
    expect(frames[1]?.problems).toMatchObject([{ code: 'bad-deflate' }]);
  });
});

describe('what cannot be inflated', () => {
  test('is a problem, and so are not the messages behind it', () => {
    const frames = framesOf('c1 01 06 c1 07 f248cdc9c90700');
    expect(frames.map(({ problems }) => problems)).toMatchObject([
      [{ code: 'bad-deflate', closeCode: 1007, section: 'RFC 7692 7.2.2' }],
      [],
    ]);
    expect(frames.map(payloadMeaning)).toEqual([
      '1 byte of payload, not masked: 1 byte compressed by permessage-deflate, which cannot be inflated.',
      '7 bytes of payload, not masked: 7 bytes compressed by permessage-deflate, not inflated: they may look back at a message before that could not be.',
    ]);
  });

  test('text that is no UTF-8 when inflated is a problem with 1007', () => {
    const [wrong, cut] = ['61ff62', '61e282'].map(
      (text) => framesOf(compressed(Opcode.text, hex(text)))[0],
    );
    expect(wrong?.problems).toEqual([
      {
        code: 'bad-utf8',
        closeCode: 1007,
        section: '8.1',
        message: 'the inflated text is not UTF-8 at byte 1',
      },
    ]);
    expect(wrong?.payload).toMatchObject({ inflated: '61ff62' });
    expect(wrong?.payload.text).toBeUndefined();
    expect(payloadMeaning(wrong)).toContain(
      '3 bytes when inflated: text that is not UTF-8 at byte 1',
    );
    expect(cut?.problems).toMatchObject([{ message: expect.stringContaining('at byte 3') }]);
  });

  test('what comes out behind the first MiB is said and not shown, and is no problem', () => {
    const half = compressed(Opcode.binary, new Uint8Array(600_000));
    const frames = framesOf(joinBytes([half, half, half]));
    expect(frames.map(({ payload }) => payload.inflated?.length)).toEqual([
      1_200_000,
      undefined,
      undefined,
    ]);
    expect(frames.flatMap(({ problems }) => problems)).toEqual([]);
    expect(payloadMeaning(frames[1])).toContain(
      'not inflated here: only the first 1048576 bytes of what comes out are looked at',
    );
  });

  test('what is said of it fits the schema', () => {
    for (const bytes of ['c1 07 f248cdc9c90700', 'c1 01 06', '41 03 f248cd 80 04 c9c90700']) {
      const inspection = inspect(hex(bytes), { deflate: true, inflate });
      v.parse(inspectionSchema, JSON.parse(JSON.stringify(inspection)));
    }
  });

  test('a message whose end is not here is not inflated', () => {
    const { frames, rest } = inspect(hex('41 03 f248cd'), { deflate: true, inflate });
    expect(frames[0]?.problems).toEqual([]);
    expect(rest).toBeNull();
    const cut = inspect(hex('c1 07 f248cd'), { deflate: true, inflate });
    expect(cut.frames).toEqual([]);
    expect(cut.rest).toMatchObject({ length: 5, needs: 4 });
  });
});
