// refused: wrong.only-named
import type { TraceEvent } from 'loopscope';

export { hearers, turnsOf } from '../solution.js';

/** Takes the first deal with the name in it, whatever it is about. */
export function turnOfLogin(events: readonly TraceEvent[], name: string): number {
  const deal = events.find((event) => event.step === 'deal' && event.reply.includes(name));
  return deal?.turn ?? 0;
}
