import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type CheckResult, checkHere, KEPT_STEPS, runCheck } from '../../src/lesson/run-check.js';
import { PATIENCE_MS } from '../support/patience.js';
import { doubling, Scratch } from '../support/student.js';

const RUN_CHECK = new URL('../../src/lesson/run-check.ts', import.meta.url).href;

const scratch = new Scratch();
const lesson = doubling(scratch);
let files = 0;

afterAll(() => scratch.remove());

/** Writes a student's file in a folder of its own. @returns its path */
function exerciseOf(text: string | Uint8Array): string {
  return scratch.write(`student-${++files}/exercise.ts`, text);
}

function run(text: string | Uint8Array, limitMs = 4000): Promise<CheckResult> {
  return runCheck({ lesson, exercise: exerciseOf(text), limitMs });
}

/** A lesson with another check. */
function withCheck(text: string): typeof lesson {
  return { ...lesson, check: scratch.write(`lesson-${++files}/check.ts`, text) };
}

/** A check that awaits nothing. */
const AT_ONCE = `export default ({ double }: any, t: any) => t.equal(double(2), 4, 'wrong.double');`;

/** A student's file whose function is this. */
const doubles = (body: string): string => `export function double(n: number): any {\n${body}\n}\n`;

describe.concurrent('a check in a process of its own', () => {
  test('passes what is right', async () => {
    const result = await run(doubles('return n * 2;'));
    expect(result).toMatchObject({ passed: true, failed: null, trouble: null, steps: 3 });
    expect(result.history.map(({ values }) => values.n)).toEqual([1, 2, 3]);
  });

  test('says what failed, its steps and its trace', async () => {
    const result = await run(doubles('return n === 3 ? 9 : n * 2;'));
    expect(result.failed).toEqual({
      why: { key: 'wrong.double', values: { n: 3 } },
      compared: { expected: '6', actual: '9' },
      bytes: null,
      at: 1,
    });
    expect(result).toMatchObject({ passed: false, trouble: null, steps: 3 });
    expect(result.trace).toMatch(/^\{.*"step":"accept".*\}\n\{.*"step":"call".*\}\n$/);
  });

  test('gives a file that imports loopscope this very package, where nothing is installed', async () => {
    const text = `import { toHex } from 'loopscope';\nimport { NodeNet } from 'loopscope/node';
${doubles("return toHex(Uint8Array.of(1)) === '01' && NodeNet ? n * 2 : 0;")}`;
    expect(await run(text)).toMatchObject({ passed: true });
  });

  test('works in a folder with a space and Chinese characters in its name', async () => {
    const exercise = scratch.write('学生 1/exercise.ts', doubles('return n.foo.bar;'));
    const { trouble } = await runCheck({ lesson, exercise });
    expect(trouble).toMatchObject({ kind: 'thrown', line: 2 });
  });

  test('keeps the last steps of many', async () => {
    const many = withCheck(
      `export default (_: any, t: any) => { for (let n = 1; n <= 250; n++) t.step('s', { n }); };`,
    );
    const exercise = exerciseOf(doubles('return 0;'));
    const { history, steps, passed } = await runCheck({ lesson: many, exercise });
    expect([passed, steps, history.length, history.at(-1)?.values.n]).toEqual([
      true,
      250,
      KEPT_STEPS,
      250,
    ]);
  });

  test.each([
    ['a promise', 'return Promise.resolve(2);', 'a Promise'],
    ['an object in itself', 'const o: any = {}; o.o = o; return o;', '{"o":(itself)}'],
    ['one byte', 'return Uint8Array.of(2);', '1 byte 02'],
  ])('shows %s that was given', async (_, body, actual) => {
    const exercise = exerciseOf(doubles(body));
    const { failed } = await runCheck({ lesson: withCheck(AT_ONCE), exercise });
    expect(failed?.compared).toEqual({ expected: '4', actual });
  });

  test('shows it in the language that is asked for', async () => {
    const exercise = exerciseOf(doubles('return Promise.resolve(2);'));
    const { failed } = await runCheck({
      lesson: withCheck(AT_ONCE),
      exercise,
      language: 'xx-test',
    });
    expect(failed?.compared?.actual).toBe('[a Promise~~~]');
  });

  test('tells of an async function that throws, where no promise is expected', async () => {
    const exercise = exerciseOf('export async function double() {\n  throw new Error("no");\n}\n');
    const { failed, trouble } = await runCheck({ lesson: withCheck(AT_ONCE), exercise });
    expect(failed).toBeNull();
    expect(trouble).toMatchObject({ kind: 'rejected', line: 2, values: { message: 'no' } });
  });

  test('lets Node say its warnings', async () => {
    const { output } = await run(doubles('process.emitWarning("mind"); return n * 2;'));
    expect(output).toContain('Warning: mind');
  });

  test('shows what was printed', async () => {
    const { output } = await run(doubles("console.log('n is', n); return n * 2;"));
    expect(output).toBe('n is 1\nn is 2\nn is 3\n');
  });

  test('cuts off what is printed too much', async () => {
    const { output, passed } = await run(doubles("console.log('x'.repeat(9000)); return n * 2;"));
    expect(passed).toBe(true);
    expect(output).toMatch(/^x{8000}\n… 19,003 more characters\n$/);
  });
});

