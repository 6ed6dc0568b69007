/**
 * The course's script: the lessons, and what runs their checks and demos. Vite makes a file of its own of
 * it, which leaves `loopscopeCourse` behind; course.ts says what is in it.
 * @module
 */

import data from 'virtual:course';
import { diffLines } from 'diff';
import { type Ending, failureOf, Seen } from '../../lesson/check-result.js';
import type { Said } from '../../lesson/checker.js';
import { Output } from '../../lesson/output.js';
import { Progress, parseProgress } from '../../lesson/progress.js';
import { reportOf, type Sentence, sentenceText, troubleSentences } from '../../lesson/report.js';
import { minutesOf, nextStop, ROUTES } from '../../lesson/routes.js';
import { classicCodeOf, SourceError } from '../../lesson/student-code.js';
import { speak, textOf } from '../../lesson/texts.js';
import { placeless } from '../../lesson/trouble-kind.js';
import type { TraceEvent } from '../../trace/event.js';
import { readTrace } from '../../trace/ndjson.js';
import { CodeEditor } from '../lessons/editor.js';
import type { CheckOptions, CheckRun, Course, DemoRun, LessonData, RunOptions } from './course.js';
import { functionOf, type LastWord, run } from './runner.js';
import { unveiled } from './veil.js';

const { language } = data;
const sayRunner = speak(language);

/** The course. */
export const course: Course = {
  language,
  lessons: data.lessons.map(({ solution: _, messages, ...lesson }) => {
    const hints = [1, 2, 3].map((n) => messages[`hint.${n}`] ?? '');
    return { ...lesson, task: messages.task ?? '', hints };
  }),
  runCheck,
  runDemo,
  errorsOf(source) {
    try {
      classicCodeOf(source, 'exercise.ts');
      return [];
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      const { line, column, message } = error;
      return [{ line, column, message }];
    }
  },
  functionOf,
  diffToSolution(number, source) {
    return diffLines(source, unveiled(lessonOf(number).solution)).flatMap(
      ({ value, added, removed }) => {
        const kind = added ? '+' : removed ? '-' : ' ';
        return value
          .replace(/\n$/, '')
          .split('\n')
          .map((text) => ({ kind, text }) as const);
      },
    );
  },
  say(number, said) {
    const { messages } = lessonOf(number);
    if (isSentence(said)) return sentenceText(said, messages, sayRunner);
    return textOf(messages, said.key, said.values);
  },
  routes: ROUTES,
  nextStop,
  minutesOf: (stop) => minutesOf(stop, lessonOf(stop.lesson)),
  bridgeOf: ({ bridge }) => (bridge === null ? null : sayRunner(bridge)),
  openEditor: (host, options) => new CodeEditor(host as HTMLElement, options),
  readProgress: parseProgress,
  writeProgress: (progress) => progress.toText(),
  newProgress: () => new Progress(),
};

async function runCheck(
  number: number,
  source: string,
  { signal, onStep, hintsRead = 0, file = 'exercise.ts' }: CheckOptions = {},
): Promise<CheckRun> {
  const lesson = lessonOf(number);
  const seen = new Seen();
  const output = new Output(language);
  const word = await run({
    kind: 'check',
    lesson: lesson.id,
    file,
    source,
    language,
    signal,
    onWord(word) {
      if (word.type === 'line') output.add(`${word.text}\n`);
      if (word.type !== 'step') return;
      seen.add(word.step);
      onStep?.(word.step, seen.steps);
    },
  });
  const result = seen.result(endingOf(word, seen, file), output.text);
  const report = reportOf({ lesson, result, file, source, hintsRead });
  return {
    report,
    failure: failureOf(result),
    trouble: result.trouble?.kind ?? null,
    trace: eventsOf(result.trace),
    at: report.replay.at,
  };
}

async function runDemo(
  number: number,
  source: string,
  onLine: (line: string) => void,
  { signal }: RunOptions = {},
): Promise<DemoRun> {
  const file = 'demo.ts';
  const word = await run({
    kind: 'demo',
    lesson: lessonOf(number).id,
    file,
    source,
    language,
    signal,
    onWord(word) {
      if (word.type === 'line') for (const line of word.text.split('\n')) onLine(line);
    },
  });
  if (word.type === 'end') return { ended: true, trouble: null, trace: eventsOf(word.trace) };
  if (word.type === 'verdict') throw new Error('bug: a demo has no verdict');
  const { kind, line, column } = word.trouble;
  const sentences = troubleSentences(word.trouble, file);
  return { ended: false, trouble: { kind, line, column, ...sentences }, trace: null };
}

function lessonOf(number: number): LessonData {
  const lesson = data.lessons.find((one) => one.number === number);
  if (lesson === undefined) throw new Error(`bug: no lesson ${number}`);
  return lesson;
}

/** Every check tries something before it passes. */
function endingOf(word: LastWord, { steps }: Seen, file: string): Ending {
  if (word.type === 'trouble') return { kind: 'trouble', trouble: word.trouble };
  if (word.type === 'end') throw new Error('bug: a check has a verdict');
  if (word.verdict.kind !== 'passed' || steps > 0) return word.verdict;
  const values = { file, at: 'check.ts', atLine: 0, message: '' };
  return { kind: 'trouble', trouble: placeless('bug', values) };
}

function eventsOf(trace: string | null): readonly TraceEvent[] | null {
  return trace === null ? null : readTrace(trace).events;
}

function isSentence(said: Sentence | Said): said is Sentence {
  return 'of' in said;
}
