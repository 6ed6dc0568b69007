import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isInClone, workFolder } from '../../src/lesson/work-folder.js';
import { ROOT } from '../support/lessons/run.js';
import { Scratch } from '../support/student.js';

let scratch: Scratch;

beforeEach(() => {
  scratch = new Scratch();
});

afterEach(() => scratch.remove());

/** Makes a folder of the scratch. */
function folder(...names: string[]): string {
  const path = join(scratch.path, ...names);
  mkdirSync(path, { recursive: true });
  return path;
}

describe("the student's folder", () => {
  test('is at the top of a clone, from any folder of the clone', () => {
    const clone = scratch.path;
    const top = join(clone, 'loopscope-lessons');
    for (const from of [clone, folder('docs/teaching'), folder('lessons/07')]) {
      expect(workFolder(from, clone)).toBe(top);
    }
    folder('loopscope-lessons/00-hello-trace');
    for (const from of [clone, folder('docs'), top, join(top, '00-hello-trace')]) {
      expect(workFolder(from, clone)).toBe(top);
    }
    expect(workFolder(join(ROOT, 'docs'))).toBe(join(ROOT, 'loopscope-lessons'));
  });

  test('is found from any folder of the project that it is in, and no further', () => {
    scratch.write('project/package.json', '{}');
    scratch.write('project/inner/package.json', '{}');
    const top = folder('project/loopscope-lessons');
    expect(workFolder(folder('project/a/b'), null)).toBe(top);
    expect(workFolder(folder('project/inner/a'), null)).toBe(
      join(scratch.path, 'project/inner/a/loopscope-lessons'),
    );
  });

  test('is made where the command is given, where there is none', () => {
    const elsewhere = folder('a/b');
    expect(workFolder(elsewhere, folder('clone'))).toBe(join(elsewhere, 'loopscope-lessons'));
    expect(workFolder(elsewhere, null)).toBe(join(elsewhere, 'loopscope-lessons'));
  });

  test('of a neighbour is not taken for one in the clone', () => {
    expect(isInClone('/home/a/loopscope/x', '/home/a/loopscope')).toBe(true);
    expect(isInClone('/home/a/loopscope', '/home/a/loopscope')).toBe(true);
    expect(isInClone('/home/a/loopscope-lessons', '/home/a/loopscope')).toBe(false);
    expect(isInClone('/home/a', '/home/a/loopscope')).toBe(false);
    expect(isInClone('/home/a/..b', '/home/a')).toBe(true);
  });
});
