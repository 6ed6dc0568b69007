/**
 * Tells the room what a student does in the lessons: which one is open, what came of a check, and all that
 * is kept. One message is on its way at a time; what was not taken goes once more, and to say a thing
 * twice changes nothing in the room.
 * @module
 */

import { effect, untracked } from '@preact/signals';
import type { TakenMessage } from '../../class/messages.js';
import type { CheckRun } from '../course/course.js';
import { student } from '../lessons/learning.js';
import type { Session } from '../session.js';
import type { Seat } from './seat.js';

/** What is to be said of a lesson; the lesson's own part of the progress goes with it. */
interface News {
  readonly what: 'opened' | 'checked' | 'done';
  /** Why the check failed; null where it passed, or none was made. */
  readonly failure: string | null;
}

/** What the room could not take now is said again after so many milliseconds. */
const AGAIN_MS = 1_000;

/** Tells it. */
export class Reporter {
  readonly #seat: Seat;
  /** What is left to say, by lesson, in the order in which it happened. */
  readonly #left = new Map<number, News>();
  /** What was seen last of each lesson, as JSON. */
  readonly #seen = new Map<number, string>();
  #said: [lesson: number, news: News] | null = null;
  #again: ReturnType<typeof setTimeout> | undefined;
  readonly #ends: (() => void)[];

  constructor(session: Session, seat: Seat) {
    this.#seat = seat;
    let told: CheckRun | null = null;
    let opened = '';
    seat.onProgress = (answer) => this.#answered(answer);
    seat.onJoined = () => {
      this.#said = null;
      this.#seen.clear(); // the room may be another, and takes twice what it knows
      this.#look();
      this.#goOn();
    };
    this.#ends = [
      effect(() => this.#look()),
      effect(() => {
        const place = session.parameter('view').value === 'lessons' && student.value !== null;
        const lesson = place ? session.parameter('lesson').value : '';
        if (lesson !== opened && /^\d+$/.test(lesson)) {
          this.#note(Number(lesson), { what: 'opened', failure: null });
        }
        opened = lesson;
      }),
      effect(() => {
        const lesson = session.parameter('lesson').value;
        if (student.value === null || !/^\d+$/.test(lesson)) return;
        void student.value.progress.value; // who begins anew has another exercise
        const check = student.value.work(Number(lesson)).check.value;
        if (check.is !== 'done' || check.run === told || check.run.trouble === 'stopped') return;
        told = check.run;
        this.#note(Number(lesson), { what: 'checked', failure: check.run.failure });
      }),
    ];
  }

  /** Tells nothing more. */
  end(): void {
    clearTimeout(this.#again);
    for (const end of this.#ends) end();
  }

  /** Looks what has changed in any lesson. */
  #look(): void {
    if (student.value === null) return;
    const { course, progress } = student.value;
    const nothing = JSON.stringify(course.newProgress().of(0));
    for (const { number } of course.lessons) {
      const now = JSON.stringify(progress.value.of(number));
      if (now === (this.#seen.get(number) ?? nothing)) continue;
      this.#seen.set(number, now);
      const left = this.#left.get(number);
      const isUnsaid = left !== undefined && left !== this.#said?.[1];
      if (!isUnsaid) this.#note(number, { what: 'done', failure: null });
    }
  }

  #note(lesson: number, news: News): void {
    this.#left.delete(lesson); // what happened last is said last
    this.#left.set(lesson, news);
    untracked(() => this.#goOn());
  }

  #goOn(): void {
    clearTimeout(this.#again);
    const [first] = this.#left;
    const progress = student.peek()?.progress.value;
    if (this.#said !== null || first === undefined || progress === undefined) return;
    const [lesson, { what, failure }] = first;
    const done = structuredClone(progress.of(lesson));
    if (this.#seat.report({ lesson, what, failure, done })) this.#said = first;
  }

  #answered({ taken, why }: TakenMessage): void {
    const said = this.#said;
    this.#said = null;
    if (said === null) return;
    if (!taken && (why === 'often' || why === 'disk')) {
      this.#again = setTimeout(() => this.#goOn(), AGAIN_MS);
      return;
    }
    const [lesson, news] = said;
    if (this.#left.get(lesson) === news) this.#left.delete(lesson);
    this.#goOn();
  }
}
