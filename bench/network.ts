/**
 * The workloads over real sockets: broadcasts, the echoes of payloads.ts, idle clients, memory, what
 * tracing costs, and two loops.
 * @module
 */

import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Workload } from './contest.js';
import { memoryWorkloads } from './memory.js';
import { payloadWorkloads } from './payloads.js';
import { descriptors, hasPhp, phpServer } from './processes.js';
import {
  contestant,
  cost,
  FLOOR_NAME,
  loopscope,
  type NetworkOptions,
  OURS,
  PHP_NAME,
  RATE,
  rate,
  usual,
  type Work,
  WS,
  WS_NAME,
} from './side-by-side.js';
import { twoLoopsWorkload } from './two-loops.js';

/** Descriptors that a process has beside its clients. */
const OTHER_FDS = 64;
const BUSY = 100;
const IDLE = 10_000;

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
    ...payloadWorkloads(options),
    idle(options),
    ...memoryWorkloads(),
    tracing(options),
    twoLoopsWorkload(options),
  ];
}

function broadcast(outstanding: number, options: NetworkOptions): Workload {
  const name = `broadcast-${outstanding}`;
  const work: Work = { kind: 'broadcast', clients: 1_000, outstanding };
  // to the original, two frames in one recv are one message: it can have but one outstanding
  const php = outstanding === 1 && hasPhp() ? [contestant(PHP_NAME, phpServer, work, options)] : [];
  return {
    name,
    title: `one sender, 1,000 clients, 32-byte texts in JSON, ${outstanding} outstanding`,
    measure: RATE,
    against: WS_NAME,
    contestants: [...usual(name, work, options), ...php],
    targets: (medians) => [
      rate(medians, WS_NAME, outstanding === 1 ? 1.15 : 10),
      ...(outstanding === 1 ? [rate(medians, FLOOR_NAME, 0.9)] : []),
      cost(medians),
    ],
    ...(outstanding === 1
      ? { notes: [WHY_SO_NEAR, ...(hasPhp() ? [] : ['PHP was not found.'])] }
      : {}),
  };
}

function idle(options: NetworkOptions): Workload {
  const count = Math.min(IDLE, descriptors() - BUSY - OTHER_FDS);
  const idlers = `${count.toLocaleString('en')} idle`;
  const alone: Work = { kind: 'echo', clients: BUSY, outstanding: 1 };
  const beside: Work = { ...alone, idle: count };
  const [ours, oursBeside] = [OURS, `${OURS}, ${idlers}`];
  return {
    name: 'idle',
    title: `echo of ${BUSY} busy clients, 1 outstanding, alone and beside ${idlers} ones`,
    measure: RATE,
    against: ours,
    contestants: [
      contestant(ours, loopscope(options, 'idle-none'), alone, options),
      contestant(oursBeside, loopscope(options, 'idle'), beside, options),
      contestant(WS_NAME, WS, alone, options),
      contestant(`${WS_NAME}, ${idlers}`, WS, beside, options),
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
