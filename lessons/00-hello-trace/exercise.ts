/**
 * Lesson 0: ask a trace three questions.
 *
 * A trace is a list of events. Each has `seq` (its number), `turn` (the select that it belongs to) and
 * `step` (its name), and what that step needs beside. As a model, here is how many connections were
 * accepted:
 *
 *     events.filter((event) => event.step === 'accept').length
 */

import type { TraceEvent } from 'loopscope';
import { todo } from 'loopscope/lesson';

/**
 * Tells in which turn someone was logged in: the turn of the `deal` that made the room's answer.
 *
 * @param name Ada, say; a `deal` has the client's JSON text as `message` (empty where a client has left
 *   and said nothing), and the answer as `reply`, a JSON text always
 */
export function turnOfLogin(events: readonly TraceEvent[], name: string): number {
  return todo(`find the turn in ${events.length} events in which ${name} was logged in`);
}

/**
 * Tells who got what someone said: the descriptors of the `broadcast` that followed.
 *
 * @param text what was said; it stands as `content` in the `message` of its `deal`
 * @returns the descriptors, in the order in which the trace has them
 */
export function hearers(events: readonly TraceEvent[], text: string): number[] {
  return todo(`find in ${events.length} events who got "${text}"`);
}

/**
 * Counts the turns in which select said that a socket was readable.
 *
 * @param fd the socket's descriptor
 */
export function turnsOf(events: readonly TraceEvent[], fd: number): number {
  return todo(`count the turns in ${events.length} events in which fd ${fd} was readable`);
}
