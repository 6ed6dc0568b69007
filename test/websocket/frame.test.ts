import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinBytes, toHex } from '../../src/bytes.js';
import {
  encodeFrame,
  extendedLengthBytes,
  type Frame,
  frameBytes,
  isControl,
  Opcode,
  opcodeName,
} from '../../src/websocket/frame.js';
import { asDecoded, framesFrom, written } from '../support/arbitraries.js';
import { hex, someBytes, utf8 } from '../support/bytes.js';
import { comparable, decode } from '../support/cuts.js';

const HELLO = utf8('Hello');
const KEY = 0x37fa213d;

describe('RFC 6455 5.7 examples, written', () => {
  test('an unmasked text message in one frame', () => {
    expect(encodeFrame(Opcode.text, HELLO)).toEqual(hex('81 05 48 65 6c 6c 6f'));
  });

  test('a masked text message in one frame', () => {
    expect(encodeFrame(Opcode.text, HELLO, { maskingKey: KEY })).toEqual(
      hex('81 85 37 fa 21 3d 7f 9f 4d 51 58'),
    );
  });

  test('an unmasked text message in two fragments', () => {
    expect(encodeFrame(Opcode.text, utf8('Hel'), { fin: false })).toEqual(hex('01 03 48 65 6c'));
    expect(encodeFrame(Opcode.continuation, utf8('lo'))).toEqual(hex('80 02 6c 6f'));
  });

  test('an unmasked ping, and its masked pong', () => {
    expect(encodeFrame(Opcode.ping, HELLO)).toEqual(hex('89 05 48 65 6c 6c 6f'));
    expect(encodeFrame(Opcode.pong, HELLO, { maskingKey: KEY })).toEqual(
      hex('8a 85 37 fa 21 3d 7f 9f 4d 51 58'),
    );
  });

  test('256 bytes of binary data in one frame', () => {
    const payload = someBytes(256);
    const expected = joinBytes([hex('82 7e 0100'), payload]);
    expect(encodeFrame(Opcode.binary, payload)).toEqual(expected);
  });

  test('64 KiB of binary data in one frame', () => {
    const payload = someBytes(65_536);
    const expected = joinBytes([hex('82 7f 0000000000010000'), payload]);
    expect(toHex(encodeFrame(Opcode.binary, payload))).toBe(toHex(expected));
  });
});

describe('RFC 6455 5.2 the length takes the minimal number of bytes', () => {
  test.each([
    [0, '82 00'],
    [125, '82 7d'],
    [126, '82 7e 007e'],
    [127, '82 7e 007f'],
    [65_535, '82 7e ffff'],
    [65_536, '82 7f 0000000000010000'],
  ])('a payload of %i bytes begins with %s', (length, header) => {
    const bytes = encodeFrame(Opcode.binary, new Uint8Array(length));
    expect(toHex(bytes.subarray(0, bytes.length - length))).toBe(toHex(hex(header)));
    expect(bytes.length).toBe(2 + extendedLengthBytes(length) + length);
  });
});

describe('RFC 6455 5.2 the first byte', () => {
  test.each([
    [{ fin: false }, '01'],
    [{ rsv1: true }, 'c1'],
    [{ rsv2: true }, 'a1'],
    [{ rsv3: true }, '91'],
  ])('text with %o begins with %s', (options, first) => {
    expect(toHex(encodeFrame(Opcode.text, utf8(''), options))).toBe(`${first}00`);
  });

  test('a masking key with its highest bit set is written as it is', () => {
    expect(encodeFrame(Opcode.text, hex('00 00 00 00 00'), { maskingKey: 0xfffefdfc })).toEqual(
      hex('81 85 fffefdfc fffefdfc ff'),
    );
  });

  test('a payload that is masked is copied, not changed', () => {
    const payload = utf8('Hello');
    encodeFrame(Opcode.text, payload, { maskingKey: KEY });
    expect(payload).toEqual(HELLO);
  });
});

describe('RFC 6455 5.5 control frames', () => {
  test('they are the opcodes with the highest bit set', () => {
    const control = Array.from({ length: 16 }, (_, opcode) => opcode).filter(isControl);
    expect(control).toEqual([0x8, 0x9, 0xa, 0xb, 0xc, 0xd, 0xe, 0xf]);
  });

  test('each opcode has a name, reserved ones too', () => {
    expect([0, 1, 2, 3, 8, 9, 10, 15].map(opcodeName)).toEqual([
      'continuation',
      'text',
      'binary',
      'reserved 0x3',
      'close',
      'ping',
      'pong',
      'reserved 0xf',
    ]);
  });
});

describe('any frames', () => {
  test.each(['client', 'server'] as const)(
    'of a %s, written then decoded, are the same',
    (from) => {
      fc.assert(
        fc.property(framesFrom(from), (frames) => {
          const expected = frames.map(asDecoded) as Frame[];
          expect(comparable(decode(from, [written(frames)]))).toEqual(
            comparable({ frames: expected, problem: null }),
          );
        }),
      );
    },
  );

  test.each(['client', 'server'] as const)('of a %s, decoded, give back their bytes', (from) => {
    fc.assert(
      fc.property(framesFrom(from), (frames) => {
        const bytes = written(frames);
        const decoded = decode(from, [bytes]).frames;
        expect(toHex(joinBytes(decoded.map(frameBytes)))).toBe(toHex(bytes));
      }),
    );
  });
});
