/**
 * What `loopscope watch` says of the servers of examples/servers, as a table: each runs under strace, with
 * three clients and ten lines. A server that this machine cannot run is passed over. Linux, with strace.
 *
 *     npx tsx tools/watch-table.ts
 * @module
 */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Summary } from '../src/watch/summary.js';

const path = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));

/** A server: what runs it on a port, and what has to be there first. */
interface Server {
  readonly name: string;
  readonly needs: string;
  command(port: number, folder: string): string[];
}

const SERVERS: readonly Server[] = [
  { name: 'select_chat.py', needs: 'python3', command: (port) => python('select_chat.py', port) },
  {
    name: 'selectors_chat.py',
    needs: 'python3',
    command: (port) => python('selectors_chat.py', port),
  },
  { name: 'asyncio_chat.py', needs: 'python3', command: (port) => python('asyncio_chat.py', port) },
  {
    name: 'node_net.mjs',
    needs: 'node',
    command: (port) => ['node', path('examples/servers/node_net.mjs'), String(port)],
  },
  {
    name: 'stream_select.php',
    needs: 'php',
    command: (port) => ['php', path('examples/servers/stream_select.php'), String(port)],
  },
  {
    name: 'epoll.c',
    needs: 'cc',
    command: (port, folder) => {
      const program = join(folder, 'epoll');
      spawnSync('cc', ['-O2', '-o', program, path('examples/servers/epoll.c')]);
      return [program, String(port)];
    },
  },
];

function python(file: string, port: number): string[] {
  return ['python3', path(`examples/servers/${file}`), String(port)];
}

const CLIENTS = 3;
const LINES = 10;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Connects, as soon as somebody listens. @throws Error when the program ends instead */
async function enter(port: number, program: ChildProcess): Promise<Socket[]> {
  const clients: Socket[] = [];
  while (clients.length < CLIENTS) {
    if (program.exitCode !== null) throw new Error('the server has ended');
    const client = connect(port, '127.0.0.1');
    try {
      await once(client, 'connect');
      clients.push(client);
      await say(client, clients, 'here'); // then it was accepted, and does not only wait for that
    } catch {
      await delay(50); // it does not listen yet
    }
  }
  return clients;
}

/** Says a line, and waits until all have heard it. */
async function say(client: Socket, all: readonly Socket[], line: string): Promise<void> {
  const heard = Promise.all(all.map((one) => once(one, 'data')));
  client.write(`${line}\n`);
  await heard;
}

async function watched({ command }: Server): Promise<Summary | null> {
  const folder = mkdtempSync(join(tmpdir(), 'loopscope-gallery-'));
  const port = await freePort();
  const arguments_ = ['watch', '--format', 'json', '--', ...command(port, folder)];
  const program = spawn(process.execPath, [path('bin/loopscope.js'), ...arguments_], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  program.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const ended = once(program, 'close');
  try {
    const clients = await enter(port, program);
    for (let line = 0; line < LINES; line++)
      await say(clients[0] as Socket, clients, `line ${line}`);
    for (const client of clients) client.resume().end();
    await Promise.all(clients.map((client) => client.closed || once(client, 'close')));
    program.kill('SIGINT');
    await ended;
  } finally {
    program.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
  const { loops } = JSON.parse(said) as { loops: Summary[] };
  return loops[0] ?? null;
}

function rowOf(name: string, summary: Summary): string {
  const { call, messages, waits, calls, accept, timeouts, empty } = summary;
  const each = (count: number): string => (messages === 0 ? '' : (count / messages).toFixed(1));
  const asked = timeouts.map((ms) => (ms === null ? 'none' : `${Math.round(ms)} ms`)).join(', ');
  const cells = [`\`${name}\``, call, asked, each(waits), empty, each(calls), accept];
  return `| ${cells.join(' | ')} |`;
}

console.log(
  '| server | waits in | time-outs | waits a message | empty waits | calls a message | accept |',
);
console.log('| --- | --- | --- | ---: | ---: | ---: | --- |');
for (const server of SERVERS) {
  if (spawnSync(server.needs, ['--version']).status !== 0) {
    console.error(`${server.name}: there is no ${server.needs} here`);
    continue;
  }
  const summary = await watched(server);
  if (summary === null) console.error(`${server.name}: no loop was seen`);
  else console.log(rowOf(server.name, summary));
}
