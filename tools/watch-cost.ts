/**
 * What it costs a server to be watched: one client says a line, waits until it comes back, and says the next,
 * to the server alone and to the same server under `watch --quiet`, in turn. A line for each server: messages a
 * second, the median of five. A busy machine makes both slower. Linux, with strace; what `npm run build` made.
 *
 *     npx tsx tools/watch-cost.ts
 * @module
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { enter, type Guest } from './gallery/guests.js';
import { freePort, type GalleryServer, programFor, SERVERS } from './gallery/servers.js';

const LOOPSCOPE = fileURLToPath(new URL('../bin/loopscope.js', import.meta.url));

/** The servers: one that does nothing but make calls, and two with a runtime. */
const MEASURED = ['select', 'asyncio_chat', 'node_net'];
const ROUNDS = 5;
const WARM_UP = 300;
const MESSAGES = 3_000;

if (process.argv.length > 2) {
  console.error('watch-cost: it takes no arguments');
  process.exit(2);
}

/** Times that it is tried whether somebody listens, every 20 milliseconds: a minute. */
const TRIES = 3_000;

/** Comes in as soon as somebody listens. */
async function come(server: GalleryServer, port: number, child: ChildProcess): Promise<Guest> {
  for (let tries = 0; tries < TRIES; tries++) {
    if ((child.exitCode ?? child.signalCode) !== null) {
      throw new Error(`${server.file} ended before it listened`);
    }
    try {
      return await enter(server.protocol, port);
    } catch {
      await delay(20);
    }
  }
  throw new Error(`${server.file} does not listen`);
}

async function talk(guest: Guest, messages: number): Promise<void> {
  for (let i = 0; i < messages; i++) {
    const heard = guest.hear();
    guest.say(`message ${i}`);
    await heard;
  }
}

/** Messages a second. @param watched whether it runs under `watch` */
async function measure(server: GalleryServer, program: string, watched: boolean): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'loopscope-cost-'));
  const port = await freePort();
  const alone = server.command(program, port, folder);
  const [command = '', ...args] = watched
    ? [process.execPath, LOOPSCOPE, 'watch', '--quiet', '--', ...alone]
    : alone;
  const child = spawn(command, args, { stdio: 'ignore' });
  const ended = once(child, 'close');
  try {
    const guest = await come(server, port, child);
    await talk(guest, WARM_UP);
    const began = performance.now();
    await talk(guest, MESSAGES);
    const rate = (1_000 * MESSAGES) / (performance.now() - began);
    await guest.leave();
    return rate;
  } finally {
    child.kill('SIGINT');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

console.log('| server | alone | watched | times slower |\n| --- | ---: | ---: | ---: |');
for (const name of MEASURED) {
  const server = SERVERS.find((one) => one.name === name);
  const program = server === undefined ? null : programFor(server);
  if (server === undefined || program === null) {
    console.error(`${name}: it cannot be run here`);
    continue;
  }
  const rates: Record<'alone' | 'watched', number[]> = { alone: [], watched: [] };
  for (let round = 0; round < ROUNDS; round++) {
    rates.alone.push(await measure(server, program, false));
    rates.watched.push(await measure(server, program, true));
  }
  const [alone, watched] = [median(rates.alone), median(rates.watched)];
  const cells = [alone, watched].map((rate) => Math.round(rate).toLocaleString('en'));
  console.log(`| \`${server.file}\` | ${cells.join(' | ')} | ${(alone / watched).toFixed(1)} |`);
}
