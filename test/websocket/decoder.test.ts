import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinBytes, toHex } from '../../src/bytes.js';
import { FrameDecoder } from '../../src/websocket/decoder.js';
import { encodeFrame, Opcode, type Role } from '../../src/websocket/frame.js';
import { type Problem, type ProblemCode, ProtocolError } from '../../src/websocket/problem.js';
import { almostFrames, offsets } from '../support/arbitraries.js';
import { hex, someBytes, utf8 } from '../support/bytes.js';
import { comparable, cutAt, cutsInTwo, decode, decodeEveryWay } from '../support/cuts.js';

/** The problem of a stream, however it is cut. */
function problemOf(
  from: Role,
  bytes: string,
  options?: { maxMessageLength?: number },
): Problem | null {
  return decodeEveryWay(from, hex(bytes), options).problem;
}

/** How many bytes of a stream a decoder takes, one at a time, before it sees the problem. */
function bytesUntilProblem(from: Role, bytes: Uint8Array): number {
  const decoder = new FrameDecoder(from);
  return bytes.findIndex((byte) => {
    decoder.feed(Uint8Array.of(byte));
    return decoder.problem !== null;
  });
}

const HELLO = utf8('Hello');

describe('RFC 6455 5.7 examples, read', () => {
  test('an unmasked text message in one frame', () => {
    expect(decodeEveryWay('server', hex('81 05 48 65 6c 6c 6f'))).toMatchObject({
      frames: [{ fin: true, opcode: Opcode.text, masked: false, maskingKey: null, payload: HELLO }],
      problem: null,
    });
  });

  test('a masked text message in one frame', () => {
    const bytes = hex('81 85 37 fa 21 3d 7f 9f 4d 51 58');
    expect(decodeEveryWay('client', bytes)).toMatchObject({
      frames: [{ opcode: Opcode.text, masked: true, maskingKey: 0x37fa213d, payload: HELLO }],
      problem: null,
    });
  });

  test('an unmasked text message in two fragments', () => {
    expect(decodeEveryWay('server', hex('01 03 48 65 6c  80 02 6c 6f'))).toMatchObject({
      frames: [
        { fin: false, opcode: Opcode.text, payload: utf8('Hel') },
        { fin: true, opcode: Opcode.continuation, payload: utf8('lo') },
      ],
      problem: null,
    });
  });

  test('an unmasked ping, and its masked pong', () => {
    expect(decodeEveryWay('server', hex('89 05 48 65 6c 6c 6f')).frames).toMatchObject([
      { fin: true, opcode: Opcode.ping, payload: HELLO },
    ]);
    const pong = hex('8a 85 37 fa 21 3d 7f 9f 4d 51 58');
    expect(decodeEveryWay('client', pong).frames).toMatchObject([
      { fin: true, opcode: Opcode.pong, payload: HELLO },
    ]);
  });

  test('256 bytes of binary data in one frame', () => {
    const payload = someBytes(256);
    const { frames } = decodeEveryWay('server', joinBytes([hex('82 7e 0100'), payload]));
    expect(frames).toMatchObject([{ opcode: Opcode.binary, payloadLength: 256, payload }]);
  });

  test('64 KiB of binary data in one frame', () => {
    const payload = someBytes(65_536);
    const bytes = joinBytes([hex('82 7f 0000000000010000'), payload]);
    const [frame] = decodeEveryWay('server', bytes).frames;
    expect(frame?.payloadLength).toBe(65_536);
    expect(toHex(frame?.payload ?? HELLO)).toBe(toHex(payload));
  });
});

