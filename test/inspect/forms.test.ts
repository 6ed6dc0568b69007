import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromHex, joinBytes, toHex, toUtf8 } from '../../src/bytes.js';
import { readBase64, readForm, readHex, textIn } from '../../src/inspect/forms.js';
import { FormError, streamsInFile } from '../../src/inspect/streams.js';
import { inspection } from '../../src/texts/inspection.en.js';
import { utf8 } from '../support/bytes.js';

/** One text frame without a mask, hello, in the forms in which people have it. */
const HELLO = '810568656c6c6f';

const FORMS: readonly (readonly [name: string, form: string, text: string])[] = [
  ['plain hex', 'hex', '81 05 68 65 6c 6c 6f\n'],
  ['xxd -p', 'hex', '810568656c6c6f\n'],
  ['hex with colons', 'hex', '81:05:68:65:6c:6c:6f'],
  ['hex with 0x', 'hex', '0x81 0x5 0x68 0x65 0x6c 0x6c 0x6f'],
  ['base64', 'base64', 'gQVoZWxsbw==\n'],
  ['a data: address', 'base64', 'data:application/octet-stream;base64,gQVoZWxsbw=='],
  ['od -Ax -tx1', 'dump', '000000 81 05 68 65 6c 6c 6f\n000007\n'],
  ['od -t x1', 'dump', '0000000 81 05 68 65 6c 6c 6f\n0000007\n'],
  ['hexdump', 'words', '0000000 0581 6568 6c6c 006f                    \n0000007\n'],
  ['od -x', 'words', '0000000 0581 6568 6c6c 006f\n0000007\n'],
  [
    'hexdump -C',
    'dump',
    '00000000  81 05 68 65 6c 6c 6f                              |..hello|\n00000007\n',
  ],
  ['xxd', 'dump', '00000000: 8105 6865 6c6c 6f                        ..hello\n'],
  [
    'xxd -b',
    'bits',
    '00000000: 10000001 00000101 01101000 01100101 01101100 01101100  ..hell\n00000006: 01101111                                               o\n',
  ],
  [
    'xxd -i',
    'numbers',
    'unsigned char hello_bin[] = {\n  0x81, 0x05, 0x68, 0x65, 0x6c, 0x6c, 0x6f\n};\nunsigned int hello_bin_len = 7;\n',
  ],
  ['xxd -i of its standard input', 'numbers', '  0x81, 0x05, 0x68, 0x65, 0x6c, 0x6c, 0x6f\n'],
  ['od -c', 'letters', '0000000 201 005   h   e   l   l   o\n0000007\n'],
  [
    'od -c of macOS',
    'letters',
    '0000000  201 005   h   e   l   l   o                            \n0000007\n',
  ],
  [
    'hexdump -c',
    'letters',
    '0000000 201 005   h   e   l   l   o                            \n0000007\n',
  ],
  ['Wireshark', 'dump', '0000   81 05 68 65 6c 6c 6f                              ..hello\n'],
  [
    'certutil',
    'dump',
    '  0000  81 05 68 65 6c 6c 6f                               ..hello\nCertUtil: -dump command completed successfully.\n',
  ],
  [
    'certutil -encodehex',
    'dump',
    '0000\t81 05 68 65 6c 6c 6f                               ..hello\r\n',
  ],
  [
    'Format-Hex of PowerShell 5',
    'dump',
    '\r\n\r\n           Path: C:\\Users\\Ada\\hello.bin\r\n\r\n           00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F\r\n\r\n00000000   81 05 68 65 6C 6C 6F                             .hello\r\n\r\n\r\n',
  ],
  [
    'Format-Hex of PowerShell 7',
    'dump',
    '\r\n   Label: Byte[] (System.Byte[]) <51F92C83>\r\n\r\n          Offset Bytes                                           Ascii\r\n                 00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F\r\n          ------ ----------------------------------------------- -----\r\n0000000000000000 81 05 68 65 6C 6C 6F                            \ufffd\u2022hello\r\n',
  ],
  [
    'an array of C',
    'numbers',
    'char peer0_0[] = { /* Packet 6 */\n0x81, 0x05, 0x68, 0x65, \n0x6c, 0x6c, 0x6f };\n',
  ],
  ['an array of characters', 'numbers', "{ 0x81, 5, 'h', 'e', 'l', 'l', 'o' }"],
  ['a buffer of Node', 'node', '<Buffer 81 05 68 65 6c 6c 6f>\n'],
  ['a buffer as JSON', 'json', '{"type":"Buffer","data":[129,5,104,101,108,108,111]}'],
  ['a list of numbers', 'numbers', '[129, 5, 104, 101, 108, 108, 111]'],
  ['a list without brackets', 'numbers', '129, 5, 104, 101, 108, 108, 111'],
  ['a Uint8Array of Node', 'numbers', 'Uint8Array(7) [\n  129, 5, 104, 101,\n  108, 108, 111\n]'],
  ['bytes of Java', 'numbers', '[-127, 5, 104, 101, 108, 108, 111]'],
  ['Python', 'python', "b'\\x81\\x05hello'\n"],
  ['a bytearray of Python', 'python', 'bytearray(b"\\x81\\x05hello")'],
  ['escapes', 'escapes', '\\x81\\x05hello'],
  ['escapes in quotes', 'escapes', '"\\x81\\x05" \\\n"hello"'],
  ['escapes of octal', 'escapes', '"\\201\\005hello";'],
  ['escapes of JSON', 'escapes', '"\\u0081\\u0005hello"'],
];

