/**
 * The same scenario once for each place where a client's stream can be cut in two. TCP may cut
 * anywhere; a server that is right does not notice.
 * @module
 */

import { cutAt } from '../net/sim.js';
import { comparison } from '../texts/comparison.en.js';
import type { Language } from '../texts/language.js';
import { fill } from '../texts/say.js';
import { compare, sayAgain } from './compare.js';
import type { Action, Scenario } from './scenario.js';
import { type SimulatedRun, type SimulateOptions, simulate } from './simulate.js';

/** A cut that changed the outcome. */
export interface FatalCut {
  /** Whose stream was cut. */
  client: string;
  /** Behind how many of its bytes. */
  offset: number;
  /** What the client was sending there: the action, and the byte within it. */
  within: string;
  /** Who got something else for it, and what: the first difference. */
  difference: string;
}

/** Says in a language where a cut was, and what it changed. */
export function describeCut(
  { within, difference }: FatalCut,
  language?: Language,
): Pick<FatalCut, 'within' | 'difference'> {
  return { within: sayAgain(within, language), difference: sayAgain(difference, language) };
}

/** What came of all cuts. */
export interface CutReport {
  /** The scenario's name. */
  scenario: string;
  /** How many cuts were tried. */
  tried: number;
  /** Those that changed the outcome, in order. */
  fatal: FatalCut[];
}

/** How a scenario is simulated, and whose streams are cut. */
export interface CutOptions extends SimulateOptions {
  /** The clients whose streams are cut; all by default. */
  clients?: readonly string[];
}

/**
 * Tries every cut of every client's stream, one at a time. Clients that act in one step take turns
 * here: a cut delays one of them, and who is first would be a matter of the cut and not of the server.
 */
export async function tryEveryCut(
  scenario: Scenario,
  { clients, ...options }: CutOptions = {},
): Promise<CutReport> {
  const whole = await simulate(inTurns(scenario), options);
  const streams = sentStreams(whole).filter(({ client }) => clients?.includes(client) ?? true);
  const fatal: FatalCut[] = [];
  let tried = 0;
  for (const { client, connection, actions } of streams) {
    for (const { name, start, length } of actions) {
      for (let offset = start + 1; offset < start + length; offset++) {
        tried++;
        const difference = await cutOnce(whole, connection, offset);
        if (difference === null) continue;
        fatal.push({
          client,
          offset,
          within: fill(comparison.within, { action: name, byte: offset - start, length }),
          difference,
        });
      }
    }
  }
  return { scenario: scenario.name, tried, fatal };
}

/** Begins a new step where another client begins to act. */
function inTurns(scenario: Scenario): Scenario {
  const steps = scenario.steps.flatMap((actions) => {
    const turns: Action[][] = [];
    for (const action of actions) {
      const before = turns.at(-1)?.at(-1);
      if (before !== undefined && clientOf(before) === clientOf(action)) turns.at(-1)?.push(action);
      else turns.push([action]);
    }
    return turns;
  });
  return { ...scenario, steps };
}

function clientOf(action: Action): string | null {
  return 'client' in action ? action.client : null;
}

/** What one client sent: its actions, and where each stands in its stream. */
interface SentStream {
  client: string;
  /** 1 for the first to connect. */
  connection: number;
  actions: { name: string; start: number; length: number }[];
}

function sentStreams({ events }: SimulatedRun): SentStream[] {
  const streams = new Map<string, SentStream>();
  for (const event of events) {
    if (event.step !== 'act') continue;
    const { client } = event;
    if (event.do === 'connect')
      streams.set(client, { client, connection: streams.size + 1, actions: [] });
    const stream = streams.get(client);
    if (stream === undefined || event.bytes.length === 0) continue;
    const last = stream.actions.at(-1);
    const start = last === undefined ? 0 : last.start + last.length;
    stream.actions.push({ name: event.do, start, length: event.bytes.length });
  }
  return [...streams.values()];
}

/** Plays once more with one cut. @returns the first difference on the wire, in words; null for none */
async function cutOnce(
  whole: SimulatedRun,
  connection: number,
  offset: number,
): Promise<string | null> {
  const { scenario, options } = whole;
  const rule = { rule: cutAt([offset]), where: { connection, direction: 'up' as const } };
  const cut = await simulate(scenario, { ...options, rules: [...(options.rules ?? []), rule] });
  const uncut = { name: 'uncut', wire: whole.wire, trace: null };
  const [first] = compare(scenario, uncut, { name: 'cut', wire: cut.wire, trace: null }).wire;
  if (first === undefined) return null;
  const { client, right, left } = first;
  return fill(comparison['cut.gets'], { client, cut: right, whole: left });
}
