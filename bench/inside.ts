/**
 * The workloads without sockets: the inspector, the simulated network, time travel, and the start of
 * the command. They run in the bench's own process, or measure how long another takes to begin.
 * @module
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  createRoom,
  inspect,
  joinBytes,
  Random,
  runLoop,
  SimNet,
  WebSocketClient,
} from 'loopscope';
import type { Contestant, Sample, Workload } from './contest.js';
import { messagesOf } from './messages.js';
import { moves } from './stepper.js';

const INSPECTED = 'MiB/s';
const EVENTS = 'events/s';
const STARTS = 'ms';
const MOVES = 'worst ms';

/** Messages that are heard in a run of the simulated chat. */
const MESSAGES = 20_000;
const MIB = 1 << 20;

/** All of them, in the order of the report. */
export function insideWorkloads(): Workload[] {
  return [inspector(), simulation(), timeTravel(), starts()];
}

/** Every span is made and its bytes are counted: an inspection makes them when they are read. */
function inspector(): Workload {
  const texts = 'texts of 60 bytes';
  const large = 'messages of 1 MiB';
  return {
    name: 'inspector',
    title: 'frames of a client explained to spans',
    measure: INSPECTED,
    against: texts,
    contestants: [
      alone(texts, () =>
        inspected(Array.from({ length: 1_000 }, () => messagesOf('echo').asks).flat()),
      ),
      alone(large, () =>
        inspected(Array.from({ length: 8 }, () => messagesOf('binary-1048576').asks).flat()),
      ),
    ],
    targets: (medians) => [
      { what: `MiB/s to spans, ${texts}`, value: medians(texts, INSPECTED), goal: { least: 20 } },
      { what: `MiB/s to spans, ${large}`, value: medians(large, INSPECTED), goal: { least: 20 } },
    ],
  };
}

function inspected(frames: Uint8Array[]): Sample {
  const bytes = joinBytes(frames);
  const before = performance.now();
  let covered = 0;
  for (const frame of inspect(bytes, { role: 'client' }).frames) {
    for (const span of frame.spans) covered += span.end - span.start;
  }
  const seconds = (performance.now() - before) / 1_000;
  if (covered !== bytes.length) throw new Error(`${covered} of ${bytes.length} bytes have a span`);
  return { [INSPECTED]: bytes.length / MIB / seconds };
}

/** A chat room of N clients in which each speaks in turn and everyone hears it, with tracing on. */
function simulation(): Workload {
  const sizes = [10, 50, 200];
  return {
    name: 'sim',
    title: 'a chat on the simulated network, every event made',
    measure: EVENTS,
    against: '10 clients',
    contestants: sizes.map((size) => alone(`${size} clients`, () => simulated(size))),
    targets: (medians) =>
      sizes.map((size) => ({
        what: `events a second, ${size} clients`,
        value: medians(`${size} clients`, EVENTS),
        goal: { least: 300_000 },
      })),
  };
}

async function simulated(clients: number): Promise<Sample> {
  const world = new SimNet({ seed: 1 });
  let events = 0;
  let heard = 0;
  const count = (): void => void events++;
  world.onArrive(count);
  const server = world.host('server');
  const room = createRoom(server);
  const opened = await room.listen({ host: '127.0.0.1', port: 8080 });
  const loops = [runLoop(server, room, count, opened)];
  const people: WebSocketClient[] = [];
  for (let i = 0; i < clients; i++) {
    const host = world.host(`client ${i}`);
    const random = new Random(i);
    const person = await WebSocketClient.connect(host, 'ws://127.0.0.1:8080', {
      random: (bytes) => random.fill(bytes),
      onopen: () => person.send(JSON.stringify({ type: 'login', content: `client ${i}` })),
      onmessage: ({ payload }) => {
        if (payload[9] === 0x75) heard++; // {"type":"user"
      },
    });
    people.push(person);
    loops.push(runLoop(host, person, count));
    await world.settle();
  }

  const rounds = Math.ceil(MESSAGES / clients / clients);
  const before = performance.now();
  const eventsBefore = events;
  for (let round = 0; round < rounds; round++) {
    for (const person of people) {
      person.send(JSON.stringify({ type: 'user', content: `round ${round}` }));
      await world.settle();
    }
  }
  const seconds = (performance.now() - before) / 1_000;
  const expected = rounds * clients * clients;
  if (heard !== expected) throw new Error(`${heard} of ${expected} messages were heard`);
  room.stop();
  await Promise.all(loops);
  return { [EVENTS]: (events - eventsBefore) / seconds };
}

function timeTravel(): Workload {
  const sizes = [50, 1_000];
  const names = sizes.flatMap((size) =>
    Object.keys(moves(size)).map((move) => `${move}, ${size} clients`),
  );
  return {
    name: 'stepper',
    title: 'moves in a trace of 100,000 events',
    measure: MOVES,
    against: names[0] ?? '',
    warmUps: 0,
    contestants: sizes.flatMap((size) =>
      Object.entries(moves(size)).map(([move, run]) => alone(`${move}, ${size} clients`, run)),
    ),
    targets: (medians) => [
      {
        what: 'ms for the slowest move',
        value: Math.max(...names.map((name) => medians(name, MOVES))),
        goal: { most: 50 },
      },
    ],
  };
}

function starts(): Workload {
  const help = 'loopscope --help';
  const lesson = 'a lesson, to its first line';
  const demo = "a lesson's demo, to its first line";
  return {
    name: 'start',
    title: 'from the command to what it says',
    measure: STARTS,
    against: help,
    contestants: [
      alone(help, () => started([COMMAND, '--help'])),
      alone(lesson, () => started([COMMAND, 'lesson', '0'])),
      alone(demo, () => started(['--import', import.meta.resolve('tsx'), DEMO])),
    ],
    targets: (medians) => [
      { what: 'ms for --help', value: medians(help, STARTS), goal: { most: 150 } },
      {
        what: "ms for a lesson's first line",
        value: medians(lesson, STARTS),
        goal: { most: 1_000 },
      },
      { what: "ms for a demo's first line", value: medians(demo, STARTS), goal: { most: 1_000 } },
    ],
  };
}

const COMMAND = fileURLToPath(new URL('../bin/loopscope.js', import.meta.url));
const DEMO = fileURLToPath(new URL('../lessons/00-hello-trace/demo.ts', import.meta.url));

/** How long a command takes until it says something. It runs elsewhere: a lesson keeps notes. */
async function started(args: string[]): Promise<Sample> {
  const cwd = mkdtempSync(join(tmpdir(), 'loopscope-bench-'));
  const before = performance.now();
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const [first] = await Promise.race([once(child.stdout, 'data'), exited]);
  const ms = performance.now() - before;
  child.kill();
  await exited;
  rmSync(cwd, { recursive: true });
  if (!(first instanceof Uint8Array)) throw new Error(`${args.join(' ')} said nothing`);
  return { [STARTS]: ms };
}

/** What runs in this process, in turns with the others of its workload. */
function alone(name: string, run: () => Sample | Promise<Sample>): Contestant {
  return { name, start: async () => ({ sample: async () => run(), stop: async () => {} }) };
}
