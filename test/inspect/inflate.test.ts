import { constants, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { joinBytes, toHex } from '../../src/bytes.js';
import { MessageInflater } from '../../src/inspect/inflate-message.js';
import { type InspectOptions, inspect } from '../../src/inspect/inspect.js';
import type { FrameInspection } from '../../src/inspect/inspection.js';
import { inspectionSchema } from '../../src/inspect/schema.js';
import { nodeCompression } from '../../src/net/node-deflate.js';
import { InflateError } from '../../src/websocket/deflate.js';
import { DEFLATE_DEFAULTS } from '../../src/websocket/deflate-offer.js';
import { encodeFrame, Opcode } from '../../src/websocket/frame.js';
import { hex, someBytes, utf8 } from '../support/bytes.js';

/** The frames of a server that agreed on permessage-deflate. */
function framesOf(
  bytes: string | Uint8Array,
  options: InspectOptions = {},
): readonly FrameInspection[] {
  const input = typeof bytes === 'string' ? hex(bytes) : bytes;
  return inspect(input, { role: 'server', deflate: true, ...options }).frames;
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

  test('for a guess where nothing says what was agreed on: the reserved bit stays a problem', () => {
    const [guessed] = inspect(hex('c1 07 f248cdc9c90700')).frames;
    expect(guessed?.problems).toMatchObject([{ code: 'reserved-bits' }]);
    expect(guessed?.payload).toEqual({ hex: 'f248cdc9c90700' });
    expect(payloadMeaning(guessed)).toBe(
      '7 bytes of payload, not masked: 7 bytes, perhaps compressed by permessage-deflate: that is a guess, since nothing here agreed on it, but they inflate to 5 bytes: 5 characters in 5 bytes of UTF-8: "Hello".',
    );
    const [none] = inspect(hex('c1 03 616263')).frames;
    expect(payloadMeaning(none)).toContain('3 characters in 3 bytes of UTF-8');
    const [wrong] = inspect(hex('c1 07 f248cdc9c90700'), { deflate: false }).frames;
    expect(wrong?.problems).toMatchObject([{ code: 'reserved-bits' }, { code: 'bad-utf8' }]);
  });

  test('as the handshake in the input agreed: without context takeover nothing is looked back at', () => {
    const answer = (field: string) =>
      utf8(
        `HTTP/1.1 101 OK\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Extensions: ${field}\r\n\r\n`,
      );
    const two = hex('c1 07 f248cdc9c90700 c1 05 f200110000');
    const kept = inspect(joinBytes([answer('permessage-deflate'), two]));
    expect(kept.frames.map(({ payload }) => payload.text)).toEqual(['Hello', 'Hello']);
    const field = 'permessage-deflate; server_no_context_takeover';
    const { frames } = inspect(joinBytes([answer(field), two]));
    expect(frames.map(({ payload }) => payload.text)).toEqual(['Hello', undefined]);
    expect(frames[1]?.problems).toMatchObject([{ code: 'bad-deflate' }]);
  });
});

