import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ByteTools } from '../../src/bytes.js';
import { nodeBytes } from '../../src/net/node-bytes.js';
import { Utf8Checker } from '../../src/websocket/utf8.js';
import { offsets, text } from '../support/arbitraries.js';
import { hex, utf8 } from '../support/bytes.js';
import { byteByByte, cutAt, cutsInTwo } from '../support/cuts.js';

/** What a checker says of a text that comes in pieces: the same with Node's tools and without. */
function check(pieces: readonly Uint8Array[]): { bad: number; complete: boolean } {
  const said = checkWith(null, pieces);
  expect(checkWith(nodeBytes, pieces)).toEqual(said);
  return said;
}

function checkWith(
  tools: ByteTools | null,
  pieces: readonly Uint8Array[],
): { bad: number; complete: boolean } {
  const checker = new Utf8Checker(tools);
  for (const piece of pieces) {
    const bad = checker.push(piece);
    if (bad >= 0) return { bad, complete: false };
  }
  return { bad: -1, complete: checker.complete };
}

/** The same from the platform: the first byte at which a decoder that is fed single bytes throws. */
function checkByPlatform(bytes: Uint8Array): { bad: number; complete: boolean } {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for (const [i, byte] of bytes.entries()) {
    if (throws(() => decoder.decode(Uint8Array.of(byte), { stream: true }))) {
      return { bad: i, complete: false };
    }
  }
  return { bad: -1, complete: !throws(() => decoder.decode()) };
}

function throws(call: () => unknown): boolean {
  try {
    call();
    return false;
  } catch {
    return true;
  }
}

describe('RFC 3629 3: what is UTF-8', () => {
  test.each([
    ['nothing', ''],
    ['the lowest and the highest of one byte', '00 7f'],
    ['the lowest and the highest of two bytes', 'c280 dfbf'],
    ['the lowest and the highest of three bytes', 'e0a080 efbfbf'],
    ['the characters beside the surrogates', 'ed9fbf ee8080'],
    ['the lowest and the highest of four bytes', 'f0908080 f48fbfbf'],
    ['a byte order mark', 'efbbbf'],
  ])('%s: %s', (_, bytes) => {
    for (const pieces of cutsInTwo(hex(bytes))) {
      expect(check(pieces)).toEqual({ bad: -1, complete: true });
    }
  });
});

describe('RFC 3629 3 and 4: what is not, at the first byte where it cannot be any more', () => {
  test.each([
    ['a continuation byte alone', '80', 0],
    ['a continuation byte too many', '41 c3a9 bf', 3],
    ['c0: two bytes where one is enough', 'c080', 0],
    ['c1: two bytes where one is enough', 'c1bf', 0],
    ['e0 80: three bytes where two are enough', 'e08080', 1],
    ['e0 9f: three bytes where two are enough', 'e09fbf', 1],
    ['f0 80: four bytes where three are enough', 'f0808080', 1],
    ['f0 8f: four bytes where three are enough', 'f08fbfbf', 1],
    ['ed a0: the lowest surrogate', 'eda080', 1],
    ['ed bf: the highest surrogate', 'edbfbf', 1],
    ['f4 90: above U+10FFFF', 'f4908080', 1],
    ['f5: above U+10FFFF', 'f5808080', 0],
    ['f8, once five bytes', 'f888808080', 0],
    ['fe', 'fe', 0],
    ['ff', 'ff', 0],
    ['two bytes, the second missing', 'c328', 1],
    ['three bytes, the second missing', 'e228a1', 1],
    ['three bytes, the third missing', 'e28228', 2],
    ['four bytes, the fourth missing', 'f09f9828', 3],
    ['a character begun within a character', 'e282 c3a9', 2],
    ['good Greek, then a surrogate', 'cebae1bdb9cf83cebcceb5 eda080 656469746564', 12],
  ])('%s: %s is wrong at byte %i', (_, bytes, bad) => {
    for (const pieces of cutsInTwo(hex(bytes))) expect(check(pieces).bad).toBe(bad);
    expect(check(byteByByte(hex(bytes))).bad).toBe(bad);
  });

  test.each(['c3', 'e2', 'e282', 'f0', 'f09f', 'f09f98'])(
    'a text that ends with %s may still become right, but is not complete',
    (bytes) => {
      expect(check([utf8('a'), hex(bytes)])).toEqual({ bad: -1, complete: false });
    },
  );

  test('the narrow range behind e0 holds for one byte only', () => {
    expect(check([hex('e0a080 e18080')])).toEqual({ bad: -1, complete: true });
  });

  test('the position counts over all pieces', () => {
    const checker = new Utf8Checker();
    checker.push(utf8('Grü'));
    checker.push(utf8('ße'));
    expect(checker.position).toBe(7);
  });
});

describe('any bytes', () => {
  test('are judged as a fatal TextDecoder judges them, at the same byte, for any cut', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20 }), offsets, (bytes, cuts) => {
        expect(check(cutAt(bytes, cuts))).toEqual(checkByPlatform(bytes));
      }),
    );
  });

  test('and so is good text in which a byte or two were changed', () => {
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 2 });
    fc.assert(
      fc.property(text, changes, offsets, (text, changes, cuts) => {
        const bytes = utf8(text);
        for (const [at, value] of changes) if (bytes.length > 0) bytes[at % bytes.length] = value;
        expect(check(cutAt(bytes, cuts))).toEqual(checkByPlatform(bytes));
      }),
      { numRuns: 500 },
    );
  });

  test('and so is a long text, which Node looks at first, wherever it is cut or wrong', () => {
    const change = fc.option(fc.tuple(fc.nat(), fc.nat(255)));
    fc.assert(
      fc.property(text, change, offsets, (text, change, cuts) => {
        const bytes = utf8(`${text}é选😀`.repeat(10));
        if (change !== null) bytes[change[0] % bytes.length] = change[1];
        expect(check(cutAt(bytes, cuts))).toEqual(checkByPlatform(bytes));
      }),
      { numRuns: 50 },
    );
  });
});
