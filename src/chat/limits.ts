/**
 * The limits of a server, all in one place: what one client, one address, and all together may take
 * of its time and its memory. Who keeps each limit is said with it.
 * @module
 */

import type { ByteTools } from '../bytes.js';
import { failing } from '../texts/errors.js';
import type { Compression } from '../websocket/deflate.js';
import { TOKEN } from '../websocket/http.js';
import { refusal } from '../websocket/reason.js';
import { allowedHostProblem, allowedOriginProblem } from './origin.js';
import { KIT, type Parts } from './parts.js';

/** The limits of a server, and what else is chosen when it is made. `Infinity` takes a limit away. */
export interface ServerOptions {
  /**
   * Clients served at a time; one more gets 503. Default 960: those, the few that are being told so,
   * and the descriptors of Node itself stay below a limit of 1,024. For more, `NodeNet` needs a larger
   * `fdSetSize` too, and the process as many descriptors: see `descriptorLimit`.
   */
  maxClients?: number;
  /**
   * Clients served at a time from one address; one more gets 503. Default 200: a class behind one
   * router. The loopback is not counted: there sit proxies, and programs of this machine.
   */
  maxClientsPerAddress?: number;
  /** Bytes of the opening request; a longer one gets 431. Default 16 KiB. */
  maxHandshakeLength?: number;
  /** Milliseconds from accept to the end of the handshake. Default 10,000. */
  handshakeTimeoutMs?: number;
  /** The longest message in bytes; a longer one is answered with 1009. Default 1 MiB. */
  maxMessageLength?: number;
  /** Frames of one message; one in more of them is answered with 1008. Default 65,536. */
  maxFragments?: number;
  /**
   * Frames that a client may send in a second, empty fragments included: each is work. For more it
   * gets 1008. Default 1,000.
   */
  maxFramesPerSecond?: number;
  /** Frames of one client that are dealt with in one turn; the next wait for the next. Default 256. */
  maxFramesPerTurn?: number;
  /**
   * Bytes that one client's frames may put into outboxes in one turn. A frame is dealt with whole,
   * so one broadcast may be more; those behind it wait for the next turn. Default 2 MiB: sixteen short
   * messages to a room of a thousand still leave in one write for each.
   */
  maxBytesPerTurn?: number;
  /** Bytes that may wait for a client that does not read; then it gets 1008. Default 4 MiB. */
  maxOutbox?: number;
  /**
   * Milliseconds without a word from a client, after which it is sent a ping. Default 30,000. One
   * that was heard in the meantime gets another such time, so the ping comes after one or two.
   */
  pingIntervalMs?: number;
  /** Milliseconds that a client has to answer that ping, by whatever word. Default 10,000. */
  pongTimeoutMs?: number;
  /** Milliseconds that a client has to answer our Close and to take our last bytes. Default 2,000. */
  closeTimeoutMs?: number;
  /**
   * Origins whose pages may connect beside those of the server's own host: `https://class.example`,
   * `null` for pages from disk, `*` for all. Default none.
   */
  allowedOrigins?: readonly string[];
  /** Subprotocols that are spoken; the first that a client asks for is taken. Default none. */
  protocols?: readonly string[];
  /**
   * Names by which pages may call this server, beside its addresses, `localhost`, the name that it
   * listens on and the hosts of `allowedOrigins`: `class.example`, without a port. Any other name may
   * be a stranger's that was made to mean this machine (DNS rebinding). Default none.
   */
  allowedHosts?: readonly string[];
  /** Compresses for clients that offer permessage-deflate; null, the default, declines. */
  deflate?: Compression | null;
  /** What the machine does faster with bytes, `nodeBytes` in Node; null, the default, is all JavaScript. */
  tools?: ByteTools | null;
  /** What the server is put together from, where that is not all the kit's own. @internal */
  parts?: Parts;
}

/** Every limit with its value. @internal */
export type Limits = Required<ServerOptions>;

const DEFAULTS: Limits = {
  maxClients: 960,
  maxClientsPerAddress: 200,
  maxHandshakeLength: 16_384,
  handshakeTimeoutMs: 10_000,
  maxMessageLength: 1 << 20,
  maxFragments: 65_536,
  maxFramesPerSecond: 1_000,
  maxFramesPerTurn: 256,
  maxBytesPerTurn: 2 << 20,
  maxOutbox: 4 << 20,
  pingIntervalMs: 30_000,
  pongTimeoutMs: 10_000,
  closeTimeoutMs: 2_000,
  allowedOrigins: [],
  protocols: [],
  allowedHosts: [],
  deflate: null,
  tools: null,
  parts: KIT,
};

/**
 * For a server that is studied: it may be held still, and scripts talk to it faster than people.
 * So no ping goes out, and frames are not counted by the second.
 */
export const UNHURRIED: ServerOptions = {
  pingIntervalMs: Number.POSITIVE_INFINITY,
  maxFramesPerSecond: Number.POSITIVE_INFINITY,
};

/**
 * Fills in the defaults.
 *
 * @throws RangeError for a limit that is no number from 0
 * @throws TypeError for an origin, a host or a subprotocol that is none
 * @internal
 */
export function limitsOf(options: ServerOptions): Limits {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) {
    if (typeof value === 'number' && !(value >= 0)) {
      throw failing(RangeError, 'limit.number', { name, value });
    }
  }
  for (const origin of options.allowedOrigins ?? []) {
    if (allowedOriginProblem(origin) === null) continue;
    throw failing(TypeError, 'limit.origin', { entry: JSON.stringify(origin) });
  }
  const odd = options.protocols?.find((one) => !TOKEN.test(one));
  if (odd !== undefined) {
    throw failing(TypeError, 'limit.protocol', { protocol: JSON.stringify(odd) });
  }
  for (const host of options.allowedHosts ?? []) {
    if (allowedHostProblem(host) === null) continue;
    throw failing(TypeError, 'limit.host', { entry: JSON.stringify(host) });
  }
  return { ...DEFAULTS, ...Object.fromEntries(given) };
}

/**
 * Says why there is no room for one more client.
 *
 * @param clients how many there are, this one included
 * @param neighbours how many of them come from its address, if that is counted
 * @internal
 */
export function noRoom(limits: Limits, clients: number, neighbours: number): string | null {
  const { maxClients, maxClientsPerAddress } = limits;
  if (clients > maxClients) return refusal('full', { limit: maxClients });
  if (neighbours <= maxClientsPerAddress) return null;
  return refusal('neighbours', { limit: maxClientsPerAddress });
}

/** What a client has sent in the second that runs. @internal */
export class Rate {
  #began = Number.NEGATIVE_INFINITY;
  #count = 0;

  /**
   * Counts a frame.
   *
   * @param now in milliseconds
   * @returns how many there are in this second
   */
  count(now: number): number {
    if (now - this.#began >= 1_000) {
      this.#began = now;
      this.#count = 0;
    }
    return ++this.#count;
  }
}
