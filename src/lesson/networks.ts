/**
 * Where a demo plays: on the simulated network, or with `--live` on real sockets of this machine.
 * The demo is the same program on both.
 * @module
 */

import { appendFileSync, writeFileSync } from 'node:fs';
import type { Address, Net } from '../net/net.js';
import { NodeNet } from '../net/node.js';
import { type SimHostOptions, SimNet, type SimNetOptions } from '../net/sim.js';
import type { TraceEvent } from '../trace/event.js';
import { formatEvent } from '../trace/ndjson.js';

/** The runner tells a demo by these which network it plays on, and where its trace is to go. */
export const NETWORK_VARIABLE = 'LOOPSCOPE_NETWORK';
/** See {@link NETWORK_VARIABLE}. */
export const TRACE_VARIABLE = 'LOOPSCOPE_TRACE';

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
}

/** How a simulated network is made; real sockets are as they are. */
export interface NetworksOptions extends SimNetOptions {
  /** Where it plays; by default where the runner says, and on the simulated network without one. */
  network?: 'sim' | 'real';
  /** Of the server's simulated process. */
  server?: SimHostOptions;
}

/** Opens what a demo plays on. */
export function openNetworks(options: NetworksOptions = {}): Networks {
  const { network = networkAsked(), server = {}, ...simulated } = options;
  if (network === 'real') {
    return {
      kind: 'real',
      address: { host: '127.0.0.1', port: 0 },
      server: new NodeNet(),
      client: () => new NodeNet(),
      world: null,
    };
  }
  const world = new SimNet(simulated);
  return {
    kind: 'sim',
    address: { host: '127.0.0.1', port: 8080 },
    server: world.host('server', server),
    client: (name, host) => world.host(name, host),
    world,
  };
}

function networkAsked(): 'sim' | 'real' {
  return process.env[NETWORK_VARIABLE] === 'real' ? 'real' : 'sim';
}

/**
 * Hands a demo's trace to the runner, for `loopscope lesson N --step`. Without it, does nothing. A
 * demo may call it once for each trace; the stepper shows the last.
 */
export function keepTrace(events: readonly TraceEvent[]): void {
  const file = process.env[TRACE_VARIABLE];
  if (file === undefined) return;
  writeFileSync(file, '');
  for (const event of events) appendFileSync(file, `${formatEvent(event)}\n`);
}
