import { describe, expect, test } from 'vitest';
import {
  encodeCommand,
  RespDecoder,
  RespError,
  RespFault,
  type RespLimits,
  type RespMessage,
  TooLong,
} from '../../src/broker/resp.js';
import { joinBytes } from '../../src/bytes.js';
import { utf8 } from '../support/bytes.js';
import { byteByByte, cutsInTwo } from '../support/cuts.js';

/** What a stream amounts to, and why it could be read no further. */
function decode(pieces: readonly Uint8Array[], limits?: RespLimits): (RespMessage | string)[] {
  const decoder = new RespDecoder(limits);
  const messages: (RespMessage | string)[] = [];
  try {
    for (const piece of pieces) {
      decoder.feed(piece);
      for (let one = decoder.next(); one !== null; one = decoder.next()) messages.push(one);
    }
  } catch (error) {
    if (!(error instanceof RespError)) throw error;
    messages.push(error.message);
  }
  return messages;
}

/** The same for every cut in two, byte by byte, and whole. */
function decodeEveryWay(text: string, limits?: RespLimits): (RespMessage | string)[] {
  const bytes = utf8(text);
  const whole = decode([bytes], limits);
  expect(decode(byteByByte(bytes), limits)).toEqual(whole);
  for (const pieces of cutsInTwo(bytes)) expect(decode(pieces, limits)).toEqual(whole);
  return whole;
}

const answer = (value: unknown): unknown => ({ kind: 'answer', value });

describe('commands', () => {
  test('are lists of texts with their lengths in bytes', () => {
    expect(encodeCommand('PUBLISH', 'room', '你好')).toEqual(
      utf8('*3\r\n$7\r\nPUBLISH\r\n$4\r\nroom\r\n$6\r\n你好\r\n'),
    );
  });

  test('are read back as such a list, an empty text too', () => {
    const read = decode([encodeCommand('SET', 'key', '', '\r\n')]);
    expect(read).toEqual([answer(['SET', 'key', '', '\r\n'].map(utf8))]);
  });
});

describe('answers, cut at each byte', () => {
  test.each([
    ['+OK\r\n', utf8('OK')],
    [':-12\r\n', -12],
    ['$-1\r\n', null],
    ['*-1\r\n', null],
    ['_\r\n', null],
    ['#t\r\n', 1],
    ['#f\r\n', 0],
    [',1.5\r\n', utf8('1.5')],
    ['$0\r\n\r\n', utf8('')],
    ['$6\r\n你好\r\n', utf8('你好')],
    ['=7\r\ntxt:a\r\n\r\n', utf8('txt:a\r\n')],
    ['-WRONGPASS no\r\n', new RespFault('WRONGPASS no')],
    ['!5\r\nERR a\r\n', new RespFault('ERR a')],
    ['*2\r\n:1\r\n*1\r\n_\r\n', [1, [null]]],
    ['~1\r\n$1\r\na\r\n', [utf8('a')]],
    ['%1\r\n$5\r\nproto\r\n:3\r\n', [utf8('proto'), 3]],
    ['*0\r\n', []],
  ])('%j', (text, value) => {
    expect(decodeEveryWay(text)).toEqual([answer(value)]);
  });

  test('and pushes between them keep their order', () => {
    expect(decodeEveryWay(':1\r\n>3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$2\r\nhi\r\n+OK\r\n')).toEqual([
      answer(1),
      { kind: 'push', value: ['message', 'c', 'hi'].map(utf8) },
      answer(utf8('OK')),
    ]);
  });
});

describe('what is too much, or no RESP', () => {
  test('a text that is too long is passed over, and what is behind it is read', () => {
    const limits = { maxText: 4 };
    expect(decodeEveryWay('$5\r\nabcde\r\n$4\r\nabcd\r\n', limits)).toEqual([
      answer(new TooLong(5)),
      answer(utf8('abcd')),
    ]);
  });

  test('of one answer no more is kept than its texts may have together', () => {
    expect(decodeEveryWay('*3\r\n$2\r\nab\r\n$3\r\ncde\r\n$1\r\nf\r\n', { maxTexts: 3 })).toEqual([
      answer([utf8('ab'), new TooLong(3), utf8('f')]),
    ]);
  });

  test('a text of a gigabyte takes no memory before it comes', () => {
    const decoder = new RespDecoder();
    decoder.feed(utf8('$1000000000\r\n'));
    const piece = new Uint8Array(65_536);
    for (let i = 0; i < 100; i++) {
      decoder.feed(piece);
      expect(decoder.next()).toBeNull();
    }
  });

  test.each([
    ['HTTP/1.1 400 Bad Request\r\n', /begins no answer/],
    ['*2\r\nx\r\n', /begins no answer/],
    ['$a\r\n', /has no number/],
    [':\r\n', /has no number/],
    ['$-2\r\n', /of -2 bytes/],
    ['*4\r\n', /more than 3 parts/],
    ['*-2\r\n', /more than 3 parts/],
    ['*2\r\n*2\r\n:1\r\n:1\r\n', /more than 3 parts/],
    ['%2\r\n:1\r\n:1\r\n:1\r\n:1\r\n', /more than 3 parts/],
    ['+OK\n', /without CR/],
    ['$1\r\nab\r\n', /longer than it said/],
  ])('%j ends it', (text, why) => {
    expect(decodeEveryWay(text, { maxParts: 3 }).at(-1)).toMatch(why);
  });

  test('answers within answers end it before they fill the stack', () => {
    expect(decode([utf8('*1\r\n'.repeat(1_000))]).at(-1)).toMatch(/more than/);
  });

  test('a line without an end does not grow', () => {
    const piece = utf8('+'.padEnd(1_000, 'a'));
    expect(decode(Array.from({ length: 10 }, () => piece)).at(-1)).toMatch(/longer than 4096/);
    expect(decode([joinBytes([piece, piece])])).toEqual([]);
  });
});
