import pc from 'picocolors';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { type ReportInput, reportOf } from '../../src/lesson/report.js';
import type { CheckResult } from '../../src/lesson/run-check.js';
import type { Trouble } from '../../src/lesson/trouble-kind.js';
import { type DrawOptions, failureReport } from '../../src/terminal/check-report.js';

const TEXTS = {
  task: 'Double it.',
  'step.double': 'double({n})',
  'wrong.double': 'Twice {n} is not that.',
};

const lesson = { number: 90, title: 'Doubling' };

const steps = (count: number): Pick<CheckResult, 'history' | 'steps'> => ({
  steps: count,
  history: Array.from({ length: Math.min(count, 100) }, (_, i) => ({
    key: 'step.double',
    values: { n: count - Math.min(count, 100) + i + 1 },
  })),
});

const why = { key: 'wrong.double', values: { n: 3 } };

type Options = Partial<ReportInput & Pick<DrawOptions, 'replay'>>;

/** The report, drawn from what has gone through JSON, as from a worker. */
function report(result: Partial<CheckResult>, { replay = null, ...input }: Options = {}): string {
  const nothing = { passed: false, failed: null, trouble: null, output: '', trace: null, at: null };
  const model = reportOf({
    lesson,
    result: { ...nothing, command: null, ...steps(3), ...result },
    file: 'loopscope-lessons/90-doubling/exercise.ts',
    ...input,
  });
  const sent = JSON.parse(JSON.stringify(model));
  expect(sent).toEqual(model);
  const colors = pc.createColors(false);
  return failureReport(sent, { messages: TEXTS, columns: 80, colors, replay });
}

