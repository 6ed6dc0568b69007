/**
 * The process in which a student's exercise is checked: run by run-check.ts, never imported. Tells
 * on descriptor 3 what happens, at once, so that what was told last is known whatever comes next.
 * @module
 */

import { writeSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { attempt } from './attempt.js';
import { useOwnPackage } from './own-package.js';
import { ALIVE_MS, MEMORY_MIB, type Told, toldVerdict } from './told.js';
import { type Trouble, type TroubleKind, troubleOf } from './trouble.js';

const [, , exercise = '', original = '', check = ''] = process.argv;
const files = { exercise, original, check };
const exit = process.exit.bind(process);
let isOver = false;

Error.stackTraceLimit = 50; // the student's line may lie deep under the loop that called it
useOwnPackage();

process.exit = (code) => {
  if (!isOver) tellExit(code ?? process.exitCode ?? 0);
  return exit(code);
};
process.on('uncaughtException', (error) => end('thrown', error));
process.on('unhandledRejection', (error) => end('rejected', error));
process.on('exit', () => {
  // nothing is left that could settle what the check waits for
  if (!isOver) tell({ type: 'trouble', trouble: unsettled() });
});
setInterval(() => tell({ type: 'alive', cpuMs: cpuMs() }), ALIVE_MS).unref();

watchMemory();
tell({ type: 'ready' });
const verdict = await attempt(files, (step) => tell({ type: 'step', step }));
tell({ type: 'verdict', verdict: toldVerdict(verdict) });
isOver = true;
exit(0); // whatever the exercise has left running

function tell(told: Told): void {
  if (isOver) return;
  writeSync(3, `${JSON.stringify(told)}\n`);
}

function end(kind: TroubleKind, error: unknown): void {
  tell({ type: 'trouble', trouble: troubleOf(error, files, kind) });
  isOver = true;
  exit(1);
}

function tellExit(code: number | string): void {
  const { line, column, values } = troubleOf(new Error('exit'), files);
  tell({ type: 'trouble', trouble: { kind: 'exit', values: { ...values, code }, line, column } });
  isOver = true;
}

function unsettled() {
  const { values } = troubleOf('', files);
  return { kind: 'unsettled', values, line: null, column: null } as const;
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * Buffers lie outside of the heap, where Node sets no limit, and a loop without end lets no timer of
 * its thread run; so another thread looks. Its program is a text because a worker that loads a
 * TypeScript file would start a compiler of its own.
 */
function watchMemory(): void {
  const trouble: Trouble = {
    kind: 'memory',
    values: { ...troubleOf('', files).values, size: MEMORY_MIB },
    line: null,
    column: null,
  };
  const program = `
    const { writeSync } = require('node:fs');
    const { workerData } = require('node:worker_threads');
    setInterval(() => {
      if (process.memoryUsage.rss() < workerData.most) return;
      writeSync(3, workerData.line);
      process.kill(process.pid, 'SIGKILL');
    }, 20);`;
  const line = `${JSON.stringify({ type: 'trouble', trouble } satisfies Told)}\n`;
  const workerData = { most: MEMORY_MIB * 2 ** 20, line };
  new Worker(program, { eval: true, execArgv: [], workerData }).unref();
}