describe.concurrent('trouble in the file', () => {
  const cases: [string, string, object][] = [
    [
      'an unfinished place',
      "import { todo } from 'loopscope/node';\nexport const double = (n: number) =>\n  todo('double it');\n",
      { kind: 'todo', line: 3, values: { message: 'double it' } },
    ],
    [
      'a syntax error',
      doubles('  return (n * 2;'),
      {
        kind: 'syntax',
        line: 2,
        column: 16,
        values: { message: 'Unexpected token, expected ","' },
      },
    ],
    [
      'an exception',
      doubles('  const none: any = undefined;\n  return none.foo;'),
      {
        kind: 'thrown',
        line: 3,
        values: { message: "TypeError: Cannot read properties of undefined (reading 'foo')" },
      },
    ],
    [
      'a name that was not imported',
      doubles('  return encodeFrame(n);'),
      {
        kind: 'noName',
        line: 2,
        values: { name: 'encodeFrame', message: 'ReferenceError: encodeFrame is not defined' },
      },
    ],
    [
      'a variable that was not declared, as PHP needs none',
      doubles('  $twice = n * 2;\n  return $twice;'),
      { kind: 'noName', line: 2, values: { name: '$twice' } },
    ],
    [
      'a promise that is rejected and awaited',
      'export async function double() {\n  await null;\n  throw new Error("no way");\n}\n',
      { kind: 'thrown', line: 3, values: { message: 'no way' } },
    ],
    [
      'a promise that is rejected and left alone',
      doubles('  void Promise.reject(new Error("left alone"));\n  return n * 2;'),
      { kind: 'rejected', line: 2, values: { message: 'left alone' } },
    ],
    [
      'an exception in a callback',
      doubles(
        '  return new Promise(() => setImmediate(() => {\n    throw new Error("later");\n  }));',
      ),
      { kind: 'thrown', line: 3, values: { message: 'later' } },
    ],
    [
      'a text that is thrown',
      doubles("  throw 'oh';"),
      { kind: 'thrownValue', line: null, values: { message: "'oh'" } },
    ],
    [
      'an object that is thrown, and that throws when it is shown',
      doubles('  throw { a: 1, toString() {\n    throw 1;\n  } };'),
      { kind: 'thrownValue', values: { message: '{ a: 1, toString: [Function: toString] }' } },
    ],
    [
      'an exception while it is loaded',
      'throw new Error("at once");\n',
      { kind: 'thrown', line: 1, values: { message: 'at once' } },
    ],
    ['a function that calls itself', doubles('  return double(n);'), { kind: 'overflow', line: 2 }],
    ['process.exit', doubles('  process.exit(3);'), { kind: 'exit', line: 2, values: { code: 3 } }],
    [
      'a promise that nothing can settle',
      doubles('  return new Promise(() => {});'),
      { kind: 'unsettled', line: null },
    ],
    ['a signal', doubles('  process.kill(process.pid); for (;;);'), { kind: 'killed' }],
    [
      'a missing export',
      'export const triple = 3;\n',
      { kind: 'noExport', values: { name: 'double' } },
    ],
    [
      'an export that is no function',
      'export const double = 2;\n',
      { kind: 'noFunction', values: { name: 'double' } },
    ],
    ['an empty file', '', { kind: 'noExport' }],
    ['a file that is not there', "import './helper.js';\n", { kind: 'import' }],
    [
      'an export of what it would have to export itself',
      "export { double } from './exercise.js';\n",
      { kind: 'import', line: 1 },
    ],
    ['a package that is not there', "import 'left-pad';\n", { kind: 'import' }],
    [
      'a name that loopscope does not have',
      "import { nothing } from 'loopscope';\nexport const double = nothing;\n",
      { kind: 'import', line: 1 },
    ],
  ];

  test.each(cases)('%s', async (_, text, trouble) => {
    const result = await run(text);
    expect(result).toMatchObject({ passed: false, failed: null, trouble });
    expect(result.trouble?.values.file).toBe('exercise.ts');
  });

  test.each([
    ['no file', 'missing', () => join(scratch.path, 'exercise.ts')],
    ['UTF-16', 'encoding', () => exerciseOf(Buffer.from('﻿export {}', 'utf16le'))],
    [
      'a folder',
      'folder',
      () => {
        const path = join(scratch.path, 'folder', 'exercise.ts');
        mkdirSync(path, { recursive: true });
        return path;
      },
    ],
    [
      'a file that the system does not give',
      'unreadable',
      () => {
        const path = exerciseOf('');
        truncateSync(path, 3 * 2 ** 30); // Node reads no more than 2 GiB; none of it is on the disk
        return path;
      },
    ],
  ])('%s', async (_, kind, make) => {
    const exercise = make();
    expect((await runCheck({ lesson, exercise })).trouble?.kind).toBe(kind);
    expect((await checkHere({ lesson, exercise })).trouble?.kind).toBe(kind);
  });
});

