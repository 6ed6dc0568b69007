/**
 * Sides of a fuzz run: a server of our own, simulated; or one that is started once and plays one
 * conversation after another, as long as it lives and lets its clients go.
 * @module
 */

import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { SocketError } from '../net/net.js';
import { NodeNet } from '../net/node.js';
import type { Opponent } from '../scenario/opponent.js';
import { PlayError, play } from '../scenario/play.js';
import type { Scenario } from '../scenario/scenario.js';
import { type Profile, simulate } from '../scenario/simulate.js';
import type { WireEvent } from '../scenario/wire.js';
import { Failure } from '../terminal/failure.js';
import { startCommand } from './command.js';
import { isAbsent, tcpOpponent } from './proc.js';
import { startPhp } from './server.js';
import { isOpen, readTcpTable, serverEndsOf } from './tcp-table.js';

/** What a server did in one conversation. */
export interface Played {
  /** What its clients got. */
  wire: readonly WireEvent[];
  /** Why it went no further: it died, or stood still; null where it came to the end. */
  ended: string | null;
}

/** A server that plays one scenario after another. */
export interface Lasting {
  readonly name: string;
  /** @param expected what the other server's clients got: where all of a step has come, nobody is asked */
  play(scenario: Scenario, expected?: readonly WireEvent[]): Promise<Played>;
  /** Starts it anew with the next scenario. */
  renew(): Promise<void>;
}

/** How long a server may take to let the last clients go before it is started anew, in milliseconds. */
const LET_GO_MS = 2_000;

/**
 * Reads the name of a side.
 *
 * @throws Failure (2) for one that cannot play conversation after conversation
 */
export function lastingSide(text: string, options: { php8?: boolean } = {}): Lasting {
  if (text === 'original' || text === 'rfc6455') return new Simulated(text);
  const [, kind, rest = ''] = /^(php|cmd|tcp):(.+)$/s.exec(text) ?? [];
  switch (kind) {
    case 'php': {
      if (!existsSync(rest)) throw new Failure('side.noFile', { path: rest }, 2);
      // no trace is asked for: nobody reads it, and it takes time
      const start = () => startPhp(rest, { php8: options.php8 === true, traceFile: '' });
      return new Started(`php:${basename(rest)}`, start);
    }
    case 'cmd':
      return new Started(text, () => startCommand(rest));
    case 'tcp': {
      const [, host = '', port] = /^(.+):(\d+)$/.exec(rest) ?? [];
      if (port === undefined || Number(port) > 65_535)
        throw new Failure('side.noPort', { name: text }, 2);
      return new Started(text, () => tcpOpponent(host.replace(/^\[|\]$/g, ''), Number(port)));
    }
    default:
      throw new Failure('fuzz.noSide', { text }, 2);
  }
}

class Simulated implements Lasting {
  readonly name: Profile;

  constructor(name: Profile) {
    this.name = name;
  }

  async play(scenario: Scenario): Promise<Played> {
    const { wire } = await simulate(scenario, { profile: this.name });
    return { wire, ended: null };
  }

  async renew(): Promise<void> {}
}

/** A server outside, with how it is stopped where it is ours. */
type Server = Opponent & { stop?(): Promise<void> };

class Started implements Lasting {
  readonly name: string;
  readonly #start: () => Server | Promise<Server>;
  #server: Server | null = null;

  constructor(name: string, start: () => Server | Promise<Server>) {
    this.name = name;
    this.#start = start;
  }

  async play(scenario: Scenario, expected?: readonly WireEvent[]): Promise<Played> {
    this.#server ??= await this.#start();
    const server = this.#server;
    const net = new NodeNet();
    try {
      const wire = await play(scenario, net, server, { expected });
      net.closeAll();
      if (!(await hasLetGo(server))) await this.renew();
      return { wire, ended: null };
    } catch (error) {
      net.closeAll();
      if (error instanceof SocketError) {
        const values = { side: this.name, scenario: scenario.name, message: error };
        throw new Failure('side.failed', values, isAbsent(error) ? 1 : 2);
      }
      if (!(error instanceof PlayError)) throw error;
      await this.renew();
      return { wire: error.wire, ended: error.message };
    }
  }

  async renew(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    await server?.stop?.();
  }
}

/** Waits until the clients of the last conversation are gone: the next must not hear of them. */
async function hasLetGo(server: Server): Promise<boolean> {
  const deadline = performance.now() + LET_GO_MS;
  while (performance.now() < deadline) {
    await nextTurn(); // what is closed is closed in a turn of its own
    const ends = [...serverEndsOf(readTcpTable() ?? [], server.address.port).values()];
    if (!ends.some(isOpen) && (await server.state([])) === 'idle') return true;
  }
  return false;
}
