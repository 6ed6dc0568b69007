/**
 * Whether a lesson's check proves itself: it passes the solution and every other right answer,
 * refuses every usual mistake with the message that the mistake names, and is kind to an exercise that nobody has touched.
 * @module
 */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import stringWidth from 'string-width';
import type { Said } from '../../../src/lesson/checker.js';
import { type LessonTexts, textOf } from '../../../src/lesson/texts.js';
import type { Trouble } from '../../../src/lesson/trouble-kind.js';
import type { Language } from '../../../src/texts/language.js';
import { argumentsOf, type Run, runLoopscope } from './commands.js';
import { messagesOf, readIn } from './files.js';
import { runTypeScript } from './run.js';

/** What came of an answer. */
export interface Outcome {
  /** Its path in the lesson's folder. */
  answer: string;
  passed: boolean;
  /** The misconception that the check told of. */
  why: Said | null;
  /** What kept it from being checked to the end. */
  trouble: Trouble | null;
  /** The steps before it, each kind once. */
  steps: Said[];
  /** What the student would read, by the languages that the messages are there in; empty where all is well. */
  reports: Partial<Record<Language, string>>;
  /** A command that shows the failure. */
  command: string | null;
}

/** A terminal's columns, and its rows but the command's own and the next prompt's. */
const COLUMNS = 80;
const ROWS = 22;

const PROGRAM = fileURLToPath(new URL('./answers-program.ts', import.meta.url));

/** Holds all answers of a lesson against its check. @throws Error when one does not come to an end */
export async function tryAnswers(folder: string, limitMs?: number): Promise<Outcome[]> {
  const missing = ['exercise.ts', 'check.ts'].find((path) => readIn(folder, path) === '');
  if (missing !== undefined) throw new Error(`there is no ${missing}`);
  const scratch = mkdtempSync(join(tmpdir(), 'loopscope-answers-'));
  const told = join(scratch, 'told.ndjson');
  writeFileSync(told, '');
  try {
    const { code, stderr } = await runTypeScript(PROGRAM, [folder, told], { limitMs });
    const lines = readFileSync(told, 'utf8').trim().split('\n');
    if (code !== 0) {
      const { answer } = JSON.parse(lines.at(-1) || '{"answer":"exercise.ts"}');
      const how = code === null ? 'does not end' : `ends with ${code}: ${stderr.trim()}`;
      throw new Error(`${answer}: the check ${how}`);
    }
    return lines.map((line) => JSON.parse(line)).filter((line) => !line.begun);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** What is wrong with the commands that a refusal tells the student to run, one sentence each. */
export async function shownCommandProblems(
  outcomes: readonly Outcome[],
  run: Run = runLoopscope,
): Promise<string[]> {
  const commands = new Set(outcomes.flatMap(({ command }) => command ?? []));
  const problems: string[] = [];
  for (const command of commands) {
    const args = command.startsWith('npx loopscope ') ? argumentsOf(command) : null;
    const { code, stderr } = args === null ? {} : await run(args, tmpdir());
    // inspect ends with 1 where it finds what is wrong with the bytes: that is what it shows
    if (code !== 0 && code !== 1) problems.push(`${command}: does not run: ${stderr ?? ''}`.trim());
  }
  return problems;
}

/** What is wrong with how the answers came out, one sentence each. */
export function answerProblems(folder: string, outcomes: readonly Outcome[]): string[] {
  return [
    ...outcomes.flatMap((outcome) => outcomeProblems(folder, outcome)),
    ...outcomes.flatMap((outcome) => valueProblems(folder, outcome)),
    ...outcomes.flatMap((outcome) => reportProblems(folder, outcome)),
    ...notShown(folder, outcomes),
  ];
}

function outcomeProblems(folder: string, outcome: Outcome): string[] {
  const { answer, passed, why, trouble } = outcome;
  const line = trouble?.line ? ` in line ${trouble.line}` : '';
  const came = passed
    ? 'passed'
    : why !== null
      ? `was refused with ${why.key}`
      : `had trouble: ${trouble?.kind}${line}: ${trouble?.values.message ?? ''}`;
  const isRight = answer === 'solution.ts' || answer.startsWith('right/');
  if (isRight) return passed ? [] : [`${answer} should pass, and ${came.trim()}`];
  if (answer === 'exercise.ts') {
    return trouble?.kind === 'todo' ? [] : [`${answer} should be still to do, and ${came.trim()}`];
  }
  const key = /^\/\/ refused: (\S+)\n/.exec(readIn(folder, answer))?.[1];
  if (key === undefined) return [`${answer} does not begin with "// refused: KEY"`];
  return why?.key === key ? [] : [`${answer} should be refused with ${key}, and ${came.trim()}`];
}

/** Each `{name}` of what was said needs a value. */
function valueProblems(folder: string, { answer, steps, why }: Outcome): string[] {
  const messages = messagesOf(folder);
  return [...steps, ...(why === null ? [] : [why])].flatMap(({ key, values }) => {
    const names = [...String(messages[key] ?? '').matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const missing = names.filter((name) => name !== undefined && !(name in values));
    return missing.map((name) => `${answer}: ${key} is said without a value for {${name}}`);
  });
}

/** A report fits on a screen, and says the misconception to its end, in each language. */
function reportProblems(folder: string, { answer, why, reports }: Outcome): string[] {
  return Object.entries(reports).flatMap(([language, report]) => {
    const lines = report.trimEnd().split('\n');
    const wide = lines.find((line) => stringWidth(line) > COLUMNS);
    const messages = messagesOf(folder, language as Language) as LessonTexts;
    const isSaid = why !== null && why.key in messages;
    const text = isSaid ? textOf(messages, why.key, why.values) : '';
    const letters = (of: string): string => of.replace(/\s/g, '');
    const isWhole = letters(report).includes(letters(text));
    return [
      ...(lines.length > ROWS ? [`${answer}: the report has ${lines.length} lines`] : []),
      ...(wide === undefined ? [] : [`${answer}: the report has a line too wide: ${wide}`]),
      ...(isWhole ? [] : [`${answer}: the report cuts ${why?.key}`]),
    ];
  });
}

/** Each misconception is shown by a wrong answer, or is on the list `not-shown` of the messages. */
function notShown(folder: string, outcomes: readonly Outcome[]): string[] {
  const messages = messagesOf(folder);
  const shown = new Set(outcomes.map(({ why }) => why?.key));
  const excused = listOf(messages['not-shown']);
  const keys = Object.keys(messages).filter((key) => key.startsWith('wrong.'));
  return [
    ...keys
      .filter((key) => !shown.has(key) && !excused.includes(key))
      .map((key) => `no wrong answer shows ${key}`),
    ...excused
      .filter((key) => shown.has(key) || !keys.includes(key))
      .map((key) => `${key} is on the list not-shown, and is shown or is no message`),
  ];
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
