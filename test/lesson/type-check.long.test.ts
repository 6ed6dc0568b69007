import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { allLessons } from '../../src/lesson/lesson.js';
import { speak } from '../../src/lesson/texts.js';
import { typeComplaints } from '../../src/lesson/type-check.js';
import { Scratch } from '../support/student.js';

const say = speak();
let scratch: Scratch;

beforeEach(() => {
  scratch = new Scratch();
});

afterEach(() => scratch.remove());

const HEAD = `import { encodeFrame, Opcode, type Step, type TraceEvent } from 'loopscope';
import { todo } from 'loopscope/node';
`;

const EVENTS = 'export const f = (events: TraceEvent[]) => events';

test('what is handed out, and what is right, gives no complaint', { timeout: 120_000 }, () => {
  const files = allLessons().flatMap(({ folder, exercise, solution }) => [
    ...[exercise, solution].filter((path) => path !== null),
    ...(exercise === null ? [] : readdirSync(join(folder, 'right'))).map((name) =>
      join(folder, 'right', name),
    ),
  ]);
  expect(files.length).toBeGreaterThan(60);
  const said = [...typeComplaints(...files)].map(([path, { line, key, values }]) => [
    path,
    line,
    say(key, values),
  ]);
  expect(said).toEqual([]);
});

describe('a complaint is one line for a learner, of', () => {
  const cases: [what: string, code: string, said: string][] = [
    [
      'a field that a step does not have',
      `${EVENTS}.filter((e) => e.step === 'broadcast').map((e) => e.fds);`,
      'BroadcastStep has no `fds`; it has `to`, `bytes`',
    ],
    [
      'a field of a step that may not be there',
      `${EVENTS}.find((e) => e.step === 'broadcast')?.fds;`,
      'BroadcastStep has no `fds`; it has `to`, `bytes`',
    ],
    ['a field that no event has', `${EVENTS}.map((e) => e.fds);`, 'TraceEvent has no `fds`'],
    [
      'a field that one kind of event has',
      `${EVENTS}.map((e) => e.to);`,
      'not every TraceEvent has `to`, only BroadcastStep; look first which it is',
    ],
    [
      'a field that many kinds have',
      `${EVENTS}.map((e) => e.fd);`,
      'not every TraceEvent has `fd`; look first which it is',
    ],
    [
      'a step that is made with another field',
      `export function* f(): Generator<Step> { yield { step: 'broadcast', fds: [1] }; }`,
      'BroadcastStep has no `fds`; it has `to`, `bytes`',
    ],
    ['a slip', `${EVENTS}.lenght;`, 'TraceEvent[] has no `lenght`; did you mean `length`?'],
    [
      'a constant that is not there',
      'export const f = Opcode.txt;',
      'Opcode has no `txt`; it has `continuation`, `text`, `binary`, `close`, `ping`, `pong`',
    ],
    [
      'a value of another type',
      `export const f = (text: string) => encodeFrame(Opcode.text, text);`,
      'string where Uint8Array<ArrayBufferLike> is wanted',
    ],
    [
      'what is returned',
      'export const f = (n: string): number => { return n; };',
      'string where number is wanted',
    ],
    [
      'a name',
      'export const f = (text: string) => txt;',
      'nothing here is called `txt`; did you mean `text`?',
    ],
    [
      'an export',
      "import { encodeFram } from 'loopscope'; export const f = encodeFram;",
      'loopscope exports no `encodeFram`; did you mean `encodeFrame`?',
    ],
    [
      'something else: as the compiler says it',
      'export const f = encodeFrame();',
      'Expected 2-3 arguments, but got 0.',
    ],
  ];

  test('each kind, at its place', { timeout: 120_000 }, () => {
    const files = cases.map(
      ([what, code], i) => [what, scratch.write(`${i}/exercise.ts`, HEAD + code)] as const,
    );
    const complaints = typeComplaints(...files.map(([, path]) => path));
    const said = files.map(([what, path]) => {
      const complaint = complaints.get(path);
      return [what, complaint && say(complaint.key, complaint.values)];
    });
    expect(said).toEqual(cases.map(([what, , text]) => [what, text]));
    const [, first = ''] = files[0] ?? [];
    const [, code = ''] = cases[0] ?? [];
    expect(complaints.get(first)).toMatchObject({ line: 3, column: code.indexOf('fds') + 1 });
  });
});

test('a list that begins empty takes what is put into it', { timeout: 120_000 }, () => {
  const path = scratch.write(
    'exercise.ts',
    "export const f = (a) => { const list = []; for (const one of a) list.push(one.b, 'x'); return list; };\n",
  );
  expect(typeComplaints(path).size).toBe(0);
});

test('what no type was written for, or is not installed, is no mistake', {
  timeout: 120_000,
}, () => {
  const path = scratch.write(
    'exercise.ts',
    "import none from 'not-installed';\nexport const f = (a) => { try { return none(a.b); } catch (e) { return e.code; } };\n",
  );
  expect(typeComplaints(path).size).toBe(0);
});

test('a name that is not there is told before a value of another type', {
  timeout: 120_000,
}, () => {
  const path = scratch.write(
    'exercise.ts',
    "export const n: number = 'n';\nexport const f = nothing;\n",
  );
  expect(typeComplaints(path).get(path)).toMatchObject({ line: 2, key: 'types.noName' });
});
