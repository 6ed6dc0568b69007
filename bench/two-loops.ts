/**
 * One room on one loop, and on two with Redis between them: ours, and `ws` as its adapters for Redis
 * do it. What is told is what a message costs of the CPU, in all processes that have to do with it.
 * @module
 */

import { hasRedis, Redis } from '../test/support/redis.js';
import type { Contestant, Medians, Running, Target, Workload } from './contest.js';
import { drive, nodeServer, type Peer } from './processes.js';
import { DRIVER_SHARE, type NetworkOptions, OURS, type Work, WS_NAME } from './side-by-side.js';

const COST = 'CPU µs/message';
const LOOPS = 2;

/** Half of the clients are on each loop; one of all speaks. */
const WORKS: Record<string, Work> = {
  '2 clients': { kind: 'broadcast', clients: 2, outstanding: 16 },
  '1,000 clients': { kind: 'broadcast', clients: 1_000, outstanding: 16 },
};

const overRedis = (name: string): string => `${name}, ${LOOPS} and Redis`;

/** The one workload. */
export function twoLoopsWorkload(options: NetworkOptions): Workload {
  return {
    name: 'two-loops',
    title: `one sender, 32-byte texts in JSON, 16 outstanding, on one loop or on ${LOOPS} with Redis between them`,
    measure: COST,
    against: OURS,
    contestants: Object.keys(WORKS).flatMap((work) =>
      ([OURS, WS_NAME] as const).flatMap((name) => [
        contestant(name, work, false, options),
        ...(hasRedis ? [contestant(name, work, true, options)] : []),
      ]),
    ),
    targets: hasRedis ? targets : () => [],
    notes: [
      ...(hasRedis ? [] : ['redis-server was not found, so nothing went through two loops.']),
      `A message is one text to all. ${COST} is that of all servers and of Redis together. What is ` +
        'more on two loops than on one is what the relay costs: to the broker, through it, and from it ' +
        'to each loop. `ws` tells nobody before its own text has come back, ours tells those of its ' +
        'loop at once. Both speak RESP by the same functions of ours; `ws` waits for no answer.',
    ],
  };
}

/** What a message costs more on two loops; of a thousand clients it is less than the noise. */
function relay(medians: Medians, work: string): number {
  return medians(overRedis(OURS), COST, work) - medians(OURS, COST, work);
}

function targets(medians: Medians): Target[] {
  const [small = ''] = Object.keys(WORKS);
  return [
    {
      what: `µs of CPU for the relay of a message, ${small}`,
      value: relay(medians, small),
      goal: { most: 100 },
    },
    ...Object.keys(WORKS).map((work) => ({
      what: `of the CPU of ws for a message, over Redis, ${work}`,
      value: medians(overRedis(OURS), COST, work) / medians(overRedis(WS_NAME), COST, work),
      goal: { most: 1 },
    })),
  ];
}

function contestant(
  name: typeof OURS | typeof WS_NAME,
  work: string,
  isOverRedis: boolean,
  { ms }: NetworkOptions,
): Contestant {
  const start = async (): Promise<Running> => {
    const redis = isOverRedis ? await Redis.start() : null;
    const serve = nodeServer(
      name === OURS ? 'room' : 'ws',
      redis === null ? {} : { broker: redis.port },
    );
    const { kind, ...load } = WORKS[work] as Work;
    const peers: Peer[] = [];
    for (let i = 0; i < (redis === null ? 1 : LOOPS); i++) peers.push(await serve(kind));
    const driver = await drive({
      ...{ kind, idle: 0, unfinished: false, ...load },
      ports: peers.map(({ port }) => port),
      login: name === OURS,
    });
    const used = async (): Promise<{ servers: number; broker: number }> => {
      const all = await Promise.all(peers.map(({ usage }) => usage()));
      const servers = all.reduce((sum, { cpu }) => sum + cpu, 0);
      return { servers, broker: redis === null ? 0 : await cpuOf(redis) };
    };
    return {
      async sample() {
        const before = await used();
        const { frames, seconds, cpu } = await driver.measure(ms);
        const after = await used();
        const messages = frames / load.clients;
        const broker = after.broker - before.broker;
        return {
          [COST]: (after.servers - before.servers + broker) / messages,
          'of it Redis': broker / messages,
          'messages/s': messages / seconds,
          [DRIVER_SHARE]: cpu / seconds / 1e4,
        };
      },
      async stop() {
        await driver.stop();
        await Promise.all(peers.map((peer) => peer.stop()));
        await redis?.end();
      },
    };
  };
  return { name: isOverRedis ? overRedis(name) : name, work, start };
}

/** What Redis says that it has used, in microseconds. */
async function cpuOf(redis: Redis): Promise<number> {
  const info = await redis.ask('INFO', 'cpu');
  const text = info instanceof Uint8Array ? Buffer.from(info).toString() : '';
  const seconds = [...text.matchAll(/^used_cpu_(?:user|sys):([\d.]+)/gm)].map(([, n]) => Number(n));
  return seconds.reduce((sum, each) => sum + each, 0) * 1e6;
}
