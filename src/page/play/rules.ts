/**
 * The rules of a simulated network as data, so that a view can show, save and write them into an
 * address: `cut.20,40;delay.50.up;silence.120.down.2`. TCP loses no bytes and goes on, so to drop
 * is to cut a connection off.
 * @module
 */

import * as v from 'valibot';
import { say } from '../texts.js';

/** What can be done to segments, in the order of offering. */
export const RULE_KINDS = [
  'cut',
  'bytes',
  'random',
  'delay',
  'gather',
  'reset',
  'silence',
] as const;

/** What a rule does: cut at offsets, into bytes, anywhere by a seed; delay, join; end after so many bytes. */
export type RuleKind = (typeof RULE_KINDS)[number];

/** A rule. */
export interface NetworkRule {
  /** What it does. */
  kind: RuleKind;
  /** Its numbers: offsets of cuts; else one, of milliseconds, bytes, or the seed; none for `bytes`. */
  numbers: number[];
  /** Which way the bytes go: up to the server, or down to the clients. */
  direction?: 'up' | 'down' | undefined;
  /** Which connection, 1 for the first. */
  connection?: number | undefined;
}

const MOST = 9_999_999;

const number = v.pipe(
  v.number(),
  v.integer(() => say('play.read.whole')),
  v.minValue(0, () => say('play.read.least', { least: 0 })),
  v.maxValue(MOST, () => say('play.read.most', { most: MOST })),
);

/** The schema of a rule in a file. */
export const ruleSchema = v.pipe(
  v.strictObject({
    kind: v.picklist(RULE_KINDS),
    numbers: v.pipe(
      v.array(number),
      v.maxLength(64, () => say('play.read.numbers', { most: 64 })),
    ),
    direction: v.optional(v.picklist(['up', 'down'])),
    connection: v.optional(
      v.pipe(
        number,
        v.minValue(1, () => say('play.read.least', { least: 1 })),
      ),
    ),
  }),
  v.check(fits, () => say('play.read.fits')),
);

/** Whether a rule has as many numbers as its kind needs. */
function fits({ kind, numbers }: NetworkRule): boolean {
  if (kind === 'bytes') return numbers.length === 0;
  if (kind === 'cut') return numbers.length > 0 && numbers.every((at) => at > 0);
  // to gather over 0 ms is to divide by it
  return numbers.length === 1 && (kind !== 'gather' || (numbers[0] ?? 0) > 0);
}

/** A rule of a kind, with numbers that show something. */
export function newRule(kind: RuleKind): NetworkRule {
  const numbers: Record<RuleKind, number[]> = {
    cut: [20],
    bytes: [],
    random: [1],
    delay: [50],
    gather: [20],
    reset: [250],
    silence: [250],
  };
  return { kind, numbers: numbers[kind], direction: 'up' };
}

/** Writes rules as an address has them. */
export function writeRules(rules: readonly NetworkRule[]): string {
  return rules
    .map(({ kind, numbers, direction, connection }) => {
      const where = [direction, connection].filter((one) => one !== undefined);
      return [kind, numbers.join(','), ...where].join('.').replace(/\.$/, '');
    })
    .join(';');
}

/** Reads what {@link writeRules} wrote. @returns null for what is none */
export function readRules(text: string): NetworkRule[] | null {
  if (text === '') return [];
  const rules = text.split(';').map(readRule);
  return rules.some((rule) => rule === null) ? null : (rules as NetworkRule[]);
}

function readRule(text: string): NetworkRule | null {
  const parts = /^([a-z]+)(?:\.([\d,]*))?(?:\.(up|down))?(?:\.(\d{1,7}))?$/.exec(text);
  if (parts === null) return null;
  const [, kind, numbers = '', direction, connection] = parts;
  const rule = {
    kind,
    numbers: numbers === '' ? [] : numbers.split(',').map(Number),
    ...(direction === undefined ? {} : { direction }),
    ...(connection === undefined ? {} : { connection: Number(connection) }),
  };
  const result = v.safeParse(ruleSchema, rule);
  return result.success ? result.output : null;
}