describe('RFC 6455 5.2 payload length', () => {
  test.each([0, 125, 126, 127, 65_535, 65_536])('%i bytes, from either role', (length) => {
    const payload = someBytes(length);
    for (const [from, maskingKey] of [
      ['server', null],
      ['client', 0xa1b2c3d4],
    ] as const) {
      const { frames } = decodeEveryWay(from, encodeFrame(Opcode.binary, payload, { maskingKey }));
      expect(frames.map((frame) => toHex(frame.payload))).toEqual([toHex(payload)]);
    }
  });

  test('300,000 bytes that come in small pieces, for which room is made several times', () => {
    const payload = someBytes(300_000);
    const bytes = encodeFrame(Opcode.binary, payload, { maskingKey: 0xa1b2c3d4 });
    const pieces = cutAt(
      bytes,
      Array.from({ length: 300 }, (_, i) => i * 1_001),
    );
    const [frame] = decode('client', pieces).frames;
    expect(toHex(frame?.payload ?? HELLO)).toBe(toHex(payload));
  });

  test('a claim of 1 GiB is waited for, without room for 1 GiB', () => {
    const decoder = new FrameDecoder('server');
    const before = process.memoryUsage().arrayBuffers;
    expect(decoder.feed(hex('82 7f 0000000040000000 010203'))).toEqual([]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1 << 24);
    expect(decoder.problem).toBeNull();
    expect(decoder.midMessage).toBe(true);
  });

  test('a length above 2^53 is too big for any limit', () => {
    const limit = { maxMessageLength: Number.MAX_SAFE_INTEGER };
    expect(problemOf('server', '82 7f 0020000000000000', limit)).toMatchObject({
      code: 'message-too-big',
      closeCode: 1009,
    });
    expect(problemOf('server', '82 7f 001fffffffffffff', limit)).toBeNull();
  });
});

/** Each rule that a frame can break, the shortest stream that breaks it, and what is said of it. */
const BROKEN: Record<
  Exclude<ProblemCode, 'bad-deflate' | 'too-many-fragments' | 'data-after-close' | 'second-close'>,
  [Role, string, number, string, string]
> = {
  'reserved-bits': [
    'server',
    'd1',
    1002,
    '5.2',
    'RSV1 and RSV3 set, to which no extension gives a meaning',
  ],
  'reserved-opcode': ['server', '83', 1002, '5.2', 'opcode 0x3 is reserved'],
  'length-not-shortest': ['server', '81 7e 0028', 1002, '5.2', 'length 40 written in 16 bits'],
  'length-too-long': [
    'server',
    '82 7f 80000000',
    1002,
    '5.2',
    'a 64-bit length with its highest bit set',
  ],
  'unmasked-client-frame': [
    'client',
    '81 05',
    1002,
    '5.1',
    'a frame from the client that is not masked',
  ],
  'masked-server-frame': ['server', '81 85', 1002, '5.1', 'a frame from the server that is masked'],
  'nothing-to-continue': [
    'server',
    '80',
    1002,
    '5.4',
    'a continuation frame, but no message was begun',
  ],
  'message-not-finished': [
    'server',
    '01 00 81',
    1002,
    '5.4',
    'a new message before the fragmented one had ended',
  ],
  'control-fragmented': ['server', '09', 1002, '5.5', 'a control frame without FIN'],
  'control-too-long': [
    'server',
    '89 7e',
    1002,
    '5.5',
    'a control frame with a payload of more than 125 bytes',
  ],
  'bad-close-code': [
    'server',
    '88 02 03ed',
    1002,
    '7.4',
    'close code 1005 (no status received) may not stand in a Close frame',
  ],
  'bad-utf8': ['server', '81 01 ff', 1007, '8.1', 'the text is not UTF-8 at byte 0'],
  'message-too-big': [
    'server',
    '82 7f 0000000000100001',
    1009,
    '7.4.1',
    'a message of 1048577 bytes or more; the limit is 1048576',
  ],
};

describe('RFC 6455 7.1.7 what fails the connection', () => {
  test.each(Object.entries(BROKEN))('%s', (code, [from, bytes, closeCode, section, message]) => {
    const problem = problemOf(from, bytes, { maxMessageLength: 1 << 20 });
    expect(problem).toBeInstanceOf(ProtocolError);
    expect(problem).toMatchObject({
      code,
      closeCode,
      section,
      message: `${closeCode}: ${message} (RFC 6455 ${section})`,
    });
  });

  test('the frames before the problem are given, nothing behind it is', () => {
    const { frames, problem } = decodeEveryWay('server', hex('89 00  83 00  8a 00'));
    expect(frames.map((frame) => frame.opcode)).toEqual([Opcode.ping]);
    expect(problem?.code).toBe('reserved-opcode');
  });

  test('after a problem a decoder takes nothing any more', () => {
    const decoder = new FrameDecoder('server');
    decoder.feed(hex('83'));
    expect(decoder.feed(hex('89 00'))).toEqual([]);
    expect(decoder.problem?.code).toBe('reserved-opcode');
  });
});

