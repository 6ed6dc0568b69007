import { openNetworks } from 'loopscope/lesson';
import { type Talk, TimerLoop, type Turn } from './timers.js';

async function turnsOf(talk: Talk, set: (loop: TimerLoop) => void): Promise<Turn[]> {
  const loop = await TimerLoop.open(openNetworks({ network: 'sim' }), talk);
  set(loop);
  await loop.run();
  return loop.turns;
}

/** When each of the four timers of the demo ran, where the handler works so long. */
const busy = turnsOf({ saysAt: [14], worksMs: 30 }, (loop) => {
  for (const [due, name] of [
    [30, 'A'],
    [10, 'B'],
    [20, 'C'],
  ] as const) {
    loop.setAt(due, name);
  }
});

const lateBy = async (which: string): Promise<number> => {
  const all = (await busy).flatMap(({ ran }) => ran);
  const timer = all.find(({ name }) => name === which);
  return Math.round((timer?.at ?? 0) - (timer?.due ?? 0));
};

export default {
  backFrom: async () => Math.round((await busy).at(-1)?.back ?? 0),
  lateA: () => lateBy('A'),
  lateC: () => lateBy('C'),
  levels: () => Math.floor(Math.log2(1_000)) + 1,
};
