import { openNetworks } from 'loopscope/lesson';
import { chat, countWork, type Model, turnsOf } from './models.js';

const evening = chat(openNetworks({ network: 'sim' }), 900, 100);
const workOf = async (model: Model): Promise<number> =>
  countWork(turnsOf((await evening).events), model);
const ready = async (): Promise<number> =>
  turnsOf((await evening).events).reduce((sum, { readyRead }) => sum + readyRead.length, 0);

export default {
  selectWork: () => workOf('select'),
  pollWork: () => workOf('poll'),
  epollWork: () => workOf('epoll'),
  ready,
  registered: async () => (await workOf('epoll')) - (await ready()),
  examined: async () => (await evening).examined,
};
