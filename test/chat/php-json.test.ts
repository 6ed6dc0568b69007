import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fromUtf8Lossy } from '../../src/bytes.js';
import { phpJsonDecode, phpJsonEncode } from '../../src/chat/php-json.js';
import { looselyEquals, type PhpValue, phpIndex, phpList } from '../../src/chat/php-values.js';
import { utf8 } from '../support/bytes.js';

const WORDS = ['login', 'logout', 'user'];

/** What record-php-json.php writes for a text. */
interface RecordedCase {
  /** Hex. */
  input: string;
  /** json_last_error_msg(), for reading only. */
  error?: string;
  encoded: string | false;
  /** The words that the value loosely equals, with spaces between. */
  equals: string;
  type: string | false;
  typeEquals: string;
  content: string | false;
  /** `['content' => $content, 'user_list' => [$content]]`; not there when the content is null. */
  listed?: string | false;
}

interface Recording {
  php: string;
  groups: { title: string; cases: RecordedCase[] }[];
}

const recording = JSON.parse(
  readFileSync(new URL('../recordings/php-json.json', import.meta.url), 'utf8'),
) as Recording;

function decode(text: string): PhpValue {
  return phpJsonDecode(utf8(text));
}

function encode(value: PhpValue): string | false {
  const bytes = phpJsonEncode(value);
  return bytes && fromUtf8Lossy(bytes);
}

/** What comes out of json_encode(json_decode($text, true)). */
function through(text: string): string | false {
  return encode(decode(text));
}

function probe(bytes: Uint8Array): Omit<RecordedCase, 'input' | 'error'> {
  const value = phpJsonDecode(bytes);
  const type = phpIndex(value, 'type');
  const content = phpIndex(value, 'content');
  const answer = new Map([
    ['content', content],
    ['user_list', phpList([content])],
  ]);
  return {
    encoded: encode(value),
    equals: equalWords(value),
    type: encode(type),
    typeEquals: equalWords(type),
    content: encode(content),
    ...(content !== null && { listed: encode(answer) }),
  };
}

function equalWords(value: PhpValue): string {
  return WORDS.filter((word) => looselyEquals(value, word)).join(' ');
}

describe(`what PHP ${recording.php} did, recorded`, () => {
  test('is from PHP 7.4, the last that the original runs on', () => {
    expect(recording.php).toMatch(/^7\.4\./);
  });

  test.each(recording.groups)('$title', ({ cases }) => {
    for (const { input, error: _, ...recorded } of cases) {
      const bytes = Buffer.from(input, 'hex');
      expect(probe(bytes), JSON.stringify(bytes.toString('latin1'))).toStrictEqual(recorded);
    }
  });
});

describe('json_decode', () => {
  test('gives null for anything that is not JSON, as for the text null', () => {
    for (const text of ['', 'hello world', '{"a":1,}', "{'a':1}", '[1', '01', '.5', 'null']) {
      expect(decode(text)).toBeNull();
    }
  });

  test('knows true, false and null in lower case only', () => {
    expect(decode('true')).toBe(true);
    expect(decode('TRUE')).toBeNull();
  });

  test('has 64-bit integers, and a float for all that is larger', () => {
    expect(decode('9223372036854775807')).toBe(2n ** 63n - 1n);
    expect(decode('9223372036854775808')).toBe(2 ** 63);
    expect(decode('-9223372036854775808')).toBe(-(2n ** 63n));
  });

  test('tells 1 from 1.0, and -0 from -0.0', () => {
    expect(decode('1')).toBe(1n);
    expect(decode('1.0')).toBe(1);
    expect(decode('-0')).toBe(0n);
    expect(decode('-0.0')).toBe(-0);
  });

  test('keeps the first place and the last value of a key that comes twice', () => {
    expect(through('{"a":1,"b":2,"a":3}')).toBe('{"a":3,"b":2}');
  });

  test('refuses bytes that are not UTF-8, half a surrogate pair, and a byte order mark', () => {
    expect(phpJsonDecode(Uint8Array.of(0x22, 0xc3, 0x28, 0x22))).toBeNull();
    expect(decode(String.raw`"\ud83d"`)).toBeNull();
    expect(decode('\ufeff{"a":1}')).toBeNull();
  });

  test('refuses control characters in a string, and a NUL behind the text', () => {
    expect(decode('"a\nb"')).toBeNull();
    expect(decode('1\0')).toBeNull();
    expect(decode(String.raw`"a\nb"`)).toBe('a\nb');
  });

  test('refuses the 512th nested array', () => {
    expect(decode('['.repeat(511) + ']'.repeat(511))).not.toBeNull();
    expect(decode('['.repeat(512) + ']'.repeat(512))).toBeNull();
  });
});

