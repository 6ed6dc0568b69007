/**
 * Lesson 3: find in a trace where the loop stands still, and who has to wait for it.
 */

import type { TraceEvent } from 'loopscope';
import { todo } from 'loopscope/lesson';

/** A call that does not come back. */
export interface StandsIn {
  /** The descriptor that it waits for. */
  fd: number;
  /** The system call: recv or send. */
  syscall: string;
}

/**
 * Names the call in which the loop stands still at the end of a trace.
 *
 * Two steps are not the loop's own: `arrive` (something came in from the network) and `act` (a client
 * did something). They go on while the loop stands still.
 *
 * @param events a trace, or its beginning
 * @returns null if the loop does not stand still there
 */
export function standsIn(events: readonly TraceEvent[]): StandsIn | null {
  return todo(`find where the loop stands still at the end of ${events.length} events`);
}

/**
 * Counts the connections that wait in the listener's queue at the end of a trace. An `arrive` of
 * kind `connect` is a new one.
 */
export function waiting(events: readonly TraceEvent[]): number {
  return todo(`count who waits for accept at the end of ${events.length} events`);
}
