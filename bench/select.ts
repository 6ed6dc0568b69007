/**
 * The work of one select: does it follow the sockets that are ready, or those that are open?
 * Busy clients send a line and wait for its echo, over and over; idle ones do nothing. They live in
 * a process of their own, so that its work is not counted.
 *
 *     npm run bench
 */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { FdSet, type Ready } from '../src/net/net.js';
import { NodeNet } from '../src/net/node.js';

const ROUNDS = 3_000;
const LINE = Buffer.from('thirty-two bytes of line, echoed');

/** What was counted over all turns of one run. */
interface Work {
  turns: number;
  ready: number;
  examined: number;
  scanned: number;
  cpuMicroseconds: number;
}

/** Serves an echo until all busy clients are done. */
async function measure(idle: number, busy: number): Promise<Work> {
  const net = new NodeNet({ fdSetSize: 4_096 });
  const listener = await net.listen({ host: '127.0.0.1', port: 0 });
  const { port } = net.getsockname(listener);
  const args = ['clients', port, idle, busy].map(String);
  const clients = fork(fileURLToPath(import.meta.url), args);
  const done = once(clients, 'message');
  const read = new FdSet([listener]);
  const none = new FdSet();
  const work: Work = { turns: 0, ready: 0, examined: 0, scanned: 0, cpuMicroseconds: 0 };
  let over = false;
  let before: NodeJS.CpuUsage | null = null;
  void done.then(() => {
    over = true;
    net.interrupt();
  });

  while (!over) {
    const ready = await net.select(read, none, none);
    if (read.size === 1 + idle + busy) {
      before ??= process.cpuUsage();
      count(work, ready);
    }
    for (const fd of ready.read) serve(net, read, listener, fd);
  }
  const { user, system } = process.cpuUsage(before ?? undefined);
  work.cpuMicroseconds = user + system;
  const exited = once(clients, 'exit');
  clients.disconnect();
  await exited;
  net.closeAll();
  return work;
}

function count(work: Work, ready: Ready): void {
  work.turns++;
  work.ready += ready.read.length;
  work.examined += ready.examined;
  work.scanned += ready.scanned;
}

function serve(net: NodeNet, read: FdSet, listener: number, fd: number): void {
  if (fd === listener) {
    read.add(net.accept(listener));
    return;
  }
  const bytes = net.recv(fd, 2_048);
  if (bytes.length > 0) {
    net.send(fd, bytes);
  } else {
    read.delete(fd);
    net.close(fd);
  }
}

/** The other process: connects everyone, lets the busy ones talk, and says when they are done. */
async function beClients(port: number, idle: number, busy: number): Promise<void> {
  const sockets: Socket[] = [];
  for (let i = 0; i < idle + busy; i++) {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    sockets.push(socket);
  }
  await Promise.all(sockets.slice(idle).map(talk));
  process.send?.('done');
  process.on('disconnect', () => process.exit());
}

/** Sends a line and waits for its echo, `ROUNDS` times; checks that every byte came back. */
function talk(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    let echoed = 0;
    socket.on('data', (chunk) => {
      echoed += chunk.length;
      if (echoed === ROUNDS * LINE.length) resolve();
      else if (echoed > ROUNDS * LINE.length) reject(new Error('more came back than was sent'));
      else if (echoed % LINE.length === 0) socket.write(LINE);
    });
    socket.write(LINE);
  });
}

async function main(): Promise<void> {
  console.log(`select on real sockets, Node ${process.version}, ${cpus()[0]?.model}\n`);
  console.log('  idle   busy | ready a turn   looked at   select(2) scans | CPU per ready client');
  for (const [idle, busy] of [
    [0, 10],
    [1_000, 10],
    [0, 100],
    [1_000, 100],
  ] as const) {
    const work = await measure(idle, busy);
    const a = pad(work.ready / work.turns, 12);
    const b = pad(work.examined / work.turns, 11);
    const c = pad(work.scanned / work.turns, 17);
    const d = pad(work.cpuMicroseconds / work.ready, 17);
    console.log(
      `${String(idle).padStart(6)} ${String(busy).padStart(6)} | ${a} ${b} ${c} | ${d} µs`,
    );
  }
}

function pad(value: number, width: number): string {
  return value.toFixed(1).padStart(width);
}

const [role, ...numbers] = process.argv.slice(2);
if (role === 'clients') {
  const [port = 0, idle = 0, busy = 0] = numbers.map(Number);
  await beClients(port, idle, busy);
} else {
  await main();
}
