/**
 * The workloads over real sockets: each server in a process of its own, each with a load driver in
 * another. A sample counts what the driver has checked, beside what both processes have used.
 * @module
 */

import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Contestant, Medians, Running, Sample, Target, Workload } from './contest.js';
import type { Load } from './driver.js';
import { descriptors, drive, hasPhp, nodeServer, phpServer, type Serve } from './processes.js';

/** How the network workloads are run. */
export interface NetworkOptions {
  /** For how long messages go out, for one sample. */
  ms: number;
  /** Whether our server writes CPU profiles. */
  profile: boolean;
}

/** What a driver is to do; the rest is the server's to say. */
type Work = Pick<Load, 'kind' | 'clients' | 'outstanding'> & { idle?: number };

const RATE = 'frames/s';
const SERVER_COST = 'server µs/frame';
const SERVER_SHARE = 'server CPU %';
const DRIVER_SHARE = 'driver CPU %';
const MEMORY = 'bytes/client';

/** Descriptors that a process has beside its clients. */
const OTHER_FDS = 64;
const BUSY = 100;
const IDLE = 10_000;
/** How many are there before memory is measured: they make what all share, code, buffers, a grown heap. */
const FIRST = 1_000;

const WS = nodeServer('ws');
const FLOOR = nodeServer('floor');

const WHY_SO_NEAR =
  'With one message outstanding a turn has one frame for each client, so one write a turn saves nothing. ' +
  'The kernel takes most of the time, and empties the caches at every write: what a server then has to ' +
  'visit for the next client costs more than what it does there. A floor that visits seven objects more ' +
  'for each client lost 15% of its rate.';

/** All of them, in the order of the report. */
export function networkWorkloads(options: NetworkOptions): Workload[] {
  return [
    broadcast(1, options),
    broadcast(16, options),
    echo(options),
    large(options),
    idle(options),
    memory(),
    tracing(options),
  ];
}

function broadcast(outstanding: number, options: NetworkOptions): Workload {
  const name = `broadcast-${outstanding}`;
  const work: Work = { kind: 'broadcast', clients: 1_000, outstanding };
  // to the original, two frames in one recv are one message: it can have but one outstanding
  const php =
    outstanding === 1 && hasPhp() ? [contestant('PHP twin', phpServer, work, options)] : [];
  return {
    name,
    title: `one sender, 1,000 clients, 32-byte texts in JSON, ${outstanding} outstanding`,
    measure: RATE,
    against: 'ws',
    contestants: [...usual(name, work, options), ...php],
    targets: (medians) => [
      rate(medians, 'ws', outstanding === 1 ? 1.15 : 10),
      ...(outstanding === 1 ? [rate(medians, 'node:net floor', 1)] : []),
      cost(medians),
    ],
    ...(outstanding === 1
      ? { notes: [WHY_SO_NEAR, ...(hasPhp() ? [] : ['PHP was not found.'])] }
      : {}),
  };
}

function echo(options: NetworkOptions): Workload {
  return {
    name: 'echo',
    title: '100 clients, each with 8 texts outstanding, every one sent back',
    measure: RATE,
    against: 'ws',
    contestants: usual('echo', { kind: 'echo', clients: 100, outstanding: 8 }, options),
    targets: (medians) => [rate(medians, 'ws', 4), cost(medians)],
  };
}

function large(options: NetworkOptions): Workload {
  return {
    name: 'large',
    title: '4 clients, each with a message of 1 MiB outstanding, sent back',
    measure: RATE,
    against: 'ws',
    contestants: usual('large', { kind: 'large', clients: 4, outstanding: 1 }, options),
    targets: (medians) => [rate(medians, 'ws', 1)],
  };
}

function idle(options: NetworkOptions): Workload {
  const count = Math.min(IDLE, descriptors() - BUSY - OTHER_FDS);
  const idlers = `${count.toLocaleString('en')} idle`;
  const alone: Work = { kind: 'echo', clients: BUSY, outstanding: 1 };
  const beside: Work = { ...alone, idle: count };
  const [ours, oursBeside] = ['loopscope', `loopscope, ${idlers}`];
  return {
    name: 'idle',
    title: `echo of ${BUSY} busy clients, 1 outstanding, alone and beside ${idlers} ones`,
    measure: RATE,
    against: ours,
    contestants: [
      contestant(ours, loopscope(options, 'idle-none'), alone, options),
      contestant(oursBeside, loopscope(options, 'idle'), beside, options),
      contestant('ws', WS, alone, options),
      contestant(`ws, ${idlers}`, WS, beside, options),
    ],
    targets: (medians) => [
      {
        what: 'of the rate without idle clients',
        value: medians(oursBeside, RATE) / medians(ours, RATE),
        goal: { least: 0.9 },
      },
    ],
    ...(count < IDLE ? { notes: [`ulimit -n allows ${idlers} clients, not ${IDLE}.`] } : {}),
  };
}