describe('a text frame', () => {
  test.each(FORMS)('is read out of %s', (_, form, text) => {
    const read = readForm(text);
    expect(read?.parts.map(({ bytes }) => toHex(bytes))).toEqual([HELLO]);
    expect(read?.form).toBe(form);
  });

  test.each(FORMS)('is read out of %s in UTF-16, and with a byte order mark', (_, form, text) => {
    const le = new Uint8Array(Uint16Array.from([...text], (c) => c.charCodeAt(0)).buffer);
    const be = le.map((_, i) => le[i ^ 1] as number);
    const bom = (mark: string, bytes: Uint8Array) =>
      joinBytes([fromHex(mark) as Uint8Array, bytes]);
    const files = [bom('fffe', le), bom('feff', be), bom('efbbbf', toUtf8(text))];
    if (/^[ -~\s]*$/.test(text)) files.push(le, be);
    for (const file of files) {
      const { streams, form: taken } = streamsInFile(file);
      expect(toHex(streams[0]?.bytes ?? new Uint8Array(0))).toBe(HELLO);
      expect(taken).toBe(form);
    }
  });
});

describe('what a form says', () => {
  const hexOf = (text: string) => readForm(text)?.parts.map(({ bytes }) => toHex(bytes));

  test('letters are letters in a string, though they look like hex', () => {
    expect(hexOf("b'\\x81\\x04beef'\n")).toEqual(['810462656566']);
    expect(hexOf('\\x81\\x04beef')).toEqual(['810462656566']);
    expect(hexOf('"\\x81\\x04be" "ef"')).toEqual(['810462656566']);
  });

  test('controls of a string are what the languages have them for', () => {
    expect(hexOf("b'\\n\\r\\t\\\\\\'\\x00'")).toEqual(['0a0d095c2700']);
    expect(hexOf('"\\u4f60\\u{1f642}\\0"')).toEqual(['e4bda0f09f998200']);
  });

  test('what looks like hex behind the bytes of a line is letters', () => {
    const letters = ['..abcdefabcdefab', 'cdef'];
    const bytes = ['8112 6162 6364 6566 6162 6364 6566 6162', '6364 6566'];
    const xxd = bytes.map((hex, i) => `000000${i}0: ${hex.padEnd(39)}  ${letters[i]}\n`).join('');
    expect(hexOf(xxd)).toEqual([bytes.join('').replaceAll(' ', '')]);
  });

  test('a star stands for lines that are the same', () => {
    const zeros = '00 '.repeat(16);
    expect(hexOf(`0000000 ${zeros}\n*\n0000060 81\n0000061\n`)).toEqual([`${'00'.repeat(48)}81`]);
    expect(hexOf(`00000000  ${zeros} |................|\n*\n00000040\n`)).toEqual([
      '00'.repeat(64),
    ]);
  });

  test('offsets are hex, octal or decimal, whichever fits all lines', () => {
    const row = '81 7e 00 10 68 65 6c 6c 6f 68 65 6c 6c 6f 68 65';
    for (const second of ['0000020', '0000010', '0000016']) {
      const hex = `${row.replaceAll(' ', '')}6c6c`;
      expect(hexOf(`0000000 ${row}\n${second} 6c 6c\n`)).toEqual([hex]);
    }
  });

  test('the two directions of a conversation come apart', () => {
    const text =
      'char peer0_0[] = { /* Packet 6 */\n0x81, 0x00 };\nchar peer1_0[] = { 0x8a, 0x00 };\nchar peer0_1[] = { 0x89, 0x00 };';
    expect(readForm(text)?.parts.map(({ name, bytes }) => `${name} ${toHex(bytes)}`)).toEqual([
      'peer0 81008900',
      'peer1 8a00',
    ]);
  });

  test('what whoever printed it left out is counted', () => {
    expect(readForm('<Buffer 81 05 ... 5 more bytes>')?.parts[0]?.missing).toBe(5);
    expect(readForm('Uint8Array(7) [ 129, 5, ... 5 more items ]')?.parts[0]?.missing).toBe(5);
    const { notes } = streamsInFile(utf8('<Buffer 81 05 ... 5 more bytes>'));
    expect(notes).toEqual(['Whoever printed this left out the last 5 bytes.']);
  });

  test('a head of HTTP has its ends of lines back', () => {
    const head = 'GET / HTTP/1.1\nHost: a\n\n';
    expect(readForm(head)).toMatchObject({ form: 'http' });
    expect(hexOf(head)).toEqual([toHex(utf8(head.replaceAll('\n', '\r\n')))]);
    expect(hexOf('GET / HTTP/1.1\r\nHost: a\n\r\n')).toEqual([
      toHex(utf8('GET / HTTP/1.1\r\nHost: a\n\r\n')),
    ]);
    expect(readForm('GET / HTTP/1.1\\r\\n\\r\\n')).toMatchObject({ form: 'escapes' });
  });
});