describe('RFC 6455 5.2 reserved bits and opcodes', () => {
  test.each([
    ['c1', 'RSV1'],
    ['a1', 'RSV2'],
    ['91', 'RSV3'],
    ['c9', 'RSV1'],
  ])('%s is refused for %s', (first, bit) => {
    const problem = problemOf('server', first);
    expect(problem?.code).toBe('reserved-bits');
    expect(problem?.message).toContain(`${bit} set`);
  });

  test.each(['83', '84', '85', '86', '87', '8b', '8c', '8d', '8e', '8f'])(
    'the opcode of %s is refused by its first byte',
    (first) => expect(problemOf('server', first)?.code).toBe('reserved-opcode'),
  );
});

describe('RFC 6455 5.2 the length is in its shortest form', () => {
  test.each([
    ['0 in 16 bits', '82 7e 0000'],
    ['125 in 16 bits', '82 7e 007d'],
    ['0 in 64 bits', '82 7f 0000000000000000'],
    ['125 in 64 bits', '82 7f 000000000000007d'],
    ['126 in 64 bits', '82 7f 000000000000007e'],
    ['65,535 in 64 bits', '82 7f 000000000000ffff'],
  ])('%s is refused before the payload', (_, bytes) => {
    expect(problemOf('server', bytes)).toMatchObject({
      code: 'length-not-shortest',
      section: '5.2',
    });
  });
});

describe('RFC 6455 5.4 fragments', () => {
  test('control frames may come between them, and do not join them', () => {
    const bytes = hex('01 01 61  89 01 70  00 01 62  8a 00  80 01 63');
    const { frames, problem } = decodeEveryWay('server', bytes);
    expect(problem).toBeNull();
    expect(frames.map((frame) => [frame.opcode, toHex(frame.payload)])).toEqual([
      [Opcode.text, '61'],
      [Opcode.ping, '70'],
      [Opcode.continuation, '62'],
      [Opcode.pong, ''],
      [Opcode.continuation, '63'],
    ]);
  });

  test('they may be empty, the first and the last too', () => {
    expect(decodeEveryWay('server', hex('01 00  00 00  80 00')).frames).toHaveLength(3);
  });

  test('behind the last one a continuation has nothing to continue', () => {
    expect(problemOf('server', '01 00 80 00 80')?.code).toBe('nothing-to-continue');
  });

  test('a stream ends cleanly only between messages', () => {
    const decoder = new FrameDecoder('server');
    expect(decoder.midMessage).toBe(false);
    for (const [bytes, midMessage] of [
      ['01', true],
      ['01', true],
      ['61', true],
      ['8900', true],
      ['8000', false],
    ] as const) {
      decoder.feed(hex(bytes));
      expect(decoder.midMessage, bytes).toBe(midMessage);
    }
  });
});

describe('RFC 6455 5.5 control frames', () => {
  test('a ping of 125 bytes is taken', () => {
    const bytes = encodeFrame(Opcode.ping, someBytes(125));
    expect(decodeEveryWay('server', bytes)).toMatchObject({ frames: [{ payloadLength: 125 }] });
  });

  test.each(['88', '89', '8a'])(
    '%s with more than 125 bytes is refused by its second byte',
    (first) => {
      expect(problemOf('server', `${first} 7e`)?.code).toBe('control-too-long');
      expect(problemOf('client', `${first} ff`)?.code).toBe('control-too-long');
    },
  );

  test.each(['08', '09', '0a'])('%s, without FIN, is refused by its first byte', (first) => {
    expect(problemOf('server', first)?.code).toBe('control-fragmented');
  });

  test('they do not count for the longest message', () => {
    const ping = toHex(encodeFrame(Opcode.ping, someBytes(125)));
    expect(
      problemOf('server', `02 02 0102 ${ping} 80 02 0304`, { maxMessageLength: 4 }),
    ).toBeNull();
  });
});

