/**
 * Lesson 3, a solution.
 */

import type { TraceEvent } from 'loopscope';
import type { StandsIn } from './exercise.js';

/** Names the call in which the loop stands still at the end of a trace. */
export function standsIn(events: readonly TraceEvent[]): StandsIn | null {
  const last = events.findLast(({ step }) => step !== 'arrive' && step !== 'act');
  return last?.step === 'block' ? { fd: last.fd, syscall: last.syscall } : null;
}

/** Counts the connections that wait in the listener's queue at the end of a trace. */
export function waiting(events: readonly TraceEvent[]): number {
  const came = events.filter((event) => event.step === 'arrive' && event.kind === 'connect');
  const accepted = events.filter((event) => event.step === 'accept');
  return came.length - accepted.length;
}
