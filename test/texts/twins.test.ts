/**
 * Every text is there in each language, so that nobody is shown one in another: what `npm run texts` lists.
 */

import { describe, expect, test } from 'vitest';
import { DEFAULT_LANGUAGE, LANGUAGES } from '../../src/texts/language.js';
import { lineOf, twins, twinsAmong } from '../../tools/texts.js';

describe.each(LANGUAGES.filter((one) => one !== DEFAULT_LANGUAGE))('in %s', (language) => {
  const all = twins(language);

  test('no text is missing', () => {
    expect(all.filter(({ isThere }) => !isThere).map(({ own }) => own)).toEqual([]);
  });

  test('texts of every kind are looked for', () => {
    expect(all.map(({ english }) => english)).toEqual(
      expect.arrayContaining([
        'README.md',
        'SECURITY.md',
        'docs/speed.md',
        'docs/teaching/routes.md',
        'docs/teaching/handout.html',
        'docs/pictures/loop.svg',
        'examples/servers/README.md',
        'examples/echo.ts',
        'lessons/19-museum/lesson.md',
        'lessons/19-museum/messages.en.yaml',
        'lessons/19-museum/demo.ts',
        'lessons/19-museum/exercise.ts',
        'src/texts/steps.en.ts',
        'src/page/loop/texts.en.ts',
      ]),
    );
  });
});

describe('the list of texts', () => {
  test('has each with its twin, and leaves out what nobody reads as a page', () => {
    const files = [
      'CHANGELOG.md',
      'README.md',
      'README.zh.md',
      'docs/api/media/README.md',
      'lessons/07-a/demo.ts',
      'lessons/07-a/numbers.ts',
      'lessons/07-a/messages.en.yaml',
      'lessons/07-a/messages.zh.yaml',
    ];
    expect(twinsAmong(files, 'zh')).toEqual([
      { english: 'README.md', own: 'README.zh.md', isThere: true },
      { english: 'lessons/07-a/demo.ts', own: 'lessons/07-a/demo.zh.ts', isThere: false },
      {
        english: 'lessons/07-a/messages.en.yaml',
        own: 'lessons/07-a/messages.zh.yaml',
        isThere: true,
      },
    ]);
  });

  test.each([
    [{ 'a.md': 86_400, 'a.zh.md': 0 }, '1970-01-02  1970-01-01  twin   a.md'],
    [{ 'a.md': 0, 'a.zh.md': 1 }, '1970-01-01  1970-01-01  en     a.md'],
    [{ 'a.md': 0, 'a.zh.md': 0 }, '1970-01-01  1970-01-01         a.md'],
    [{ 'a.md': 0 }, '1970-01-01  new                a.md'],
  ])('says when each was written, and which is older: %j', (dates, line) => {
    const one = { english: 'a.md', own: 'a.zh.md', isThere: true };
    expect(lineOf(one, new Map(Object.entries(dates)))).toBe(line);
  });

  test('says which is missing', () => {
    const one = { english: 'a.md', own: 'a.zh.md', isThere: false };
    expect(lineOf(one, new Map([['a.md', 0]]))).toBe('1970-01-01  missing            a.md');
  });
});
