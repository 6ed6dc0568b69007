/**
 * A line of TypeScript that `loopscope doctor` runs, as it stands here; imported by nobody.
 * @module
 */

const answer: number = 6 * 7;
process.stdout.write(`${answer}\n`);
