import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tallyRoom } from '../../src/lesson/class-report.js';
import { Progress, parseProgress } from '../../src/lesson/progress.js';
import { openProgress, writeProgress } from '../../src/lesson/progress-file.js';
import { readRoom } from '../../src/lesson/room-files.js';
import { StudentFolder } from '../../src/lesson/student-folder.js';
import { doubling, Scratch } from '../support/student.js';

let scratch: Scratch;

/** A file in which something of lesson 1 is otherwise. */
function lessonWith(change: object): string {
  const done = { prediction: null, begun: true, checks: 0, passed: false, failures: {}, hints: [] };
  return JSON.stringify({ version: 1, lessons: { 1: { ...done, ...change } } });
}

beforeEach(() => {
  scratch = new Scratch();
});

afterEach(() => scratch.remove());

describe('the progress of a student', () => {
  test('is read as it was written', () => {
    const progress = new Progress();
    progress.predict(7, 'b', false);
    progress.begin(7);
    progress.check(7, 'wrong.a');
    progress.check(7, 'wrong.a');
    progress.check(7, null);
    progress.hint(7, 1);
    progress.hint(7, 1);
    const path = join(scratch.path, 'progress.json');
    writeProgress(path, progress);
    expect(openProgress(path).progress.of(7)).toEqual({
      prediction: { given: 'b', right: false },
      begun: true,
      checks: 3,
      passed: true,
      failures: { 'wrong.a': 2 },
      hints: [1],
    });
    expect(readdirSync(scratch.path)).toEqual(['progress.json']);
  });

  test('the first answer counts, and what has passed stays passed', () => {
    const progress = new Progress();
    progress.predict(0, 'a', false);
    progress.predict(0, 'b', true);
    progress.check(0, null);
    progress.check(0, 'trouble.syntax');
    expect(progress.of(0)).toMatchObject({ prediction: { given: 'a' }, passed: true, checks: 2 });
  });

  test('a lesson that was not touched has nothing', () => {
    expect(new Progress().of(3)).toMatchObject({ begun: false, checks: 0, failures: {} });
  });

  test.each([
    ['{"version":1,', /^it is not JSON$/],
    ['{"version":2,"lessons":{}}', /^version: /],
    ['{"version":1,"lessons":{"1":{"begun":1}}}', /^lessons\.1\./],
    ['[]', /^the file: |^version: /],
    [`{"version":1,"lessons":{"1":{"begun":"${'x'.repeat(5_000)}"}}}`, /^lessons\.1\..{1,160}$/],
    [lessonWith({ checks: 1e300 }), /^lessons\.1\.checks: /],
    [lessonWith({ hints: Array(200_000).fill(1) }), /^lessons\.1\.hints: /],
  ])('%s is not read', (text, message) => {
    expect(() => parseProgress(text)).toThrow(message);
  });

  test('a broken file that cannot be moved away stays where it is', () => {
    const path = scratch.write(`${'p'.repeat(250)}`, '{"lessons'); // no room for a longer name
    expect(openProgress(path).broken).toEqual({ message: 'it is not JSON', backup: null });
    expect(readFileSync(path, 'utf8')).toBe('{"lessons');
  });

  test('a broken file is kept aside, and so is the next one', () => {
    const path = scratch.write('progress.json', '{"lessons');
    const { progress, broken } = openProgress(path);
    expect(progress.of(0).begun).toBe(false);
    expect(broken).toEqual({ message: 'it is not JSON', backup: `${path}.broken` });
    expect(existsSync(path)).toBe(false);
    scratch.write('progress.json', 'again');
    expect(openProgress(path).broken?.backup).toBe(`${path}.2.broken`);
    expect(readFileSync(`${path}.broken`, 'utf8')).toBe('{"lessons');
  });
});

