/**
 * Shows that the tests bite: puts each deliberate break into a copy of the repository and runs the
 * tests named for its file there, one of which must fail. Writes what failed into bitten.json, from
 * which docs/conformance.md is filled. Ends with a line of counts: 0 when each was found out, 1 when
 * one was not.
 *
 *     npm run mutate [-- --only TEXT,TEXT]
 */

import {
  cpSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVitest, type TestCase, type Vitest } from 'vitest/node';
import { readArguments, UsageError } from '../support/arguments.js';
import { applied } from './apply.js';
import { type Failed, worthTelling, writeBites } from './bites.js';
import { MUTATIONS, type Mutation, nameOf, testsOf } from './mutations.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const COPIED = [
  'src',
  'test/chat',
  'test/net',
  'test/websocket',
  'test/support',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
];
/** What a run is given before it counts as hanging; a clean one takes some seconds. */
const LIMIT_MS = 180_000;

/** How the tests took a break. */
type Outcome = 'failed' | 'passed' | 'breaks';

/** Copies what the tests need, with the dependencies as they are. */
function copyRepository(place: string): void {
  for (const path of COPIED) cpSync(join(ROOT, path), join(place, path), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(place, 'node_modules'), 'junction');
}

/** Runs test files of the copy; one Vitest for all breaks, which reads anew only what has changed. */
async function runTests(
  vitest: Vitest,
  tests: readonly string[],
): Promise<{ outcome: Outcome; failed: Failed[] }> {
  const files = await vitest.globTestSpecifications(tests.map((path) => `test/${path}`));
  let timer: NodeJS.Timeout | undefined;
  const run = await Promise.race([
    vitest.runTestSpecifications(files),
    new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('the tests hang')), LIMIT_MS);
    }),
  ]);
  clearTimeout(timer);
  // the run tells of what earlier ones have tried, too
  const tried = new Set(files.map(({ moduleId }) => moduleId));
  const testModules = run.testModules.filter(({ moduleId }) => tried.has(moduleId));
  if (testModules.every((module) => module.ok())) return { outcome: 'passed', failed: [] };
  const failed = testModules.flatMap((module) => [...module.children.allTests('failed')]);
  // a busy machine, too, makes a test wait for too long: what was wrong for certain comes first
  const certain = failed.filter((test) => !timedOut(test));
  const outcome = failed.length === 0 ? 'breaks' : 'failed';
  return { outcome, failed: (certain.length > 0 ? certain : failed).map(named) };
}

function timedOut(test: TestCase): boolean {
  return test.result().errors?.some(({ message }) => message.includes('timed out')) ?? false;
}

function named(test: TestCase): Failed {
  const names = [test.name];
  for (let of = test.parent; of.type === 'suite'; of = of.parent) names.unshift(of.name);
  return { path: test.module.relativeModuleId.replace(/^test\//, ''), names };
}

/** Puts one break into the copy, runs its tests, and takes it out again. */
async function tryOne(vitest: Vitest, place: string, mutation: Mutation): Promise<Outcome> {
  const path = join(place, 'src', `${mutation.file}.ts`);
  const source = readFileSync(path, 'utf8');
  writeFileSync(path, applied(mutation, source));
  vitest.invalidateFile(path);
  const { outcome, failed } = await runTests(vitest, testsOf(mutation));
  writeFileSync(path, source);
  vitest.invalidateFile(path);
  const bitten = worthTelling(failed);
  writeBites({ [nameOf(mutation)]: bitten }, MUTATIONS.map(nameOf));
  const about = {
    failed: `found by: ${bitten[0]}`,
    passed: 'NO TEST FAILS',
    breaks: 'IT DOES NOT EVEN RUN',
  };
  console.log(`${nameOf(mutation)}\n  ${about[outcome].slice(0, 110)}`);
  return outcome;
}

async function main(args: readonly string[]): Promise<boolean> {
  const { only = '' } = readArguments(args, {}, ['only']);
  const chosen = MUTATIONS.filter((mutation) =>
    only.split(',').some((text) => nameOf(mutation).includes(text)),
  );
  if (chosen.length === 0) throw new UsageError(`--only ${only}: no break is called so`);
  for (const mutation of MUTATIONS) {
    applied(mutation, readFileSync(join(ROOT, 'src', `${mutation.file}.ts`), 'utf8'));
  }
  const start = performance.now();
  const place = realpathSync(mkdtempSync(join(tmpdir(), 'loopscope-mutate-')));
  try {
    copyRepository(place);
    const vitest = await createVitest('test', {
      root: place,
      watch: false,
      isolate: false,
      fileParallelism: false,
      pool: 'threads',
      silent: true,
      reporters: [{}],
    });
    const every = [...new Set(chosen.flatMap(testsOf))];
    const clean = await runTests(vitest, every);
    if (clean.outcome !== 'passed') {
      const [first] = clean.failed;
      const test = first === undefined ? '' : `${first.path} › ${first.names.join(' › ')}`;
      throw new Error(`the tests fail without any break: mend that first: ${test}`);
    }
    const outcomes: Outcome[] = [];
    for (const mutation of chosen) outcomes.push(await tryOne(vitest, place, mutation));
    await vitest.close();
    return report(outcomes, performance.now() - start);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function report(outcomes: readonly Outcome[], ms: number): boolean {
  const count = (outcome: Outcome): number => outcomes.filter((one) => one === outcome).length;
  const [found, survived] = [count('failed'), count('passed')];
  const others = outcomes.length - found - survived;
  console.log(
    `mutate: ${outcomes.length} breaks, ${found} found by a test, ${survived} by none, ${others} that do not run, in ${(ms / 1_000).toFixed(0)} s`,
  );
  return found === outcomes.length;
}

try {
  if (!(await main(process.argv.slice(2)))) process.exitCode = 1;
} catch (error) {
  console.error(`mutate: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(error instanceof UsageError ? 2 : 1); // a test that hangs would keep the process
}
