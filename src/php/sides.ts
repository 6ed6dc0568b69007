/**
 * The two sides of a comparison: a server of our own, PHP, a server that runs already, or a
 * recording; each plays a scenario and tells what its clients got.
 * @module
 */

import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UNHURRIED } from '../chat/limits.js';
import { OriginalServer } from '../chat/original.js';
import { createRoom } from '../chat/room.js';
import type { OwnParts } from '../mine/play.js';
import { createOwnRoom } from '../mine/room.js';
import { type Surroundings, YourParts } from '../mine/your-parts.js';
import type { Net } from '../net/net.js';
import { SocketError } from '../net/net.js';
import { NodeNet } from '../net/node.js';
import type { Restless, Side } from '../scenario/compare.js';
import { type ListeningProgram, LocalOpponent } from '../scenario/local.js';
import type { Opponent } from '../scenario/opponent.js';
import { PlayError, play } from '../scenario/play.js';
import type { Scenario } from '../scenario/scenario.js';
import type { WireEvent } from '../scenario/wire.js';
import { Failure } from '../terminal/failure.js';
import { readRecording } from '../terminal/scenarios.js';
import { describeError } from '../texts/errors.js';
import type { Language } from '../texts/language.js';
import { php as phpTexts } from '../texts/php.en.js';
import { php as phpTextsZh } from '../texts/php.zh.js';
import { type Say, speaker } from '../texts/say.js';
import type { TraceEvent } from '../trace/event.js';
import { hasStrace, startCommand } from './command.js';
import { isAbsent, tcpOpponent } from './proc.js';
import type { Repair } from './repair.js';
import { type PhpServer, startPhp } from './server.js';

/** What a side may be told. */
export interface SideOptions {
  /** Repairs a copy of the original so that PHP 8 runs it. */
  php8?: boolean;
  /** Makes PHP's trace from its system calls. */
  syscalls?: boolean;
  /** Loads a student's parts, for the side `mine`. */
  own?: () => Promise<{ own: OwnParts; around: Surroundings }>;
  /** Runs commands under strace, where there is one, so that it is known how they behave. */
  how?: boolean;
  /** As text, all repairs are one line; as JSON, each is one. */
  format?: 'text' | 'json';
  /** What the notes on it are said in. */
  language?: Language;
}

/** Plays a scenario and tells what happened. */
export type Player = (scenario: Scenario) => Promise<Side>;

/** The twin that ships. */
export const TWIN = fileURLToPath(new URL('../../examples/php/server.php', import.meta.url));

/**
 * Reads the name of a side.
 *
 * @throws Failure (2) for a name that is none
 */
export function sideOf(text: string, options: SideOptions): Player {
  if (text === 'rfc6455') return local(text, (net) => createRoom(net, UNHURRIED));
  if (text === 'mine' && options.own !== undefined) return own(text, options.own);
  if (text === 'original') return local(text, (net) => new OriginalServer(net));
  const [, kind, rest = ''] = /^(php|cmd|tcp|recording):(.+)$/s.exec(text) ?? [];
  switch (kind) {
    case 'php':
      return php(rest, options);
    case 'cmd':
      return command(text, rest, options);
    case 'tcp':
      return tcp(text, rest);
    case 'recording':
      return recording(rest);
    default:
      throw new Failure('side.none', { text }, 2);
  }
}

/** The room with a student's parts in it. */
function own(name: string, load: NonNullable<SideOptions['own']>): Player {
  return async (scenario) => {
    const parts = await load();
    return local(name, (net) =>
      createOwnRoom(net, new YourParts(parts.own, parts.around), UNHURRIED),
    )(scenario);
  };
}

function local(name: string, make: (net: Net) => ListeningProgram): Player {
  return async (scenario) => {
    const net = new NodeNet({ beyondFdSetSize: 'ignore' });
    const opponent = await LocalOpponent.start(net, make);
    try {
      let trace: TraceEvent[] = [];
      const wire = await playOnSockets(name, scenario, opponent, () => {
        trace = [...opponent.events];
      });
      return { name, wire, trace };
    } finally {
      await opponent.stop();
      net.closeAll();
    }
  };
}