describe('json_encode', () => {
  test('writes ASCII only, and escapes the slash', () => {
    expect(encode('你/é')).toBe(String.raw`"\u4f60\/\u00e9"`);
    expect(encode('\u{1f600}')).toBe(String.raw`"\ud83d\ude00"`);
    expect(encode('\u0000\u000b\n\u007f')).toBe('"\\u0000\\u000b\\n\u007f"');
    expect(encode('<b>&\'"')).toBe(String.raw`"<b>&'\""`);
  });

  test('writes a float with the fewest digits, with an exponent below 0.0001 and from 1e17', () => {
    const floats = ['1.0', '-0.0', '1e16', '1e17', '1.5e300', '0.0001', '0.00001', '0.1'];
    const encoded = [
      '1',
      '-0',
      '10000000000000000',
      '1.0e+17',
      '1.5e+300',
      '0.0001',
      '1.0e-5',
      '0.1',
    ];
    expect(floats.map(through)).toStrictEqual(encoded);
  });

  test('makes a list of every array with the keys 0, 1, 2 in order, {} too', () => {
    expect(through('{}')).toBe('[]');
    expect(through('{"0":"a","1":"b"}')).toBe('["a","b"]');
    expect(through('{"1":"b","0":"a"}')).toBe('{"1":"b","0":"a"}');
  });

  test('fails as a whole when INF is anywhere inside', () => {
    expect(through('[1,{"a":1e999}]')).toBe(false);
  });

  test('fails on the 513th nested array, so the deepest content still fits into a user_list', () => {
    const nested = '['.repeat(510) + ']'.repeat(510);
    const content = phpIndex(decode(`{"content":${nested}}`), 'content');
    const userList = phpList([content]);
    expect(encode(phpList([userList]))).toBe(`[[${nested}]]`);
    expect(encode(phpList([phpList([userList])]))).toBe(false);
  });

  test('fails on a string that is not UTF-8', () => {
    expect(encode(phpIndex('é', 'type'))).toBe(false);
  });
});

describe("reading $value['type']", () => {
  test('is null where the key is missing, and on everything that has no keys', () => {
    for (const text of ['{"Type":1}', '["type"]', '5', '1.5', 'true', 'null']) {
      expect(phpIndex(decode(text), 'type')).toBeNull();
    }
  });

  test('is the first byte of a string, since PHP 7 takes the key for 0', () => {
    expect(phpIndex('login', 'type')).toBe('l');
    expect(phpIndex('', 'type')).toBe('');
    expect(phpIndex('你', 'type')).toBe('\udce4'); // the byte e4 alone
  });
});

describe("PHP 7's loose switch", () => {
  test('takes 0 and true for any word', () => {
    expect(WORDS.every((word) => looselyEquals(0n, word))).toBe(true);
    expect(WORDS.every((word) => looselyEquals(-0, word))).toBe(true);
    expect(WORDS.every((word) => looselyEquals(true, word))).toBe(true);
  });

  test('compares a string letter by letter, and takes nothing else', () => {
    expect(looselyEquals('login', 'login')).toBe(true);
    const others = ['', '0', 'Login', 'login ', null, false, 1n, 0.5, phpList(['login'])];
    expect(others.some((value) => looselyEquals(value, 'login'))).toBe(false);
  });
});
