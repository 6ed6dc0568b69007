import { openNetworks } from 'loopscope/lesson';
import { type Counts, count, type Way } from './count.js';
import { headFor, requestFor } from './servers.js';

const FRAME_HEADER = 2; // without a mask, for up to 125 bytes
const news = ['lunch\n', 'fire drill\n', 'all clear\n', 'dessert\n'];
/** The demo's plan. */
const run = (way: Way): Promise<Counts> =>
  count(openNetworks({ network: 'sim' }), way, { readers: 3, news, asks: 31, everyMs: 1_000 });

export default {
  request: () => requestFor(0).length,
  head: () => headFor(0).length,
  pollingRequests: async () => (await run('polling')).requests,
  pendingRequests: async () => (await run('pending')).requests,
  pollingLongest: async () => Math.round(Math.max(...(await run('polling')).delays)),
  /** What a piece of news costs one reader who waits for it: a request, and the head of its answer. */
  pendingEach: () => requestFor(0).length + headFor(0).length,
  pushedEach: () => FRAME_HEADER,
  opening: async () => {
    const { events } = await run('websocket');
    const upgrade = events.find((event) => event.step === 'recv')?.bytes.length ?? 0;
    return upgrade + (events.find((event) => event.step === 'send')?.length ?? 0);
  },
};
