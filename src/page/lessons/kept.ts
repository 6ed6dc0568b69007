/**
 * What a browser keeps of the course: the progress in the form of progress.json, and what a student has
 * written, a text a lesson. Two tabs may be open, so each change begins with what is kept now.
 * @module
 */

import { type Signal, signal } from '@preact/signals';
import type { Course, Progress } from '../course/course.js';
import { keep, recall } from '../shared/keep.js';

/** Texts that a lesson has: the exercise and the demo. */
export type TextName = 'exercise' | 'demo';

const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The progress that is kept. */
export class KeptProgress {
  /** Whether the browser keeps it; where it does not, it lives as long as the page. */
  readonly isKept = signal(true);
  /** Why what was kept could not be read; null where it could. */
  readonly broken = signal<string | null>(null);
  readonly #course: Course;
  /** Wrapped anew by each change: the progress itself is changed in place. */
  readonly #now: Signal<{ readonly progress: Progress }>;

  constructor(course: Course) {
    this.#course = course;
    this.#now = signal({ progress: this.#read() ?? course.newProgress() });
    addEventListener('storage', ({ key }) => {
      if (key !== null && !key.endsWith('progress')) return;
      this.#now.value = { progress: this.#read() ?? course.newProgress() };
    });
  }

  /** What was done. A view that reads it follows it; it is changed by {@link change} alone. */
  get value(): Progress {
    return this.#now.value.progress;
  }

  /** Changes it, and keeps it. */
  change(change: (progress: Progress) => void): void {
    const progress = (this.isKept.peek() ? this.#read() : null) ?? this.#now.peek().progress;
    change(progress);
    this.replace(progress);
  }

  /** Puts another in its place, and keeps it. */
  replace(progress: Progress): void {
    this.isKept.value = keep('progress', this.#course.writeProgress(progress));
    this.#now.value = { progress };
  }

  /** @returns null where nothing is kept, or nothing that can be read: then it is put aside */
  #read(): Progress | null {
    const text = recall('progress', asText, '');
    if (text === '') return null;
    try {
      return this.#course.readProgress(text);
    } catch (error) {
      this.broken.value = error instanceof Error ? error.message : String(error);
      keep('progress.broken', text);
      return null;
    }
  }
}

const asMinutes = (value: unknown): Record<string, number> | null => {
  if (typeof value !== 'object' || value === null) return null;
  return Object.values(value).every((one) => Number.isSafeInteger(one) && one >= 0)
    ? (value as Record<string, number>)
    : null;
};

/** The minutes that were spent in a lesson, in this browser. */
export function minutesSpent(lesson: number): number {
  return recall('minutes', asMinutes, {})[lesson] ?? 0;
}

/** Counts one minute more. */
export function spendMinute(lesson: number): void {
  const all = recall('minutes', asMinutes, {});
  keep('minutes', { ...all, [lesson]: (all[lesson] ?? 0) + 1 });
}

/** What a student wrote in a lesson; what was handed out, where that is nothing else. */
export function recallText(name: TextName, lesson: number, handedOut: string): string {
  return recall(`${name}.${lesson}`, asText, '') || handedOut;
}

/** The exercise of a lesson as it was written in this browser; null where nothing was. */
export function writtenText(lesson: number): string | null {
  return recallText('exercise', lesson, '') || null;
}

/** Keeps it. @returns false where the browser refuses */
export function keepText(name: TextName, lesson: number, text: string, handedOut: string): boolean {
  return keep(`${name}.${lesson}`, text === handedOut ? '' : text);
}

/** Forgets what was written in these lessons, and how long it took. */
export function forgetTexts(lessons: readonly number[]): void {
  keep('minutes', {});
  for (const lesson of lessons) {
    for (const name of ['exercise', 'demo']) keep(`${name}.${lesson}`, '');
  }
}
