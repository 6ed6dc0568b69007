import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isOriginalEdited } from '../../src/lesson/edited-original.js';
import { whyNot } from '../../src/lesson/file-error.js';
import { allLessons, readLesson } from '../../src/lesson/lesson.js';
import { StudentFolder } from '../../src/lesson/student-folder.js';
import { readText } from '../../src/lesson/text-file.js';
import { speak, textOf } from '../../src/lesson/texts.js';
import type { Language } from '../../src/texts/language.js';
import { Scratch } from '../support/student.js';

/** A language that some files of a lesson are there in. */
const ZH: Language = 'zh';

const TEXT = (title: string, answer: string, heading = 'Predict'): string => `---
title: ${title}
minutes: 5
---
# ${title}

## ${heading}

Which?

- a) one
- b) two

## Rest

<!-- answer: ${answer}, because so. -->
`;

let scratch: Scratch;

beforeEach(() => {
  scratch = new Scratch();
  scratch.write('90-x/lesson.md', TEXT('Doubling', 'a'));
  scratch.write('90-x/demo.ts', "import './helper.js'; // English\n");
  scratch.write('90-x/helper.ts', 'export {};\n');
  scratch.write('90-x/check.ts', 'export default () => {};\n');
  scratch.write('90-x/exercise.ts', '// English\nexport const a = 1;\n');
  scratch.write('90-x/messages.en.yaml', 'task: Do it.\nhint.1: Look.\n');
});

afterEach(() => scratch.remove());

describe('the files of a lesson in another language', () => {
  test('stand beside the English ones, and what does not is English', () => {
    scratch.write('90-x/lesson.zh.md', TEXT('加倍', 'a', '预测'));
    scratch.write('90-x/messages.zh.yaml', 'task: 做吧。\n');
    const exercise = scratch.write('90-x/exercise.zh.ts', '// 中文\nexport const a = 1;\n');
    const lesson = readLesson(`${scratch.path}/90-x`, ZH);
    expect(lesson).toMatchObject({ title: '加倍', language: ZH, exercise });
    expect(basename(lesson.text)).toBe('lesson.zh.md');
    expect(basename(lesson.demo)).toBe('demo.ts');
    expect(textOf(lesson.messages(ZH), 'task')).toBe('做吧。');
    expect(textOf(lesson.messages(ZH), 'hint.1')).toBe('Look.');
  });

  test('are not read in English', () => {
    scratch.write('90-x/lesson.zh.md', TEXT('加倍', 'a', '预测'));
    expect(readLesson(`${scratch.path}/90-x`).title).toBe('Doubling');
  });

  test('say that they are English where the text is', () => {
    scratch.write('90-x/demo.zh.ts', '// 中文\n');
    expect(readLesson(`${scratch.path}/90-x`, ZH)).toMatchObject({
      language: 'en',
      title: 'Doubling',
    });
  });

  test('become demo.ts and exercise.ts in the folder of a student', () => {
    scratch.write('90-x/demo.zh.ts', "import './helper.js'; // 中文\n");
    scratch.write('90-x/exercise.zh.ts', '// 中文\nexport const a = 1;\n');
    const lesson = readLesson(`${scratch.path}/90-x`, ZH);
    const folder = new StudentFolder(`${scratch.path}/loopscope-lessons`);
    folder.begin(lesson);
    folder.beginDemo(lesson);
    expect(readFileSync(folder.demoOf(lesson), 'utf8')).toContain('中文');
    expect(readFileSync(folder.exerciseOf(lesson), 'utf8')).toContain('中文');
    expect(readFileSync(`${folder.path}/90-x/helper.ts`, 'utf8')).toBe('export {};\n');
    const copy = folder.exerciseOf(lesson);
    const original = lesson.exercise ?? '';
    expect(isOriginalEdited('90-x', { copy, original })).toBe(false);
  });

  test('that was edited in the package is known by its own name', async () => {
    const { createHash } = await import('node:crypto');
    const digest = createHash('sha256').update('handed out').digest('hex');
    const noted = scratch.write('e.json', JSON.stringify({ '90-x/exercise.zh.ts': digest }));
    const copy = scratch.write('copy.ts', 'handed out');
    const original = scratch.write('exercise.zh.ts', 'edited');
    expect(isOriginalEdited('90-x', { copy, original }, noted)).toBe(true);
  });
});

describe('the made-up language', () => {
  test('has every text of every lesson', () => {
    for (const lesson of allLessons('xx-test')) {
      const { title, prediction } = lesson;
      const choices = [...prediction.choices.values()];
      const texts = [title, prediction.question, prediction.because, ...choices];
      texts.push(...Object.values(lesson.messages('xx-test')));
      for (const text of texts) expect(text).toMatch(/^\[.*~\]$/s);
    }
  });

  test('says in it why a file cannot be read', () => {
    const path = scratch.write('empty.json', '');
    const why = (() => {
      try {
        return readText(path);
      } catch (error) {
        return [(error as Error).message, whyNot(error, 'xx-test')];
      }
    })();
    expect(why).toEqual(['it is empty', '[it is empty~~~~]']);
  });

  test('counts in it', () => {
    expect(speak('xx-test')('class.students', { n: 1 })).toBe('[1 student~~~]');
  });
});
