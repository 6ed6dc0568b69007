/**
 * Where a step of a kind comes next in a trace: of a descriptor, of a name, of a line of code.
 * @module
 */

import type { Fd } from '../../net/net.js';
import type { TraceEvent } from '../../trace/event.js';

/** Where it is, in positions from 1. */
export interface Next {
  /** The next one behind the present; null for none. */
  readonly next: number | null;
  /** The first of all; null for none. */
  readonly first: number | null;
}

/** Looks for the next one. It does not begin anew behind the last: what ran last says so. */
export function nextOf(
  events: readonly TraceEvent[],
  position: number,
  isIt: (event: TraceEvent) => boolean,
): Next {
  const next = events.findIndex((event, i) => i >= position && isIt(event));
  const first = events.findIndex(isIt);
  const place = (index: number): number | null => (index === -1 ? null : index + 1);
  return { next: place(next), first: place(first) };
}

/** Whether a step is about a descriptor. */
export function isAbout(event: TraceEvent, fd: Fd): boolean {
  if (event.step === 'accept' && event.listener === fd) return true;
  if (event.step === 'broadcast') return event.to.includes(fd);
  return 'fd' in event && event.fd === fd;
}
