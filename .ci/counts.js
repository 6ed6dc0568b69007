// Prints the closing line of .ci/run: the sums of vitest's own JSON reports, and above it what failed, by
// name. Fails when a test was skipped, for what the tests need beside Node was installed; and when a run
// has left no report.
import { existsSync, readFileSync } from 'node:fs';
import { basename, relative } from 'node:path';

/** Names that are printed; more are counted. The end of a long output is what people are shown. */
const MOST_NAMES = 40;

const sum = { passed: 0, failed: 0, skipped: 0 };
const names = [];
for (const path of process.argv.slice(2)) {
  if (existsSync(path)) add(JSON.parse(readFileSync(path, 'utf8')), basename(path, '.json'));
  else {
    names.push(`no report: ${path}`);
    sum.failed++;
  }
}
for (const name of names.slice(0, MOST_NAMES)) console.log(name);
if (names.length > MOST_NAMES) console.log(`and ${names.length - MOST_NAMES} more`);
console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
if (sum.failed + sum.skipped > 0) process.exitCode = 1;

function add({ numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults }, run) {
  // a file that could not even be loaded has no tests of its own, and still has failed
  const broken = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  sum.passed += numPassedTests;
  sum.failed += numFailedTests + broken.length;
  sum.skipped += numPendingTests + numTodoTests;
  for (const { name, message } of broken) {
    names.push(`not loaded: ${relative('.', name)}: ${firstLine(message)}`);
  }
  for (const file of testResults) {
    for (const { status, fullName, failureMessages } of file.assertionResults) {
      if (status === 'passed') continue;
      const why = status === 'failed' ? `: ${firstLine(failureMessages?.[0])}` : '';
      names.push(`${status} (${run}): ${relative('.', file.name)}: ${fullName}${why}`);
    }
  }
}

function firstLine(text = '') {
  return text.split('\n', 1)[0].slice(0, 120);
}
