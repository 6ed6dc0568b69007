/**
 * The process in which a student's exercise is checked: run by run-check.ts, never imported. Tells
 * on descriptor 3 what happens, at once, so that what was told last is known whatever comes next; a
 * thread tells on descriptor 4 what the process uses.
 * @module
 */

import { readFileSync, writeSync } from 'node:fs';
import { basename } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { languageFor } from '../texts/language.js';
import { attempt } from './attempt.js';
import { Checker, type Said } from './checker.js';
import { watch } from './child-watch.js';
import { toldVerdict } from './judge.js';
import { countPasses, type Endless } from './loop-count.js';
import './node-surroundings.js';
import { stacksOf } from './node-stacks.js';
import { MOST_OUTPUT, PRINT_COSTS } from './output.js';
import { columnOf } from './student-code.js';
import { useStudentModules } from './student-modules.js';
import { ALIVE_MS, type Told, toldLine } from './told.js';
import { troubleOf } from './trouble.js';
import { placeless, type Trouble, type TroubleKind } from './trouble-kind.js';

const [, , exercise = '', original = '', check = '', tag = '', lesson = ''] = process.argv;
const language = languageFor([tag]);
const files = {
  ...{ exercise, original, check, language },
  lesson: Number(lesson),
  columnOf: columnInSource,
};
const stacks = stacksOf(files);
const secret = readFileSync(0, 'utf8'); // before anyone else can read it
const write = writeSync; // the student's code may put another in its place
const exit = process.exit.bind(process);
let isOver = false;

Error.stackTraceLimit = 50; // the student's line may lie deep under the loop that called it
Object.freeze(Checker.prototype); // an exercise does not change what it is held against
watch(secret, plainTrouble('memory'));
await useStudentModules([pathToFileURL(exercise).href]);
const countAnew = countPasses(endEndless);

process.exit = (code) => {
  if (!isOver) last({ type: 'trouble', trouble: exitTrouble(code ?? process.exitCode ?? 0) });
  return exit(code);
};
process.on('uncaughtException', (error) => end('thrown', error));
process.on('unhandledRejection', (error) => end('rejected', error));
process.on('exit', () => {
  // nothing is left that could settle what the check waits for
  if (!isOver) last({ type: 'trouble', trouble: plainTrouble('unsettled') });
});
for (const stream of [process.stdout, process.stderr]) limit(stream);

tellIdle();
// not awaited: of a file that ends in an await which nothing settles, newer versions of Node say so themselves
attempt(files, onStep, () => tell({ type: 'loaded' })).then(
  (verdict) => {
    last({ type: 'verdict', verdict: toldVerdict(verdict) });
    exit(0); // whatever the exercise has left running
  },
  (error) => end('thrown', error),
);

function tell(told: Told): void {
  if (!isOver) write(3, toldLine(secret, told));
}

/** The last word. Windows knows what a process has started only while it is there: so the parent ends it. */
function last(told: Told): void {
  tell(told);
  isOver = true;
  if (process.platform !== 'win32') return;
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5000);
}

function onStep(step: Said): void {
  countAnew();
  tell({ type: 'step', step });
}

function end(kind: TroubleKind, error: unknown): void {
  last({ type: 'trouble', trouble: troubleOf(error, stacks, kind) });
  exit(1);
}

function endEndless({ file, line, passes }: Endless): void {
  const isOwn = file === basename(exercise); // a line of another file cannot be shown
  const values = isOwn ? { file, passes } : { file, passes, fileLine: line };
  const trouble: Trouble = { kind: 'endless', values, line: isOwn ? line : null, column: null };
  last({ type: 'trouble', trouble });
  exit(1);
}

function exitTrouble(code: number | string): Trouble {
  const { line, column, values } = troubleOf(new Error('exit'), stacks);
  return { kind: 'exit', values: { ...values, code }, line, column };
}

function plainTrouble(kind: TroubleKind): Trouble {
  return placeless(kind, { file: basename(exercise) });
}

/** The column where the student wrote what stands in a column of the JavaScript. */
function columnInSource(line: number, column: number): number {
  const making = { types: /\.m?ts$/.test(exercise), guard: basename(exercise) };
  try {
    return columnOf(readFileSync(exercise, 'utf8'), making, line, column);
  } catch {
    return column; // another text was saved meanwhile
  }
}

/** Says at intervals whether there was nothing to do. While code runs or is due, the loop is not idle. */
function tellIdle(): void {
  let before = performance.eventLoopUtilization();
  const timer = setInterval(() => {
    const { utilization } = performance.eventLoopUtilization(before);
    before = performance.eventLoopUtilization();
    if (utilization < 0.5) tell({ type: 'idle' });
  }, ALIVE_MS);
  timer.unref();
}

/** Ends what prints too much, before the memory is full of it. */
function limit(stream: NodeJS.WriteStream): void {
  const print = stream.write.bind(stream) as (...args: unknown[]) => boolean;
  let length = 0;
  stream.write = (...args: unknown[]) => {
    length += Number((args[0] as string | Uint8Array | undefined)?.length ?? 0) + PRINT_COSTS;
    if (length > MOST_OUTPUT && !isOver) {
      const { line, column, values } = troubleOf(new Error('flood'), stacks);
      last({ type: 'trouble', trouble: { kind: 'flood', values, line, column } });
      exit(1);
    }
    return print(...args);
  };
}
