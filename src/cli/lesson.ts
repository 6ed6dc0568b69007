/**
 * `loopscope lesson`: lists the lessons with what was done in them, or asks a lesson's question,
 * runs its demo, and puts its exercise where it is to be edited.
 * @module
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { allLessons, type Lesson } from '../lesson/lesson.js';
import {
  LANGUAGE_VARIABLE,
  NETWORK_VARIABLE,
  TRACE_VARIABLE,
} from '../lesson/node-surroundings.js';
import { minutesOf, nextStop, ROUTES, type Route, type Stop } from '../lesson/routes.js';
import { DEMO_START } from '../lesson/student-modules.js';
import { type Say, speak } from '../lesson/texts.js';
import { pc } from '../terminal/colours.js';
import { Failure } from '../terminal/failure.js';
import { listOf } from '../terminal/lesson-list.js';
import { Pager } from '../terminal/pager.js';
import { writeLine, writeText } from '../terminal/print.js';
import { pagesOf } from '../terminal/reading.js';
import { leftBehind, nextOnRoute, routeOf } from '../terminal/route.js';
import { ask, canAsk, columns, lessonOf, Student, shownPath } from '../terminal/student.js';
import { wrap } from '../terminal/wrap.js';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';

/** What `loopscope lesson` takes. */
export interface LessonOptions {
  /** On real sockets. */
  live?: boolean;
  /** Opens the demo's trace in the stepper afterwards. */
  step?: boolean;
  /** Runs the student's own demo, and asks nothing. */
  mine?: boolean;
  /** Shows the text, and runs nothing. */
  read?: boolean;
  /** Goes on along the route of this name. */
  route?: string;
}

/**
 * Runs lesson `number`, or the next of a route, or shows the text, or lists all.
 *
 * @throws Failure (2) for a number that is no lesson, or options that do not fit; (1) for a demo that failed
 */
export async function lesson(
  number: number | undefined,
  options: LessonOptions,
  language: Language = DEFAULT_LANGUAGE,
): Promise<void> {
  const say = speak(language);
  const { live, step, mine, read, route } = options;
  if (number !== undefined && route !== undefined) throw new Failure(say('lesson.both'), 2);
  if (read && (number === undefined || (live ?? step ?? mine) !== undefined)) {
    throw new Failure(say('lesson.readOnly'), 2);
  }
  if (route !== undefined) await goOn(route, options, new Student(language), say);
  else if (number === undefined) {
    if ((live ?? step ?? mine) !== undefined) throw new Failure(say('lesson.oneOnly'), 2);
    writeText(listOf(allLessons(language), new Student(language), say));
  } else {
    const chosen = lessonOf(number, language);
    if (read) await readText(chosen, language, say);
    else await run(chosen, null, options, new Student(language), say);
  }
}

/** Runs what comes next on a route, which is followed from now on. */
async function goOn(
  name: string,
  options: LessonOptions,
  student: Student,
  say: Say,
): Promise<void> {
  const route = ROUTES.get(name);
  if (route === undefined) throw new Error(`bug: no route ${name}`);
  student.progress.route = name;
  const stop = nextStop(route, student.progress);
  if (stop !== null)
    return await run(lessonOf(stop.lesson, student.language), stop, options, student, say);
  student.save();
  writeText(`${nextOnRoute(route, student.progress, say)}\n`);
}

/** Shows the text of a lesson: its parts are pages, and the answer is not among them. */
async function readText(
  { text, folder, ...lesson }: Lesson,
  asked: Language,
  say: Say,
): Promise<void> {
  const pager = new Pager(say('page.more'));
  if (lesson.language !== asked) await pager.write(`${say('lesson.otherLanguage')}\n\n`);
  const options = { columns: columns(), folder, pathOf: shownPath };
  for (const [i, lines] of pagesOf(readFileSync(text, 'utf8'), options).entries()) {
    if (i > 0) await pager.wait(say('page.next'));
    await pager.write(`${i > 0 ? '\n' : ''}${lines.join('\n')}\n`);
  }
}