describe('what does not end is ended', () => {
  test('a loop without end: its line and the last step are known', async () => {
    const result = await run(doubles('  while (n === 2);\n  return n * 2;'));
    expect(result.trouble).toMatchObject({ kind: 'endless', line: 2 });
    expect(result.history.at(-1)?.values).toEqual({ n: 2 });
  });

  test('a loop without end that catches whatever is thrown in it', async () => {
    const body = '  for (;;) {\n    try { for (const _ of [1, 2]); } catch {}\n  }';
    expect((await run(doubles(body))).trouble).toMatchObject({ kind: 'endless', line: 2 });
  });

  test('a loop without end at the top of the file, and in a file that it imports', async () => {
    scratch.write('endless/helper.ts', 'export const a: number = 1;\n\nfor (;;);\n');
    const exercise = scratch.write('endless/exercise.ts', "import './helper.js';\n");
    const { trouble } = await runCheck({ lesson, exercise });
    expect(trouble).toMatchObject({ kind: 'endless', values: { file: 'helper.ts', fileLine: 3 } });
  });

  test('a loop that gives way and goes on without end', async () => {
    const body = '  for (;;) await new Promise((resolve) => setImmediate(resolve));';
    const result = await run(`export async function double() {\n${body}\n}\n`, 60_000);
    expect(result.trouble).toMatchObject({ kind: 'endless', line: 2 });
  });

  test('what computes for long and has no loop', async () => {
    const grow = 'const grow = (n: number): number => (n < 2 ? n : grow(n - 1) + grow(n - 2));';
    const result = await run(`${grow}\n${doubles('  return grow(60);')}`, 500);
    expect(result.trouble).toMatchObject({ kind: 'busy', values: { seconds: 0.5 } });
  });

  test('a wait that something keeps alive, which is not called busy', async () => {
    const text = `setInterval(() => {}, 10);\n${doubles('  return new Promise(() => {});')}`;
    expect((await run(text, 1500)).trouble?.kind).toBe('waits');
  });

  test('a memory that fills up, and says so without a dump', async () => {
    const body = '  const all: unknown[] = [];\n  for (;;) all.push(Array(100).fill(n));';
    const result = await run(doubles(`console.log('hello');\n${body}`));
    expect(result.trouble?.kind).toBe('memory');
    expect(result.output.trimEnd()).toBe('hello');
  });

  test('buffers outside of the heap that fill the memory', async () => {
    const body = '  const all: unknown[] = [];\n  for (;;) all.push(new Uint8Array(1e7).fill(1));';
    expect((await run(doubles(body))).trouble?.kind).toBe('memory');
  });

  test.each([
    ['long lines', "  for (;;) console.log('x'.repeat(1000));"],
    ['short lines', "  for (;;) console.log('x');"],
    ['turn by turn', "  console.log('x'.repeat(1000));\n  setImmediate(() => double(n));"],
  ])('a program that prints without end: %s', async (_, body) => {
    const result = await run(doubles(`${body}\n  return new Promise(() => {});`));
    expect(result.trouble).toMatchObject({ kind: 'flood', line: 2 });
    expect(result.output.length).toBeLessThan(10_000);
  });

  test('more than the prints of a right answer', async () => {
    const body = "  for (let i = 0; i < 1000; i++) console.log('line', i);\n  return n * 2;";
    expect((await run(doubles(body))).passed).toBe(true);
  });
});

