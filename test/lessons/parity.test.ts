/**
 * A lesson, a guide or an example that is there in another language says the same as the English one: what is no prose
 * is held against it.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, posix } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { DEFAULT_LANGUAGE, type Language } from '../../src/texts/language.js';
import {
  fileIn,
  folderOf,
  languageOf,
  lessonNames,
  OTHER_LANGUAGES,
  othersOf,
} from '../support/lessons/files.js';
import { MadeUpLessons } from '../support/lessons/made-up.js';
import { lessonParityProblems, parityProblems } from '../support/lessons/parity.js';
import { ROOT } from '../support/lessons/run.js';

const lessons = new MadeUpLessons();
afterAll(() => lessons.remove());

/** What is not written beside its English one: a table that is made, and the terms, which are each one's own. */
const OWN = ['docs/defects.md', 'docs/glossary.md'];

/** The English files of some folders that are there in another language, but the lessons'. */
function filesIn(folders: readonly string[], ending: string, language: Language): string[] {
  const found = folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder)).map((name) => posix.join(folder, name)),
  );
  return found.filter((path) => {
    const isEnglish = path.endsWith(ending) && languageOf(path) === DEFAULT_LANGUAGE;
    return isEnglish && !OWN.includes(path) && existsSync(fileIn(join(ROOT, path), language));
  });
}

describe.each(OTHER_LANGUAGES)('in %s', (language) => {
  const texts = filesIn(['.', 'docs', 'docs/teaching', 'examples'], '.md', language);
  const programs = filesIn(['examples'], '.ts', language);
  const there = lessonNames().filter((name) => {
    return othersOf(`${folderOf(name)}/lesson.md`).includes(language);
  });

  test.each(texts)('%s is as the English one, and each leads to the other', (path) => {
    const [english, own] = [join(ROOT, path), fileIn(join(ROOT, path), language)];
    expect(parityProblems(english, own)).toEqual([]);
    expect(readFileSync(english, 'utf8')).toContain(`](${basename(own)})`);
    expect(readFileSync(own, 'utf8')).toContain(`](${basename(english)})`);
  });

  test.each(programs)('%s is the English program with other words', (path) => {
    expect(parityProblems(join(ROOT, path), fileIn(join(ROOT, path), language))).toEqual([]);
  });

  test.each(there)('lesson %s is as the English one', (name) => {
    expect(lessonParityProblems(folderOf(name), language)).toEqual([]);
  });
});

const CHINESE = {
  'lesson.zh.md': `---
title: 加倍
minutes: 10
needs: [3]
ideas: [加倍]
learnt: 加倍就是把一个数加上它自己。
networks: [sim, real]
---

# 第 7 课：加倍

这一课什么也不教。

## 预测

三的两倍是几？

- a) 六。
- b) 九。

## 运行

    npx loopscope lesson

<!-- output: demo 1-2 -->

\`\`\`text
1 的两倍是 2
2 的两倍是 4
\`\`\`

## 观察

65,536<!--= large --> 是 32,768 的两倍，6<!--= six --> 是三的两倍。

<!-- excerpt: test/support/lessons/made-up/07-doubling/solution.ts#double -->

\`\`\`ts
return value * 2;
\`\`\`

## 修改

回到[问题](#预测)，再读[演示](demo.zh.ts)。

## 动手

<!-- not run: 没有这一课 -->

    npx loopscope check 7

<!-- answer: a, because 三加三是六 -->
`,
  'messages.zh.yaml': `task: 把一个数加倍。
hint.1: 想想两个它。
hint.2: 把它加上它自己。
hint.3: value + value
step.double: double({value})
wrong.text: '{value} 的两倍是一个数，这是一段文本。'
wrong.square: 这是 {value} 乘以它自己，不是乘以二。
wrong.add-two: '{value} 的两倍是 {value} 加 {value}。'
`,
  'demo.zh.ts': `/**
 * 加倍。
 */

// 1. 几个数。
for (const value of [1, 2, 3]) console.log(\`\${value} 的两倍是 \${value * 2}\`);
`,
  'exercise.zh.ts': `/**
 * 第 7 课：把一个数加倍。
 */

import { todo } from 'loopscope/lesson';

/** 加倍。 */
export function double(value: number): number {
  return todo(\`把 \${value} 加倍\`);
}
`,
};

describe('a lesson in two languages', () => {
  test('is the same in the made-up one', () => {
    expect(lessonParityProblems(lessons.copy(CHINESE), 'zh')).toEqual([]);
  });

  test('is there in both', () => {
    const { 'messages.zh.yaml': _, ...others } = CHINESE;
    const folder = lessons.copy(others);
    expect(lessonParityProblems(folder, 'zh')).toEqual(['there is no messages.zh.yaml']);
  });

  test.each<[name: keyof typeof CHINESE, from: string, to: string, problem: string]>([
    ['lesson.zh.md', 'minutes: 10', 'minutes: 12', 'minutes 10, and has minutes 12'],
    ['lesson.zh.md', '## 修改', '## 改一改', '## Modify, and has ## a heading'],
    ['lesson.zh.md', '\n- b) 九。', '', 'a list - a) - b), and has a list - a)'],
    ['lesson.zh.md', '6<!--= six -->', '六', 'a paragraph =large =six, and has a paragraph =large'],
    ['lesson.zh.md', 'demo 1-2', 'demo 1-3', 'output: demo 1-2, and has output: demo 1-3'],
    ['lesson.zh.md', 'check 7', 'check 8', 'npx loopscope check 7, and has     npx'],
    [
      'lesson.zh.md',
      '(demo.zh.ts)',
      '(demo.ts)',
      'a paragraph # demo.ts, and has a paragraph # demo.ts (not demo.zh.ts)',
    ],
    ['lesson.zh.md', 'answer: a', 'answer: b', 'answer: a, and has answer: b'],
    ['messages.zh.yaml', 'hint.2', 'hint.4', 'hint.2, and has hint.4'],
    ['messages.zh.yaml', '这是 {value}', '这是它', 'wrong.square {value}, and has wrong.square'],
    ['demo.zh.ts', '[1, 2, 3]', '[1, 2]', 'should have ,, and has ], behind 2'],
    ['demo.zh.ts', '// 1.', '//', '// 1., and has for'],
    ['exercise.zh.ts', 'loopscope/lesson', 'loopscope', 'loopscope/lesson, and has loopscope'],
  ])('is found wanting: %s with %j as %j', (name, from, to, problem) => {
    const text = CHINESE[name].replace(from, to);
    expect(text).not.toBe(CHINESE[name]);
    const problems = lessonParityProblems(lessons.copy({ ...CHINESE, [name]: text }), 'zh');
    expect(problems.join()).toContain(problem);
  });
});
