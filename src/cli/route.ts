/**
 * The route that a student follows, and what comes next on it.
 * @module
 */

import type { Say } from '../lesson/messages.js';
import type { Progress } from '../lesson/progress.js';
import { nextStop, ROUTES, type Route } from '../lesson/routes.js';

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
  const { name, stops } = route;
  const next = nextStop(route, progress);
  if (next === null) return say('route.done', { name });
  if (!progress.of(next.lesson).begun) return say('route.next', { command: commandOf(route) });
  const left = stops.filter(({ lesson, exercise }) => exercise && !progress.of(lesson).passed);
  return say('route.left', { name, lessons: left.map(({ lesson }) => lesson).join(', ') });
}
