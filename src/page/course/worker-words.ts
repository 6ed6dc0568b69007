/**
 * What the page and the worker of a check or a demo say to each other.
 * @module
 */

import type { Ending } from '../../lesson/check-result.js';
import type { Said } from '../../lesson/checker.js';
import type { Imported } from '../../lesson/classic.js';
import type { Trouble } from '../../lesson/trouble-kind.js';
import type { Language } from '../../texts/language.js';

/** What the worker is to do; it is told so once. */
export interface Job {
  readonly kind: 'check' | 'demo';
  /** The folder of the lesson. */
  readonly lesson: string;
  /** What the student's file is called. */
  readonly file: string;
  readonly imports: readonly Imported[];
  /** How many lines of the worker's script are the student's: the first. */
  readonly lines: number;
  readonly language: Language;
}

/** What the worker tells, at once, so that what was told last is known whatever comes next. */
export type Word =
  | { readonly type: 'loaded' } // from now on the student's code runs
  | { readonly type: 'step'; readonly step: Said }
  | { readonly type: 'line'; readonly text: string }
  | { readonly type: 'verdict'; readonly verdict: Ending }
  /** Of a demo; its trace as NDJSON. */
  | { readonly type: 'end'; readonly trace: string | null }
  /** A column is the script's, not yet the source's. */
  | { readonly type: 'trouble'; readonly trouble: Trouble };

/** What a student's code has its own of, so that it can be counted how much it asks for. */
export const BUDGETED = [
  'Array',
  'ArrayBuffer',
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
] as const;
