/**
 * What strace wrote, told: as the session takes it from the script that does so.
 * @module
 */

import type { SimulatedRule } from '../../scenario/simulate.js';
import type { TraceEvent } from '../../trace/event.js';
import type { TraceMaker } from '../../trace/maker.js';

/** One loop of a program. */
export interface TracedLoop {
  /** What made its trace; null for a file that does not say. */
  readonly maker: TraceMaker | null;
  readonly events: readonly TraceEvent[];
}

/** What a file of strace's holds. */
export interface ToldFile {
  /** In the order of their first wait; none for a program without a loop. */
  readonly loops: readonly TracedLoop[];
  /** The number of the one with the most steps, from 1. */
  readonly busiest: number;
  /** What is to be said of it, a sentence each. */
  readonly notes: readonly string[];
}

/** How a file is told. */
export interface Telling {
  /** What the program is called. */
  readonly name: string;
  /** Told how much of it is read, 0 to 1. @returns whether it is still wanted */
  readonly onRead: (part: number) => boolean;
}

/** How a world of several machines is played. */
export interface World {
  readonly seed: number;
  /** Of its network. */
  readonly rules: readonly SimulatedRule[];
}

/** Tells it. */
export interface StraceTeller {
  /** Tells a file of strace's, piece by piece, and lets the page go on meanwhile. @returns null for one that is not wanted any more */
  readonly tell: (file: Blob, telling: Telling) => Promise<ToldFile | null>;
  /** Tells a recording of the gallery, or plays the world of that name; null for a name that none has. */
  readonly tellRecording: (
    name: string,
    world: World,
  ) => Promise<(ToldFile & { title: string }) | null>;
}
