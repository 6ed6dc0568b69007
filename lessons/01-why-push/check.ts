import { type Check, openNetworks } from 'loopscope/lesson';
import { type Counts, count, type Way } from './count.js';
import type { News } from './exercise.js';
import { headFor, requestFor } from './servers.js';

/** Readers, pieces of news, questions when polling, and the length of a piece of news. */
const PLANS = [
  [1, 1, 3, 10],
  [3, 4, 31, 12],
  [7, 9, 20, 60],
  [10, 2, 5, 125],
] as const;

/** What some believe, and what they foretell because of it. */
const BELIEFS: Record<Way, [string, (news: News) => number][]> = {
  polling: [
    [
      'wrong.empty-answers',
      (n) => n.readers * (n.asks * n.request + n.messages * (n.head + n.text)),
    ],
    ['wrong.empty-answers', (n) => n.readers * n.messages * (n.request + n.head + n.text)],
    ['wrong.one-direction', (n) => n.readers * (n.asks * n.head + n.messages * n.text)],
  ],
  pending: [
    ['wrong.one-direction', (n) => n.readers * n.messages * (n.head + n.text)],
    ['wrong.left-pending', (n) => n.readers * n.messages * (n.request + n.head + n.text)],
    ['wrong.not-answered', (n) => n.readers * (n.messages + 1) * (n.request + n.head + n.text)],
    [
      'wrong.not-answered',
      (n) => n.readers * ((n.messages + 1) * (n.request + n.head) + n.messages * n.text),
    ],
  ],
  websocket: [
    ['wrong.handshake', (n) => n.readers * n.messages * (opening(n) + n.frameHeader + n.text)],
    ['wrong.handshake', (n) => opening(n) + n.readers * n.messages * (n.frameHeader + n.text)],
    ['wrong.one-direction', (n) => n.readers * (n.upgrade + n.messages * (n.frameHeader + n.text))],
    ['wrong.one-direction', (n) => n.readers * (n.welcome + n.messages * (n.frameHeader + n.text))],
    ['wrong.frame-header', (n) => n.readers * (opening(n) + n.messages * n.text)],
  ],
};

const opening = ({ upgrade, welcome }: News): number => upgrade + welcome;

export default (async ({ polling, pending, webSocket }, t) => {
  for (const [readers, messages, asks, text] of PLANS) {
    const news = Array.from({ length: messages }, () => `${'x'.repeat(text - 1)}\n`);
    const run = (way: Way): Promise<Counts> =>
      count(openNetworks({ network: 'sim' }), way, { readers, news, asks, everyMs: 1_000 });
    const pushed = await run('websocket');
    const asked: News = {
      readers,
      messages,
      asks,
      request: requestFor(0).length,
      head: headFor(0).length,
      text,
      upgrade: pushed.events.find((event) => event.step === 'recv')?.bytes.length ?? 0,
      welcome: pushed.events.find((event) => event.step === 'send')?.length ?? 0,
      frameHeader: 2,
    };
    for (const [way, foretell] of [
      ['polling', polling],
      ['pending', pending],
      ['websocket', webSocket],
    ] as const) {
      const { bytes, events } = way === 'websocket' ? pushed : await run(way);
      t.step(`step.${way}`, { readers, messages, asks, text });
      t.trace = events;
      t.at = 0; // the whole of it is asked about
      const given = foretell(asked);
      const believed = BELIEFS[way].find(([, believes]) => believes(asked) === given);
      t.equal(given, bytes, believed?.[0] ?? 'wrong.count', { bytes, readers, messages });
    }
  }
}) satisfies Check<typeof import('./exercise.js')>;
