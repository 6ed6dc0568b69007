/**
 * Soaks the room: a thousand clients on real sockets, for some minutes, who come, talk, ping and
 * leave in every way there is. Ends with a line of counts: 0 when nothing was lost for those who
 * stayed, memory was flat, and every descriptor was closed.
 *
 *     npm run soak -- [--minutes 2] [--clients 1000] [--seed N]
 */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createRoom } from '../../src/chat/room.js';
import type { Server } from '../../src/chat/server.js';
import { NodeNet } from '../../src/net/node.js';
import { descriptorLimit } from '../../src/net/node-descriptors.js';
import { runLoop } from '../../src/trace/loop.js';
import { readArguments, UsageError } from '../support/arguments.js';
import { type Memory, mebibytes, memoryNow } from '../support/memory.js';
import type { Done, Order } from './load.js';

/** Descriptors that a process has beside its clients. */
const OTHER_FDS = 64;
/** What may be alive more in the last third of the run than in the first. */
const MOST_GROWTH = 16 << 20;
/** What may pass beyond the time that was asked for; then something hangs, and the soak says so. */
const GRACE_MS = 120_000;
/** A visitor stays so long at most, and one that never asks for a WebSocket half of it. */
const LONGEST_STAY_MS = 10_000;

async function main(args: readonly string[]): Promise<boolean> {
  const { minutes, clients, seed } = readArguments(args, {
    minutes: { default: 2, min: 0.01, max: 10_000 },
    clients: { default: 1_000, min: 2, max: 100_000, whole: true },
    seed: { default: Math.floor(Math.random() * 2 ** 32), min: 0, max: 2 ** 53 - 1, whole: true },
  });
  const most = withinLimit(clients);
  const forMs = minutes * 60_000;
  const longestStayMs = Math.min(LONGEST_STAY_MS, forMs / 2);
  const before = openDescriptors();
  const net = new NodeNet({ fdSetSize: Math.max(1_024, most + 2 * OTHER_FDS) });
  const room = createRoom(net, {
    maxClients: most + OTHER_FDS,
    handshakeTimeoutMs: longestStayMs / 2,
  });
  const opened = await room.listen({ host: '127.0.0.1', port: 0 });
  const bind = opened.find((step) => step.step === 'bind');
  const loop = runLoop(net, room);
  const watch = watchMemory(room, forMs / 60);
  const members = Math.max(2, Math.round(most / 20));
  const load = { port: bind?.port ?? 0, clients: most, members, forMs, longestStayMs, seed };
  const deadline = endBy(forMs + longestStayMs + GRACE_MS);
  const done = await runLoad(load);
  const looks = watch();
  room.stop();
  await loop;
  net.closeAll();
  clearTimeout(deadline);
  await new Promise((resolve) => setTimeout(resolve, 200)); // libuv closes behind our back
  const left = before === null ? null : (openDescriptors() ?? 0) - before;
  return report(done, looks, left, { minutes, most, members, seed });
}

/** As many clients as the limit of descriptors allows; says so when they are fewer. */
function withinLimit(clients: number): number {
  const limit = descriptorLimit();
  if (limit >= clients + OTHER_FDS) return clients;
  const most = limit - OTHER_FDS;
  if (most < 2)
    throw new UsageError(`the limit of descriptors is ${limit} here: raise it (ulimit -n)`);
  console.log(`the limit of descriptors is ${limit} here: ${most} clients instead of ${clients}`);
  return most;
}

/** Descriptors of this process; null where the system does not tell. */
function openDescriptors(): number | null {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return null;
  }
}

/** One look at the server. */
interface Look extends Memory {
  /** Clients that were there. */
  readonly clients: number;
}

/** Looks at the memory now and then. @returns what ends it */
function watchMemory(room: Server, everyMs: number): () => Look[] {
  const looks: Look[] = [];
  const look = (): void => void looks.push({ ...memoryNow(), clients: room.read.size - 1 });
  const timer = setInterval(look, Math.max(250, everyMs));
  return () => {
    clearInterval(timer);
    return looks;
  };
}

/** Ends this process, and its child with it, when it is not done by then. */
function endBy(ms: number): NodeJS.Timeout {
  return setTimeout(() => {
    console.error(`soak: not done after ${Math.round(ms / 1_000)} s: something hangs`);
    process.exit(1);
  }, ms);
}

async function runLoad(order: Order): Promise<Done> {
  const child = fork(new URL('./load.ts', import.meta.url), { execArgv: ['--import', 'tsx'] });
  child.send(order);
  const done = once(child, 'message') as Promise<[Done]>;
  const ended = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`the load ended with ${signal ?? code} before it was done`);
  });
  const [result] = await Promise.race([done, ended]);
  ended.catch(() => {});
  return result;
}

function report(
  { visits, said, heard, pongs, lost }: Done,
  looks: readonly Look[],
  left: number | null,
  {
    minutes,
    most,
    members,
    seed,
  }: { minutes: number; most: number; members: number; seed: number },
): boolean {
  const third = Math.floor(looks.length / 3);
  const middle = (part: readonly Look[], of: (look: Look) => number): number =>
    part.map(of).sort((a, b) => a - b)[part.length >> 1] ?? 0;
  // the first third is warming up: the second against the last
  const [second, last] = [looks.slice(third, 2 * third), looks.slice(2 * third)];
  const trend = (of: (look: Look) => number): [number, number] => [
    middle(second, of),
    middle(last, of),
  ];
  const [alive, aliveAtEnd] = trend((look) => look.alive);
  const [rss, rssAtEnd] = trend((look) => look.rss);
  const full = Math.max(0, ...looks.map(({ clients }) => clients));
  const ways = Object.entries(visits).map(([way, n]) => `${n} ${way}`);
  for (const sentence of lost.slice(0, 10)) console.log(`lost: ${sentence}`);
  const grew = aliveAtEnd - alive > MOST_GROWTH;
  if (grew) console.log(`memory grew by more than ${mebibytes(MOST_GROWTH)}`);
  if (left !== null && left > 0) console.log(`${left} descriptors are still open`);
  console.log(`visits: ${ways.join(', ')}`);
  console.log(
    `memory, middle third and last: alive ${mebibytes(alive)} → ${mebibytes(aliveAtEnd)}, RSS ${mebibytes(rss)} → ${mebibytes(rssAtEnd)}`,
  );
  const all = Object.values(visits).reduce((sum, n) => sum + n, 0);
  // Node may close some of its own meanwhile
  const open = Math.max(0, left ?? 0);
  const closed = left === null ? 'descriptors not counted here' : `${open} descriptors left open`;
  console.log(
    `soak: ${most} clients (${full} at a time, ${members} stayed), ${all} visits, ${said} messages of members heard ${heard} times with those of visitors, ${pongs} pongs, ${lost.length} losses, ${closed}, in ${minutes} min (seed ${seed})`,
  );
  return lost.length === 0 && !grew && (left ?? 0) <= 0 && said > 0 && heard >= said * members;
}

try {
  if (!(await main(process.argv.slice(2)))) process.exitCode = 1;
} catch (error) {
  console.error(`soak: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(error instanceof UsageError ? 2 : 1); // what runs on is of no use any more
}
