/**
 * `loopscope lesson`: lists the lessons with what was done in them, or asks a lesson's question,
 * runs its demo, and puts its exercise where it is to be edited.
 * @module
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { pc } from '../lesson/colours.js';
import { allLessons, type Lesson } from '../lesson/lesson.js';
import { type Say, speak } from '../lesson/messages.js';
import { NETWORK_VARIABLE, TRACE_VARIABLE } from '../lesson/networks.js';
import type { LessonProgress } from '../lesson/progress.js';
import { DEMO_START } from '../lesson/student-modules.js';
import { wrap } from '../lesson/wrap.js';
import { cut, pad } from '../trace/columns.js';
import { Failure } from './failure.js';
import { writeLine, writeText } from './print.js';
import { ask, canAsk, columns, lessonOf, Student, shownPath } from './student.js';

/** What `loopscope lesson` takes. */
export interface LessonOptions {
  /** On real sockets. */
  live?: boolean;
  /** Opens the demo's trace in the stepper afterwards. */
  step?: boolean;
  /** Runs the student's own demo, and asks nothing. */
  mine?: boolean;
}

/**
 * Runs lesson `number`, or lists all when there is none.
 *
 * @throws Failure (2) for a number that is no lesson, or an option without one; (1) for a demo that failed
 */
export async function lesson(number: number | undefined, options: LessonOptions): Promise<void> {
  const say = speak();
  if (number === undefined) {
    const { live, step, mine } = options;
    if ((live ?? step ?? mine) !== undefined) throw new Failure(say('lesson.oneOnly'), 2);
    writeText(listOf(allLessons(), new Student(say), say));
    return;
  }
  const chosen = lessonOf(number, say);
  await run(chosen, options, new Student(say), say);
}

/** The title's columns in the list; the rest of 80 is for what was done. */
const TITLE = 40;

function listOf(lessons: readonly Lesson[], { progress, folder }: Student, say: Say): string {
  const rows = lessons.map(({ number, title, minutes }) => {
    const done = marks(progress.of(number), say);
    const name = pad(cut(title, TITLE), TITLE);
    const row = `${String(number).padStart(4)}  ${name} ${say('list.minutes', { minutes })}`;
    return `${row}  ${done}`.trimEnd();
  });
  const next = lessons.find(({ number, exercise }) => {
    const { passed, begun } = progress.of(number);
    return exercise === null ? !begun : !passed;
  });
  const command = `npx loopscope lesson ${(next ?? lessons[0])?.number ?? 0}`;
  const isBegun = lessons.some(({ number }) => progress.of(number).begun);
  const foot = [say(isBegun ? 'list.next' : 'list.run', { command })];
  if (isBegun) foot.push(say('list.work', { path: shownPath(folder.path) }));
  return `${rows.join('\n')}\n\n${foot.join('\n')}\n`;
}

function marks({ passed, begun, prediction }: Readonly<LessonProgress>, say: Say): string {
  const done = passed ? pc.green(say('list.passed')) : begun ? pc.yellow(say('list.begun')) : '';
  if (prediction === null) return done;
  const foretold = say(prediction.right ? 'list.right' : 'list.wrong');
  return done === '' ? foretold : `${done}, ${foretold}`;
}

async function run(
  lesson: Lesson,
  options: LessonOptions,
  student: Student,
  say: Say,
): Promise<void> {
  const { number, title, minutes } = lesson;
  const head = pc.bold(say('lesson.title', { number, title }));
  writeText(`${head}  ${say('lesson.minutes', { minutes })}\n\n`);
  const given = options.mine ? null : await predict(lesson, say);
  if (given !== null) student.progress.predict(number, given, given === lesson.prediction.answer);
  student.progress.begin(number);
  const canWrite = student.begin(lesson);
  student.save();
  const trace = canWrite ? student.folder.demoTraceOf(lesson) : null;
  const demo = options.mine ? student.folder.demoOf(lesson) : lesson.demo;
  await play({ ...lesson, demo }, options, trace, say);
  if (options.step) await stepThrough(lesson, trace, say);
  writeText(`\n${whereNext(lesson, student, canWrite, say)}`);
}

