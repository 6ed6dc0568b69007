import { describe, expect, test } from 'vitest';
import { languageFor, readLanguage } from '../../src/texts/language.js';
import { fill, speaker } from '../../src/texts/say.js';

const tables = {
  en: {
    plain: 'nobody waits',
    bytes: '{n, plural, one {# byte} other {# bytes}} for {who}',
    nested: '{n, plural, =0 {nobody} one {{name} alone} other {{name} and # more}}',
    json: 'log in first: {"type":"login","content":"your name"}',
  },
};

describe('a text', () => {
  const say = speaker(tables);

  test.each([
    ['plain', {}, 'nobody waits'],
    ['bytes', { n: 1, who: 'Ada' }, '1 byte for Ada'],
    ['bytes', { n: 65_536, who: '小明' }, '65,536 bytes for 小明'],
    ['bytes', { n: 0, who: 'Ada' }, '0 bytes for Ada'],
    ['nested', { n: 0, name: 'Ada' }, 'nobody'],
    ['nested', { n: 1, name: 'Ada' }, 'Ada alone'],
    ['nested', { n: 3, name: 'Ada' }, 'Ada and 3 more'],
    ['json', {}, 'log in first: {"type":"login","content":"your name"}'],
  ] as const)('%s with %o', (key, values, said) => {
    expect(say(key, values)).toBe(said);
  });

  test('shows a name without a value, and never reads a value as a text', () => {
    expect(say('bytes', { n: 2 })).toBe('2 bytes for {who}');
    expect(say('bytes', { n: 2, who: '{n} # {n, plural, other {}}' })).toBe(
      '2 bytes for {n} # {n, plural, other {}}',
    );
    expect(fill('{constructor} {toString}', {})).toBe('{constructor} {toString}');
  });

  test('keeps braces that close nothing, and a # that counts nothing', () => {
    expect(fill('} {} {a b} # {n}', { n: 7 })).toBe('} {} {a b} # 7');
  });

  test('leaves thousands together where that is asked for', () => {
    expect(speaker(tables, 'en', { grouping: false })('bytes', { n: 65_536, who: 'x' })).toBe(
      '65536 bytes for x',
    );
  });

  test('is found out when its form is broken', () => {
    expect(() => fill('{n, plural, one {# byte}}', { n: 1 })).toThrow(
      'bug: a plural without other',
    );
    expect(() => fill('{n, plural, other {# bytes}', { n: 1 })).toThrow('bug: a brace is open');
  });
});

describe('a language', () => {
  test('that lacks a text says it in English; the made-up one in brackets and longer', () => {
    expect(speaker(tables, 'xx-test')('plain')).toBe('[nobody waits~~~~]');
  });

  test.each([
    ['en', 'en'],
    ['en-GB', 'en'],
    ['en_US.UTF-8', 'en'],
    ['xx-test', 'xx-test'],
    ['XX-TEST', 'xx-test'],
    ['zh', 'zh'],
    ['zh-CN', 'zh'],
    ['zh_CN.UTF-8', 'zh'],
    ['zh-Hans', 'zh'],
    ['zh-TW', 'zh'],
    ['zh_Hant_HK', 'zh'],
    ['C', null],
    ['tlh', null],
    ['', null],
  ])('%s means %s', (tag, language) => {
    expect(readLanguage(tag)).toBe(language);
  });

  test('counts as its readers do: Chinese has one form for every number', () => {
    const n = { en: { n: '{n, plural, one {# byte} other {# bytes}}' }, zh: { n: '{n} 字节' } };
    expect([1, 65_536].map((value) => speaker(n, 'zh')('n', { n: value }))).toEqual([
      '1 字节',
      '65,536 字节',
    ]);
    expect(speaker(n, 'zh')('n', {})).toBe('{n} 字节');
    expect(speaker({ en: n.en, zh: {} }, 'zh')('n', { n: 1 })).toBe('1 byte');
  });

  test('puts its own sign between the things of a list', () => {
    const there = { en: { there: 'there are {list}' }, zh: { there: '有 {list}' } };
    const list = ['0', 3, 13];
    expect(speaker(there, 'en')('there', { list })).toBe('there are 0, 3, 13');
    expect(speaker(there, 'zh')('there', { list })).toBe('有 0、3、13');
    expect(speaker({ en: there.en, zh: {} }, 'zh')('there', { list })).toBe('there are 0, 3, 13');
    expect(speaker(there, 'zh')('there', { list: [] })).toBe('有 ');
  });

  test('is the first wish that is there', () => {
    expect(languageFor([undefined, null, 'tlh', 'xx-test', 'en'])).toBe('xx-test');
    expect(languageFor(['C.UTF-8'])).toBe('en');
  });
});
