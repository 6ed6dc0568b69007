/**
 * Faults that a server is given while it is watched, to see what this one does: results that strace
 * makes up (`-e inject`), and clients that behave badly, which we are.
 * @module
 */

import type { Address } from '../net/net.js';
import { NodeNet } from '../net/node.js';
import { FaultClients, type Sighting } from './fault-clients.js';
import type { Fault } from './fault-names.js';

/** Microseconds that a slow call takes more. */
export const SLOWER_US = 5_000;

/** Bytes that a short write says it took. An eventfd takes 8 as well, and no fewer. */
export const SHORT_WRITE = 8;

/** Times that accept fails, from the third call of a process on. */
const EMFILE_CALLS = '3..202';

const WRITES = ['sendto', 'sendmsg', 'write', 'writev'];
const TRANSFERS = [...WRITES, 'recvfrom', 'recvmsg', 'read', 'readv', 'accept', 'accept4'];

/**
 * What strace is told for a fault; nothing for one that clients make, whose results are real.
 * strace does not make a call whose result it makes up: a short write of its making sends nothing.
 */
export function injection(fault: Fault): string[] {
  switch (fault) {
    case 'emfile':
      return inject(['accept', 'accept4'], `error=EMFILE:when=${EMFILE_CALLS}`);
    case 'short-write':
      return inject(WRITES, `retval=${SHORT_WRITE}:when=6+6`);
    case 'slow-syscalls':
      return inject(TRANSFERS, `delay_exit=${SLOWER_US}`);
    case 'reset':
    case 'slow-reader':
    case 'silent-client':
    case 'split-handshake':
      return [];
  }
}

function inject(calls: readonly string[], how: string): string[] {
  return ['-e', `inject=${calls.map((name) => `?${name}`).join()}:${how}`];
}

/** A fault that is played against a server, once. */
export class Trial {
  readonly fault: Fault;
  /** What was seen from outside, by now. */
  readonly sightings: Sighting[] = [];
  readonly #net = new NodeNet();
  #clients: FaultClients | null = null;

  constructor(fault: Fault) {
    this.fault = fault;
  }

  /** Whether it was begun. */
  get hasBegun(): boolean {
    return this.#clients !== null;
  }

  /** Plays it against whoever listens there. @param saw is told what is seen, as it is seen */
  async play(address: Address, saw: (sighting: Sighting) => void): Promise<void> {
    this.#clients = new FaultClients(this.#net, address, (sighting) => {
      this.sightings.push(sighting);
      saw(sighting);
    });
    await this.#clients.play(this.fault);
  }

  /** Ends its clients. */
  stop(): void {
    this.#clients?.stop();
    this.#net.closeAll();
  }
}
