/**
 * The student's way through the course: the course itself, what was done, what goes on in each lesson, and
 * where one goes on.
 * @module
 */

import { signal } from '@preact/signals';
import { exercisesLeft, nextStop, ROUTES, type Route, type Stop } from '../../lesson/routes.js';
import type { Course, CourseLesson, Inline, Progress } from '../course/course.js';
import { loadCourse } from '../course/load.js';
import { language } from '../language.js';
import type { Session } from '../session.js';
import { KeptProgress } from './kept.js';
import { LessonWork } from './work.js';

/** The way of who has chosen none. */
const USUAL = 'alone';

/** One student. */
export class Learning {
  readonly course: Course;
  readonly progress: KeptProgress;
  readonly #works = new Map<number, LessonWork>();

  constructor(course: Course) {
    this.course = course;
    this.progress = new KeptProgress(course);
  }

  /** A lesson by its number. @throws Error for none: the address offers those only that are there */
  lesson(number: number): CourseLesson {
    const lesson = this.course.lessons.find((one) => one.number === number);
    if (lesson === undefined) throw new Error(`bug: there is no lesson ${number}`);
    return lesson;
  }

  /** What goes on in a lesson. */
  work(number: number): LessonWork {
    const found = this.#works.get(number);
    if (found !== undefined) return found;
    const work = new LessonWork(this.lesson(number), this.course, this.progress);
    this.#works.set(number, work);
    return work;
  }

  /** Forgets all drafts, which are read anew. */
  begin(): void {
    this.#works.clear();
  }

  /** The route that is followed. */
  get route(): Route {
    return routeNamed(this.progress.value.route);
  }
}

/** One page has one student, who may change the language: then what is kept is read anew. Null until the course opens. */
export const student = signal<Learning | null>(null);

/**
 * Opens the course in the language that is spoken.
 *
 * @returns the student
 * @throws Error with the address of the course's script, where it is missing
 */
export async function enrol(): Promise<Learning> {
  const wanted = language.peek();
  const course = await loadCourse(wanted);
  if (language.peek() !== wanted) return enrol(); // changed meanwhile
  const known = student.peek();
  const learning = known?.course === course ? known : new Learning(course);
  student.value = learning;
  return learning;
}

/** What the parts of the view are given. */
export interface LearningProps {
  session: Session;
  learning: Learning;
}

/** A route by its name; that of who learns alone where it has none, or one that is not known. */
export function routeNamed(name: string | undefined): Route {
  const route = ROUTES.get(name ?? USUAL) ?? ROUTES.get(USUAL);
  if (route === undefined) throw new Error(`bug: no route ${USUAL}`);
  return route;
}

/** Where one goes behind a lesson. */
export interface Onward {
  readonly to: 'lesson' | 'exercise' | 'end';
  /** The stop; null at the end. */
  readonly stop: Stop | null;
}

/** The next on the route; behind the last, an exercise that was left; then the end. */
export function onwardFrom(lesson: number, route: Route, progress: Progress): Onward {
  const { stops } = route;
  const at = stops.findIndex((stop) => stop.lesson === lesson);
  const next = stops[at + 1];
  if (at !== -1 && next !== undefined) return { to: 'lesson', stop: next };
  const [left] = exercisesLeft(route, progress).filter((number) => number !== lesson);
  const stop = at === -1 ? nextStop(route, progress) : stops.find((one) => one.lesson === left);
  if (!stop) return { to: 'end', stop: null };
  return { to: progress.of(stop.lesson).begun ? 'exercise' : 'lesson', stop };
}

/** What a lesson needs that was not begun. */
export function needsLeft({ needs }: CourseLesson, progress: Progress): number[] {
  return needs.filter((number) => !progress.of(number).begun);
}

/** How far one is in a lesson. */
export type LessonState = 'new' | 'begun' | 'seen' | 'passed';

/** How far one is. @param exercise whether the exercise belongs to the way */
export function stateOf(number: number, progress: Progress, exercise = true): LessonState {
  const { passed, begun, prediction, checks } = progress.of(number);
  if (passed) return 'passed';
  if (begun && !exercise) return 'seen';
  return begun || prediction !== null || checks > 0 ? 'begun' : 'new';
}

/** Words without their marks. */
export function plain(words: readonly Inline[]): string {
  return words.map(([, text]) => text).join('');
}
