/**
 * Runs a student's code in a worker that is made of the page itself: from a disk, and under a policy that
 * allows no `eval`. The code stands first in the worker's script, so that its lines are the script's.
 * @module
 */

import workerScript from 'virtual:course-worker';
import { PARAMETERS } from '../../lesson/classic.js';
import {
  type ClassicCode,
  classicCodeOf,
  columnOf,
  SourceError,
} from '../../lesson/student-code.js';
import { placeless, type Trouble } from '../../lesson/trouble-kind.js';
import type { Language } from '../../texts/language.js';
import type { StudentFunction } from './course.js';
import { BUDGETED, type Job, type Word } from './worker-words.js';

/** What is to be run. */
export interface Run {
  readonly kind: Job['kind'];
  /** The folder of the lesson. */
  readonly lesson: string;
  /** What the student's file is called. */
  readonly file: string;
  readonly source: string;
  readonly language: Language;
  readonly signal?: AbortSignal | undefined;
  /** Is told steps and lines. */
  readonly onWord: (word: Word) => void;
}

/** The last word of a worker, or what kept it from saying one. */
export type LastWord = Extract<Word, { type: 'verdict' | 'end' | 'trouble' }>;

const OPENING = `(${BUDGETED})=>async(${PARAMETERS})=>{"use strict";`;

/** A source as a function, with guards in its loops. @throws SourceError for one that cannot be read */
export function functionOf(source: string, file: string): StudentFunction {
  const { head, code, imports } = classicCodeOf(source, file);
  return { imports, code: `${OPENING}${head}${code}\n}` };
}

/** Runs it to its end, or until it is stopped. Never throws for what the source does. */
export async function run(what: Run): Promise<LastWord> {
  const { file, source } = what;
  let made: ClassicCode;
  try {
    made = classicCodeOf(source, file);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const { message, line, column } = error;
    return troubleWord({ kind: 'syntax', values: { file, message }, line, column });
  }
  const before = `var __student=${OPENING}${made.head}`;
  const blob = new Blob([`${before}${made.code}\n};\n`, workerScript], { type: 'text/javascript' });
  const url = URL.createObjectURL(blob);
  const worker = new Worker(url);
  try {
    const word = await lastWord(worker, what, made);
    if (word.type === 'trouble') return troubleWord(asWritten(word.trouble, what, before));
    if (word.type !== 'verdict' || word.verdict.kind !== 'trouble') return word;
    const { verdict } = word;
    return { ...word, verdict: { ...verdict, trouble: asWritten(verdict.trouble, what, before) } };
  } finally {
    worker.terminate();
    URL.revokeObjectURL(url);
  }
}

function lastWord(worker: Worker, what: Run, { imports, code }: ClassicCode): Promise<LastWord> {
  const { kind, lesson, file, language, signal, onWord } = what;
  const lines = code.split('\n').length;
  const job: Job = { kind, lesson, file, imports, lines, language };
  return new Promise((resolve) => {
    const stop = (): void => resolve(troubleWord(placeless('stopped', { file })));
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
    worker.onmessage = ({ data: word }: MessageEvent<Word>) => {
      if (word.type === 'verdict' || word.type === 'end' || word.type === 'trouble') resolve(word);
      else onWord(word);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      const { message = '', lineno: line, colno: column } = event;
      // what the parser of the guards lets pass, the engine may refuse
      const isOwn = line !== undefined && line <= lines;
      const values = { file, message: message.replace(/^Uncaught /, '') };
      resolve(
        troubleWord(isOwn ? { kind: 'syntax', values, line, column } : placeless('start', values)),
      );
    };
    worker.postMessage(job);
  });
}

/** A trouble with its column as the student wrote the line. */
function asWritten(trouble: Trouble, { source, file }: Run, before: string): Trouble {
  const { line, column } = trouble;
  if (line === null || column === null) return trouble;
  const own = Math.max(1, line === 1 ? column - before.length : column);
  return { ...trouble, column: columnOf(source, { types: true, guard: file }, line, own) };
}

function troubleWord(trouble: Trouble): LastWord {
  return { type: 'trouble', trouble };
}