/** Asks where there is someone to ask; elsewhere prints the question with its answer. */
async function predict({ prediction }: Lesson, say: Say): Promise<string | null> {
  const { question, choices, answer, because } = prediction;
  const text = wrap(`${say('predict.question')} ${question}`, columns()).join('\n');
  const list = [...choices].map(([letter, choice]) => {
    return wrap(choice, columns() - 5).map(
      (line, i) => `${i === 0 ? `  ${letter}) ` : '     '}${line}\n`,
    );
  });
  writeText(`${text}\n${list.flat().join('')}`);
  const print = (line: string): void => {
    writeText(`${wrap(line, columns()).join('\n')}\n\n`);
  };
  if (!canAsk()) {
    print(say('predict.answer', { answer, because }));
    return null;
  }
  const given = await askLetter([...choices.keys()], say);
  if (given === null) print(say('predict.answer', { answer, because }));
  else print(say(given === answer ? 'predict.right' : 'predict.wrong', { answer, because }));
  return given;
}

/** Asks until it is one of the letters; null for an empty line. */
async function askLetter(letters: readonly string[], say: Say): Promise<string | null> {
  for (;;) {
    const given = (await ask(say('predict.ask', { letters: letters.join('/') }))).toLowerCase();
    if (given === '') return null;
    if (letters.includes(given)) return given;
    writeText(`${say('predict.again')}\n`);
  }
}

/** Runs the demo in a process of its own. */
async function play(
  { demo, networks, why }: Lesson,
  { live = false }: LessonOptions,
  trace: string | null,
  say: Say,
): Promise<void> {
  const asked = live ? 'real' : 'sim';
  const network = networks.includes(asked) ? asked : (networks[0] ?? asked);
  if (network !== asked) {
    const line = say(`lesson.only.${network}`, { why: why ?? '' });
    writeText(`${wrap(line, columns()).join('\n')}\n\n`);
  }
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    [NETWORK_VARIABLE]: network,
  };
  if (trace !== null) {
    rmSync(trace, { force: true });
    env[TRACE_VARIABLE] = trace;
  }
  if (!existsSync(demo)) throw new Failure(say('lesson.noDemo', { path: shownPath(demo) }), 2);
  const child = spawn(process.execPath, [...DEMO_START, demo], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env,
  });
  const [code, signal] = await once(child, 'exit');
  if (code !== 0) throw new Failure(say('lesson.failed', { code: signal ?? `exit code ${code}` }));
}

async function stepThrough({ number }: Lesson, trace: string | null, say: Say): Promise<void> {
  if (trace === null) throw new Failure(say('lesson.noRoom'));
  if (!existsSync(trace)) throw new Failure(say('lesson.noTrace', { number }));
  const { stepCommand } = await import('./step.js');
  writeLine();
  await stepCommand(trace, {});
}

function whereNext(lesson: Lesson, student: Student, canWrite: boolean, say: Say): string {
  const { number, text, exercise } = lesson;
  const lines = [say('lesson.text', { path: shownPath(text) })];
  if (canWrite) {
    const path = shownPath(student.folder.demoOf(lesson));
    lines.push(say('lesson.demo', { path }));
    lines.push(say('lesson.mine', { command: `npx loopscope lesson ${number} --mine` }));
  }
  if (exercise === null) lines.push(say('lesson.noExercise', { number }));
  else if (canWrite) {
    lines.push(say('lesson.exercise', { path: shownPath(student.folder.exerciseOf(lesson)) }));
    lines.push(say('lesson.check', { command: `npx loopscope check ${number}` }));
  }
  return `${lines.join('\n')}\n`;
}