function php(path: string, { php8, syscalls, language, format }: SideOptions): Player {
  const say = speaker({ en: phpTexts, zh: phpTextsZh }, language, { grouping: false });
  const name = `php:${basename(path)}`;
  if (!existsSync(path)) throw new Failure('side.noFile', { path }, 2);
  return async (scenario) => {
    const server = await startPhp(path, { php8: php8 === true, strace: syscalls === true });
    const notes = repairNotes(server.repairs, name, format, say);
    // the original itself dies so under PHP 8, once it is repaired: a difference that is to be seen
    const onDeath = (error: PlayError): readonly WireEvent[] => {
      if (server.repairs.length === 0) throw error;
      notes.push(say('ended', { side: name, message: describeError(error, language) }));
      if (error.message.includes('TypeError')) notes.push(say('typeError'));
      return error.wire;
    };
    try {
      const wire = await playOnSockets(name, scenario, server, () => server.stop(), onDeath);
      const events = await server.events();
      const trace = events.length === 0 ? null : events;
      return {
        name,
        wire,
        trace,
        notes,
        behaviour: server.behaviour(),
        restless: restlessness(server),
      };
    } finally {
      await server.stop();
    }
  };
}

function repairNotes(
  repairs: readonly Repair[],
  side: string,
  format: SideOptions['format'],
  say: Say<keyof typeof phpTexts>,
): string[] {
  if (repairs.length === 0) return [];
  if (format !== 'text') {
    return repairs.map(({ line, was, is, code }) => {
      const now = code === 'gone' ? say('repair.instead') : is;
      return say('repaired', { side, line, was, is: now, why: say(`repair.${code}`) });
    });
  }
  const lines = [...new Set(repairs.map(({ line }) => String(line)))];
  return [say('repairs', { side, n: repairs.length, lines })];
}

/** A loop that wakes so often for nothing does not wait; one that looks at a clock now and then does. */
const SPINS = 100;

/** What it did with nothing to do; undefined for a loop that waits. */
function restlessness(server: PhpServer): Restless | undefined {
  const { wakeUps, processorMs } = server.restless;
  const n = server.behaviour()?.forNothing ?? wakeUps;
  if (n >= SPINS) return { wakeUps: n, processorMs };
  return processorMs >= SPINS ? { wakeUps: 0, processorMs } : undefined;
}

function command(name: string, command: string, { how, syscalls }: SideOptions): Player {
  return async (scenario) => {
    const strace = (how === true || syscalls === true) && hasStrace();
    const server = await startCommand(command, { strace });
    try {
      const wire = await playOnSockets(name, scenario, server, () => server.stop());
      const events = server.events();
      const trace = events.length === 0 ? null : events;
      return { name, wire, trace, behaviour: server.behaviour() };
    } finally {
      await server.stop();
    }
  };
}

function tcp(name: string, address: string): Player {
  const [, host, port] = /^(.+):(\d+)$/.exec(address) ?? [];
  if (host === undefined || Number(port) > 65_535) {
    throw new Failure('side.noPort', { name }, 2);
  }
  return async (scenario) => {
    const opponent = await tcpOpponent(host.replace(/^\[|\]$/g, ''), Number(port));
    return { name, wire: await playOnSockets(name, scenario, opponent), trace: null };
  };
}

function recording(path: string): Player {
  const { scenario: recorded, wire, events } = readRecording(path);
  return async (scenario) => {
    if (JSON.stringify(recorded.steps) !== JSON.stringify(scenario.steps)) {
      const values = { path, scenario: scenario.name, recorded: recorded.name };
      throw new Failure('side.otherSteps', values, 2);
    }
    return { name: `recording:${basename(path)}`, wire, trace: events };
  };
}

/** Plays with clients on real sockets; a server that dies or cannot be reached is one line. */
async function playOnSockets(
  name: string,
  scenario: Scenario,
  opponent: Opponent,
  atEnd: () => Promise<void> | void = () => {},
  onDeath = (error: PlayError): readonly WireEvent[] => {
    throw error;
  },
): Promise<readonly WireEvent[]> {
  const net = new NodeNet();
  try {
    return await play(scenario, net, opponent, { atEnd }).catch((error) => {
      if (error instanceof PlayError && error.why === 'died') return onDeath(error);
      throw error;
    });
  } catch (error) {
    if (error instanceof PlayError || error instanceof SocketError) {
      const values = { side: name, scenario: scenario.name, message: error };
      throw new Failure('side.failed', values, isAbsent(error) ? 1 : 2);
    }
    throw error;
  } finally {
    net.closeAll();
  }
}
