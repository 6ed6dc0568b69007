import { openNetworks } from 'loopscope/lesson';
import { talk, wakeUps } from './loops.js';
import { shares } from './room.js';

const idle = (timeoutMs: number | null, maxFds?: number): Promise<number> => {
  const server = maxFds === undefined ? { turnMs: 0.1 } : { turnMs: 0.1, maxFds };
  return wakeUps(openNetworks({ network: 'sim', server }), timeoutMs, 1_000);
};
const waits = async (style: 'one recv' | 'until empty', name: string): Promise<number> => {
  const { waited } = await talk(openNetworks({ network: 'sim' }), style);
  return Math.round(waited.get(name) ?? 0);
};

const turns = shares(openNetworks({ network: 'sim' }), 600).then((said) => said.turns);

export default {
  polling: () => idle(0),
  tenMs: () => idle(10),
  waiting: () => idle(null),
  outOfFds: () => idle(null, 4),
  adaEmpty: () => waits('until empty', 'Ada'),
  adaFair: () => waits('one recv', 'Ada'),
  bobEmpty: () => waits('until empty', 'Bob'),
  bobFair: () => waits('one recv', 'Bob'),
  turns: () => turns.then(({ length }) => length),
  share: () => turns.then((all) => Math.max(...all.flatMap(({ frames }) => [...frames.values()]))),
};
