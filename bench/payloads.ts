/**
 * Echoes of payloads of every kind and length: at both sides of each cliff (where the header grows,
 * where another way of taking memory begins), text and binary, alone, cold, and compressed.
 * @module
 */

import type { Workload } from './contest.js';
import { bunServer, hasBun, nodeServer } from './processes.js';
import {
  BUN_NAME,
  coldContestant,
  cost,
  FLOOR,
  FLOOR_NAME,
  inWorks,
  type NetworkOptions,
  OURS,
  RATE,
  rate,
  usual,
  type Work,
  WS,
  WS_NAME,
} from './side-by-side.js';

const ECHO: Work = { kind: 'echo', clients: 100, outstanding: 8 };
const KIB = 1_024;
const MIB = 1 << 20;

/** Each of many works gets this share of a sample's time. */
const SHARE = 0.35;
/** And so many turns that are not counted: a server is compiled while it works. */
const WARM_UPS = 3;

/** All of them, in the order of the report. */
export function payloadWorkloads(options: NetworkOptions): Workload[] {
  const short = { ...options, ms: Math.max(1, Math.round(options.ms * SHARE)) };
  return [
    echo(options),
    cold(options),
    ...[cliffs, texts, binary, alone, compressed].map((workload) => workload(short)),
  ];
}

function echo(options: NetworkOptions): Workload {
  return {
    name: 'echo',
    title: '100 clients, each with 8 texts outstanding, every one sent back',
    measure: RATE,
    against: WS_NAME,
    contestants: usual('echo', ECHO, options),
    targets: (medians) => [rate(medians, WS_NAME, 4), cost(medians)],
  };
}

function cold(options: NetworkOptions): Workload {
  return {
    name: 'cold',
    title: 'the first second of the same echo, each time in new processes',
    measure: RATE,
    against: WS_NAME,
    warmUps: 0,
    contestants: [
      coldContestant(OURS, nodeServer('loopscope'), ECHO, options),
      coldContestant(WS_NAME, WS, ECHO, options),
      coldContestant(FLOOR_NAME, FLOOR, ECHO, options),
      ...(hasBun() ? [coldContestant(BUN_NAME, bunServer, ECHO, options)] : []),
    ],
    targets: (medians) => [cost(medians)],
    notes: [
      'The drivers are as cold. A server of this size is compiled while it runs, on the second core.',
    ],
  };
}

/** Payloads at both sides of where something changes, and 100 bytes between two of them. */
function cliffs(options: NetworkOptions): Workload {
  const name = (length: number): string => `${length.toLocaleString('en')} bytes`;
  const works = Object.fromEntries(
    [64, 65, 100, 125, 126].map((length): [string, Work] => [
      name(length),
      { ...ECHO, kind: `ascii-${length}` },
    ]),
  );
  return {
    name: 'cliffs',
    title: '100 clients, each with 8 ASCII texts outstanding, sent back',
    measure: RATE,
    against: WS_NAME,
    warmUps: WARM_UPS,
    contestants: inWorks('cliffs', works, options, [WS_NAME, BUN_NAME]),
    targets: (medians) => [
      rate(medians, WS_NAME, 2.3, name(100)),
      ...Object.keys(works).map((work) => cost(medians, work)),
    ],
    notes: [
      'Up to 64 bytes V8 keeps a new array in its own heap; a longer one costs an allocation. From 126 ' +
        'bytes on a header has two bytes more.',
    ],
  };
}

function texts(options: NetworkOptions): Workload {
  const works: Record<string, Work> = {
    'ASCII, 64 KiB': { kind: `ascii-${64 * KIB}`, clients: 16, outstanding: 1 },
    'Chinese, 64 KiB': { kind: `chinese-${64 * KIB}`, clients: 16, outstanding: 1 },
    'ASCII, 1 MiB': { kind: `ascii-${MIB}`, clients: 4, outstanding: 1 },
    'Chinese, 1 MiB': { kind: `chinese-${MIB}`, clients: 4, outstanding: 1 },
  };
  return {
    name: 'texts',
    title: '16 clients with a text of 64 KiB outstanding each, or 4 with one of 1 MiB, sent back',
    measure: RATE,
    against: WS_NAME,
    warmUps: WARM_UPS,
    contestants: inWorks('texts', works, options),
    targets: (medians) =>
      Object.keys(works).flatMap((work) => [
        rate(medians, WS_NAME, work.endsWith('MiB') ? 2 : 1.9, work),
        cost(medians, work),
      ]),
  };
}

function binary(options: NetworkOptions): Workload {
  const works: Record<string, Work> = {
    '65,535 bytes': { kind: 'binary-65535', clients: 16, outstanding: 1 },
    '65,536 bytes': { kind: 'binary-65536', clients: 16, outstanding: 1 },
    '1 MiB': { kind: `binary-${MIB}`, clients: 4, outstanding: 1 },
  };
  return {
    name: 'binary',
    title: '16 clients with about 64 KiB outstanding each, or 4 with 1 MiB, sent back',
    measure: RATE,
    against: WS_NAME,
    warmUps: WARM_UPS,
    contestants: inWorks('binary', works, options),
    targets: (medians) => [
      rate(medians, WS_NAME, 2, '1 MiB'),
      ...Object.keys(works).map((work) => cost(medians, work)),
    ],
    notes: ['From 65,536 bytes on a header has 10 bytes, not 4.'],
  };
}

function alone(options: NetworkOptions): Workload {
  const sizes = { '64 KiB': 64 * KIB, '1 MiB': MIB, '4 MiB': 4 * MIB, '16 MiB': 16 * MIB };
  const works = Object.fromEntries(
    Object.entries(sizes).map(([name, length]): [string, Work] => [
      name,
      { kind: `binary-${length}`, clients: 1, outstanding: 1 },
    ]),
  );
  return {
    name: 'alone',
    title: 'one client, one binary frame at a time, sent back',
    measure: RATE,
    against: WS_NAME,
    warmUps: WARM_UPS,
    contestants: inWorks('alone', works, options, [WS_NAME, BUN_NAME]),
    targets: (medians) =>
      Object.keys(works).flatMap((work) => [rate(medians, WS_NAME, 1, work), cost(medians, work)]),
  };
}

function compressed(options: NetworkOptions): Workload {
  const works: Record<string, Work> = {
    '1 KiB': { kind: `deflate-${KIB}`, clients: 16, outstanding: 1 },
    '128 KiB': { kind: `deflate-${128 * KIB}`, clients: 16, outstanding: 1 },
  };
  return {
    name: 'compressed',
    title: '16 clients, each with a text in JSON outstanding, compressed both ways',
    measure: RATE,
    against: WS_NAME,
    // Bun compresses with another library, and so to other bytes
    warmUps: WARM_UPS,
    contestants: inWorks('compressed', works, options, [WS_NAME]),
    targets: (medians) => Object.keys(works).map((work) => cost(medians, work)),
    notes: [
      'Each message is compressed by itself (RFC 7692 7.1.1), so that every byte can be compared.',
    ],
  };
}