function memory(): Workload {
  const servers = { loopscope: 'loopscope', ws: 'ws', 'node:net floor': 'floor' } as const;
  const count = Math.min(IDLE, descriptors() - OTHER_FDS) - FIRST;
  const [some, first] = [count, FIRST].map((number) => number.toLocaleString('en'));
  return {
    name: 'memory',
    title: `what ${some} idle clients add to the server's resident memory, beside ${first}`,
    measure: MEMORY,
    against: 'ws',
    warmUps: 0,
    contestants: Object.entries(servers).map(([name, server]) => ({
      name,
      start: async () => ({
        sample: () => idleMemory(nodeServer(server, { collects: true }), count),
        stop: async () => {},
      }),
    })),
    targets: (medians) => [
      {
        what: 'of the memory of ws for an idle client',
        value: medians('loopscope', MEMORY) / medians('ws', MEMORY),
        goal: { most: 1 },
      },
    ],
    notes: [
      "Node's heap for young objects is held to 1 MiB in all three. Left alone it grows to 48 MiB while " +
        'the clients connect, and the figures are mostly how far.',
    ],
  };
}

async function idleMemory(serve: Serve, count: number): Promise<Sample> {
  const { port, usage, stop } = await serve('echo');
  const load = { kind: 'echo', port, clients: 1, outstanding: 1, login: false } as const;
  const first = await drive({ ...load, idle: FIRST - 1 });
  const before = await usage();
  const others = await drive({ ...load, idle: count - 1 });
  const after = await usage();
  await others.stop();
  await first.stop();
  await stop();
  return { [MEMORY]: (after.rss - before.rss) / count };
}

function tracing(options: NetworkOptions): Workload {
  const work: Work = { kind: 'broadcast', clients: 100, outstanding: 16 };
  const file = join(tmpdir(), `loopscope-bench-${process.pid}.ndjson`);
  const [off, on] = ['tracing off', 'tracing to NDJSON'];
  return {
    name: 'tracing',
    title: 'one sender, 100 clients, 16 outstanding, every step written to a file',
    measure: RATE,
    against: off,
    contestants: [
      contestant(off, loopscope(options, 'tracing-off'), work, options),
      contestant(on, loopscope(options, 'tracing', file), work, options, () => rmSync(file)),
    ],
    targets: (medians) => [
      {
        what: 'of the rate without tracing',
        value: medians(on, RATE) / medians(off, RATE),
        goal: { least: 0.5 },
      },
    ],
  };
}

function usual(name: string, work: Work, options: NetworkOptions): Contestant[] {
  return [
    contestant('loopscope', loopscope(options, name), work, options),
    contestant('ws', WS, work, options),
    contestant('node:net floor', FLOOR, work, options),
  ];
}

function loopscope({ profile }: NetworkOptions, name: string, trace?: string): Serve {
  return nodeServer('loopscope', {
    ...(profile ? { profile: `loopscope-${name}.cpuprofile` } : {}),
    ...(trace === undefined ? {} : { trace }),
  });
}

/** A server with its driver; both live for all turns. */
function contestant(
  name: string,
  serve: Serve,
  work: Work,
  { ms }: NetworkOptions,
  cleanUp = (): void => {},
): Contestant {
  const start = async (): Promise<Running> => {
    const peer = await serve(work.kind);
    const driver = await drive({ idle: 0, ...work, port: peer.port, login: peer.asksForNames });
    return {
      async sample() {
        const before = await peer.usage();
        const { frames, seconds, cpu } = await driver.measure(ms);
        const used = (await peer.usage()).cpu - before.cpu;
        return {
          [RATE]: frames / seconds,
          [SERVER_COST]: used / frames,
          [SERVER_SHARE]: used / seconds / 1e4,
          [DRIVER_SHARE]: cpu / seconds / 1e4,
        };
      },
      async stop() {
        await driver.stop();
        await peer.stop();
        cleanUp();
      },
    };
  };
  return { name, start };
}

function rate(medians: Medians, other: string, least: number): Target {
  const value = medians('loopscope', RATE) / medians(other, RATE);
  return { what: `times the rate of ${other}`, value, goal: { least } };
}

function cost(medians: Medians): Target {
  const value = medians('loopscope', SERVER_COST) / medians('ws', SERVER_COST);
  return { what: 'of the server CPU of ws for a frame', value, goal: { most: 1 } };
}