describe('the report of a failure', () => {
  test('tells the steps, the misconception, the values, how to see it and what to try', () => {
    const failed = {
      why,
      compared: { expected: '[2,4,6]', actual: '[2,4,7]' },
      bytes: null,
      at: null,
    };
    const replay = 'npx loopscope step loopscope-lessons/90-doubling/failure.ndjson';
    expect(report({ failed }, { replay })).toBe(`Lesson 90, not yet: Doubling
What was tried; the last step failed:
  1  double(1)
  2  double(2)
> 3  double(3)

Twice 3 is not that.

  expected  [2,4,6]
  yours     [2,4,7]
                 ^

See it:   npx loopscope step loopscope-lessons/90-doubling/failure.ndjson
Try next: npx loopscope check 90 --hint 1
`);
  });

  test('writes out what would turn the direction of a line, or is not seen', () => {
    const turned = 'a\u202eb\u200bc';
    const trouble = { kind: 'thrown', values: { message: turned }, line: 1, column: null } as const;
    const texts = [
      report({ trouble, output: turned }, { source: `throw '${turned}';` }),
      report({
        failed: { why, compared: { expected: 'abc', actual: turned }, bytes: null, at: null },
        ...{ history: [{ key: 'step.double', values: { n: turned } }], steps: 1 },
      }),
    ];
    for (const text of texts) {
      expect(text).toContain('a\\u{202e}b\\u{200b}c');
      expect(text).not.toMatch(/\p{Cf}/u);
    }
    expect(texts[1]).toContain(`  yours     a\\u{202e}b\\u{200b}c\n${' '.repeat(13)}^\n`);
  });

  test('gives a long command a line of its own', () => {
    const failed = { why, compared: null, bytes: null, at: 123 };
    const replay = `npx loopscope step loopscope-lessons/${'9'.repeat(20)}/failure.ndjson --at 123`;
    expect(report({ failed }, { replay })).toContain(`\nSee it:\n${replay}\nTry next: `);
  });

  test('names the field of the first byte that differs', () => {
    const bytes = { offset: 1, field: 'mask-length', expected: '85 37', actual: '05 37' };
    expect(report({ failed: { why, compared: null, bytes, at: null } })).toContain(`
First difference at byte 1, in MASK and payload length:
  expected  85 37
  yours     05 37
            ^^
`);
  });

  test('names a field of a handshake as it stands there', () => {
    const bytes = { offset: 16, field: 'upgrade', expected: '55', actual: '75' };
    expect(report({ failed: { why, compared: null, bytes, at: null } })).toContain(
      'First difference at byte 16, in the field upgrade:\n',
    );
  });

  test('says where bytes are missing', () => {
    const bytes = { offset: 2, field: null, expected: '37', actual: '' };
    const text = report({ failed: { why, compared: null, bytes, at: null } });
    expect(text).toContain(
      'First difference at byte 2:\n  expected  37\n  yours     (nothing more)\n',
    );
  });

  test('shows long values where they differ', () => {
    const expected = `${'a'.repeat(500)}b${'c'.repeat(500)}`;
    const actual = `${'a'.repeat(500)}d`;
    const lines = report({
      failed: { why, compared: { expected, actual }, bytes: null, at: null },
    }).split('\n');
    const mark = lines.findIndex((line) => /^ +\^$/.test(line));
    const at = (lines[mark] ?? '').indexOf('^');
    expect([lines[mark - 2]?.[at], lines[mark - 1]?.[at]]).toEqual(['b', 'd']);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test('gives the hint behind the last one that was read', () => {
    const failed = { why, compared: null, bytes: null, at: null };
    expect(report({ failed }, { hintsRead: 2 })).toContain('check 90 --hint 3\n');
  });

  test('offers the last hint again when all were read', () => {
    const failed = { why, compared: null, bytes: null, at: null };
    const text = report({ failed }, { hintsRead: 3 });
    expect(text).not.toContain('Try next');
    expect(text).toMatch(
      /\nAll hints are read. The last again: npx loopscope check 90 --hint 3\n$/,
    );
  });

  test('leaves out steps before the last eight, and says how many', () => {
    const text = report({ ...steps(250), failed: { why, compared: null, bytes: null, at: null } });
    expect(text).toContain('… 242 steps before\n  243  double(243)\n');
    expect(text).toContain('\n> 250  double(250)\n');
  });
});

describe('what else a report says', () => {
  const failed = { why, compared: null, bytes: null, at: null };

  test('what the compiler complains about, with its place', () => {
    const values = { type: 'BroadcastStep', name: 'fds', there: '`to`, `bytes`' };
    const complaint = { line: 12, column: 20, key: 'types.noProperty.there', values } as const;
    expect(report({ failed }, { complaint, file: 'exercise.ts' })).toContain(
      '\n\nexercise.ts:12:20: BroadcastStep has no `fds`; it has `to`, `bytes`\n\nTry next: ',
    );
    const message = '\u001b[2J'.padEnd(2000, 'long ');
    const long = report(
      { failed },
      { complaint: { ...complaint, key: 'types.message', values: { message } } },
    );
    expect(long.split('\n').length).toBeLessThanOrEqual(23);
    expect(long).not.toContain('\u001b');
  });

  test('a notice, before the misconception', () => {
    const values = { original: 'a.ts', path: 'b.ts' };
    const notice = { of: 'runner', key: 'check.original', values } as const;
    expect(report({ failed }, { notice })).toContain(
      '\n\nYou edited a.ts of the package; yours, which is checked, is b.ts.\nTwice 3 is not that.\n',
    );
  });
});

describe('the report of trouble', () => {
  const todo: Trouble = {
    kind: 'todo',
    values: { file: 'exercise.ts', message: 'double it' },
    line: 2,
    column: 10,
  };

  test('shows the line, and a mark under its place', () => {
    const source = "export function double(n) {\n  return todo('double it');\n}\n";
    const text = report({ trouble: todo }, { source });
    expect(text).toContain(
      'loopscope-lessons/90-doubling/exercise.ts, line 2, is still to do: double it\n',
    );
    expect(text).toContain(`  2 |   return todo('double it');\n    |          ^\n`);
    expect(text).toContain('Task: Double it.\n');
    expect(text).toContain('Try next: npx loopscope check 90 --hint 1\n');
  });

  test('leaves the line out when the file has changed since', () => {
    expect(report({ trouble: todo }, { source: 'a' })).not.toContain('|');
  });

  test('says the position of a syntax error, and asks for no hint', () => {
    const values = { file: 'exercise.ts', message: 'Unexpected ")"' };
    const text = report({ ...steps(0), trouble: { ...todo, kind: 'syntax', values } });
    expect(text).toContain(
      'loopscope-lessons/90-doubling/exercise.ts:2:10: TypeScript cannot read this',
    );
    expect(text).not.toContain('What was tried');
    const ofLine = report({
      ...steps(0),
      trouble: { ...todo, kind: 'syntax', values, column: null },
    });
    expect(ofLine).toContain(
      'loopscope-lessons/90-doubling/exercise.ts:2: TypeScript cannot read this',
    );
    expect(text).toMatch(/Try next: npx loopscope check 90\n$/);
  });

  test('says whether it was in a step', () => {
    const values = { file: 'exercise.ts', seconds: 4 };
    const trouble: Trouble = { kind: 'busy', values, line: null, column: null };
    expect(report({ ...steps(1), trouble })).toContain('No answer from the last step after 4 s');
    expect(report({ ...steps(0), trouble })).toContain(
      'No answer from the file itself before any step after 4 s',
    );
  });

  test('says of a name that is not there what to do, and asks for no hint', () => {
    const message = 'ReferenceError: encodeFrame is not defined';
    const values = { file: 'exercise.ts', name: 'encodeFrame', message };
    const text = report({ trouble: { kind: 'noName', values, line: 2, column: 1 } });
    expect(text).toContain("Nothing here is called encodeFrame: import it, if 'loopscope' has it,");
    expect(text).toMatch(/Try next: npx loopscope check 90\n$/);
  });

  test('an exception of unknown place has no line', () => {
    const values = { file: 'exercise.ts', message: 'oh' };
    const text = report({ trouble: { kind: 'thrown', values, line: null, column: null } });
    expect(text).toContain('\nloopscope-lessons/90-doubling/exercise.ts threw: oh\n');
  });
});

describe('a report fits on the screen', () => {
  const long = `${'word '.repeat(200)}${'x'.repeat(300)} 小明`;
  const cases: [string, Partial<CheckResult>][] = [
    ['many steps, much output', { ...steps(5000), output: `${long}\n`.repeat(100) }],
    ['one step', { ...steps(1), output: 'a\n' }],
    ['output with escapes', { output: '\u001b[2J\u001b[31mred\u0007\tx\r\n' }],
  ];

  test.each(cases)('%s', (_, result) => {
    const bytes = { offset: 70_000, field: 'payload', expected: '00', actual: '' };
    const failures: Partial<CheckResult>[] = [
      { failed: { why, compared: null, bytes, at: null } },
      { failed: { why, compared: { expected: long, actual: `${long}!` }, bytes: null, at: null } },
      {
        trouble: { kind: 'thrown', values: { file: 'e.ts', message: long }, line: 1, column: 700 },
      },
      {
        trouble: {
          kind: 'bug',
          values: { file: 'e.ts', message: long, at: 'c' },
          line: null,
          column: null,
        },
      },
    ];
    for (const failure of failures) {
      const lines = report({ ...result, ...failure }, { source: long, replay: 'x' }).split('\n');
      expect(lines.length).toBeLessThanOrEqual(23);
      for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(80);
      expect(lines.join('')).not.toMatch(/\p{Cc}/u);
      expect(lines.at(-2)).toMatch(/^Try next: /);
    }
  });
});
