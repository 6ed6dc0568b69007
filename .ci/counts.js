// Prints the closing line of .ci/run from vitest's own JSON report.
import { readFileSync } from 'node:fs';

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const { numPassedTests: passed, numFailedTests: failed, numPendingTests, numTodoTests } = report;
// a file that could not even be loaded has no tests of its own, and still has failed
const broken = report.testResults.filter(
  (file) => file.status === 'failed' && file.assertionResults.length === 0,
).length;
console.log(
  `${passed} passed, ${failed + broken} failed, ${numPendingTests + numTodoTests} skipped`,
);
