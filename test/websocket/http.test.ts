import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinBytes } from '../../src/bytes.js';
import { type Head, HeadReader, HttpError } from '../../src/websocket/http.js';
import { offsets } from '../support/arbitraries.js';
import { hex, utf8 } from '../support/bytes.js';
import { byteByByte, cutAt, cutsInTwo } from '../support/cuts.js';

/** Feeds the pieces; what comes behind the head is its rest, whichever piece it was in. */
function read(pieces: readonly Uint8Array[], maxLength?: number): Head | HttpError | null {
  const reader = new HeadReader(maxLength);
  try {
    for (const [i, piece] of pieces.entries()) {
      const head = reader.feed(piece);
      if (head !== null) return { ...head, rest: joinBytes([head.rest, ...pieces.slice(i + 1)]) };
    }
    return null;
  } catch (error) {
    if (error instanceof HttpError) return error;
    throw error;
  }
}

/** The head of a text, which must be the same byte by byte. */
function readText(text: string): Head | HttpError | null {
  const bytes = utf8(text);
  const whole = read([bytes]);
  expect(read(byteByByte(bytes))).toEqual(whole);
  return whole;
}

function fieldsOf(text: string): Record<string, string> {
  const head = readText(`GET / HTTP/1.1\r\n${text}\r\n\r\n`);
  if (head === null || head instanceof HttpError) throw head ?? new Error('not whole');
  return Object.fromEntries(head.headers);
}

