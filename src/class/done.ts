/**
 * What a person has done in a lesson, as it comes over the network: read within bounds, and put
 * together with what is known already. To put the same in twice, or an older one, changes nothing.
 * @module
 */

import type { LessonProgress } from '../lesson/progress.js';

/** The same as stands in progress.json. */
export type Done = LessonProgress;

/** Reasons of failed checks that one lesson may have, and hints. */
const MOST_FAILURES = 64;
const MOST_HINTS = 16;
/** A count beyond is taken for this: nobody checks so often. */
const MOST_COUNT = 1_000_000;

const KEY = /^[\w.:-]{1,64}$/;
const GIVEN = /^[\w-]{1,8}$/;

/** Reads it. @returns null for what is none, or is too much */
export function readDone(value: unknown): Done | null {
  if (typeof value !== 'object' || value === null) return null;
  const { prediction, begun, checks, passed, failures, hints } = value as Record<string, unknown>;
  if (typeof begun !== 'boolean' || typeof passed !== 'boolean' || !isCount(checks)) return null;
  const given = prediction === null ? null : predictionOf(prediction);
  const failed = failuresOf(failures);
  if (given === undefined || failed === null) return null;
  if (!Array.isArray(hints) || hints.length > MOST_HINTS || !hints.every(isCount)) return null;
  return { prediction: given, begun, checks: clipped(checks), passed, failures: failed, hints };
}

/** What both say: of two predictions the one that was known first. */
export function mergeDone(known: Readonly<Done>, told: Readonly<Done>): Done {
  const keys = [...new Set([...Object.keys(known.failures), ...Object.keys(told.failures)])];
  return {
    prediction: known.prediction ?? told.prediction,
    begun: known.begun || told.begun,
    checks: Math.max(known.checks, told.checks),
    passed: known.passed || told.passed,
    failures: Object.fromEntries(
      keys
        .slice(0, MOST_FAILURES)
        .map((key) => [key, Math.max(countOf(known, key), countOf(told, key))]),
    ),
    hints: [...new Set([...known.hints, ...told.hints])].slice(0, MOST_HINTS),
  };
}

function predictionOf(value: unknown): Done['prediction'] | undefined {
  const { given, right } = (value ?? {}) as Record<string, unknown>;
  if (typeof given !== 'string' || !GIVEN.test(given) || typeof right !== 'boolean')
    return undefined;
  return { given, right };
}

function failuresOf(value: unknown): Done['failures'] | null {
  if (typeof value !== 'object' || value === null) return null;
  const entries = Object.entries(value);
  if (entries.length > MOST_FAILURES) return null;
  // a key `__proto__` would be no key of the record
  if (!entries.every(([key, count]) => KEY.test(key) && key !== '__proto__' && isCount(count)))
    return null;
  return Object.fromEntries(entries.map(([key, count]) => [key, clipped(count)]));
}

function countOf({ failures }: Readonly<Done>, key: string): number {
  return Object.hasOwn(failures, key) ? (failures[key] ?? 0) : 0;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function clipped(count: number): number {
  return Math.min(count, MOST_COUNT);
}
