/**
 * Where a demo plays: on the simulated network, or with `--live` on real sockets of this machine.
 * The demo is the same program on both. What surrounds it hands over the real sockets, where there
 * are some: this file needs nothing of Node.
 * @module
 */

import type { Address, Net } from '../net/net.js';
import { type SimHostOptions, SimNet, type SimNetOptions } from '../net/sim.js';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import { rig } from '../texts/rig.en.js';
import type { TraceEvent } from '../trace/event.js';

/** What a real process takes of a simulated one's options. */
export type RealOptions = Pick<SimHostOptions, 'fdSetSize' | 'beyondFdSetSize'>;

/** What surrounds the lessons: a process of Node, or a page. */
export interface Surroundings {
  /** Where a demo plays that does not say it. */
  network: 'sim' | 'real';
  /** Makes the table of descriptors of a real process; null where there is none. */
  realNet: ((options: RealOptions) => Net) | null;
  /** What is spoken. */
  language: Language;
  /** Takes a demo's trace. */
  keepTrace(events: readonly TraceEvent[]): void;
}

let surroundings: Surroundings = {
  network: 'sim',
  realNet: null,
  language: DEFAULT_LANGUAGE,
  keepTrace() {},
};

/** Tells what surrounds the lessons from now on; at first it is a world without real sockets. */
export function handOver(next: Surroundings): void {
  surroundings = next;
}

/** A server's process and those of its clients. */
export interface Networks {
  /** Which of the two it is. */
  readonly kind: 'sim' | 'real';
  /** Where to listen: 127.0.0.1:8080 on the simulated network, any free port on the real one. */
  readonly address: Address;
  /** The server's table of descriptors. */
  readonly server: Net;
  /** Makes the table of a client's process. @param name of the simulated host */
  client(name: string, options?: SimHostOptions): Net;
  /** The simulated world, for its rules and its clock; null on real sockets. */
  readonly world: SimNet | null;
  /** What the runner speaks: `describeStep(event, language)` says a step in it. */
  readonly language: Language;
}

/** How a simulated network is made; real sockets are as they are. */
export interface NetworksOptions extends SimNetOptions {
  /** Where it plays; by default where the runner says, and without one on the simulated network. */
  network?: 'sim' | 'real';
  /** Of the server's simulated process; a real one takes its FD_SETSIZE alone. */
  server?: SimHostOptions;
}

/**
 * Opens what a demo plays on.
 *
 * ```ts
 * import { FdSet } from 'loopscope';
 * import { openNetworks } from 'loopscope/lesson';
 *
 * const { server, client, address } = openNetworks({ network: 'sim' });
 * const listener = await server.listen(address);
 * await client('Ada').connect(address);
 * const none = new FdSet();
 * const { read } = await server.select(new FdSet([listener]), none, none);
 * console.log(read); // [ 3 ]
 * ```
 *
 * @throws Error where it is to play on real sockets, and there are none
 */
export function openNetworks(options: NetworksOptions = {}): Networks {
  const { network = surroundings.network, server = {}, ...simulated } = options;
  if (network === 'real') return openReal(surroundings.realNet, server);
  const world = new SimNet(simulated);
  return {
    kind: 'sim',
    address: { host: '127.0.0.1', port: 8080 },
    server: world.host('server', server),
    client: (name, host) => world.host(name, host),
    world,
    language: surroundings.language,
  };
}

function openReal(
  realNet: Surroundings['realNet'],
  { fdSetSize = 1_024, beyondFdSetSize = 'throw' }: RealOptions,
): Networks {
  if (realNet === null) {
    throw new Error(rig['networks.none']);
  }
  const address = { host: '127.0.0.1', port: 0 };
  return {
    kind: 'real',
    address,
    server: realNet({ fdSetSize, beyondFdSetSize }),
    client: () => realNet({}),
    world: null,
    language: surroundings.language,
  };
}

/** The networks that there are here: a page has no real one. */
export function networksHere(): ('sim' | 'real')[] {
  return surroundings.realNet === null ? ['sim'] : ['sim', 'real'];
}

/**
 * Hands a demo's trace to the runner, for `loopscope lesson N --step`. Without it, does nothing. A
 * demo may call it once for each trace; the stepper shows the last.
 */
export function keepTrace(events: readonly TraceEvent[]): void {
  surroundings.keepTrace(events);
}
