/**
 * The student at this terminal: the folder, what was done in it, and how paths and questions look.
 * @module
 */

import { relative, resolve } from 'node:path';
import { whyNot } from '../lesson/file-error.js';
import { findLesson, type Lesson, lessonNumbers } from '../lesson/lesson.js';
import type { Progress } from '../lesson/progress.js';
import { openProgress, writeProgress } from '../lesson/progress-file.js';
import { type Exercised, StudentFolder } from '../lesson/student-folder.js';
import { type Say, speak } from '../lesson/texts.js';
import type { Language } from '../texts/language.js';
import { Failure } from './failure.js';
import { openLines, visibleText, warn, writeLine, writeText } from './print.js';
import { wrap } from './wrap.js';

/** Who works here. */
export class Student {
  /** Where. */
  readonly folder = new StudentFolder(process.cwd());
  /** What was done. */
  progress: Progress;
  /** What is spoken with whoever it is. */
  readonly language: Language;
  readonly #say: Say;
  #canWrite = true;

  constructor(language: Language) {
    this.language = language;
    this.#say = speak(language);
    const { path, insteadOf } = this.folder;
    if (insteadOf !== null) {
      const paths = { path: shownPath(insteadOf), home: shownPath(path) };
      warn(this.#say('folder.home', paths));
    }
    this.progress = this.#open();
  }

  #open(): Progress {
    const { progress, broken } = openProgress(this.folder.progress, this.language);
    if (broken === null) return progress;
    const { message, backup } = broken;
    const path = shownPath(this.folder.progress);
    this.#canWrite = backup !== null;
    if (backup === null) warn(this.#say('progress.stuck', { path, message }));
    else warn(this.#say('progress.broken', { path, message, backup: shownPath(backup) }));
    return progress;
  }

  /** Puts the demo and the exercise there. @returns whether there is a folder to write in */
  begin(lesson: Lesson): boolean {
    return this.#write(() => {
      this.folder.make(lesson);
      this.folder.beginDemo(lesson);
      if (lesson.exercise !== null) this.folder.begin(lesson);
    });
  }

  /** Brings the exercise back as it was handed out. @returns whether there is a folder to write in */
  reset(lesson: Exercised): boolean {
    return this.#write(() => void this.folder.reset(lesson));
  }

  /** Keeps what was done. */
  save(): void {
    this.#write(() => {
      this.folder.make();
      writeProgress(this.folder.progress, this.progress);
    });
  }

  /** Keeps one thing more, beside what a check in another terminal may have kept since. */
  keep(change: (progress: Progress) => void): void {
    if (this.#canWrite) this.progress = this.#open();
    change(this.progress);
    this.save();
  }

  /** Keeps the trace of a failure. @returns its path; null where there is none, or none can be written */
  keepFailure(lesson: Exercised, trace: string | null): string | null {
    let path: string | null = null;
    this.#write(() => {
      path = this.folder.keepFailure(lesson, trace);
    });
    return path;
  }

  /** A folder that cannot be written in is said once; everything else goes on. */
  #write(work: () => void): boolean {
    if (!this.#canWrite) return false;
    try {
      work();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
      this.#canWrite = false;
      const message = whyNot(error, this.language);
      warn(this.#say('folder.blocked', { path: shownPath(this.folder.path), message }));
    }
    return this.#canWrite;
  }
}

/** The lesson of a number. @throws Failure (2) when there is none */
export function lessonOf(number: number, language: Language): Lesson {
  const lesson = findLesson(number, language);
  if (lesson === undefined) {
    const say = speak(language);
    throw new Failure(say('lesson.none', { number, there: lessonNumbers() }), 2);
  }
  return lesson;
}

/** A path as one would type it from here. */
export function shownPath(path: string): string {
  const here = relative(process.cwd(), path);
  const short = here === '' || here.startsWith('..') ? resolve(path) : here;
  return /\s/.test(short) ? `"${short}"` : short;
}

/** Columns of the terminal, up to what is easy to read. */
export function columns(): number {
  return Math.min(process.stdout.columns ?? 80, 100);
}

/** Prints a text in lines that fit. */
export function printParagraph(text: string): void {
  writeText(`${wrap(text, columns()).join('\n')}\n`);
}

/** Whether there is someone to ask. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stdout.isTTY === true;
}

/** Asks for a line. @returns an empty text at the end of the input; Ctrl-C ends the program */
export async function ask(question: string): Promise<string> {
  const readline = openLines();
  readline.once('SIGINT', () => {
    writeLine();
    process.exit(130);
  });
  const answer = await new Promise<string>((resolve) => {
    readline.once('close', () => resolve(''));
    readline.question(visibleText(question), resolve);
  });
  readline.close();
  return answer.trim();
}
