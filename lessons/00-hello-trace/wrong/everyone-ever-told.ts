// refused: wrong.hearers
import type { TraceEvent } from 'loopscope';

export { turnOfLogin, turnsOf } from '../solution.js';

/** Believes that everyone who is ever told anything is told this. */
export function hearers(events: readonly TraceEvent[], text: string): number[] {
  const isSaid = events.some((event) => event.step === 'deal' && event.message.includes(text));
  const all = events.flatMap((event) => (event.step === 'broadcast' ? event.to : []));
  return isSaid ? [...new Set(all)] : [];
}
