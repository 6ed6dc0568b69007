// Prints the closing line of .ci/run: the sums of vitest's own JSON reports. Fails when a test was
// skipped, for what the tests need beside Node was installed; and when a run has left no report.
import { existsSync, readFileSync } from 'node:fs';

const sum = { passed: 0, failed: 0, skipped: 0 };
for (const path of process.argv.slice(2)) {
  if (existsSync(path)) add(JSON.parse(readFileSync(path, 'utf8')));
  else {
    console.log(`no report: ${path}`);
    sum.failed++;
  }
}
console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
if (sum.failed + sum.skipped > 0) process.exitCode = 1;

function add({ numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults }) {
  // a file that could not even be loaded has no tests of its own, and still has failed
  const broken = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  sum.passed += numPassedTests;
  sum.failed += numFailedTests + broken.length;
  sum.skipped += numPendingTests + numTodoTests;
  for (const { name } of broken) console.log(`not loaded: ${name}`);
  for (const { status, fullName } of testResults.flatMap((file) => file.assertionResults)) {
    if (status !== 'passed' && status !== 'failed') console.log(`skipped: ${fullName}`);
  }
}