describe('what cannot be inflated', () => {
  test('is a problem, and so are not the messages behind it', () => {
    const frames = framesOf('c1 01 06 c1 05 f200110000 c1 07 f248cdc9c90700');
    expect(frames.map(({ problems }) => problems)).toMatchObject([
      [{ code: 'bad-deflate', closeCode: 1007, section: 'RFC 7692 7.2.2' }],
      [],
      [],
    ]);
    expect(frames.map(payloadMeaning)).toEqual([
      '1 byte of payload, not masked: 1 byte compressed by permessage-deflate, which cannot be inflated.',
      '5 bytes of payload, not masked: 5 bytes compressed by permessage-deflate, not inflated: they look back at what is not here, or could not be inflated.',
      expect.stringContaining('"Hello"'),
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

  test('of a long message the first MiB is kept, which is said and no problem; and it goes on behind', () => {
    const long = compressed(Opcode.text, new Uint8Array(3 << 20).fill(0x61));
    const frames = framesOf(joinBytes([long, long, compressed(Opcode.text, utf8('Hello'))]));
    expect(frames.map(({ payload }) => payload.inflated?.length)).toEqual([2 << 20, 2 << 20, 10]);
    expect(frames.map(({ payload }) => payload.text)).toEqual([undefined, undefined, 'Hello']);
    expect(frames.flatMap(({ problems }) => problems)).toEqual([]);
    expect(payloadMeaning(frames[1])).toMatch(
      /3145728 bytes when inflated: text that begins with "a+…", of which the first 1048576 bytes are kept here\.$/,
    );
  });

  test('of many long messages less is kept, so that memory is bounded', () => {
    const long = compressed(Opcode.binary, new Uint8Array(1 << 20));
    const frames = framesOf(joinBytes(Array.from({ length: 40 }, () => long)));
    const kept = frames.map(({ payload }) => (payload.inflated?.length ?? 0) / 2);
    expect(kept.reduce((sum, length) => sum + length, 0)).toBeLessThan((1 << 24) + 40 * 1_024);
    expect(kept.at(-1)).toBe(1_024);
    expect(payloadMeaning(frames.at(-1))).toContain('1048576 bytes when inflated');
  });

  test('what is said of it fits the schema', () => {
    for (const bytes of ['c1 07 f248cdc9c90700', 'c1 01 06', '41 03 f248cd 80 04 c9c90700']) {
      const inspection = inspect(hex(bytes), { deflate: true });
      v.parse(inspectionSchema, JSON.parse(JSON.stringify(inspection)));
    }
  });

  test('a message whose end is not here is not inflated', () => {
    const { frames, rest } = inspect(hex('41 03 f248cd'), { deflate: true });
    expect(frames[0]?.problems).toEqual([]);
    expect(rest).toBeNull();
    const cut = inspect(hex('c1 07 f248cd'), { deflate: true });
    expect(cut.frames).toEqual([]);
    expect(cut.rest).toMatchObject({ length: 5, needs: 4 });
  });
});

describe('RFC 7692 7.1.2 the window that was agreed on', () => {
  const agreed = { ...DEFLATE_DEFAULTS, serverMaxWindowBits: 9 };
  /** Looks so many bytes back: noise that comes twice. */
  const back = (distance: number, windowBits: number) => {
    const noise = someBytes(distance);
    const dictionary = new Uint8Array(0);
    const twice = joinBytes([noise, noise]);
    const payload = nodeCompression.deflate(twice, { dictionary, windowBits }).subarray(0, -4);
    return encodeFrame(Opcode.binary, payload, { rsv1: true });
  };

  test('is held: who looks farther back breaks it', () => {
    const [frame] = framesOf(back(1_200, 15), { deflate: agreed });
    expect(frame?.problems).toEqual([
      {
        code: 'beyond-window',
        closeCode: 1007,
        section: 'RFC 7692 7.1.2.1',
        message:
          'a message looks back 1200 bytes, and a window of 9 bits, which was agreed on, has 512',
      },
    ]);
    const client = { ...DEFLATE_DEFAULTS, clientMaxWindowBits: 10 };
    const masked = inspect(back(1_200, 15), { role: 'client', deflate: client }).frames[0];
    expect(masked?.problems.map(({ section }) => section)).toContain('RFC 7692 7.1.2.2');
  });

  test('is no problem of who does not', () => {
    expect(framesOf(back(1_200, 9), { deflate: agreed })[0]?.problems).toEqual([]);
    expect(framesOf(back(1_200, 15))[0]?.problems).toEqual([]);
  });
});

describe('our inflating beside that of zlib', () => {
  const empty = new Uint8Array(0);
  const ours = (payload: Uint8Array) => {
    const pieces: Uint8Array[] = [];
    const inflater = new MessageInflater(true, true);
    const result = inflater.inflate(payload, (piece) => pieces.push(piece.slice()), 1 << 20);
    return { problem: result.problem, hex: toHex(joinBytes(pieces)) };
  };
  const zlibs = (payload: Uint8Array) => {
    const stream = joinBytes([payload, hex('0000ffff010000ffff')]);
    try {
      return toHex(nodeCompression.inflate(stream, { dictionary: empty, maxLength: 1 << 20 }));
    } catch (error) {
      if (error instanceof InflateError) return null;
      throw error;
    }
  };
  const agree = (payload: Uint8Array) => {
    const [own, other] = [ours(payload), zlibs(payload)];
    if (other === null) expect(own.problem).not.toBeNull();
    else expect(own).toEqual({ problem: null, hex: other });
  };

  test('gives the same of any message, whatever its blocks', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 2_000 }),
      fc
        .array(fc.constantFrom('abc', 'abd', 'x', 'hello '), { maxLength: 900 })
        .map((w) => utf8(w.join(''))),
    );
    const level = fc.constantFrom(0, 1, 6, 9);
    const strategy = fc.constantFrom(0, 2, 3, 4);
    fc.assert(
      fc.property(bytes, level, strategy, (plain, level, strategy) => {
        const finishFlush = constants.Z_SYNC_FLUSH;
        agree(deflateRawSync(plain, { level, strategy, finishFlush }).subarray(0, -4));
      }),
      { numRuns: 300 },
    );
  });

  test('takes and refuses the same of any bytes', () => {
    const plain = utf8('abcabcabdabc '.repeat(60));
    const whole = deflateRawSync(plain, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, -4);
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 60 }), (bytes) => agree(bytes)),
      { numRuns: 1_000 },
    );
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, value) => {
        const bytes = new Uint8Array(whole);
        bytes[at] = value;
        agree(bytes);
      }),
      { numRuns: 1_000 },
    );
  });
});
