/**
 * The route that a student follows, and what comes next on it.
 * @module
 */

import type { Progress } from '../lesson/progress.js';
import { exercisesLeft, nextStop, ROUTES, type Route, type Stop } from '../lesson/routes.js';
import type { Say } from '../lesson/texts.js';

/** The route that was asked for last; null where there was none, or none that is known. */
export function routeOf({ route }: Progress): Route | null {
  return (route === undefined ? undefined : ROUTES.get(route)) ?? null;
}

/** The command that goes on along a route. */
export function commandOf({ name }: Route): string {
  return `npx loopscope lesson --route ${name}`;
}

/** One line: the command that goes on, or the exercises that are left, or that nothing is. */
export function nextOnRoute(route: Route, progress: Progress, say: Say): string {
  const { name } = route;
  const next = nextStop(route, progress);
  if (next === null) return say('route.done', { name });
  if (!progress.of(next.lesson).begun) return say('route.next', { command: commandOf(route) });
  const left = exercisesLeft(route, progress);
  return say('route.left', { name, lessons: left, n: left.length });
}

/** One line on the exercises before a stop that have not passed; null where all have, or there is no route. */
export function leftBehind({ lesson }: Stop, progress: Progress, say: Say): string | null {
  const route = routeOf(progress);
  if (route === null) return null;
  const numbers = route.stops.map((stop) => stop.lesson);
  const before = numbers.slice(0, numbers.indexOf(lesson));
  const left = exercisesLeft(route, progress).filter((number) => before.includes(number));
  const [first] = left;
  if (first === undefined) return null;
  const command = `npx loopscope check ${first}`;
  return say('route.open', { lessons: left, command, n: left.length });
}
