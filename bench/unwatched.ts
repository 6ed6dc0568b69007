/**
 * What the loop costs a server that nobody watches: `runLoop` beside a loop in which nothing is for a
 * trace. Both run the same echo server with the same clients on the simulated network, in this process:
 * so there is no system call, and no second process, in whose noise the difference could be lost.
 * @module
 */

import {
  type Fd,
  FdSet,
  joinBytes,
  type Net,
  type Program,
  runLoop,
  Server,
  SimNet,
} from 'loopscope';
import { fromUtf8Lossy, toUtf8 } from '../src/bytes.js';
import type { Contestant, Sample, Workload } from './contest.js';
import { echo } from './echo.js';
import { ACCEPT, messagesOf, ROTATION, requestOf } from './messages.js';

/** CPU time, since another process may have the machine meanwhile; nothing here waits. */
const COST = 'CPU µs/frame';

/** Runs a program until it watches nothing any more. */
type Loop = (net: Net, program: Program) => Promise<void>;

const CLIENTS = 20;
const ROUNDS = 200;
const WORLDS = 10;
const ADDRESS = { host: 'server', port: 80 };

/** Many steps for each select: where the loop itself costs something, it must show here. */
export function unwatchedWorkload(): Workload {
  const bare = 'a loop without tracing';
  const ours = 'runLoop, nobody watches';
  return {
    name: 'unwatched',
    title: `the loop with tracing off: echo of ${CLIENTS} simulated clients, ${ROTATION} outstanding`,
    measure: COST,
    against: bare,
    contestants: [
      contestant(bare, bareLoop),
      contestant(ours, runLoop),
      contestant('the first once more', bareLoop),
    ],
    targets: (medians) => [
      {
        what: 'of the CPU of a loop without tracing',
        value: medians(ours, COST) / medians(bare, COST),
        goal: { most: 1.05 },
      },
    ],
    notes: [
      'By how much the loop without tracing differs from itself is the noise of this measurement; the ' +
        'target leaves room for it.',
    ],
  };
}

/** A sample is the least of a few worlds: whatever else the machine does can only add. */
function contestant(name: string, loop: Loop): Contestant {
  const sample = async (): Promise<Sample> => {
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < WORLDS; i++) least = Math.min(least, await echoed(loop));
    return { [COST]: least };
  };
  return { name, start: async () => ({ sample, stop: async () => {} }) };
}

/**
 * `runLoop` with all left out that a watcher needs: no number for a turn or a step, no list of what is
 * watched, and no question at each step whether someone looks. The steps are there: a `block` is one.
 */
async function bareLoop(net: Net, program: Program): Promise<void> {
  const none = new FdSet();
  while (program.read.size + program.write.size > 0 || program.timeoutMs() !== null) {
    const ready = await net.select(program.read, program.write, none, program.timeoutMs());
    for (const step of program.turn(ready)) {
      if (step.step !== 'block') continue;
      const fds = new FdSet([step.fd]);
      const [read, write] = step.syscall === 'recv' ? [fds, none] : [none, fds];
      await net.select(read, write, none, null);
    }
  }
}

/** Every client sends as many texts as may be outstanding, all are sent back, and so on. */
async function echoed(loop: Loop): Promise<number> {
  const { asks, answers } = messagesOf('echo');
  const [asked, answered] = [joinBytes(asks), joinBytes(answers)];
  const world = new SimNet({ seed: 1 });
  const net = world.host('server');
  const server = new Server(net, echo, {
    maxFramesPerSecond: Number.POSITIVE_INFINITY,
    pingIntervalMs: Number.POSITIVE_INFINITY,
  });
  await server.listen(ADDRESS);
  const ended = loop(net, server);
  const host = world.host('clients');
  const clients: Fd[] = [];
  while (clients.length < CLIENTS) clients.push(await join(world, host));

  const before = process.cpuUsage();
  for (let round = 0; round < ROUNDS; round++) {
    for (const fd of clients) host.send(fd, asked);
    await world.settle();
    for (const fd of clients) expectBytes(host.recv(fd, answered.length + 1), answered);
  }
  const { user, system } = process.cpuUsage(before);
  server.stop();
  await world.settle();
  for (const fd of clients) host.close(fd);
  await ended;
  return (user + system) / (ROUNDS * CLIENTS * ROTATION);
}

/** Connects a client and shakes hands. */
async function join(world: SimNet, host: Net): Promise<Fd> {
  const fd = await host.connect(ADDRESS);
  host.send(fd, toUtf8(requestOf('echo')));
  await world.settle();
  const answer = fromUtf8Lossy(host.recv(fd, 65_536));
  if (!answer.includes(ACCEPT)) throw new Error(`bad answer: ${answer}`);
  return fd;
}

function expectBytes(bytes: Uint8Array, expected: Uint8Array): void {
  if (Buffer.compare(bytes, expected) !== 0) throw new Error('wrong bytes came back');
}
