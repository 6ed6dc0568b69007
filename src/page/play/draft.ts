/**
 * A scenario to be played: what a person changes before it is played, as one value, with its form
 * in a file and in an address.
 * @module
 */

import * as v from 'valibot';
import {
  type Action,
  checkScenario,
  type Scenario,
  ScenarioError,
} from '../../scenario/scenario.js';
import { SCENARIOS } from '../../scenario/shipped.js';
import { describeError } from '../../texts/errors.js';
import { language } from '../language.js';
import { type PlayOptions, SERVERS, type ServerName } from '../mine/servers.js';
import { say } from '../texts.js';
import { type NetworkRule, ruleSchema } from './rules.js';

/** What is played, and how. */
export interface Draft {
  /** The scenario. */
  readonly scenario: Scenario;
  /** The seed of all that is random. */
  readonly seed: number;
  /** The server. */
  readonly profile: ServerName;
  /** Milliseconds from host to host. */
  readonly latencyMs: number;
  /** At most so many milliseconds more. */
  readonly jitterMs: number;
  /** What happens to segments on their way. */
  readonly rules: readonly NetworkRule[];
}

/** Milliseconds at the most: an act is given up after a minute of the network's time. */
export const MOST_MS = 10_000;

const ms = v.pipe(
  v.number(),
  v.minValue(0, () => say('play.read.ms')),
  v.maxValue(MOST_MS, () => say('play.read.ms-most', { most: String(MOST_MS) })),
);

const draftSchema = v.strictObject({
  scenario: v.unknown(),
  seed: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff_ffff)), 0),
  profile: v.optional(v.picklist(SERVERS), 'rfc6455'),
  latencyMs: v.optional(ms, 1),
  jitterMs: v.optional(ms, 1),
  rules: v.optional(
    v.pipe(
      v.array(ruleSchema),
      v.maxLength(16, () => say('play.read.rules', { most: 16 })),
    ),
    [],
  ),
});

/** A draft of a scenario, with nothing changed. */
export function draftOf(scenario: Scenario): Draft {
  return { scenario, seed: 0, profile: 'rfc6455', latencyMs: 1, jitterMs: 1, rules: [] };
}

/** How a draft is played. */
export function optionsOf({ seed, profile, latencyMs, jitterMs, rules }: Draft): PlayOptions {
  return { seed, profile, latencyMs, jitterMs, rules };
}

/**
 * Reads a draft, or a scenario alone, from JSON.
 *
 * @throws Error in one line: where it does not fit, what was expected, what was there
 */
export function readDraft(text: string): Draft {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(say('play.read.json', { reason: (error as Error).message }));
  }
  const isAlone = typeof value !== 'object' || value === null || !('scenario' in value);
  if (isAlone) return draftOf(checkScenario(value));
  const result = v.safeParse(draftSchema, value);
  if (!result.success) throw new Error(lineOf(result.issues[0]));
  try {
    return { ...result.output, scenario: checkScenario(result.output.scenario) };
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    throw new Error(say('play.read.scenario', { reason: describeError(error, language.value) }));
  }
}

function lineOf(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue) ?? say('play.read.file');
  const expected = issue.kind === 'validation' ? issue.message : (issue.expected ?? issue.message);
  const known = expected === 'never' ? say('play.read.no-key') : expected;
  return say('play.read.wrong', { path, expected: known, got: issue.received.slice(0, 50) });
}

/** Writes a draft as {@link readDraft} reads it. */
export function writeDraft(draft: Draft): string {
  return `${JSON.stringify(draft, null, 2)}\n`;
}

/** Characters that an address has for the acts of a changed scenario. */
export const MOST_IN_ADDRESS = 6_000;

/**
 * Writes the acts of a scenario for an address.
 *
 * @returns '' where they are those of the one that ships; null where they do not fit
 */
export function writeActs({ name, steps: acts }: Scenario): string | null {
  const shipped = SCENARIOS.get(name);
  const text = JSON.stringify(acts);
  if (shipped !== undefined && JSON.stringify(shipped.steps) === text) return '';
  return encodeURIComponent(text).length > MOST_IN_ADDRESS ? null : text;
}

/** Reads the acts of an address. @returns null for what is none */
export function readActs(text: string): Action[][] | null {
  try {
    const acts = JSON.parse(text);
    return checkScenario({ name: 'address', description: '', steps: acts }).steps;
  } catch {
    return null;
  }
}

// ---- what a person does with the acts; each gives new ones

/** Changes an action. */
export function withAction(
  acts: Action[][],
  at: number,
  index: number,
  action: Action,
): Action[][] {
  return acts.map((actions, i) =>
    i === at ? actions.map((one, j) => (j === index ? action : one)) : actions,
  );
}

/** Moves an act up or down. */
export function movedAct(acts: Action[][], at: number, by: 1 | -1): Action[][] {
  const moved = [...acts];
  const [one] = moved.splice(at, 1);
  if (one === undefined || at + by < 0 || at + by >= acts.length) return acts;
  moved.splice(at + by, 0, one);
  return moved;
}

/** Takes an act out. */
export function withoutAct(acts: Action[][], at: number): Action[][] {
  return acts.filter((_, i) => i !== at);
}

/** Adds an act of one action behind an act; -1 is before the first. */
export function withAct(acts: Action[][], behind: number, action: Action): Action[][] {
  return [...acts.slice(0, behind + 1), [action], ...acts.slice(behind + 1)];
}

/** The clients of a scenario in the order of connecting. */
export function clientsOf(acts: readonly (readonly Action[])[]): string[] {
  return acts.flat().flatMap((action) => (action.do === 'connect' ? [action.client] : []));
}

/** What a person says, or under which name someone logs in. */
export interface Said {
  /** `user`, or `login`. */
  type: 'user' | 'login';
  /** The text, or the name. */
  content: string;
}

/** What stands in a message of the chat; null for one of any other form, which is shown as it is. */
export function saidIn(text: string): Said | null {
  try {
    const { type, content, ...others } = JSON.parse(text);
    const isPlain = Object.keys(others).length === 0 && typeof content === 'string';
    if (!isPlain || (type !== 'user' && type !== 'login')) return null;
    return writeSaid({ type, content }) === text ? { type, content } : null;
  } catch {
    return null;
  }
}

/** Writes a message of the chat. */
export function writeSaid({ type, content }: Said): string {
  return JSON.stringify({ type, content });
}
