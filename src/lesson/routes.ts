/**
 * The routes through the lessons: which of them, in which order, with their exercises or by question and
 * demo alone. Where a route leaves lessons out, a bridge says in a few sentences what they would have said.
 * @module
 */

import type { Progress } from './progress.js';
import type { TextKey } from './texts.js';

/** A lesson on a route. */
export interface Stop {
  /** Its number. */
  readonly lesson: number;
  /** Whether its exercise belongs to the route; if not, its question and its demo do. */
  readonly exercise: boolean;
  /** What is said before it of the lessons that were left out; null where none were. */
  readonly bridge: TextKey | null;
}

/** A way through the lessons. */
export interface Route {
  /** What `--route` takes. */
  readonly name: string;
  /** The minutes that there are; null where nobody counts them. */
  readonly of: number | null;
  readonly stops: readonly Stop[];
  /** The lessons with which a further day begins; none where it is done in one, or at one's own pace. */
  readonly days?: readonly number[];
}

/** Minutes for the question and the demo of a lesson, without its exercise. */
export const DEMO_MINUTES = 5;

const stop = (lesson: number, bridge: TextKey | null = null): Stop => {
  return { lesson, exercise: true, bridge };
};
const byDemo = (lesson: number, bridge: TextKey | null = null): Stop => {
  return { lesson, exercise: false, bridge };
};

/** The lessons of the four days whose exercises are homework. */
const HOMEWORK = [1, 5, 9, 12, 16, 20, 21];

/** Every lesson. */
const ALL = Array.from({ length: 26 }, (_, lesson) => lesson);

/** All routes by name. The last is for who learns alone: every lesson, in order. */
export const ROUTES: ReadonlyMap<string, Route> = new Map(
  [
    { name: '45', of: 45, stops: [stop(0), stop(4, 'bridge.0-4'), byDemo(13, 'bridge.4-13')] },
    {
      name: '90',
      of: 90,
      stops: [
        stop(0),
        byDemo(3, 'bridge.0-3'),
        stop(4),
        stop(7, 'bridge.4-7'),
        byDemo(9, 'bridge.7-9'),
        stop(13, 'bridge.9-13'),
      ],
    },
    {
      name: '4x90',
      of: 360,
      stops: Array.from({ length: 22 }, (_, n) => (HOMEWORK.includes(n) ? byDemo(n) : stop(n))),
      days: [5, 11, 17],
    },
    { name: 'alone', of: null, stops: ALL.map((lesson) => stop(lesson)) },
  ].map((route: Route): [string, Route] => [route.name, route]),
);

/** Where one goes on: the first lesson not begun; then the first whose exercise has not passed; null at the end. */
export function nextStop(route: Route, progress: Progress): Stop | null {
  const { stops } = route;
  const [left] = exercisesLeft(route, progress);
  return (
    stops.find(({ lesson }) => !progress.of(lesson).begun) ??
    stops.find(({ lesson }) => lesson === left) ??
    null
  );
}

/** The lessons whose exercises belong to a route and have not passed. */
export function exercisesLeft({ stops }: Route, progress: Progress): number[] {
  return stops
    .filter(({ lesson, exercise }) => exercise && !progress.of(lesson).passed)
    .map(({ lesson }) => lesson);
}

/** The minutes of a stop. */
export function minutesOf({ exercise }: Stop, { minutes }: { readonly minutes: number }): number {
  return exercise ? minutes : DEMO_MINUTES;
}