describe.skipIf(process.platform === 'win32')('a machine that is slow', () => {
  // six seconds in which the process gets nothing done: no clock may count them against it
  const resume = (pid: number | string): string => `sleep 6; kill -CONT ${pid}`;

  test('stands still before the file is loaded: nobody is accused', {
    timeout: 60_000,
  }, async () => {
    const exercise = exerciseOf(doubles('return n * 2;'));
    const onStart = (pid: number): void => {
      process.kill(pid, 'SIGSTOP');
      spawn('sh', ['-c', resume(pid)]);
    };
    expect(await runCheck({ lesson, exercise, limitMs: 1000, onStart })).toMatchObject({
      passed: true,
    });
  });

  test('stands still while it is loaded, and in a step', { timeout: 60_000 }, async () => {
    const text = `import { spawn } from 'node:child_process';
const stop = () => {
  spawn('sh', ['-c', '${resume('$PPID')}']);
  process.kill(process.pid, 'SIGSTOP');
};
stop();
${doubles('  if (n === 2) stop();\n  return n * 2;')}`;
    expect(await run(text, 1000)).toMatchObject({ passed: true });
  });
});

describe("a verdict is the check's own", () => {
  const told = { type: 'verdict', verdict: { kind: 'passed' } };

  test.each([3, 4])('not what the file writes to descriptor %i', async (fd) => {
    const forged = `\n${JSON.stringify(told)}\nnonsense\n{"type":"step"}\nunfinished`;
    const text = `import { writeSync } from 'node:fs';
writeSync(${fd}, ${JSON.stringify(forged)});
${doubles('  return 9;')}`;
    expect(await run(text)).toMatchObject({ passed: false, trouble: null, steps: 1 });
  });

  test('nor what a changed Checker or JSON would give', async () => {
    const changed = `import { Checker } from 'loopscope/node';
(JSON as any).stringify = () => '${JSON.stringify(told)}';
${doubles('  (Checker.prototype as any).equal = () => {};\n  return 9;')}`;
    const { trouble } = await run(changed);
    expect(trouble).toMatchObject({ kind: 'thrown', line: 4 });
  });

  test('nor one without a step', async () => {
    const empty = withCheck('export default () => {};\n');
    const { passed, trouble } = await runCheck({ lesson: empty, exercise: exerciseOf('') });
    expect([passed, trouble?.kind]).toEqual([false, 'bug']);
  });

  test('a pipe that the file closes is a process that ended without a word', async () => {
    const text = `import { closeSync } from 'node:fs';\ncloseSync(3);\n${doubles('  return 2 * n;')}`;
    expect((await run(text)).trouble?.kind).toBe('killed');
  });
});

describe.skipIf(process.platform === 'win32')('programs that an exercise starts', () => {
  const starting = (rest: string): string => `import { spawn } from 'node:child_process';
const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
console.log(child.pid);
${rest}`;

  test.each([
    ['a right answer', doubles('  return 2 * n;')],
    ['a loop without end', doubles('  for (;;);')],
    ['an exception', 'throw new Error("no");\n'],
  ])('end with the check of %s', async (_, rest) => {
    const { output } = await run(starting(rest));
    await gone(Number(output));
  });

  test('end, with the check, when nobody waits for it any more', async () => {
    const exercise = exerciseOf(starting(doubles('  return new Promise(() => {});')));
    const { check, exercise: original } = lesson;
    const program = `import { runCheck } from ${JSON.stringify(RUN_CHECK)};
await runCheck({ lesson: ${JSON.stringify({ name: 'x', check, exercise: original })},
  exercise: ${JSON.stringify(exercise)}, onStart: (pid) => console.log(pid) });`;
    const args = ['--import', import.meta.resolve('tsx'), '--input-type=module', '-e', program];
    const parent = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const [printed] = await once(parent.stdout, 'data');
    parent.kill('SIGKILL');
    await gone(Number(printed));
  });
});

/** Waits until there is no process of this id. */
async function gone(pid: number): Promise<void> {
  expect(pid).toBeGreaterThan(1);
  await expect.poll(() => isThere(pid), { timeout: PATIENCE_MS }).toBe(false);
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('an error of the check is said to be one', async () => {
  const broken = withCheck('export default () => {\n  throw new Error("mine");\n};\n');
  const exercise = exerciseOf(doubles('return n * 2;'));
  const { trouble } = await runCheck({ lesson: broken, exercise });
  expect(trouble).toMatchObject({
    kind: 'bug',
    values: { message: 'mine', at: 'check.ts', atLine: 2 },
  });
});

describe('a check in this process', () => {
  test('gives the same as one in a process of its own', async () => {
    // vitest finds no loopscope for a file that lies outside of this package
    const original = scratch.write('original/exercise.ts', doubles('return n;'));
    for (const body of ['return n * 2;', 'return 9;', 'throw new Error("no");']) {
      const exercise = scratch.write(`here/${body.length}.ts`, doubles(body));
      const [here, there] = [
        await checkHere({ lesson: { ...lesson, exercise: original }, exercise }),
        await runCheck({ lesson, exercise }),
      ];
      expect({ ...here, trouble: here.trouble?.kind }).toEqual({
        ...there,
        trouble: there.trouble?.kind,
      });
    }
  });
});
