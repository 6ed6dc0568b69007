/**
 * Lesson 0, a solution.
 */

import type { TraceEvent } from 'loopscope';

/** Tells in which turn someone was logged in. */
export function turnOfLogin(events: readonly TraceEvent[], name: string): number {
  for (const event of events) {
    if (event.step !== 'deal') continue;
    const { type, content } = JSON.parse(event.reply);
    if (type === 'login' && content === name) return event.turn;
  }
  return 0;
}

/** Tells who got what someone said. */
export function hearers(events: readonly TraceEvent[], text: string): number[] {
  const deal = events.findIndex((event) => event.step === 'deal' && event.message.includes(text));
  const behind = events.slice(deal).find((event) => event.step === 'broadcast');
  return behind?.to ?? [];
}

/** Counts the turns in which select said that a socket was readable. */
export function turnsOf(events: readonly TraceEvent[], fd: number): number {
  return events.filter((event) => event.step === 'select' && event.readyRead.includes(fd)).length;
}
