import type { TraceEvent } from 'loopscope';
import type { StandsIn } from '../exercise.js';

/** Goes through the events once, and knows at each of them how the loop is. */
export function standsIn(events: readonly TraceEvent[]): StandsIn | null {
  let standing: StandsIn | null = null;
  for (const event of events) {
    if (event.step === 'block') standing = event;
    else if (event.step !== 'arrive' && event.step !== 'act') standing = null;
  }
  return standing;
}

/** Keeps the queue itself. */
export function waiting(events: readonly TraceEvent[]): number {
  const queue: TraceEvent[] = [];
  for (const event of events) {
    if (event.step === 'arrive' && event.kind === 'connect') queue.push(event);
    if (event.step === 'accept') queue.shift();
  }
  return queue.length;
}