describe('the folder of a student', () => {
  test('gets the exercise once, and never over the work that is there', () => {
    const lesson = doubling(scratch);
    const folder = new StudentFolder(scratch.path);
    expect(folder.begin(lesson)).toBe(true);
    const path = folder.exerciseOf(lesson);
    expect(readFileSync(path)).toEqual(readFileSync(lesson.exercise));
    scratch.write('loopscope-lessons/90-doubling/exercise.ts', 'mine');
    expect(folder.begin(lesson)).toBe(false);
    expect(readFileSync(path, 'utf8')).toBe('mine');
    expect(JSON.parse(readFileSync(join(folder.path, 'package.json'), 'utf8'))).toEqual({
      private: true,
      type: 'module',
    });
  });

  test('is found from inside of it', () => {
    const { path } = new StudentFolder(scratch.path);
    expect(basename(path)).toBe('loopscope-lessons');
    expect(new StudentFolder(path).path).toBe(path);
    expect(new StudentFolder(join(path, '90-doubling')).path).toBe(path);
  });

  test('keeps each work that was reset', () => {
    const lesson = doubling(scratch);
    const folder = new StudentFolder(scratch.path);
    folder.begin(lesson);
    const kept = ['first', 'second'].map((text) => {
      scratch.write('loopscope-lessons/90-doubling/exercise.ts', text);
      return folder.reset(lesson);
    });
    const path = folder.exerciseOf(lesson);
    expect(kept).toEqual([`${path}.bak`, `${path}.2.bak`]);
    expect(kept.map((file) => readFileSync(file, 'utf8'))).toEqual(['first', 'second']);
    expect(readFileSync(path)).toEqual(readFileSync(lesson.exercise));
  });

  test('is not left by a link: what it leads to stays as it is', () => {
    const lesson = doubling(scratch);
    const folder = new StudentFolder(scratch.path);
    folder.begin(lesson);
    const path = folder.exerciseOf(lesson);
    const outside = scratch.write('outside/notes.ts', 'mine');
    for (const link of [path, join(dirname(path), 'failure.ndjson')]) {
      rmSync(link, { force: true });
      symlinkSync(outside, link);
    }
    const backup = folder.reset(lesson);
    folder.keepFailure(lesson, '{}\n');
    expect(readFileSync(outside, 'utf8')).toBe('mine');
    expect(readFileSync(backup, 'utf8')).toBe('mine');
    expect(readFileSync(path)).toEqual(readFileSync(lesson.exercise));

    rmSync(dirname(path), { recursive: true });
    symlinkSync(dirname(outside), dirname(path));
    scratch.write('outside/exercise.ts', 'mine too');
    const message = '90-doubling is a link that leads out of it';
    expect(() => folder.reset(lesson)).toThrow(message);
    expect(() => folder.begin(lesson)).toThrow(message);
    expect(() => folder.keepFailure(lesson, '{}\n')).toThrow(message);
    expect(readdirSync(dirname(outside)).sort()).toEqual(['exercise.ts', 'notes.ts']);
  });

  test('finds an exercise that an editor named otherwise', () => {
    const lesson = doubling(scratch);
    const folder = new StudentFolder(scratch.path);
    expect(folder.misnamed(lesson)).toBeNull();
    scratch.write('loopscope-lessons/90-doubling/exercise.ts.txt', '');
    expect(folder.misnamed(lesson)).toBe('exercise.ts.txt');
  });

  test('has no trace of a failure that is over', () => {
    const lesson = doubling(scratch);
    const folder = new StudentFolder(scratch.path);
    folder.begin(lesson);
    const path = folder.keepFailure(lesson, '{}\n') ?? '';
    expect(readFileSync(path, 'utf8')).toBe('{}\n');
    expect(folder.keepFailure(lesson, null)).toBeNull();
    expect(existsSync(path)).toBe(false);
  });
});

describe('the progress of a room', () => {
  const lessons = [
    { number: 1, title: 'One', messages: () => ({ 'wrong.a': 'A is {n}.', 'wrong.b': 'B.' }) },
    { number: 2, title: 'Two', messages: () => ({}) },
  ];

  /** A progress file. */
  function file(change: (progress: Progress) => void): string {
    const progress = new Progress();
    change(progress);
    return progress.toText();
  }

  test('is counted by lesson; a misconception counts once a student', () => {
    const stuck = (progress: Progress): void => {
      progress.predict(1, 'a', false);
      for (const key of ['wrong.a', 'wrong.a', 'wrong.b', 'trouble.todo']) progress.check(1, key);
    };
    scratch.write('ada.json', file(stuck));
    scratch.write(
      'ming.json',
      file((progress) => {
        progress.predict(1, 'b', true);
        for (const key of ['wrong.b', 'wrong.b', 'wrong.b', null]) progress.check(1, key);
      }),
    );
    scratch.write(
      'zoe.json',
      file((progress) => progress.begin(1)),
    );
    expect(tallyRoom(readRoom(scratch.path).students, lessons)).toEqual([
      {
        number: 1,
        title: 'One',
        begun: 3,
        passed: 1,
        predictions: { given: 2, right: 1 },
        misconceptions: [
          { key: 'wrong.b', text: 'B.', students: 2 },
          { key: 'wrong.a', text: 'A is ….', students: 1 },
        ],
        stuck: ['ada'],
      },
    ]);
  });

  test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', 'no.such.key'])(
    'counts no misconception of the name %s',
    (key) => {
      const text = lessonWith({}).replace('"failures":{}', `"failures":{"${key}":3}`);
      const students = [{ name: 'ada', progress: parseProgress(text) }];
      expect(tallyRoom(students, lessons)).toMatchObject([{ begun: 1, misconceptions: [] }]);
    },
  );

  test('a failure of such a name is counted from one', () => {
    const progress = new Progress();
    progress.check(1, 'constructor');
    expect(progress.of(1).failures).toEqual({ constructor: 1 });
  });
});
