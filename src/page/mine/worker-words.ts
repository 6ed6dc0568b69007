/**
 * What the page and the worker of one's own server say to each other.
 * @module
 */

import type { PartId } from '../../mine/parts.js';
import type { Fault } from '../../mine/your-parts.js';
import type { CutReport } from '../../scenario/cuts.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { SimulatedRun } from '../../scenario/simulate.js';
import type { StudentFunction } from '../course/course.js';
import type { PlayOptions } from './servers.js';

/** What is to be played. */
export interface Task {
  readonly scenario: Scenario;
  readonly options: PlayOptions;
  /** Whose streams are cut at every place; null to play it once. */
  readonly cut: readonly string[] | null;
}

/** A part's file, of which the worker's script has the code; in the same order. */
export interface OwnFile {
  readonly part: PartId;
  /** The folder of its lesson. */
  readonly lesson: string;
  readonly imports: StudentFunction['imports'];
}

/** What the worker is to do; it is told so once. */
export interface Job {
  readonly task: Task;
  readonly files: readonly OwnFile[];
}

/** A part that was passed and cannot be taken. */
export interface Unloaded {
  readonly part: PartId;
  readonly why: 'absent' | 'unread' | 'lacks' | 'unsettled' | 'threw';
  readonly values: Readonly<Record<string, string>>;
}

/** How it went with a student's parts. */
export interface OwnOutcome {
  /** Those that were taken. */
  readonly taken: readonly PartId[];
  readonly unloaded: readonly Unloaded[];
  /** The first call of each part that was wrong. */
  readonly faults: readonly Fault[];
}

/** What came of it. */
export interface Done {
  /** Null where the streams were cut. */
  readonly run: Pick<SimulatedRun, 'events' | 'wire'> | null;
  /** Null where it was played once. */
  readonly cuts: CutReport | null;
  readonly own: OwnOutcome;
}

/** What the worker says, once. */
export type Word = { readonly done: Done } | { readonly failed: string };
