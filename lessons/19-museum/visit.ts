/**
 * A visit to an exhibit: a scenario is played against it on the simulated network, and against the
 * sound server beside it. The bug shows if a client gets anything else, or if select wakes up far
 * more often. Every step has the same virtual time, so that a server which spins ends too.
 */

import {
  type Action,
  type Opponent,
  type OpponentState,
  PlayError,
  play,
  Random,
  runLoop,
  type Scenario,
  SimNet,
  Tape,
  type TraceEvent,
  type WireEvent,
} from 'loopscope';
import type { Make } from './exhibits.js';
import { SoundServer } from './server.js';

/** What came of a scenario. */
export interface Visit {
  /** What the clients got, step by step. */
  readonly wire: readonly WireEvent[];
  /** How often select returned. */
  readonly wakeUps: number;
  /** What the server died of; null if it did not. */
  readonly died: string | null;
  readonly events: readonly TraceEvent[];
}

/** Descriptors below this: 0 to 2 are taken, 3 is the listener, and two clients find room. */
export const MAX_FDS = 6;

/** What every step of a scenario has, in milliseconds: from host to host it takes one. */
const STEP_MS = 10;
/** What a turn takes: a server that spins goes round forty times in a step. */
const TURN_MS = 0.25;
/** Wake-ups beyond those of the sound server before it is said to spin. */
const SPIN = 20;

/** The length of a scenario: a client's handshake, pauses and the name of it cost nothing, all else does. */
export function lengthOf({ steps }: Scenario): number {
  const shaken = new Set<string>();
  let length = 0;
  for (const action of steps.flat()) {
    if (action.do === 'handshake' && !shaken.has(action.client)) shaken.add(action.client);
    else length += costOf(action);
  }
  return length;
}

function costOf(action: Action): number {
  switch (action.do) {
    case 'pause':
    case 'resume':
      return 0;
    case 'pieces':
      return action.pieces.length;
    case 'flood':
      return action.most;
    default:
      return 1;
  }
}

/** Plays a scenario against a server of its own. */
export async function visit(
  scenario: Scenario,
  make: Make = (net) => new SoundServer(net),
): Promise<Visit> {
  const world = new SimNet({ latencyMs: 1, jitterMs: 0 });
  const host = world.host('server', { maxFds: MAX_FDS, turnMs: TURN_MS });
  const clients = world.host('clients');
  const server = make(host);
  const tape = new Tape(() => world.now());
  let died: string | null = null;
  let resuming = Promise.resolve();
  const opened = await server.listen({ host: '127.0.0.1', port: 8080 });
  const running = runLoop(host, server, (event) => tape.copy(event), opened).catch((error) => {
    died = String(error);
  });
  const opponent: Opponent = {
    address: { host: '127.0.0.1', port: 8080 },
    async state(): Promise<OpponentState> {
      await resuming;
      await world.run(world.now() + STEP_MS);
      return died === null ? 'idle' : 'dead';
    },
    pause: () => host.pause(),
    resume: () => {
      // what is still on its way piles up too
      resuming = world.run(world.now() + STEP_MS).then(() => host.resume());
    },
    lastWords: () => died ?? '',
  };
  let wire: readonly WireEvent[];
  try {
    wire = await play(scenario, clients, opponent, {
      onAct: (action, bytes) => tape.record({ step: 'act', ...whoDoes(action), bytes }),
    });
  } catch (error) {
    if (!(error instanceof PlayError)) throw error;
    wire = error.wire;
  }
  const seen = tape.events.slice();
  await resuming;
  server.stop();
  await running;
  clients.closeAll();
  host.closeAll();
  const wakeUps = seen.filter(({ step }) => step === 'select').length;
  return { wire, wakeUps, died, events: seen };
}

function whoDoes(action: Action): { client: string; do: string } {
  return { client: 'client' in action ? action.client : 'server', do: action.do };
}

/** Whether two servers can be told from each other by what came of a scenario. */
export function differs(one: Visit, other: Visit): boolean {
  return (
    one.died !== other.died ||
    Math.abs(one.wakeUps - other.wakeUps) > SPIN ||
    JSON.stringify(one.wire) !== JSON.stringify(other.wire)
  );
}

/** The same things in the order that a seed gives them. */
export function shuffled<T>(things: readonly T[], seed: number): T[] {
  const random = new Random(seed);
  const rest = [...things];
  return things.flatMap(() => rest.splice(random.below(rest.length), 1));
}
