/**
 * Holds two servers against each other in conversations by chance, until they part or enough were
 * played; what parts them is made small.
 * @module
 */

import { type Comparison, compare } from '../scenario/compare.js';
import { randomConversation } from '../scenario/conversation.js';
import type { Action, Scenario } from '../scenario/scenario.js';
import { shrink } from '../scenario/shrink.js';
import type { Lasting, Played } from './lasting.js';

/** What came of a run. */
export interface FuzzRun {
  /** Conversations that were played. */
  played: number;
  /** The first that parts them, made small; null where none does. */
  found: Found | null;
}

/** A conversation that parts two servers. */
export interface Found {
  /** Its number in the run, from 0. */
  number: number;
  scenario: Scenario;
  comparison: Comparison;
  /** Why a side went no further. */
  ended: string[];
  /** It parts them only behind the conversations before: a side keeps something of clients that are gone. */
  needsOthers: boolean;
}

/** A server that stands still takes ten seconds each time: then few things are left out. */
const TRIES = { quick: 600, slow: 12 } as const;

/** How many are played, and who is told how far it has come. */
export interface FuzzPlan {
  seed: number;
  conversations: number;
  /** Told after each conversation how many were played. */
  onPlayed?: (played: number) => void;
  /** Told when one has parted the two, before it is made small. */
  onParted?: (number: number) => void;
}

/** Plays `conversations` of them, from number 0. */
export async function fuzz(
  left: Lasting,
  right: Lasting,
  { seed, conversations, onPlayed, onParted }: FuzzPlan,
): Promise<FuzzRun> {
  for (let number = 0; number < conversations; number++) {
    const drawn = randomConversation(seed, number);
    const played = await left.play(drawn);
    const scenario = withoutDeadClients(drawn, played);
    const first = await hold(scenario, left, right, scenario === drawn ? played : undefined);
    onPlayed?.(number + 1);
    if (first.comparison.equal && first.ended.length === 0) continue;
    onParted?.(number);
    const found = await makeSmall({ ...first, number, needsOthers: false }, left, right);
    return { played: number + 1, found };
  }
  return { played: conversations, found: null };
}

/** What a client sends to a server that has closed is answered by the system, sooner or later. */
function withoutDeadClients(scenario: Scenario, { wire }: Played): Scenario {
  const ends = new Map(
    wire.flatMap((event) => ('end' in event ? [[event.client, event.step]] : [])),
  );
  const isDead = (action: Action, step: number): boolean =>
    'client' in action && step > (ends.get(action.client) ?? step);
  if (!scenario.steps.some((actions, step) => actions.some((one) => isDead(one, step)))) {
    return scenario;
  }
  const steps = scenario.steps.map((actions, step) => actions.filter((one) => !isDead(one, step)));
  return { ...scenario, steps: steps.filter((actions) => actions.length > 0) };
}

type Held = Pick<Found, 'scenario' | 'comparison' | 'ended'>;

async function hold(
  scenario: Scenario,
  left: Lasting,
  right: Lasting,
  played?: Played,
): Promise<Held> {
  const a = played ?? (await left.play(scenario));
  const b = await right.play(scenario, a.wire);
  const side = ({ name }: Lasting, { wire }: Played) => ({ name, wire, trace: null });
  const comparison = compare(scenario, side(left, a), side(right, b));
  const ended = [a, b].flatMap(({ ended }) => (ended === null ? [] : [ended]));
  return { scenario, comparison, ended };
}

async function makeSmall(found: Found, left: Lasting, right: Lasting): Promise<Found> {
  const isDifferent = (held: Held): boolean => !held.comparison.equal || held.ended.length > 0;
  await left.renew();
  await right.renew();
  const again = await hold(found.scenario, left, right);
  if (!isDifferent(again)) return { ...found, needsOthers: true };
  const isSlow = again.ended.some((why) => !/died/.test(why));
  const small = await shrink(
    found.scenario,
    async (candidate) => isDifferent(await hold(candidate, left, right)),
    isSlow ? TRIES.slow : TRIES.quick,
  );
  return { ...found, ...(await hold(small, left, right)) };
}
