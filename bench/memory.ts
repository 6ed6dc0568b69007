/**
 * What clients add to a server's memory: those that are idle, and those in the middle of a long text.
 * @module
 */

import type { Contestant, Medians, Sample, Target, Workload } from './contest.js';
import type { Load } from './driver.js';
import { descriptors, drive, nodeServer, type Serve } from './processes.js';
import { FLOOR_NAME, OURS, WS_NAME } from './side-by-side.js';

const MEMORY = 'bytes/client';

/** The most clients, and the descriptors that a process has beside them. */
const MOST = 10_000;
const OTHER_FDS = 64;
/** How many are there before memory is measured: they make what all share, code, buffers, a grown heap. */
const FIRST = 1_000;
/** Clients in the middle of a message. */
const UNFINISHED = 100;
/** After so long without a change a server's memory counts as settled. */
const SETTLES_MS = 300;

/** All of them. */
export function memoryWorkloads(): Workload[] {
  return [memory(), unfinished()];
}

function memory(): Workload {
  const count = Math.min(MOST, descriptors() - OTHER_FDS) - FIRST;
  const [some, first] = [count, FIRST].map((number) => number.toLocaleString('en'));
  return {
    name: 'memory',
    title: `what ${some} idle clients add to the server's resident memory, beside ${first}`,
    measure: MEMORY,
    against: WS_NAME,
    warmUps: 0,
    contestants: remembering((serve) => idleMemory(serve, count)),
    targets: (medians) => [memoryTarget(medians, 'of the memory of ws for an idle client')],
    notes: [
      "Node's heap for young objects is held to 1 MiB in its servers. Left alone it grows to 48 MiB while " +
        'the clients connect, and the figures are mostly how far.',
    ],
  };
}

function unfinished(): Workload {
  return {
    name: 'unfinished',
    title: `what each of ${UNFINISHED} clients adds, of whose text of 1 MiB all but the last byte has come`,
    measure: MEMORY,
    against: WS_NAME,
    warmUps: 0,
    contestants: remembering(unfinishedMemory),
    targets: (medians) => [memoryTarget(medians, 'of the memory of ws for an unfinished message')],
  };
}

function remembering(measure: (serve: Serve) => Promise<Sample>): Contestant[] {
  const servers: Record<string, Serve> = {
    [OURS]: nodeServer('loopscope', { collects: true }),
    [WS_NAME]: nodeServer('ws', { collects: true }),
    [FLOOR_NAME]: nodeServer('floor', { collects: true }),
  };
  return Object.entries(servers).map(([name, serve]) => ({
    name,
    start: async () => ({ sample: () => measure(serve), stop: async () => {} }),
  }));
}

function memoryTarget(medians: Medians, what: string): Target {
  return { what, value: medians(OURS, MEMORY) / medians(WS_NAME, MEMORY), goal: { most: 1 } };
}

async function idleMemory(serve: Serve, count: number): Promise<Sample> {
  const { port, usage, stop } = await serve('echo');
  const load = {
    kind: 'echo',
    ports: [port],
    clients: 1,
    outstanding: 1,
    login: false,
    unfinished: false,
  } satisfies Omit<Load, 'idle'>;
  const first = await drive({ ...load, idle: FIRST - 1 });
  const before = await usage();
  const others = await drive({ ...load, idle: count - 1 });
  const after = await usage();
  await others.stop();
  await first.stop();
  await stop();
  return { [MEMORY]: (after.rss - before.rss) / count };
}

async function unfinishedMemory(serve: Serve): Promise<Sample> {
  const kind = `ascii-${1 << 20}` as const;
  const { port, usage, stop } = await serve(kind);
  const load = { kind, ports: [port], clients: UNFINISHED, idle: 0, outstanding: 1, login: false };
  const first = await drive({ ...load, unfinished: false });
  const before = await usage();
  const others = await drive({ ...load, unfinished: true });
  let after = before;
  // all is with the kernel by now; the server may still be taking it
  for (let last = -1; after.rss !== last; ) {
    last = after.rss;
    await new Promise((resolve) => setTimeout(resolve, SETTLES_MS));
    after = await usage();
  }
  await others.stop();
  await first.stop();
  await stop();
  return { [MEMORY]: (after.rss - before.rss) / UNFINISHED };
}
