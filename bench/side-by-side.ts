/**
 * Servers side by side: each in a process of its own, each with a load driver in another. A sample
 * counts what the driver has checked, beside what both processes have used.
 * @module
 */

import type { Contestant, Medians, Running, Sample, Target } from './contest.js';
import type { Load } from './driver.js';
import { bunServer, drive, hasBun, nodeServer, type Serve } from './processes.js';

/** How the network workloads are run. */
export interface NetworkOptions {
  /** For how long messages go out, for one sample. */
  ms: number;
  /** Whether our server writes CPU profiles. */
  profile: boolean;
}

/** What a driver is to do; the rest is the server's to say. */
export type Work = Pick<Load, 'kind' | 'clients' | 'outstanding'> & { idle?: number };

/** The names of the measures; each says its unit. */
export const RATE = 'frames/s';
export const SERVER_COST = 'server µs/frame';
const SERVER_SHARE = 'server CPU %';
export const DRIVER_SHARE = 'driver CPU %';

/** The names of who takes part. */
export const OURS = 'loopscope';
export const WS_NAME = 'ws';
export const FLOOR_NAME = 'node:net floor';
export const BUN_NAME = 'Bun';
export const PHP_NAME = 'PHP twin';

export const WS = nodeServer('ws');
export const FLOOR = nodeServer('floor');

/** Ours and its peers on Node, and Bun where it was found: nobody else knows every kind. */
export function usual(name: string, work: Work, options: NetworkOptions): Contestant[] {
  return [
    contestant(OURS, loopscope(options, name), work, options),
    contestant(WS_NAME, WS, work, options),
    contestant(FLOOR_NAME, FLOOR, work, options),
    ...(hasBun() ? [contestant(BUN_NAME, bunServer, work, options)] : []),
  ];
}

/** Several works for each contestant, in one workload. @param peers who they are beside ours */
export function inWorks(
  name: string,
  works: Record<string, Work>,
  options: NetworkOptions,
  peers: readonly string[] = [WS_NAME, FLOOR_NAME, BUN_NAME],
): Contestant[] {
  return Object.entries(works).flatMap(([label, work], i) =>
    usual(`${name}-${i}`, work, options)
      .filter((each) => each.name === OURS || peers.includes(each.name))
      .map((each) => ({ ...each, work: label })),
  );
}

/** Our server. @param name that of the profile's file, where one is written */
export function loopscope({ profile }: NetworkOptions, name: string, trace?: string): Serve {
  return nodeServer('loopscope', {
    ...(profile ? { profile: `loopscope-${name}.cpuprofile` } : {}),
    ...(trace === undefined ? {} : { trace }),
  });
}

/** A server with its driver; both live for all turns. */
export function contestant(
  name: string,
  serve: Serve,
  work: Work,
  { ms }: NetworkOptions,
  cleanUp = (): void => {},
): Contestant {
  const start = async (): Promise<Running> => {
    const pair = await pairUp(serve, work);
    return {
      sample: () => pair.sample(ms),
      async stop() {
        await pair.stop();
        cleanUp();
      },
    };
  };
  return { name, start };
}

/** A server with its driver, new for each sample: what is measured is its first time. */
export function coldContestant(
  name: string,
  serve: Serve,
  work: Work,
  { ms }: NetworkOptions,
): Contestant {
  const sample = async (): Promise<Sample> => {
    const pair = await pairUp(serve, work);
    const taken = await pair.sample(ms);
    await pair.stop();
    return taken;
  };
  return { name, start: async () => ({ sample, stop: async () => {} }) };
}

interface Pair {
  sample(ms: number): Promise<Sample>;
  stop(): Promise<void>;
}

async function pairUp(serve: Serve, work: Work): Promise<Pair> {
  const peer = await serve(work.kind);
  const { port, asksForNames: login } = peer;
  const driver = await drive({ idle: 0, unfinished: false, ...work, ports: [port], login });
  return {
    async sample(ms) {
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
    },
  };
}

/** That ours is so many times as fast as another. */
export function rate(medians: Medians, other: string, least: number, work?: string): Target {
  const value = medians(OURS, RATE, work) / medians(other, RATE, work);
  return { what: said(`times the rate of ${other}`, work), value, goal: { least } };
}

/** That ours takes no more of the machine for a frame than ws. */
export function cost(medians: Medians, work?: string): Target {
  const value = medians(OURS, SERVER_COST, work) / medians(WS_NAME, SERVER_COST, work);
  return { what: said('of the server CPU of ws for a frame', work), value, goal: { most: 1 } };
}

function said(what: string, work?: string): string {
  return work === undefined ? what : `${what}, ${work}`;
}
