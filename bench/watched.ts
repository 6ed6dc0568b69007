/**
 * What it costs a server to be watched: the chat of examples/servers alone, under strace, and under
 * `loopscope watch`; and what it costs us to tell the calls that strace has written down.
 * @module
 */

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { CallReader } from '../src/watch/calls.js';
import { straceArguments } from '../src/watch/command.js';
import { Loops } from '../src/watch/loops.js';
import type { Contestant, Running, Sample, Workload } from './contest.js';

const LINES = 'lines/s';
const COST = 'CPU µs/call';

/** Who says a line waits until all have heard it: so the server is waited for, not the machine. */
const CLIENTS = 3;
/** Lines of strace's that are told in a run. */
const CALLS = 100_000;

const ALONE = 'alone';
const UNDER_STRACE = 'under strace';
const WATCHED = 'under loopscope watch';
const TOLD = 'calls, to the steps of a loop';

const path = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));
const SERVER = path('examples/servers/node_net.mjs');

/** Both workloads, in the order of the report; nobody takes part where there is no strace. */
export function watchWorkloads(options: { ms: number }): Workload[] {
  const here = spawnSync('strace', ['-V']).status === 0;
  const notes = here ? [] : ['There was no strace.'];
  return [
    {
      name: 'watch',
      title: `a chat on node:net with ${CLIENTS} clients, one line at a time, alone and watched`,
      measure: LINES,
      against: ALONE,
      contestants: here ? [ALONE, UNDER_STRACE, WATCHED].map((who) => chat(who, options.ms)) : [],
      targets: (medians) => [
        {
          what: 'of the rate of the server alone, watched',
          value: medians(WATCHED, LINES) / medians(ALONE, LINES),
          goal: { least: 1 / 6 },
        },
      ],
      notes: [
        ...notes,
        'This server does nothing but make calls, which is what strace slows down.',
      ],
    },
    {
      name: 'told',
      title: `${CALLS.toLocaleString('en')} lines of strace's, of that chat, told`,
      measure: COST,
      against: TOLD,
      contestants: here ? [teller()] : [],
      targets: (medians) => [
        { what: 'µs of CPU a call', value: medians(TOLD, COST), goal: { most: 30 } },
      ],
      notes,
    },
  ];
}

/** The command that runs the server on a port. */
function commandOf(who: string, port: number, file: string): string[] {
  const server = [process.execPath, SERVER, String(port)];
  if (who === UNDER_STRACE) return ['strace', ...straceArguments(file, { command: server })];
  if (who === WATCHED) {
    return [process.execPath, path('bin/loopscope.js'), 'watch', '--quiet', '--', ...server];
  }
  return server;
}

function chat(who: string, ms: number): Contestant {
  return {
    name: who,
    async start(): Promise<Running> {
      const { clients, stop } = await serve(who, '/dev/null');
      const sample = async (): Promise<Sample> => ({ [LINES]: await rateOf(clients, ms) });
      return { sample, stop };
    },
  };
}

/** Starts a server and connects the clients. */
async function serve(
  who: string,
  file: string,
): Promise<{ clients: Socket[]; stop: Running['stop'] }> {
  const port = await freePort();
  const [program = '', ...args] = commandOf(who, port, file);
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  const exited = once(child, 'exit');
  const clients: Socket[] = [];
  while (clients.length < CLIENTS) {
    if (child.exitCode !== null) throw new Error(`${who}: the server has ended`);
    const client = connect({ port, host: '127.0.0.1', noDelay: true });
    try {
      await once(client, 'connect');
      clients.push(client);
      await say(client, clients); // then it was accepted, and does not only wait for that
    } catch {
      await delay(20); // it does not listen yet
    }
  }
  const stop = async (): Promise<void> => {
    for (const client of clients) client.destroy();
    // the group: of strace alone, the signal would only take it off the server
    process.kill(-(child.pid ?? 0), 'SIGINT');
    await exited;
  };
  return { clients, stop };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** One client says a line, and all have heard it. */
async function say(client: Socket, all: readonly Socket[]): Promise<void> {
  const heard = Promise.all(all.map((one) => once(one, 'data')));
  client.write('hello, loop\n');
  await heard;
}

async function rateOf(clients: readonly Socket[], ms: number): Promise<number> {
  const [first] = clients as [Socket];
  const before = performance.now();
  let lines = 0;
  while (performance.now() - before < ms) {
    await say(first, clients);
    lines++;
  }
  return lines / ((performance.now() - before) / 1_000);
}

/** The lines are recorded once, and told again and again from the last accept on. */
function teller(): Contestant {
  return {
    name: TOLD,
    async start(): Promise<Running> {
      const file = join(tmpdir(), `loopscope-bench-${process.pid}.strace`);
      const { clients, stop } = await serve(UNDER_STRACE, file);
      await rateOf(clients, 200);
      await stop();
      const text = longer(readFileSync(file, 'latin1').split('\n'));
      return { sample: async () => ({ [COST]: told(text) }), stop: async () => {} };
    },
  };
}

/** What the clients did before they left, repeated until it is long enough. */
function longer(lines: readonly string[]): string {
  const from = lines.findLastIndex((line) => line.includes('accept4(')) + 1;
  const to = lines.findIndex((line, i) => i > from && line.includes(', "", '));
  const middle = lines.slice(from, to === -1 ? undefined : to);
  const all = lines.slice(0, from);
  while (all.length < CALLS) all.push(...middle);
  return `${all.join('\n')}\n`;
}

function told(text: string): number {
  const [reader, loops] = [new CallReader(), new Loops()];
  const before = process.cpuUsage();
  let events = 0;
  let calls = 0;
  const piece = 1 << 16;
  for (let at = 0; at < text.length; at += piece) {
    for (const call of reader.push(text.slice(at, at + piece))) {
      calls++;
      events += loops.take(call).length;
    }
  }
  const { user, system } = process.cpuUsage(before);
  if (events < calls / 4) throw new Error(`${events} steps of ${calls} calls`);
  return (user + system) / calls;
}
