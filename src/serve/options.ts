/**
 * What `loopscope serve` takes, and what the room and the page make of it.
 * @module
 */

import { type ServerOptions, UNHURRIED } from '../chat/limits.js';
import { type Admission, allowedHostProblem } from '../chat/origin.js';
import type { FdSetSizeOptions } from '../net/fd-table.js';
import { nodeBytes } from '../net/node-bytes.js';
import { nodeCompression } from '../net/node-deflate.js';
import { descriptorLimit } from '../net/node-descriptors.js';
import type { Profile } from '../scenario/simulate.js';
import { Failure } from '../terminal/failure.js';
import { namesFor } from './addresses.js';

/** What `loopscope serve` takes. */
export interface ServeOptions {
  host: string;
  /** The room's port: if none is given, 8080 or the next free one. */
  port?: number;
  /** `text`, `off`, or the path of a file. */
  trace: string;
  /** The most that a file of steps may take, in MiB. */
  traceLimit: number;
  /** Whether a file of steps may be written over. */
  force?: boolean;
  step?: boolean;
  /** Which server. */
  profile: Profile;
  /** Whether to serve the page. */
  page: boolean;
  /** The page's port: if none is given, 8000 or the next free one, or with `--port 0` any free one. */
  pagePort?: number;
  /** Whether to agree to permessage-deflate. */
  deflate?: boolean;
  /** Origins whose pages may connect, beside the server's own. */
  allowOrigin?: string[];
  /** Names by which pages may call the server, beside its own. */
  allowHost?: string[];
  /** Clients served at a time. */
  maxClients?: number;
  /** The address of the broker between this loop and others; it may hold a password. */
  broker?: string;
  /** Seconds without a word until a client is sent a ping; 0 for never. */
  ping?: number;
}

/** The options that are the room's, each with the name it has on the command line. */
const OF_THE_ROOM = {
  deflate: '--deflate',
  allowOrigin: '--allow-origin',
  maxClients: '--max-clients',
  ping: '--ping',
  broker: '--broker',
} as const;

/** The mirror keeps no limits, as the original keeps none. @throws Failure (2) */
export function refuseOptionsOfTheRoom(options: ServeOptions): void {
  for (const [key, name] of Object.entries(OF_THE_ROOM)) {
    if (options[key as keyof typeof OF_THE_ROOM] === undefined) continue;
    throw new Failure('serve.ofTheRoom', { option: name }, 2);
  }
}

/**
 * The limits of the room. While someone steps, the server stands still, and nobody is to be thrown
 * out for that.
 *
 * @throws Failure (2) for more clients than this process may have descriptors
 */
export function limitsFor(options: ServeOptions): ServerOptions {
  const { deflate, ping, step } = options;
  return {
    ...admissionOf(options),
    tools: nodeBytes,
    deflate: deflate ? nodeCompression : null,
    maxClients: clientsWithin(descriptorLimit(), options.maxClients),
    ...(ping === undefined ? {} : { pingIntervalMs: ping === 0 ? Infinity : ping * 1_000 }),
    ...(step ? { ...UNHURRIED, handshakeTimeoutMs: Infinity } : {}),
  };
}

/**
 * The limits of a class's room: it may stand still for minutes, and then nobody is thrown out for having
 * been silent; a telephone that fell asleep is noticed none the less.
 */
export function limitsForClass(options: ServeOptions): ServerOptions {
  const limits = limitsFor({ ...options, step: false });
  return { ...limits, handshakeTimeoutMs: STANDS_STILL_MS, pongTimeoutMs: STANDS_STILL_MS };
}

/** As long as a teacher may explain one step. */
const STANDS_STILL_MS = 20 * 60_000;

/** Whose pages may come, and by which names: the same for the room and its page. */
export function admissionOf({ host, allowOrigin = [], allowHost = [] }: ServeOptions): Admission {
  const names = [...namesFor(host), ...allowHost];
  return {
    allowedOrigins: allowOrigin,
    allowedHosts: names.filter((name) => allowedHostProblem(name) === null),
  };
}

/**
 * A true select(2) takes descriptors below 1,024. Ours goes beyond where more clients are asked for, as
 * poll(2) does.
 */
export function fdSetFor({ maxClients = 0 }: ServerOptions): FdSetSizeOptions {
  return { fdSetSize: Math.max(1_024, maxClients + OTHER_DESCRIPTORS) };
}

/** Descriptors for what is no client: Node's own, the listeners, the page, those who are refused. */
const OTHER_DESCRIPTORS = 64;
/** Clients where nobody asked for a number. */
const USUAL_CLIENTS = 960;

/**
 * How many clients a process may serve.
 *
 * @param limit the descriptors that it may have; Infinity for no limit
 * @throws Failure (2) where more are asked for than fit
 */
export function clientsWithin(limit: number, asked?: number): number {
  const most = Math.max(1, limit - OTHER_DESCRIPTORS);
  if (asked === undefined) return Math.min(USUAL_CLIENTS, most);
  if (asked <= most) return asked;
  const [kept, needed] = [OTHER_DESCRIPTORS, asked + OTHER_DESCRIPTORS];
  throw new Failure('serve.maxClients', { asked, limit, kept, most, needed }, 2);
}
