/**
 * Plays a scenario on the simulated network: the same scenario, seed and options give the same
 * trace, byte for byte. Forking is playing again up to a step and then going another way.
 * @module
 */

import { UNHURRIED } from '../chat/limits.js';
import { mendedNet } from '../chat/mends.js';
import { OriginalServer } from '../chat/original.js';
import { createRoom } from '../chat/room.js';
import type { Net } from '../net/net.js';
import { type Rule, SimNet, type Where } from '../net/sim.js';
import { failing } from '../texts/errors.js';
import type { Step, TraceEvent } from '../trace/event.js';
import { Tape } from '../trace/tape.js';
import { type ListeningProgram, LocalOpponent } from './local.js';
import type { OpponentState } from './opponent.js';
import { play } from './play.js';
import type { Action, Scenario } from './scenario.js';
import type { WireEvent } from './wire.js';

/** Which server: the room that obeys the RFC, or the mirror of the PHP original. */
export type Profile = 'rfc6455' | 'original';

/** How a scenario is simulated. */
export interface SimulateOptions {
  /** Of all that is random. Default 0. */
  seed?: number;
  /** Which server. Default `rfc6455`. */
  profile?: Profile;
  /** A server of one's own, in place of the profile's; it is handed the trace as far as it has come. */
  program?: (net: Net, events: readonly TraceEvent[]) => ListeningProgram;
  /** Milliseconds from host to host. Default 1. */
  latencyMs?: number;
  /** At most so many milliseconds more, by the seed. Default 1. */
  jitterMs?: number;
  /** What happens to segments on their way, each with what it is for. */
  rules?: readonly SimulatedRule[];
  /** The numbers of the defects that are mended in the mirror; see `MENDABLE`. Default none. */
  mended?: readonly string[];
  /** Bytes that all clients take together at most; see `PlayOptions`. */
  mostReceived?: number;
}

/** A rule of the network, and the segments that it is for. */
export interface SimulatedRule {
  /** What happens to a segment. */
  rule: Rule;
  /** Which segments; all by default. */
  where?: Where;
}

/** A run that can be played again, and gone on with differently. */
export interface SimulatedRun {
  /** What was played. */
  scenario: Scenario;
  /** How. */
  options: SimulateOptions;
  /** What the clients did, what arrived, and what the server's loop did, in order. */
  events: TraceEvent[];
  /** What the clients got. */
  wire: WireEvent[];
}

/** What is done in a step is over after so many milliseconds of virtual time, or never. */
const STEP_TIMEOUT_MS = 60_000;

const mirror = (net: Net): ListeningProgram => new OriginalServer(net);
const room = (net: Net): ListeningProgram => createRoom(net, UNHURRIED);

/**
 * Plays a scenario on a network of its own.
 *
 * @throws PlayError as `play` does
 */
export async function simulate(
  scenario: Scenario,
  options: SimulateOptions = {},
): Promise<SimulatedRun> {
  const { seed = 0, profile = 'rfc6455', latencyMs = 1, jitterMs = 1 } = options;
  const { rules = [], mended = [], mostReceived } = options;
  const world = new SimNet({ seed, latencyMs, jitterMs });
  for (const { rule, where } of rules) world.rule(rule, where);
  const server = world.host('server', { beyondFdSetSize: 'ignore' });
  const clients = world.host('clients');
  const tape = new Tape(() => world.now());
  const { program = profile === 'original' ? mirror : room } = options;
  const opponent = await LocalOpponent.start(
    server,
    (net) => program(net, tape.events),
    8080,
    (event) => tape.copy(event),
    (net) => mendedNet(net, mended),
  );
  world.onArrive((host, step) => {
    if (host === server) tape.record(step);
  });
  const simulated = {
    address: opponent.address,
    state: async (...args: Parameters<typeof opponent.state>): Promise<OpponentState> => {
      await world.settle();
      return opponent.state(...args);
    },
    pause: () => opponent.pause(),
    resume: () => opponent.resume(),
    lastWords: () => opponent.lastWords(),
  };
  try {
    const wire = await play(scenario, clients, simulated, {
      timeoutMs: STEP_TIMEOUT_MS,
      mostReceived,
      onAct: (action, bytes) => tape.record(actStep(action, bytes)),
      atEnd: () => tape.stop(),
    });
    return { scenario, options, events: tape.events, wire };
  } finally {
    await opponent.stop();
    clients.closeAll();
    server.closeAll();
  }
}

function actStep(action: Action, bytes: Uint8Array): Step {
  const client = 'client' in action ? action.client : 'server';
  return { step: 'act', client, do: action.do, bytes };
}

/** Where a run leaves its old way, and how it goes on. */
export interface Fork {
  /** The step of the scenario before which the run turns off, from 0. */
  at: number;
  /** The steps that follow instead. */
  steps: Action[][];
  /** Rules that hold from the beginning, in place of the old run's. */
  rules?: readonly SimulatedRule[];
}

/**
 * Plays a run again up to a step, and then goes on differently. The old run is left as it is, so
 * the two futures can be compared with `diffTraces`.
 *
 * @throws RangeError when the run has no such step
 */
export function fork(run: SimulatedRun, { at, steps, rules }: Fork): Promise<SimulatedRun> {
  const { scenario, options } = run;
  if (!Number.isInteger(at) || at < 0 || at > scenario.steps.length) {
    throw failing(RangeError, 'scenario.fork', { at, steps: scenario.steps.length });
  }
  const name = `${scenario.name}-fork`;
  const forked = { ...scenario, name, steps: [...scenario.steps.slice(0, at), ...steps] };
  return simulate(forked, rules === undefined ? options : { ...options, rules });
}

/** The step of the scenario during which an event happened, from 0: where to fork at it. */
export function stepOfEvent(
  { scenario, events }: Pick<SimulatedRun, 'scenario' | 'events'>,
  seq: number,
): number {
  let acts = events.slice(0, seq + 1).filter((event) => event.step === 'act').length;
  let step = 0;
  for (const actions of scenario.steps) {
    acts -= actions.length;
    if (acts <= 0) return step;
    step++;
  }
  return Math.max(0, step - 1);
}
