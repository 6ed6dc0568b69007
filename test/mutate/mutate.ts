/**
 * Shows that the tests bite: puts each deliberate break into a copy of the repository and runs the
 * tests of the protocol there, one of which must fail. Ends with a line of counts: 0 when each was
 * found out, 1 when one was not.
 *
 *     npm run mutate [-- --only TEXT] [--workers 2]
 */

import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readArguments, UsageError } from '../support/arguments.js';
import { applied } from './apply.js';
import { MUTATIONS, type Mutation } from './mutations.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const COPIED = [
  'src',
  'test/websocket',
  'test/support',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
];
/** What a run is given before it counts as hanging; a clean one takes some seconds. */
const LIMIT_MS = 120_000;

/** How the tests took a break. */
type Outcome = 'failed' | 'passed' | 'hangs' | 'breaks';

/** A copy of what the tests need, with the dependencies as they are. */
function copyOfRepository(place: string): string {
  mkdirSync(place, { recursive: true });
  for (const path of COPIED) cpSync(join(ROOT, path), join(place, path), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(place, 'node_modules'), 'junction');
  return place;
}

/** Runs tests of a copy: by default all of the protocol. */
async function runTests(
  place: string,
  tests = 'test/websocket/',
): Promise<{ outcome: Outcome; test: string }> {
  const report = join(place, 'report.json');
  rmSync(report, { force: true });
  const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  const options = ['--bail', '1', '--no-isolate', '--no-file-parallelism', '--silent'];
  const output = ['--reporter=json', `--outputFile=${report}`];
  const args = [vitest, 'run', tests, ...options, ...output];
  const child = spawn(process.execPath, args, { cwd: place, stdio: 'ignore' });
  const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) => {
    child.on('exit', (code, signal) => resolve([code, signal]));
  });
  clearTimeout(timer);
  if (signal !== null) return { outcome: 'hangs', test: '' };
  if (code === 0) return { outcome: 'passed', test: '' };
  const test = failedTest(report);
  return test === null ? { outcome: 'breaks', test: '' } : { outcome: 'failed', test };
}

/** The first test that failed, by its name; null when none did, and it was something else. */
function failedTest(report: string): string | null {
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    testResults: { assertionResults: { status: string; fullName: string }[] }[];
  };
  const all = testResults.flatMap(({ assertionResults }) => assertionResults);
  return all.find(({ status }) => status === 'failed')?.fullName ?? null;
}

/** Puts one break into a copy, runs the tests, and takes it out again. */
async function tryOne(place: string, mutation: Mutation): Promise<Outcome> {
  const path = join(place, 'src', 'websocket', `${mutation.file}.ts`);
  const source = readFileSync(path, 'utf8');
  writeFileSync(path, applied(mutation, source));
  const own = `test/websocket/${mutation.file}.test.ts`;
  // most breaks are found by the tests of their own file, which is fast
  const first = existsSync(join(place, own)) ? await runTests(place, own) : null;
  const { outcome, test } =
    first === null || first.outcome === 'passed' ? await runTests(place) : first;
  writeFileSync(path, source);
  const about = {
    failed: `found by: ${test}`,
    passed: 'NO TEST FAILS',
    hangs: 'THE TESTS HANG',
    breaks: 'IT DOES NOT EVEN RUN',
  };
  console.log(`${mutation.file}: ${mutation.why}\n  ${about[outcome].slice(0, 110)}`);
  return outcome;
}

async function main(args: readonly string[]): Promise<boolean> {
  const { workers, only = '' } = readArguments(
    args,
    { workers: { default: 2, min: 1, max: 64, whole: true } },
    ['only'],
  );
  const chosen = MUTATIONS.filter(({ file, why }) => `${file}: ${why}`.includes(only));
  if (chosen.length === 0) throw new UsageError(`--only ${only}: no break is called so`);
  for (const mutation of MUTATIONS) {
    applied(mutation, readFileSync(join(ROOT, 'src', 'websocket', `${mutation.file}.ts`), 'utf8'));
  }
  const start = performance.now();
  const scratch = mkdtempSync(join(tmpdir(), 'loopscope-mutate-'));
  try {
    const outcomes: Outcome[] = [];
    const left = [...chosen];
    const worker = async (_: unknown, i: number): Promise<void> => {
      const place = copyOfRepository(join(scratch, String(i)));
      if (i === 0 && (await runTests(place)).outcome !== 'passed') {
        throw new Error('the tests fail without any break: mend that first');
      }
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        outcomes.push(await tryOne(place, next));
      }
    };
    await Promise.all(Array.from({ length: workers }, worker));
    return report(outcomes, performance.now() - start);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function report(outcomes: readonly Outcome[], ms: number): boolean {
  const count = (outcome: Outcome): number => outcomes.filter((one) => one === outcome).length;
  const [found, survived] = [count('failed'), count('passed')];
  const others = outcomes.length - found - survived;
  console.log(
    `mutate: ${outcomes.length} breaks, ${found} found by a test, ${survived} by none, ${others} that hang or do not run, in ${(ms / 1_000).toFixed(0)} s`,
  );
  return found === outcomes.length;
}

try {
  if (!(await main(process.argv.slice(2)))) process.exitCode = 1;
} catch (error) {
  console.error(`mutate: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
