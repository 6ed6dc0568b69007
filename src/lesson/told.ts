/**
 * What the process of a check tells its parent, one JSON object a line.
 * @module
 */

import { formatEvent } from '../trace/ndjson.js';
import type { Verdict } from './attempt.js';
import type { Said } from './checker.js';
import type { Trouble } from './trouble.js';

/** How often a check's process says that it is alive, if it comes to it. */
export const ALIVE_MS = 250;

/** What a check's process tells, one JSON object a line. */
export type Told =
  | { readonly type: 'ready' }
  | { readonly type: 'step'; readonly step: Said }
  | { readonly type: 'alive'; readonly cpuMs: number }
  | { readonly type: 'verdict'; readonly verdict: ToldVerdict }
  | { readonly type: 'trouble'; readonly trouble: Trouble };

/** A verdict whose trace is NDJSON. */
export type ToldVerdict =
  | Exclude<Verdict, { kind: 'failed' }>
  | (Omit<Extract<Verdict, { kind: 'failed' }>, 'trace'> & { readonly trace: string | null });

/** Its trace as text. */
export function toldVerdict(verdict: Verdict): ToldVerdict {
  if (verdict.kind !== 'failed') return verdict;
  const { trace } = verdict;
  const text = trace === null ? null : trace.map((event) => `${formatEvent(event)}\n`).join('');
  return { ...verdict, trace: text };
}

/** Enough memory for every check, Node and TypeScript's compiler included. */
export const MEMORY_MIB = 768;
