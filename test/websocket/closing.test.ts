import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  closeCodeName,
  closeProblem,
  decodeClose,
  encodeClose,
  isCloseCodeOnWire,
} from '../../src/websocket/closing.js';
import { text } from '../support/arbitraries.js';
import { hex, utf8 } from '../support/bytes.js';

function payloadOf(code: number): Uint8Array {
  return Uint8Array.of(code >> 8, code);
}

describe('RFC 6455 7.4 the codes that a Close frame may carry', () => {
  test.each([1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999])(
    '%i may',
    (code) => {
      expect(isCloseCodeOnWire(code)).toBe(true);
      expect(closeProblem(payloadOf(code))).toBeNull();
    },
  );

  test.each([1012, 1013, 1014])('%i may: the registry of IANA has it since', (code) => {
    expect(isCloseCodeOnWire(code)).toBe(true);
    expect(closeProblem(payloadOf(code))).toBeNull();
  });

  test.each([
    [0, '7.4.2: 0 to 999 are not used'],
    [999, '7.4.2: 0 to 999 are not used'],
    [1004, 'reserved'],
    [1005, 'for no code at all'],
    [1006, 'for a connection that broke'],
    [1015, 'for a failed TLS handshake'],
    [1016, '7.4.2: for later versions of the protocol'],
    [2999, '7.4.2: for later versions of the protocol'],
    [5000, 'beyond private use'],
    [65_535, 'beyond private use'],
  ])('%i may not: %s', (code) => {
    expect(isCloseCodeOnWire(code)).toBe(false);
    expect(closeProblem(payloadOf(code))).toMatchObject({
      code: 'bad-close-code',
      closeCode: 1002,
      section: '7.4',
    });
  });

  test.each([1000.5, Number.NaN, -1, 0x1_03e8])('%d is no code of 16 bits', (code) => {
    expect(isCloseCodeOnWire(code)).toBe(false);
    expect(() => encodeClose(code)).toThrow(RangeError);
  });

  test('each code has a name, or the name of its range', () => {
    expect([1000, 1006, 1011, 1014, 3000, 4999, 2000].map(closeCodeName)).toEqual([
      'normal closure',
      'abnormal closure',
      'internal error',
      'bad gateway',
      'registered for a library or framework',
      'private use',
      'not defined',
    ]);
  });
});

describe('RFC 6455 5.5.1 a Close payload, read', () => {
  test('an empty one is right and says 1005', () => {
    expect(closeProblem(hex(''))).toBeNull();
    expect(decodeClose(hex(''))).toEqual({ code: 1005, reason: '' });
  });

  test('one byte is too short for a code', () => {
    expect(closeProblem(hex('03'))).toEqual({
      code: 'bad-close-code',
      closeCode: 1002,
      section: '5.5.1',
      message: 'a Close payload of 1 byte, too short for a code',
      values: {},
      text: 'bad-close-code.cut',
    });
  });

  test('the code is two bytes, the higher first, and the reason is behind it', () => {
    expect(decodeClose(hex('03e8 627965'))).toEqual({ code: 1000, reason: 'bye' });
  });

  test('a reason that is not UTF-8 is named with its first wrong byte', () => {
    expect(closeProblem(hex('03e8 6279ff'))).toEqual({
      code: 'bad-utf8',
      closeCode: 1007,
      section: '8.1',
      message: 'the close reason is not UTF-8 at byte 2',
      values: { at: 2 },
      text: 'bad-utf8.reason',
    });
  });

  test('a reason may not end within a character', () => {
    expect(closeProblem(hex('03e8 61e282'))).toMatchObject({
      closeCode: 1007,
      message: 'the close reason ends within a UTF-8 character, at byte 3',
    });
  });

  test('a wrong code is told before a wrong reason', () => {
    expect(closeProblem(hex('03ed ff'))?.code).toBe('bad-close-code');
  });

  test('a byte order mark in the reason is kept', () => {
    expect(decodeClose(hex('03e8 efbbbf61')).reason).toBe('\ufeffa');
  });
});

describe('RFC 6455 5.5.1 a Close payload, written', () => {
  test('code and reason', () => {
    expect(encodeClose(1001, 'bye')).toEqual(hex('03e9 627965'));
    expect(encodeClose(1000)).toEqual(hex('03e8'));
  });

  test('1005 is not written: the payload is empty', () => {
    expect(encodeClose(1005)).toEqual(hex(''));
  });

  test.each([1004, 1006, 1015, 999, 5000])('%i throws', (code) => {
    expect(() => encodeClose(code)).toThrow(`close code ${code} `);
  });

  test('a reason of 123 bytes is the longest (5.5: a control frame has at most 125)', () => {
    expect(encodeClose(1000, 'x'.repeat(123))).toHaveLength(125);
    expect(encodeClose(1000, 'x'.repeat(124))).toEqual(encodeClose(1000, 'x'.repeat(123)));
  });

  test.each([
    ['two bytes', 'é', 122],
    ['three bytes', '€', 121],
    ['four bytes', '😀', 120],
  ])('a character of %s that does not fit is left out whole', (_, character, fitting) => {
    const kept = 'x'.repeat(fitting);
    expect(encodeClose(1000, kept + character)).toEqual(encodeClose(1000, kept));
    const fits = kept.slice(1) + character;
    expect(decodeClose(encodeClose(1000, fits)).reason).toBe(fits);
  });

  test('any reason is cut so that nothing is wrong with the payload', () => {
    const reason = fc
      .tuple(text, fc.integer({ min: 0, max: 130 }))
      .map(([t, n]) => 'x'.repeat(n) + t);
    fc.assert(
      fc.property(reason, (reason) => {
        const payload = encodeClose(1000, reason);
        expect(closeProblem(payload)).toBeNull();
        expect(reason.startsWith(decodeClose(payload).reason)).toBe(true);
        expect(payload.length).toBeLessThanOrEqual(125);
        expect(payload.length).toBeGreaterThanOrEqual(Math.min(2 + utf8(reason).length, 122));
      }),
    );
  });
});
