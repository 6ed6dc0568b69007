/**
 * `loopscope lesson`: lists the lessons, or asks a lesson's question and runs its demo.
 * @module
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { relative } from 'node:path';
import { createInterface } from 'node:readline/promises';
import pc from 'picocolors';
import { allLessons, type Lesson, type Prediction } from '../lesson/lesson.js';
import { Failure } from './failure.js';

/**
 * Runs lesson `number`, or lists all when there is none.
 *
 * @throws Failure for a number that is no lesson, and for a demo that failed
 */
export async function lesson(number: number | undefined): Promise<void> {
  const lessons = allLessons();
  if (number === undefined) {
    process.stdout.write(listOf(lessons));
    return;
  }
  const chosen = lessons.find((candidate) => candidate.number === number);
  if (chosen === undefined) {
    const there = lessons.map((candidate) => candidate.number).join(', ');
    throw new Failure(`there is no lesson ${number}; there are ${there}`, 2);
  }
  await run(chosen);
}

function listOf(lessons: readonly Lesson[]): string {
  const rows = lessons.map(
    ({ number, title, minutes }) =>
      `${String(number).padStart(4)}  ${title} (${minutes} minutes)\n`,
  );
  return `${rows.join('')}\nRun one:  npx loopscope lesson ${lessons[0]?.number ?? 0}\n`;
}

async function run({ number, title, minutes, prediction, demo, text }: Lesson): Promise<void> {
  process.stdout.write(`${pc.bold(`Lesson ${number}: ${title}`)}  (${minutes} minutes)\n\n`);
  await ask(prediction);
  process.stdout.write('\n');
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), demo], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Failure(`the demo ended with exit code ${code}`);
  process.stdout.write(`\nRead on in ${relative(process.cwd(), text)}\n`);
}

/** Asks where there is someone to ask; elsewhere prints the question with its answer. */
async function ask({ question, choices, answer, because }: Prediction): Promise<void> {
  const list = [...choices].map(([letter, choice]) => `  ${letter}) ${choice}\n`).join('');
  process.stdout.write(`${pc.bold('Predict:')} ${question}\n${list}`);
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    process.stdout.write(`Answer: ${answer}, because ${because}\n`);
    return;
  }
  const letters = [...choices.keys()].join('/');
  const readline = createInterface({ input: process.stdin, output: process.stdout });
  const given = (await readline.question(`Your answer (${letters}): `)).trim().toLowerCase();
  readline.close();
  const verdict = given === answer ? pc.green('Right') : pc.yellow(`It is ${answer}`);
  process.stdout.write(`${verdict}, because ${because}\n`);
}
