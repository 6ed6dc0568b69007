/**
 * A full room and one who comes, logs in and leaves as fast as it can: what the others feel of it.
 * Ends with 0 when nobody was thrown out, and reports how long another's words took to come back.
 *
 *     npm run crowd -- [--members 900] [--seconds 10]
 */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createRoom } from '../../src/chat/room.js';
import { NodeNet } from '../../src/net/node.js';
import { runLoop } from '../../src/trace/loop.js';
import { readArguments, UsageError } from '../support/arguments.js';
import { mebibytes } from '../support/memory.js';
import type { CrowdDone, CrowdOrder } from './crowd-load.js';

/** Milliseconds for everyone to come, beside the two times of talk. */
const COMING_MS = 120_000;

async function main(args: readonly string[]): Promise<boolean> {
  const { members, seconds } = readArguments(args, {
    members: { default: 900, min: 2, max: 50_000, whole: true },
    seconds: { default: 10, min: 0.1, max: 3_600 },
  });
  const net = new NodeNet();
  const room = createRoom(net, { maxClients: members + 60 });
  const opened = await room.listen({ host: '127.0.0.1', port: 0 });
  const bind = opened.find((step) => step.step === 'bind');
  const loop = runLoop(net, room);
  let [rss, outboxes] = [0, 0];
  const timer = setInterval(() => {
    rss = Math.max(rss, process.memoryUsage().rss);
    outboxes = Math.max(outboxes, room.write.size);
  }, 20);
  try {
    const order = { port: bind?.port ?? 0, members, forMs: seconds * 1_000 };
    return report(await runLoad(order), { members, seconds, rss, outboxes });
  } finally {
    clearInterval(timer);
    room.stop();
    await loop;
    net.closeAll();
  }
}

async function runLoad(order: CrowdOrder): Promise<CrowdDone> {
  const child = fork(new URL('./crowd-load.ts', import.meta.url), {
    execArgv: ['--import', 'tsx'],
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), COMING_MS + 2 * order.forMs);
  child.send(order);
  const done = once(child, 'message') as Promise<[CrowdDone]>;
  const ended = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`the load ended with ${signal ?? code} before it was done`);
  });
  ended.catch(() => {});
  const [result] = await Promise.race([done, ended]);
  clearTimeout(timer);
  return result;
}

interface Seen {
  members: number;
  seconds: number;
  rss: number;
  outboxes: number;
}

function report(done: CrowdDone, { members, seconds, rss, outboxes }: Seen): boolean {
  const times = (list: readonly number[]): string => {
    const sorted = [...list].sort((a, b) => a - b);
    const [median = 0, worst = 0] = [sorted[sorted.length >> 1], sorted.at(-1)];
    return `median ${median.toFixed(1)} ms, worst ${worst.toFixed(1)} ms of ${list.length}`;
  };
  const { heardMiB, thrownOut, visits, quiet, crowded } = done;
  console.log(`words, before: ${times(quiet)}`);
  console.log(`words, while one comes and goes: ${times(crowded)}`);
  console.log(`memory of the room at most: RSS ${mebibytes(rss)}, ${outboxes} outboxes not empty`);
  console.log(
    `crowd: ${members} members heard ${Math.round(heardMiB)} MiB, ${visits} visits in ${seconds} s, ${thrownOut} thrown out`,
  );
  return thrownOut === 0 && visits > 0 && crowded.length > 0;
}

try {
  if (!(await main(process.argv.slice(2)))) process.exitCode = 1;
} catch (error) {
  console.error(`crowd: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
