import { openNetworks } from 'loopscope/lesson';
import { play, type Style } from './blocking.js';

/** How long someone waits in the demo. */
async function waited(style: Style, name: string): Promise<number> {
  const silent = [{ name: 'Alan', silentMs: 5_000 }];
  const talkers = ['Ada', 'Grace'].map((guest) => ({ name: guest, silentMs: 0 }));
  const evening = await play(openNetworks({ network: 'sim' }), style, [...silent, ...talkers]);
  return Math.round(evening.waited.get(name) ?? 0);
}

export default {
  adaWithSelect: () => waited('select', 'Ada'),
  ada: () => waited('at-once', 'Ada'),
  alan: () => waited('at-once', 'Alan'),
};
