/**
 * Opens a trace of a lesson in the Scope, so that the browser's Back leads to the lesson again.
 * @module
 */

import { type Signal, signal } from '@preact/signals';
import type { TraceEvent } from '../../trace/event.js';
import { formatEvent } from '../../trace/ndjson.js';
import type { Session } from '../session.js';

/** Which lesson the trace in the Scope was opened from; null for none. */
export const seenFrom: Signal<{
  readonly lesson: number;
  readonly trace: readonly TraceEvent[];
} | null> = signal(null);

/** @param name what the trace is called there @param at the `seq` of the step to stand at; null for the first */
export function seeTrace(
  session: Session,
  lesson: number,
  name: string,
  trace: readonly TraceEvent[],
  at: number | null,
): void {
  history.scrollRestoration = 'manual'; // a lesson knows itself how far down one was
  session.openTrace(name, trace.map(formatEvent).join('\n'));
  seenFrom.value = { lesson, trace: session.walk.events.peek() };
  const position = trace.findIndex(({ seq }) => seq === at) + 1;
  if (position > 0) session.walk.seek(position);
  location.hash = session.address.peek(); // as a link would: the lesson stays behind it
  scrollTo(0, 0);
}
