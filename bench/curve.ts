/**
 * The cost curve of select: how long does a turn's select take, for so many watched clients of which
 * so many are ready? Beside it stands what a select(2) has to scan: all that are watched. Level-triggered
 * means that a select which nobody acts upon says the same again, so it can be timed over and over.
 * @module
 */

import { type Fd, FdSet, type Net, SimNet } from 'loopscope';
import { NodeNet } from 'loopscope/node';
import { figureOf } from './contest.js';
import { descriptors } from './processes.js';

/** One point of the curve. */
export interface Point {
  network: 'sim' | 'real';
  /** Watched, all of them for reading; the number that a select(2) scans. */
  clients: number;
  /** Ready at each select. */
  ready: number;
  /** The part that was asked for: 0.01 to 1. */
  share: number;
  /** Microseconds of one select: the median, and from where to where the runs go. */
  microseconds: number;
  low: number;
  high: number;
}

const CLIENTS = [10, 30, 100, 300, 1_000, 3_000, 10_000];
/** How many of the watched are ready, as parts of all. */
export const SHARES = [0.01, 0.1, 1];
/** For about how many ready descriptors, and for at most how many selects, one run goes. */
const READY_A_RUN = 50_000;
const MOST_SELECTS = 1_000;
/** Descriptors of this process beside the two ends of each client. */
const OTHER_FDS = 100;

const NONE = new FdSet();
const LOOPBACK = '127.0.0.1';
const SIZES = { fdSetSize: 65_536 };

/** Where the servers' and the clients' ends live. */
interface World {
  server: Net;
  client: Net;
  settle(): Promise<void>;
  close(): void;
}

/** Measures every point. */
export async function measureCurve(runs: number): Promise<Point[]> {
  const real = Math.floor((descriptors() - OTHER_FDS) / 2);
  const points: Point[] = [];
  // once for nothing, so that the first points are not those of cold code
  for (const network of ['sim', 'real'] as const) await pointsOf(network, 100, 5);
  for (const clients of CLIENTS) points.push(...(await pointsOf('sim', clients, runs)));
  for (const clients of new Set(CLIENTS.map((count) => Math.min(count, real)))) {
    points.push(...(await pointsOf('real', clients, runs)));
  }
  return points;
}

const WARM_UPS = 5;

async function pointsOf(
  network: Point['network'],
  clients: number,
  runs: number,
): Promise<Point[]> {
  const world = network === 'sim' ? simulated() : real();
  const { server } = world;
  const { read, senders } = await connectAll(world, clients);
  const points: Point[] = [];
  let ready = 0;
  for (const share of SHARES) {
    // who is ready stays so, since nobody reads: each share adds those that it has more
    const wanted = Math.max(1, Math.round(share * clients));
    for (; ready < wanted; ready++) world.client.send(senders[ready] as Fd, new Uint8Array(1));
    await world.settle();
    let seen = 0;
    while (seen < wanted) seen = (await server.select(read, NONE, NONE)).read.length;
    const times: number[] = [];
    // several for nothing: the garbage of connecting is still collected, on this process's account
    for (let run = -WARM_UPS; run < runs; run++) {
      const time = await timeSelects(server, read, wanted);
      if (run >= 0) times.push(time);
    }
    const { median, low, high } = figureOf(times);
    points.push({ network, clients, ready: wanted, share, microseconds: median, low, high });
  }
  world.close();
  return points;
}

async function timeSelects(server: Net, read: FdSet, ready: number): Promise<number> {
  const selects = Math.min(MOST_SELECTS, Math.ceil(READY_A_RUN / ready));
  const before = process.cpuUsage();
  for (let i = 0; i < selects; i++) {
    const found = await server.select(read, NONE, NONE);
    if (found.read.length !== ready || found.scanned !== read.size) {
      throw new Error(
        `select said ${found.read.length} of ${ready} ready, ${found.scanned} watched`,
      );
    }
  }
  // CPU time, since another process may have the machine meanwhile; nothing here waits
  const { user, system } = process.cpuUsage(before);
  return (user + system) / selects;
}

/** Connects clients; their ends of the server are what select watches. */
async function connectAll(
  { server, client, settle }: World,
  count: number,
): Promise<{ read: FdSet; senders: Fd[] }> {
  const listener = await server.listen({ host: LOOPBACK, port: 0 });
  const address = server.getsockname(listener);
  const waiting = new FdSet([listener]);
  const read = new FdSet();
  const senders: Fd[] = [];
  while (senders.length < count) {
    senders.push(await client.connect(address));
    await settle();
    await server.select(waiting, NONE, NONE);
    read.add(server.accept(listener));
  }
  return { read, senders };
}

function simulated(): World {
  const world = new SimNet({ seed: 1 });
  return {
    server: world.host('server', SIZES),
    client: world.host('client', SIZES),
    settle: () => world.settle(),
    close: () => {},
  };
}

function real(): World {
  const [server, client] = [new NodeNet(SIZES), new NodeNet(SIZES)];
  const close = (): void => {
    client.closeAll();
    server.closeAll();
  };
  return { server, client, settle: async () => {}, close };
}

/** The points as a table for a terminal, or for Markdown. */
export function curveTable(points: readonly Point[]): string[][] {
  const rows = points.map(({ network, clients, ready, microseconds, low, high }) => [
    network,
    clients.toLocaleString('en'),
    ready.toLocaleString('en'),
    threeDigits(microseconds),
    `${threeDigits(low)} to ${threeDigits(high)}`,
  ]);
  return [['network', 'watched, scanned by select(2)', 'ready', 'µs a select', 'range'], ...rows];
}

/** Never as a power of ten, as toPrecision has it from 1,000 on. */
function threeDigits(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}