describe('a text in no form', () => {
  test.each([
    'hello world',
    'password',
    'The quick brown fox jumps over the lazy dog',
    'abc',
    '81 5 68',
    '201 005 150',
    '{"log":{"version":"1.2"}}',
    '[1, 2, 300]',
    '{"says":"h\\u00e9llo"}',
    'says h\\xe9llo',
    'C:\\temp\\new',
    '"hello\\n"',
    '[[129, 5], [104]]',
    "b'\\x81",
    '"\\x81\\q"',
    '<Buffer 81 0>',
    '00000000: 8105 6865\n00000008: 6c6c 6f\n',
    '0000000 81 05 68 65\n0000010 6c\n',
    '00000000  81 05\n    00000000  8a 00\n',
    'curl -i http://localhost:8080/',
    '你好',
  ])('is none: %s', (text) => {
    expect(readForm(text)).toBeNull();
    expect(() => streamsInFile(utf8(text))).toThrow(FormError);
  });

  test('frames are no text, and are taken as they are', () => {
    for (const hex of [HELLO, '890 0'.replace(' ', ''), '0105414243', '0a00']) {
      const bytes = fromHex(hex) as Uint8Array;
      expect(textIn(bytes)).toBeNull();
      expect(streamsInFile(bytes)).toMatchObject({ streams: [{ bytes }], notes: [] });
      expect(streamsInFile(bytes).form).toBeUndefined();
    }
  });

  test('no text is too odd to be looked at', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (text) => {
        const read = readForm(text);
        if (read !== null) expect(read.parts.length).toBeGreaterThan(0);
        readHex(text);
        readBase64(text);
      }),
    );
  });

  test('long texts are read as short ones are', () => {
    const bytes = new Uint8Array(300_000).fill(0x81);
    const escapes = '\\x81'.repeat(bytes.length);
    const list = Array.from(bytes).join(', ');
    for (const text of [
      toHex(bytes),
      `"${escapes}"`,
      escapes,
      `[${list}]`,
      list,
      `b'${escapes}'`,
    ]) {
      expect(readForm(text)?.parts[0]?.bytes.length).toBe(bytes.length);
    }
  });
});

test('the guide has a row for each form', () => {
  const guide = readFileSync(new URL('../../docs/inspector.md', import.meta.url), 'utf8');
  const names = new Set(FORMS.map(([, form]) => form)).add('http');
  for (const name of names) {
    const words = inspection[`form.${name}` as keyof typeof inspection].replace(/ \(.*/, '');
    expect(guide).toMatch(new RegExp(`^\\| ${words} +\\|`, 'm'));
  }
});
