import type { TraceEvent } from 'loopscope';

export { hearers, turnsOf } from '../solution.js';

/** Looks for two words in the answer. */
export function turnOfLogin(events: readonly TraceEvent[], name: string): number {
  const deal = events.find(
    (event) =>
      event.step === 'deal' && event.reply.includes('"login"') && event.reply.includes(name),
  );
  return deal?.turn ?? 0;
}
