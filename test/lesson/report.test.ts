/** What a student is told after a check, before anyone draws it. */

import { describe, expect, test } from 'vitest';
import type { CheckResult } from '../../src/lesson/check-result.js';
import { type Report, reportOf, sentenceText } from '../../src/lesson/report.js';
import { speak } from '../../src/lesson/texts.js';
import type { TroubleKind } from '../../src/lesson/trouble-kind.js';

const NOTHING: CheckResult = {
  passed: false,
  failed: null,
  trouble: null,
  history: [],
  steps: 0,
  output: '',
  trace: null,
  at: null,
  command: null,
};

const failed = { why: { key: 'wrong.x', values: { n: 1 } }, compared: null, bytes: null, at: 7 };

function report(result: Partial<CheckResult>, hintsRead = 0, source: string | null = null): Report {
  const lesson = { number: 3, title: 'Frames' };
  return reportOf({
    lesson,
    result: { ...NOTHING, ...result },
    file: 'my/exercise.ts',
    hintsRead,
    source,
  });
}

const trouble = (kind: TroubleKind, line: number | null = 2): Partial<CheckResult> => ({
  trouble: { kind, values: { file: 'exercise.ts', message: 'm' }, line, column: null },
});

describe('the report of a check', () => {
  test('that passed has nothing to say but how much was tried', () => {
    const told = report({ passed: true, steps: 4, output: 'hello' });
    expect(told).toMatchObject({ passed: true, steps: 4, why: null, hint: null, output: 'hello' });
  });

  test('names the misconception by its key, and where it can be seen', () => {
    const told = report({ failed, trace: '{}\n', at: 7 });
    expect(told.why).toEqual({ of: 'lesson', key: 'wrong.x', values: { n: 1 } });
    expect(told.replay).toEqual({ trace: '{}\n', at: 7, command: null });
  });

  test('offers the hint behind the last that was read, and the last again', () => {
    expect([0, 1, 2, 3].map((read) => report({ failed }, read).hint)).toEqual([
      { n: 1, isAgain: false },
      { n: 2, isAgain: false },
      { n: 3, isAgain: false },
      { n: 3, isAgain: true },
    ]);
    expect(report(trouble('syntax')).hint).toBeNull();
  });

  test('says where two values part, and never within a character', () => {
    const at = (expected: string, actual: string): unknown =>
      report({ failed: { ...failed, compared: { expected, actual } } }).detail;
    expect(at('abc', 'abd')).toMatchObject({ kind: 'values', at: 2 });
    expect(at('a😀', 'a😁')).toMatchObject({ at: 1 });
    expect(at('a😀', 'a😀b')).toMatchObject({ at: 3 });
    expect(at('', 'b')).toMatchObject({ at: 0 });
  });

  test('has the line of the trouble, if the file still has it', () => {
    expect(report(trouble('thrown'), 0, 'one\r\ntwo').detail).toEqual({
      kind: 'line',
      line: 2,
      column: null,
      text: 'two',
    });
    expect(report(trouble('thrown'), 0, 'one').detail).toBeNull();
    expect(report(trouble('thrown')).detail).toBeNull();
  });

  test('is said by whoever draws it, in their language', () => {
    const { why } = report(trouble('busy'));
    if (why === null) throw new Error('a trouble is why');
    expect(sentenceText(why, {}, speak())).toContain('No answer from the file itself before');
    expect(sentenceText(why, {}, speak('xx-test'))).toMatch(/^\[.*\[.*~+\].*~+\]$/);
  });
});
