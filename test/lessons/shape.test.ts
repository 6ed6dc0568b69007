/**
 * The tests of the lessons' tests: a made-up lesson has the right shape, and every way to break it is
 * found. Its answers and its demo are in harness.test.ts.
 */

import { afterAll, describe, expect, test } from 'vitest';
import { type Changes, MadeUpLessons } from '../support/lessons/made-up.js';
import { messageProblems } from '../support/lessons/messages.js';
import { shapeProblems } from '../support/lessons/shape.js';

const lessons = new MadeUpLessons();
afterAll(() => lessons.remove());

/** Puts one thing in the place of another. */
function replace(from: string | RegExp, to: string): (text: string) => string {
  return (text) => text.replace(from, to);
}

describe('the shape of a lesson', () => {
  test('is right in the made-up one', () => {
    expect(shapeProblems(lessons.copy())).toEqual([]);
  });

  test.each<[broken: string, Changes, problem: string]>([
    ['no demo', { 'demo.ts': null }, 'there is no demo.ts'],
    ['no check', { 'check.ts': null }, 'there is no check.ts'],
    ['no messages', { 'messages.en.yaml': null }, 'there is no messages.en.yaml'],
    [
      'front matter that is no YAML',
      { 'lesson.md': replace('title: Doubling', 'title: [') },
      'lesson.md has no front matter that can be read',
    ],
    ['no title', { 'lesson.md': replace('title: Doubling\n', '') }, 'title: a text'],
    ['a long lesson', { 'lesson.md': replace('minutes: 10', 'minutes: 31') }, 'minutes: 5 to 30'],
    [
      'minutes that are a text',
      { 'lesson.md': replace('minutes: 10', 'minutes: ten') },
      'minutes: a whole number',
    ],
    [
      'a need for a later lesson',
      { 'lesson.md': replace('needs: [3]', 'needs: [7]') },
      'needs: the numbers of earlier lessons',
    ],
    [
      'no ideas',
      { 'lesson.md': replace('ideas: [doubling]', 'ideas: []') },
      'ideas: one text or more',
    ],
    [
      'a network that is none',
      { 'lesson.md': replace('[sim, real]', '[sim, tcp]') },
      'networks: sim, real, or both',
    ],
    ['one network and no why', { 'lesson.md': replace('[sim, real]', '[sim]') }, 'why: a sentence'],
    [
      'a key that nothing reads',
      { 'lesson.md': replace('minutes: 10', 'minutes: 10\nidea: x') },
      'nothing else, and not idea',
    ],
    [
      'the title of another lesson',
      { 'lesson.md': replace('# Lesson 7', '# Lesson 8') },
      'lesson.md should begin with "# Lesson 7: …"',
    ],
    [
      'parts in another order',
      { 'lesson.md': replace('## Modify', '## Make') },
      'the parts should be Predict, Run, Investigate, Modify, Make, and are',
    ],
    [
      'a part twice',
      { 'lesson.md': (text) => `${text}\n## In PHP\n\n## In PHP\n` },
      'a part twice',
    ],
    ['no opening', { 'lesson.md': replace(/A lesson that.*know\.\n/s, '') }, 'has no opening'],
    ['no choices', { 'lesson.md': replace(/- [ab]\).*\n/g, '') }, 'Predict should have choices'],
    [
      'an answer that is no choice',
      { 'lesson.md': replace('answer: a', 'answer: c') },
      'Predict has no choice c',
    ],
    [
      'no answer',
      { 'lesson.md': replace(/<!-- answer.*/, '') },
      'The last line should be "<!-- answer',
    ],
    [
      'an answer under its question',
      {
        'lesson.md': (text) =>
          text
            .replace(/\n<!-- answer.*\n$/, '')
            .replace('## Run', '<!-- answer: a, because x -->\n\n## Run'),
      },
      'The last line should be "<!-- answer',
    ],
    [
      'no check at the end',
      { 'lesson.md': replace('loopscope check 7', 'loopscope check 8') },
      'Make should end with: npx loopscope check 7',
    ],
    ['a long demo', { 'demo.ts': (text) => text + '// \n'.repeat(60) }, 'lines, more than 60'],
    ['a demo without numbers', { 'demo.ts': replace('// 1.', '//') }, 'should number its steps'],
    [
      'a demo that miscounts',
      { 'demo.ts': (text) => `${text}\n// 3. The third.\n` },
      'should number its steps',
    ],
    ['nothing to do', { 'exercise.ts': replace('todo(', 'no(') }, 'leaves nothing to do'],
    ['nothing exported', { 'exercise.ts': replace('export ', '') }, 'exports 0 functions'],
    ['two wrong answers', { 'wrong/text.ts': null }, 'there are 2 wrong answers, fewer than 3'],
    [
      'a wrong answer that names no message',
      { 'wrong/text.ts': replace('// refused', '// Refused') },
      'wrong/text.ts does not begin with "// refused: KEY"',
    ],
    [
      'an exercise that needs its folder',
      { 'exercise.ts': (text) => `import './check.js';\n${text}` },
      'exercise.ts imports ./check.js',
    ],
    [
      'a check that looks at the clock',
      { 'check.ts': (text) => `const now = Date.now();\n${text}` },
      'check.ts uses Date.now',
    ],
    [
      'a check that compares as Node does',
      { 'check.ts': (text) => `import { isDeepStrictEqual } from 'node:util';\n${text}` },
      'check.ts imports node:util',
    ],
    [
      'a check that sleeps',
      { 'check.ts': (text) => `setTimeout(() => {}, 5);\n${text}` },
      'check.ts uses setTimeout',
    ],
  ])('is broken by %s', (_, changes, problem) => {
    expect(shapeProblems(lessons.copy(changes)).join('\n')).toContain(problem);
  });
});

