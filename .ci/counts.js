// Prints the closing line of .ci/run from vitest's own JSON report. Fails when a test was skipped:
// what the tests need beside Node was installed.
import { readFileSync } from 'node:fs';

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const { numPassedTests: passed, numFailedTests: failed, numPendingTests, numTodoTests } = report;
const skipped = numPendingTests + numTodoTests;
// a file that could not even be loaded has no tests of its own, and still has failed
const broken = report.testResults.filter(
  (file) => file.status === 'failed' && file.assertionResults.length === 0,
).length;
for (const { assertionResults } of report.testResults) {
  for (const { status, fullName } of assertionResults) {
    if (status !== 'passed' && status !== 'failed') console.log(`skipped: ${fullName}`);
  }
}
console.log(`${passed} passed, ${failed + broken} failed, ${skipped} skipped`);
if (skipped > 0) process.exitCode = 1;
