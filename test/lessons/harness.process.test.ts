/**
 * The tests of the lessons' tests: the answers and the demo of a made-up lesson come out right, and
 * every way to break them is found. Its shape is in shape.test.ts, its text in prose.test.ts.
 */

import { afterAll, describe, test } from 'vitest';
import {
  answerProblems,
  type Outcome,
  shownCommandProblems,
  tryAnswers,
} from '../support/lessons/answers.js';
import { demoProblems } from '../support/lessons/demo.js';
import { type Changes, MadeUpLessons } from '../support/lessons/made-up.js';

const lessons = new MadeUpLessons();
afterAll(() => lessons.remove());

/** Puts one thing in the place of another. */
function replace(from: string | RegExp, to: string): (text: string) => string {
  return (text) => text.replace(from, to);
}

describe.concurrent('the answers', { timeout: 120_000 }, () => {
  test('come out right in the made-up lesson', async ({ expect }) => {
    const folder = lessons.copy();
    const outcomes = await tryAnswers(folder);
    expect(outcomes.map(({ answer }) => answer)).toEqual([
      'exercise.ts',
      'solution.ts',
      'right/adds-twice.ts',
      'wrong/add-two.ts',
      'wrong/square.ts',
      'wrong/text.ts',
    ]);
    expect(answerProblems(folder, outcomes)).toEqual([]);
    expect(outcomes.at(-2)?.command).toBe('npx loopscope lesson');
    expect(outcomes.at(-2)?.reports.en).toContain('This multiplies 3 by itself');
  });

  test('are wrong where the check is', async ({ expect }) => {
    const folder = lessons.copy({
      'solution.ts': replace('value * 2', 'value ** 2'),
      'exercise.ts': replace(/todo\(.*\)/, 'value * 2; // todo()'),
      'right/adds-twice.ts': replace('value + value', 'value + 2'),
      'wrong/square.ts': replace('value ** 2', '2 * value'),
      'wrong/add-two.ts': replace('wrong.add-two', 'wrong.square'),
      'wrong/text.ts': replace('return', 'if (value > 0) throw new Error("no"); return'),
    });
    expect(answerProblems(folder, await tryAnswers(folder))).toEqual([
      'exercise.ts should be still to do, and passed',
      'solution.ts should pass, and was refused with wrong.square',
      'right/adds-twice.ts should pass, and was refused with wrong.add-two',
      'wrong/add-two.ts should be refused with wrong.square, and was refused with wrong.add-two',
      'wrong/square.ts should be refused with wrong.square, and passed',
      'wrong/text.ts should be refused with wrong.text, and had trouble: thrown in line 5: no',
      'no wrong answer shows wrong.text',
    ]);
  });

  test('are wrong where the check throws by itself', async ({ expect }) => {
    const folder = lessons.copy({
      'check.ts': replace('const given', 'null.length; const given'),
      'exercise.ts': replace('return', 'if (value === 3) return'),
    });
    const [first] = answerProblems(folder, await tryAnswers(folder));
    expect(first).toMatch(/^exercise\.ts should be still to do, and had trouble: bug.*: TypeError/);
  });

  test('are wrong where a text lacks a value', async ({ expect }) => {
    const folder = lessons.copy({
      'messages.en.yaml': (text) =>
        text.replaceAll('{value})', '{values})').replace('Twice {value} is a', 'Twice {n} is a'),
    });
    const problems = answerProblems(folder, await tryAnswers(folder));
    expect(problems).toContain('solution.ts: step.double is said without a value for {values}');
    expect(problems).toContain('wrong/text.ts: wrong.text is said without a value for {n}');
  });

  test('are named where one does not end', async ({ expect }) => {
    const folder = lessons.copy({ 'exercise.ts': replace('return', 'for (;;); return') });
    // a loop without end outlasts any limit, so that a slow machine changes nothing
    const trying = tryAnswers(folder, 2000);
    await expect(trying).rejects.toThrow('exercise.ts: the check does not end');
  });

  test('are named where one ends the process', async ({ expect }) => {
    const folder = lessons.copy({
      'wrong/square.ts': replace('return', 'process.exit(3); return'),
    });
    await expect(tryAnswers(folder)).rejects.toThrow('wrong/square.ts: the check ends with 3');
  });

  test('need an exercise and a check', async ({ expect }) => {
    const folder = lessons.copy({ 'check.ts': null });
    await expect(tryAnswers(folder)).rejects.toThrow('there is no check.ts');
  });

  const refused = (key: string, command: string | null = null): Outcome => {
    const why = { key, values: { value: 3 } };
    const en = 'Twice 3 is a number; this is a text. This multiplies 3 by itself, and not by two.';
    const reports = { en };
    return { answer: 'wrong/a.ts', passed: false, why, trouble: null, steps: [], reports, command };
  };

  test('show every misconception, or the messages say which they do not', ({ expect }) => {
    const shown = [refused('wrong.text'), refused('wrong.square')];
    const folder = (list: string): string =>
      lessons.copy({
        'messages.en.yaml': (text) => `${text}not-shown: ${list}\n`,
        'wrong/a.ts': '// refused: wrong.text\n',
      });
    const problems = (list: string): string[] =>
      answerProblems(folder(list), shown).filter((problem) => !problem.startsWith('wrong/a.ts'));
    expect(problems('[]')).toEqual(['no wrong answer shows wrong.add-two']);
    expect(problems('[wrong.add-two]')).toEqual([]);
    expect(problems('[wrong.add-two, wrong.text]')).toEqual([
      'wrong.text is on the list not-shown, and is shown or is no message',
    ]);
  });

  test('have reports that fit on a screen and say the misconception', ({ expect }) => {
    const folder = lessons.copy({ 'wrong/a.ts': '// refused: wrong.text\n' });
    const problems = (report: string): string[] =>
      answerProblems(folder, [{ ...refused('wrong.text'), reports: { en: report } }]).filter(
        (problem) => problem.startsWith('wrong/a.ts'),
      );
    expect(problems('Twice 3 is a number;\n  this is a text.\n')).toEqual([]);
    expect(problems('Twice 3 is a number; …')).toEqual(['wrong/a.ts: the report cuts wrong.text']);
    const long = `Twice 3 is a number; this is a text.${'\nx'.repeat(22)}\n${'x'.repeat(81)}`;
    expect(problems(long)).toEqual([
      'wrong/a.ts: the report has 24 lines',
      `wrong/a.ts: the report has a line too wide: ${'x'.repeat(81)}`,
    ]);
  });

  test('show commands that run', async ({ expect }) => {
    const problems = async (command: string, code: number): Promise<string[]> =>
      shownCommandProblems([refused('wrong.text', command)], async () => {
        return { code, stdout: '', stderr: 'no such option' };
      });
    expect(await problems('npx loopscope inspect --hex 8100', 0)).toEqual([]);
    expect(await problems('npx loopscope inspect --hex 8100', 1)).toEqual([]);
    expect(await problems('npx loopscope inspect --hax 8100', 2)).toEqual([
      'npx loopscope inspect --hax 8100: does not run: no such option',
    ]);
    expect(await problems('loopscope inspect', 0)).toHaveLength(1);
  });
});

