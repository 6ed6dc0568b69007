import { describe, expect, test } from 'vitest';
import { countCharacters, quoted } from '../../src/inspect/characters.js';
import { inspect } from '../../src/inspect/inspect.js';
import { type Span, withParts } from '../../src/inspect/inspection.js';
import { hex } from '../support/bytes.js';

describe('parts that are made when they are read', () => {
  const bits = [{ name: 'FIN', mask: 0b1000_0000, value: 1 }];
  const plain = { field: 'f', start: 0, end: 1, bits, meaning: 'A byte.', section: '5.2' };
  const part: Span = { field: 'part', start: 0, end: 1, meaning: 'A part.', section: '5.3' };

  test('are made once, and not before', () => {
    let made = 0;
    const span = withParts(plain, () => {
      made++;
      return [part];
    });
    expect(span.field).toBe('f');
    expect(made).toBe(0);
    expect(span.parts).toBe(span.parts);
    expect(made).toBe(1);
  });

  test('are each span’s own', () => {
    const spans = [[part], []].map((parts) => withParts(plain, () => parts));
    expect(spans.map(({ parts }) => parts)).toEqual([[part], []]);
  });

  test('go with a copy, a clone and JSON, in one order of fields', () => {
    const span = withParts(plain, () => [part]);
    const written = JSON.stringify({ ...plain, parts: [part] });
    expect(JSON.stringify(span)).toBe(written);
    expect(JSON.stringify({ ...span })).toBe(written);
    expect(JSON.stringify(structuredClone(span))).toBe(written);
  });

  test('leave a span without bits without them', () => {
    const spans = inspect(hex('81 85 37fa213d 7f9f4d5158')).frames[0]?.spans ?? [];
    const fields = ['field', 'start', 'end', 'meaning', 'section'];
    expect(Object.keys(spans.at(-1) ?? {})).toEqual([...fields, 'parts']);
  });
});

describe('a text as it is shown', () => {
  test.each([
    ['', '""'],
    ['{"a":"\\"}', '"{\\"a\\":\\"\\\\\\"}"'],
    ['a\t"\\', '"a\\u{9}\\"\\\\"'],
    ['\u007f\u2028\u{e0001}', '"\\u{7f}\\u{2028}\\u{e0001}"'],
    ['\ud800"', '"\\u{d800}\\""'],
    ['好😀', '"好😀"'],
  ])('%j has its quotes, backslashes and hidden characters escaped', (text, shown) => {
    expect(quoted(text)).toBe(shown);
  });

  test('is cut at whole characters', () => {
    expect(quoted('😀"😀', 2)).toBe('"😀\\"…"');
    expect(quoted('\n"😀', 2)).toBe('"\\u{a}\\"…"');
  });

  test('has characters by code point', () => {
    expect(['', 'aé', '好😀😀', '\ud800\ud800a'].map(countCharacters)).toEqual([0, 2, 3, 3]);
  });
});
