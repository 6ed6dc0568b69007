/** A solution that the page carries is not to be read by accident. */

import { describe, expect, test } from 'vitest';
import { unveiled, veiled } from '../../src/page/course/veil.js';
import { folderOf, lessonNames, readIn } from '../support/lessons/files.js';

describe('a solution in the script of the course', () => {
  test.each(lessonNames())(
    'of %s is hidden but for what the exercise says, and comes back',
    (name) => {
      const [solution, exercise] = ['solution.ts', 'exercise.ts'].map((file) =>
        readIn(folderOf(name), file),
      ) as [string, string];
      const carried = veiled(solution, exercise);
      expect(unveiled(carried)).toBe(solution);
      const own = solution.split('\n').filter((line) => line !== '' && !exercise.includes(line));
      expect(own.length).toBeGreaterThan(0);
      const lines = carried.split('\n');
      for (const line of own) expect(lines).not.toContain(line);
    },
  );
});