describe.concurrent('the demo', { timeout: 120_000 }, () => {
  test('is right in the made-up lesson', async ({ expect }) => {
    expect(await demoProblems(lessons.copy())).toEqual([]);
  });

  test.for<[broken: string, source: string, problem: string]>([
    ['chance', 'console.log(process.pid);', 'on sim: two runs differ:'],
    ['a long line', "console.log('文'.repeat(41));", 'on sim: prints more than 80 columns: 文'],
    ['an error', "console.log(1); throw new Error('no');", 'on sim: ended with 1'],
    ['a warning', "console.log(1); console.error('no');", 'on sim: says on stderr: no'],
    ['silence', '', 'on sim: prints nothing'],
    [
      'real sockets only',
      "console.log(1); if (process.env.LOOPSCOPE_NETWORK === 'real') process.exit(4);",
      'on real: ended with 4',
    ],
  ])('is broken by %s', async ([, source, problem], { expect }) => {
    const problems = await demoProblems(lessons.copy({ 'demo.ts': source }));
    expect(problems.join('\n')).toContain(problem);
  });

  test('is played on the networks that the lesson names', async ({ expect }) => {
    const changes = { 'demo.ts': "if (process.env.LOOPSCOPE_NETWORK === 'real') console.log(1);" };
    const named = (networks: string): Changes => ({
      ...changes,
      'lesson.md': replace('[sim, real]', networks),
    });
    expect(await demoProblems(lessons.copy(named('[real]')))).toEqual([]);
    expect(await demoProblems(lessons.copy(named('[]')))).toHaveLength(1);
  });
});
