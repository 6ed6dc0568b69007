import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isOriginalEdited } from '../../src/lesson/edited-original.js';
import { Scratch } from '../support/student.js';

let scratch: Scratch;

beforeEach(() => {
  scratch = new Scratch();
});

afterEach(() => scratch.remove());

function isEdited(copy: string, original: string): boolean {
  const digest = createHash('sha256').update('handed out').digest('hex');
  const noted = scratch.write('exercises.json', JSON.stringify({ '90-doubling': digest }));
  const files = { copy: scratch.write('copy.ts', copy), original: scratch.write('o.ts', original) };
  return isOriginalEdited('90-doubling', files, noted);
}

test('an original that was edited, beside a copy that was not, is noticed', () => {
  expect(isEdited('handed out', 'edited')).toBe(true);
});

test("a copy that is the student's, or is of another version, is left in peace", () => {
  expect(isEdited('handed out', 'handed out')).toBe(false);
  expect(isEdited('edited', 'handed out')).toBe(false);
  expect(isEdited('edited', 'edited')).toBe(false);
});

test('where the build has noted nothing, nothing is said', () => {
  const file = scratch.write('exercise.ts', 'handed out');
  const files = { copy: file, original: scratch.write('o.ts', 'edited') };
  expect(isOriginalEdited('90-doubling', files, 'none.json')).toBe(false);
});