describe('the messages of a check', () => {
  test('are right in the made-up lesson', () => {
    expect(messageProblems(lessons.copy())).toEqual([]);
  });

  test.each<[broken: string, Changes, problem: string]>([
    [
      'a key without a text',
      { 'messages.en.yaml': replace(/^wrong\.text.*\n/m, '') },
      'messages.en.yaml has no wrong.text',
    ],
    [
      'no hint',
      { 'messages.en.yaml': replace(/^hint\.3.*\n/m, '') },
      'messages.en.yaml has no hint.3',
    ],
    [
      'a text that nobody reads',
      { 'messages.en.yaml': (text) => `${text}step.halve: half of {value}\n` },
      'the check never uses step.halve',
    ],
    [
      'a key in a helper of the check',
      {
        'check.ts': (text) => `import './tell.js';\n${text}`,
        'tell.ts': "export const why = 'wrong.sum';\n",
      },
      'messages.en.yaml has no wrong.sum',
    ],
    [
      'a wrong answer with a key that is none',
      { 'wrong/text.ts': replace('wrong.text', 'wrong.number') },
      'messages.en.yaml has no wrong.number',
    ],
    [
      'a text that is a number',
      { 'messages.en.yaml': replace('value + value', '3') },
      'hint.3 is no text',
    ],
  ])('are broken by %s', (_, changes, problem) => {
    expect(messageProblems(lessons.copy(changes))).toContain(problem);
  });

  test('are YAML', () => {
    const folder = lessons.copy({ 'messages.en.yaml': 'task: {n} {m}\n' });
    expect(() => messageProblems(folder)).toThrow('messages.en.yaml is no YAML with keys');
  });

  test('may have keys that are put together', () => {
    const folder = lessons.copy({
      'check.ts': (text) => text.replaceAll("'wrong.text'", `\`wrong.\${typeof double}\``),
      'messages.en.yaml': (text) => `${text}wrong.function: no\n`,
    });
    expect(messageProblems(folder)).toEqual([]);
  });
});
