import { mkdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type CheckResult, checkHere, KEPT_STEPS, runCheck } from '../../src/lesson/run-check.js';
import { doubling, Scratch } from '../support/student.js';

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
    });
    expect(result).toMatchObject({ passed: false, trouble: null, steps: 3 });
    expect(result.trace).toMatch(/^\{.*"step":"accept".*\}\n$/);
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
      { kind: 'syntax', line: 2, column: 16, values: { message: 'Expected ")" but found ";"' } },
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
  test('a loop without end: the last step is known', async () => {
    const result = await run(doubles('  while (n === 2);\n  return n * 2;'), 1500);
    expect(result.trouble).toMatchObject({ kind: 'endless', values: { seconds: 1.5 } });
    expect(result.history.at(-1)?.values).toEqual({ n: 2 });
  });

  test('a loop that gives way and goes on without end', async () => {
    const body = '  for (;;) await new Promise((resolve) => setImmediate(resolve));';
    const result = await run(`export async function double() {\n${body}\n}\n`, 1500);
    expect(result.trouble?.kind).toBe('spins');
  });

  test('a wait that something keeps alive', async () => {
    const body = '  setInterval(() => {}, 1000);\n  return new Promise(() => {});';
    expect((await run(doubles(body), 1500)).trouble?.kind).toBe('waits');
  });

  test('a memory that fills up, and says so without a dump', async () => {
    const body = '  const all: unknown[] = [];\n  for (;;) all.push({ n, at: all.length });';
    const result = await run(doubles(`console.log('hello');\n${body}`), 15_000);
    expect(result.trouble?.kind).toBe('memory');
    expect(result.output).toBe('hello');
  });

  test('buffers outside of the heap that fill the memory', async () => {
    const body = '  const all: unknown[] = [];\n  for (;;) all.push(new Uint8Array(1e7).fill(1));';
    expect((await run(doubles(body), 15_000)).trouble?.kind).toBe('memory');
  });

  test('a program that prints without end', async () => {
    const body = "  console.log('x'.repeat(1000));\n  setImmediate(double);";
    const text = `export function double() {\n${body}\n  return new Promise(() => {});\n}\n`;
    const result = await run(text, 15_000);
    expect(result.trouble?.kind).toBe('flood');
    expect(result.output.length).toBeLessThan(10_000);
  });
});

test('an error of the check is said to be one', async () => {
  const broken = withCheck('export default () => {\n  throw new Error("mine");\n};\n');
  const exercise = exerciseOf(doubles('return n * 2;'));
  const { trouble } = await runCheck({ lesson: broken, exercise });
  expect(trouble).toMatchObject({
    kind: 'bug',
    values: { message: 'mine', at: 'check.ts, line 2' },
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
