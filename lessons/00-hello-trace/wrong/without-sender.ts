// refused: wrong.hearers
import type { TraceEvent } from 'loopscope';

export { turnOfLogin, turnsOf } from '../solution.js';

/** Leaves out the one who spoke. */
export function hearers(events: readonly TraceEvent[], text: string): number[] {
  const place = events.findIndex((event) => event.step === 'deal' && event.message.includes(text));
  const deal = events[place];
  const behind = events.slice(place).find((event) => event.step === 'broadcast');
  return (behind?.to ?? []).filter((fd) => deal?.step === 'deal' && fd !== deal.fd);
}