async function run(
  lesson: Lesson,
  stop: Stop | null,
  options: LessonOptions,
  student: Student,
  say: Say,
): Promise<void> {
  const { number, title } = lesson;
  const pager = new Pager(say('page.more'));
  const head = pc.bold(say('lesson.title', { number, title }));
  const minutes = stop === null ? lesson.minutes : minutesOf(stop, lesson);
  writeText(`${head}  ${say('lesson.minutes', { minutes })}\n\n`);
  if (lesson.language !== student.language) writeText(`${say('lesson.otherLanguage')}\n\n`);
  const left = stop === null ? null : leftBehind(stop, student.progress, say);
  if (left !== null) writeText(`${wrap(left, columns()).join('\n')}\n\n`);
  if (stop?.bridge) {
    const text = say('route.bridge', { text: say(stop.bridge) });
    writeText(`${wrap(text, columns()).join('\n')}\n\n`);
  }
  const given = options.mine ? null : await predict(lesson, say);
  if (given !== null) student.progress.predict(number, given, given === lesson.prediction.answer);
  const canWrite = student.begin(lesson);
  student.save();
  if (!options.mine) await pager.wait(say('predict.then'));
  const trace = canWrite ? student.folder.demoTraceOf(lesson) : null;
  const demo = options.mine ? student.folder.demoOf(lesson) : lesson.demo;
  pager.restart();
  await play({ ...lesson, demo }, options, trace, pager, student.language);
  if (!options.mine) student.keep((progress) => progress.begin(number));
  if (options.step) await stepThrough(lesson, trace, student.language);
  pager.restart();
  writeText(`\n${whereNext(lesson, stop, student, canWrite, say)}`);
}

/** Asks where there is someone to ask; elsewhere prints the question with its answer. */
async function predict({ prediction }: Lesson, say: Say): Promise<string | null> {
  const { question, choices, answer, because } = prediction;
  const text = wrap(say('predict.question', { question }), columns()).join('\n');
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
  pager: Pager,
  language: Language,
): Promise<void> {
  const say = speak(language);
  const asked = live ? 'real' : 'sim';
  const network = networks.includes(asked) ? asked : (networks[0] ?? asked);
  if (network !== asked) {
    const line = say(`lesson.only.${network}`, { why: why ?? '' });
    writeText(`${wrap(line, columns()).join('\n')}\n\n`);
  }
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    [NETWORK_VARIABLE]: network,
    [LANGUAGE_VARIABLE]: language,
  };
  if (trace !== null) {
    rmSync(trace, { force: true });
    env[TRACE_VARIABLE] = trace;
  }
  if (!existsSync(demo)) throw new Failure(say('lesson.noDemo', { path: shownPath(demo) }), 2);
  const child = spawn(process.execPath, [...DEMO_START, demo], {
    // a Node that ends sets back a terminal that it has, while the pager waits for a single key there
    stdio: pager.waits ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    env,
  });
  const ended = once(child, 'exit');
  await Promise.all([child.stdout, child.stderr].map((output) => output && page(output, pager)));
  const [code, signal] = await ended;
  if (signal !== null) throw new Failure(say('lesson.failed.signal', { signal }));
  if (code !== 0) throw new Failure(say('lesson.failed', { code }));
}

/** Shows what a demo prints as it comes, a screen at a time. */
async function page(output: Readable, pager: Pager): Promise<void> {
  for await (const line of createInterface({ input: output })) await pager.write(`${line}\n`);
}

async function stepThrough(
  { number }: Lesson,
  trace: string | null,
  language: Language,
): Promise<void> {
  const say = speak(language);
  if (trace === null) throw new Failure(say('lesson.noRoom'));
  if (!existsSync(trace)) throw new Failure(say('lesson.noTrace', { number }));
  const { stepCommand } = await import('../terminal/step.js');
  writeLine();
  await stepCommand(trace, {}, language);
}

function whereNext(
  lesson: Lesson,
  stop: Stop | null,
  { folder, progress }: Student,
  canWrite: boolean,
  say: Say,
): string {
  const { number, exercise } = lesson;
  const route: Route | null = stop === null ? null : routeOf(progress);
  const lines = [say('lesson.text', { command: `npx loopscope lesson ${number} --read` })];
  if (canWrite) {
    lines.push(say('lesson.demo', { path: shownPath(folder.demoOf(lesson)) }));
    lines.push(say('lesson.mine', { command: `npx loopscope lesson ${number} --mine` }));
  }
  if (stop?.exercise === false) lines.push(say('lesson.byDemo'));
  else if (exercise === null) lines.push(say('lesson.noExercise', { number }));
  else if (canWrite) {
    lines.push(say('lesson.exercise', { path: shownPath(folder.exerciseOf(lesson)) }));
    lines.push(say('lesson.check', { command: `npx loopscope check ${number}` }));
  }
  if (route !== null) lines.push(nextOnRoute(route, progress, say));
  return `${lines.join('\n')}\n`;
}
