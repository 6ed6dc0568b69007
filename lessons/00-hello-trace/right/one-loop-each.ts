import type { TraceEvent } from 'loopscope';

/** Reads what the client asked for, where the solution reads what the room answered. */
export function turnOfLogin(events: readonly TraceEvent[], name: string): number {
  let turn = 0;
  for (const event of events) {
    if (event.step !== 'deal' || event.message === '') continue;
    const { type, content } = JSON.parse(event.message);
    if (type === 'login' && content === name && turn === 0) turn = event.turn;
  }
  return turn;
}

/** Reads on from the deal to the next broadcast. */
export function hearers(events: readonly TraceEvent[], text: string): number[] {
  let isSaid = false;
  for (const event of events) {
    if (event.step === 'deal' && event.message !== '') {
      isSaid = JSON.parse(event.message).content === text;
    }
    if (event.step === 'broadcast' && isSaid) return [...event.to];
  }
  return [];
}

/** Collects the turns, each once. */
export function turnsOf(events: readonly TraceEvent[], fd: number): number {
  const turns = new Set<number>();
  for (const event of events) {
    if (event.step === 'select' && event.readyRead.includes(fd)) turns.add(event.turn);
  }
  return turns.size;
}