describe('RFC 9112 2.1 the head of a message', () => {
  test('is the first line and the fields up to the empty line', () => {
    expect(readText('GET /chat HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n\r\n')).toMatchObject({
      startLine: 'GET /chat HTTP/1.1',
      headers: new Map([
        ['host', 'a'],
        ['upgrade', 'websocket'],
      ]),
    });
  });

  test('may have no field', () => {
    expect(readText('GET / HTTP/1.1\r\n\r\n')).toMatchObject({ headers: new Map() });
  });

  test('is not whole before its empty line', () => {
    expect(readText('GET / HTTP/1.1\r\nHost: a\r\n')).toBeNull();
  });

  test('gives what is behind the empty line back, whatever it is', () => {
    const head = utf8('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    const rest = hex('81 85 37fa213d 7f9f4d5158 0d0a0d0a');
    for (const pieces of cutsInTwo(joinBytes([head, rest]))) {
      expect(read(pieces)).toMatchObject({ startLine: 'GET / HTTP/1.1', rest });
    }
  });

  test('counts what it took', () => {
    const reader = new HeadReader();
    reader.feed(utf8('GET'));
    reader.feed(utf8(' /'));
    expect(reader.length).toBe(5);
  });
});

describe('RFC 9112 5 and RFC 9110 5 fields', () => {
  test('a name is the same in any case, and its value is kept as it is', () => {
    expect(fieldsOf('hOsT: Example.COM')).toEqual({ host: 'Example.COM' });
  });

  test('spaces and tabs around a value are not part of it', () => {
    expect(fieldsOf('a:1\r\nb: \t 2 3\t \r\nc:')).toEqual({ a: '1', b: '2 3', c: '' });
  });

  test('a name that comes again adds to the value, and the head tells how often it came', () => {
    const head = readText('GET / HTTP/1.1\r\na: 1\r\nA: 2\r\nb: 3\r\na: 4\r\n\r\n');
    expect(head).toMatchObject({
      headers: new Map([
        ['a', '1, 2, 4'],
        ['b', '3'],
      ]),
      repeated: new Map([['a', 3]]),
    });
  });

  test('5.2: a line that begins with a space or a tab goes on with the value before', () => {
    expect(fieldsOf('a: 1\r\n  2\r\n\t3 \r\nb:\r\n 4\r\n \r\nc: 5')).toEqual({
      a: '1 2 3',
      b: '4',
      c: '5',
    });
  });

  test('only SP and HTAB are spaces: a byte a0 is part of a character', () => {
    expect(fieldsOf('a: x\r\n à')).toEqual({ a: 'x Ã\u00a0' });
  });

  test.each([
    ['a space before the colon', 'Host : a'],
    ['no colon', 'Host a'],
    ['no name', ': a'],
    ['a name with a bracket', 'Ho(st): a'],
    ['a first line that is folded', ' Host: a'],
    ['a CR within a value', 'Host: a\rb'],
    ['an LF within a value', 'Host: a\nEvil: b'],
    ['a NUL within a value', 'Host: a\0b'],
    ['a NUL within a folded line', 'Host: a\r\n b\0'],
    ['a byte 01 within a value', 'Host: a\u0001'],
    ['a byte 1f within a value', 'Host: \u001fa'],
    ['a byte 7f within a value', 'Host: a\u007fb'],
    ['a byte 1b within a folded line', 'Host: a\r\n \u001b[2J'],
  ])('%s is refused with 400', (_, line) => {
    expect(readText(`GET / HTTP/1.1\r\n${line}\r\n\r\n`)).toMatchObject({ status: 400 });
  });

  test('RFC 9110 5.5: HTAB and the bytes 80 to ff are legal in a value', () => {
    const value = Uint8Array.from({ length: 128 }, (_, i) => 0x80 + i);
    const bytes = joinBytes([utf8('GET / HTTP/1.1\r\na: b\tc'), value, utf8('\r\n\r\n')]);
    const text = String.fromCharCode(...value);
    expect(read([bytes])).toMatchObject({ headers: new Map([['a', `b\tc${text}`]]) });
    expect(read(byteByByte(bytes))).toEqual(read([bytes]));
  });

  test('a stray LF in the first line is refused with 400', () => {
    expect(readText('GET / HTTP/1.1\nHost: a\r\n\r\n')).toMatchObject({
      status: 400,
      message: 'a line ends with LF alone; HTTP ends its lines with CR LF',
    });
  });
});

describe('RFC 9112 2.2 an empty line in front of the first line', () => {
  test('is passed over, and is part of the length', () => {
    expect(readText('\r\nGET / HTTP/1.1\r\na: 1\r\n\r\n')).toEqual(
      readText('GET / HTTP/1.1\r\na: 1\r\n\r\n'),
    );
    expect(read([utf8('\r\nGET / HTTP/1.1\r\n\r\n')], 19)).toBeInstanceOf(HttpError);
    expect(read([utf8('\r\nGET / HTTP/1.1\r\n\r\n')], 20)).toMatchObject({ headers: new Map() });
  });
});

describe('lines that end with LF alone', () => {
  test('are refused at once: the empty line would be waited for in vain', () => {
    expect(readText('GET / HTTP/1.1\nHost: a\n\n')).toMatchObject({ status: 400 });
  });

  test('behind the head they are bytes like any other', () => {
    const bytes = utf8('GET / HTTP/1.1\r\n\r\n\n\n');
    expect(read([bytes])).toMatchObject({ rest: hex('0a0a') });
    expect(read(byteByByte(bytes))).toEqual(read([bytes]));
  });
});

describe('what is no HTTP is refused by its first byte', () => {
  test.each([
    ['a TLS hello', '16', 'the first byte 0x16 begins no HTTP (it looks like TLS'],
    ['a WebSocket frame', '81', 'the first byte 0x81 begins no HTTP'],
    ['a NUL', '00', 'the first byte 0x00 begins no HTTP'],
    ['a CR alone', '0d 47', 'the first byte 0x0d begins no HTTP'],
    ['a second empty line', '0d0a 0d', 'the first byte 0x0d begins no HTTP'],
    ['an empty line that is LF alone', '0a', 'the first byte 0x0a begins no HTTP'],
  ])('%s', (_, byte, reason) => {
    const error = read([hex(byte)]);
    expect(read(byteByByte(hex(byte)))).toEqual(error);
    expect(error).toMatchObject({ status: 400 });
    expect((error as HttpError).message).toContain(reason);
  });
});

describe('RFC 6585 5 a head that is too long', () => {
  /** A head of exactly so many bytes, its empty line included. */
  function headOf(length: number): Uint8Array {
    const [start, end] = ['GET / HTTP/1.1\r\nPadding: ', '\r\n\r\n'];
    return utf8(start + 'x'.repeat(length - start.length - end.length) + end);
  }

  test('16,384 bytes are taken, however much comes behind', () => {
    const bytes = joinBytes([headOf(16_384), new Uint8Array(10)]);
    for (const pieces of [[bytes], cutAt(bytes, [5, 1_000, 16_380, 16_383, 16_390])]) {
      expect(read(pieces)).toMatchObject({ startLine: 'GET / HTTP/1.1', rest: new Uint8Array(10) });
    }
  });

  test('16,385 bytes are refused with 431, whole or in pieces', () => {
    for (const pieces of [[headOf(16_385)], cutAt(headOf(16_385), [1, 16_000, 16_384])]) {
      expect(read(pieces)).toMatchObject({
        status: 431,
        message: 'the head is longer than 16384 bytes',
      });
    }
  });

  test('one without an end is refused as soon as it cannot fit', () => {
    const reader = new HeadReader(20);
    expect(reader.feed(utf8('GET / HTTP/1.1\r\nabcd'))).toBeNull();
    expect(() => reader.feed(utf8('e'))).toThrow(HttpError);
  });
});

describe('any head', () => {
  const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,12}$/);
  const value = fc.string({ maxLength: 20 });
  const line = fc.oneof(
    fc.tuple(name, value).map(([name, value]) => `${name}: ${value}`),
    value.map((value) => ` ${value}`),
    value,
  );

  test('is read the same for any cut, right or wrong, with bytes behind it', () => {
    fc.assert(
      fc.property(
        fc.array(line),
        fc.uint8Array({ maxLength: 20 }),
        offsets,
        (lines, rest, cuts) => {
          const head = utf8(['GET / HTTP/1.1', ...lines, '', ''].join('\r\n'));
          const bytes = joinBytes([head, rest]);
          expect(read(cutAt(bytes, cuts))).toEqual(read([bytes]));
        },
      ),
    );
  });
});
