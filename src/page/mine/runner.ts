/**
 * Plays on a student's server in a worker that is made of the page itself, as course/runner.ts checks. Each
 * part's code is a function at the head of the script; a part that cannot be read is left out, and told.
 * @module
 */

import workerScript from 'virtual:mine-worker';
import type { Part } from '../../mine/parts.js';
import type { Course, StudentFunction } from '../course/course.js';
import type { Learning } from '../lessons/learning.js';
import { ownSources } from './own.js';
import type { Done, Job, Task, Unloaded, Word } from './worker-words.js';

/** A part that can be read. */
interface Made {
  readonly part: Part;
  readonly lesson: string;
  readonly student: StudentFunction;
}

/** Plays. @returns null where it was stopped @throws Error where it cannot be played */
export async function run(
  task: Task,
  learning: Learning,
  signal: AbortSignal,
): Promise<Done | null> {
  const made: Made[] = [];
  const unread: Unloaded[] = [];
  for (const { part, lesson, source, isWritten } of ownSources(learning)) {
    if (!isWritten) {
      unread.push({ part: part.id, why: 'absent', values: {} });
      continue;
    }
    const student = functionOf(learning.course, source, `${lesson}/exercise.ts`);
    if ('message' in student) unread.push(unreadOf(part, student.message, student.line));
    else made.push({ part, lesson, student });
  }
  for (;;) {
    const word = await lastWord(task, made, signal);
    if (word === null) return null;
    if ('failed' in word) throw new Error(word.failed);
    if ('done' in word) {
      const { own } = word.done;
      return { ...word.done, own: { ...own, unloaded: [...unread, ...own.unloaded] } };
    }
    // what the parser of the guards lets pass, the engine may refuse
    const { part } = made[word.at] ?? {};
    if (part === undefined) throw new Error(word.message);
    made.splice(word.at, 1);
    unread.push(unreadOf(part, word.message, word.line));
  }
}

function functionOf(
  course: Course,
  source: string,
  file: string,
): StudentFunction | { message: string; line: number } {
  const [problem] = course.errorsOf(source);
  return problem ?? course.functionOf(source, file);
}

function unreadOf({ id }: Part, message: string, line: number): Unloaded {
  return { part: id, why: 'unread', values: { message, line: String(line) } };
}

/** What a worker says; which part its engine refuses, -1 for none of them; null where it was stopped. */
type LastWord = Word | { at: number; line: number; message: string } | null;

async function lastWord(task: Task, made: readonly Made[], signal: AbortSignal): Promise<LastWord> {
  const begins: number[] = [];
  let head = 'var __students=[\n';
  for (const { student } of made) {
    begins.push(head.split('\n').length);
    head += `${student.code},\n`;
  }
  const blob = new Blob([`${head}];\n`, workerScript], { type: 'text/javascript' });
  const url = URL.createObjectURL(blob);
  const worker = new Worker(url);
  try {
    return await new Promise((resolve) => {
      if (signal.aborted) resolve(null);
      signal.addEventListener('abort', () => resolve(null), { once: true });
      worker.onmessage = ({ data }: MessageEvent<Word>) => resolve(data);
      worker.onerror = (event) => {
        event.preventDefault();
        const { message = '', lineno = 0 } = event;
        const isOwn = lineno > 0 && lineno < head.split('\n').length;
        const at = isOwn ? begins.findLastIndex((begin) => begin <= lineno) : -1;
        const line = lineno - (begins[at] ?? 1) + 1;
        resolve({ at, line, message: message.replace(/^Uncaught /, '') });
      };
      const files = made.map(({ part, lesson, student: { imports } }) => {
        return { part: part.id, lesson, imports };
      });
      worker.postMessage({ task, files } satisfies Job);
    });
  } finally {
    worker.terminate();
    URL.revokeObjectURL(url);
  }
}