describe('RFC 6455 5.5.1 Close payloads', () => {
  test.each([
    ['', null, null],
    ['03', 1002, '5.5.1'],
    ['03e8', null, null],
    ['03e8 ff', 1007, '8.1'],
    ['03e8 e282', 1007, '8.1'],
    ['03ec', 1002, '7.4'],
  ])('%s: close code %s, section %s', (payload, closeCode, section) => {
    const bytes = toHex(encodeFrame(Opcode.close, hex(payload), { maskingKey: 0x05060708 }));
    const problem = problemOf('client', bytes);
    expect(problem && [problem.closeCode, problem.section]).toEqual(
      closeCode === null ? null : [closeCode, section],
    );
  });
});

describe('RFC 6455 8.1 text is UTF-8', () => {
  test('a character cut at any byte of any fragment is whole again', () => {
    for (const pieces of cutsInTwo(utf8('é€😀'))) {
      const [first, last] = pieces;
      const bytes = joinBytes([
        encodeFrame(Opcode.text, first, { fin: false, maskingKey: 0x01020304 }),
        encodeFrame(Opcode.ping, hex('ff'), { maskingKey: 0 }),
        encodeFrame(Opcode.continuation, last, { maskingKey: 0x05060708 }),
      ]);
      expect(decodeEveryWay('client', bytes).problem).toBeNull();
    }
  });

  test('a wrong byte is found at that byte, long before its frame ends', () => {
    const header = hex('81 7f 0000000000100000');
    const bytes = joinBytes([header, utf8('Grüße '), hex('eda080'), utf8('more')]);
    expect(bytesUntilProblem('server', bytes)).toBe(header.length + 8 + 1);
    expect(decode('server', [bytes]).problem?.message).toBe(
      '1007: the text is not UTF-8 at byte 9 (RFC 6455 8.1)',
    );
  });

  test('its position counts over the fragments of the message, and not over control frames', () => {
    const bytes = '01 02 61c3  89 01 ff  00 01 a9  80 03 62ff63';
    expect(problemOf('server', bytes)?.message).toContain('at byte 4');
    expect(bytesUntilProblem('server', hex(bytes))).toBe(13);
  });

  test('a fragment that goes on wrongly behind a cut character is found at its first byte', () => {
    expect(problemOf('server', '01 02 e282  80 01 28')?.message).toContain('at byte 2');
  });

  test('a message that ends within a character is found at its end', () => {
    const message = '1007: the text ends within a UTF-8 character, at byte 2 (RFC 6455 8.1)';
    expect(problemOf('server', '81 02 e282')?.message).toBe(message);
    expect(problemOf('server', '01 02 e282 80 00')?.message).toBe(message);
  });

  test('the next message starts at byte 0 again', () => {
    expect(problemOf('server', '81 03 616263  81 02 61ff')?.message).toContain('at byte 1');
  });

  test('binary data may be any bytes', () => {
    expect(problemOf('server', '02 02 ffff  80 02 c080  82 01 ff')).toBeNull();
  });
});

describe('RFC 6455 10.4 the longest message', () => {
  const limit = { maxMessageLength: 10 };

  test('is taken at the limit', () => {
    expect(problemOf('server', '82 0a 00010203040506070809', limit)).toBeNull();
  });

  test('is refused one byte above it, by its header', () => {
    expect(problemOf('client', '82 8b', limit)).toMatchObject({
      closeCode: 1009,
      section: '7.4.1',
    });
  });

  test('counts over fragments', () => {
    expect(problemOf('server', '02 06 000102030405  80 05', limit)?.code).toBe('message-too-big');
  });
});

describe('any bytes at all', () => {
  test.each(['client', 'server'] as const)(
    'from a %s never make the decoder throw, and any two cuts give the same',
    (from) => {
      const limit = { maxMessageLength: 70_000 };
      const streams = fc.oneof(fc.uint8Array({ maxLength: 64 }), almostFrames(from));
      fc.assert(
        fc.property(streams, offsets, offsets, (bytes, one, other) => {
          expect(comparable(decode(from, cutAt(bytes, one), limit))).toEqual(
            comparable(decode(from, cutAt(bytes, other), limit)),
          );
        }),
        { numRuns: 300 },
      );
    },
  );
});
