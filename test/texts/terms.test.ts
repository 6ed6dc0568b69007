/**
 * Holds the Chinese texts to the terms of docs/glossary.zh.md: its last column has the words that are
 * not to be used.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const ROOT = new URL('../../', import.meta.url);
const GLOSSARY = 'docs/glossary.zh.md';

/** The term by each word that stands for it in vain. */
function wordsOf(glossary: string): Map<string, string> {
  const words = new Map<string, string>();
  for (const line of glossary.split('\n')) {
    const [, term, , , instead] = line.split('|').map((cell) => cell.trim());
    if (term === undefined || instead === undefined || /^(-+|术语)$/.test(term)) continue;
    for (const word of instead.split('、')) words.set(word, term);
  }
  return words;
}

/** Where a text says a term in another way, as `path:line: word (term)`. */
function otherTerms(path: string, text: string, words: ReadonlyMap<string, string>): string[] {
  return text
    .split('\n')
    .flatMap((line, i) =>
      [...words]
        .filter(([word]) => line.includes(word))
        .map(([word, term]) => `${path}:${i + 1}: ${word} (${term})`),
    );
}

/** All Chinese files: `lesson.zh.md`, `texts.zh.ts` and their like; not the site, which is made of them. */
function chineseFiles(): string[] {
  const inside = ['src', 'lessons', 'docs', 'examples'].flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, ROOT), { recursive: true, encoding: 'utf8' }).map(
      (path) => `${folder}/${path.replaceAll('\\', '/')}`,
    ),
  );
  return [...readdirSync(ROOT), ...inside].filter(
    (path) => /\.zh\.\w+$/.test(path) && !path.startsWith('docs/api/'),
  );
}

const words = wordsOf(readFileSync(new URL(GLOSSARY, ROOT), 'utf8'));

describe('the terms of the Chinese texts', () => {
  test('stand in the glossary, each with the words that are not used', () => {
    expect(words.get('句柄')).toBe('描述符');
    expect([...words].filter(([word, term]) => term.includes(word))).toEqual([]);
  });

  test('are said in no other way', () => {
    const files = chineseFiles().filter((path) => path !== GLOSSARY);
    const found = files.flatMap((path) =>
      otherTerms(path, readFileSync(new URL(path, ROOT), 'utf8'), words),
    );
    expect(found).toEqual([]);
  });

  test('are found when they are', () => {
    expect(otherTerms('a.zh.md', '套接字\n关掉句柄', words)).toEqual(['a.zh.md:2: 句柄 (描述符)']);
  });
});
