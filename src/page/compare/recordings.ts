/**
 * What PHP did in a scenario. The recordings are a script of their own, made while the page is built
 * (tools/page-recordings.ts) and loaded when something is held against PHP.
 * @module
 */

import type { WireEvent } from '../../scenario/wire.js';
import type { TraceEvent } from '../../trace/event.js';
import { parseEvent } from '../../trace/ndjson.js';

/** One side. */
export interface ComparedSide {
  /** Its steps. */
  trace: readonly TraceEvent[];
  /** What its clients got; null where that is not known, as of a trace out of a file. */
  wire: readonly WireEvent[] | null;
}

/** A recording. */
export interface PageRecording {
  /** The PHP that ran. */
  php: string;
  /** Which program. */
  source: string;
  /** What the clients got. */
  wire: WireEvent[];
  /** Its steps as in NDJSON. */
  trace: unknown[];
}

/** By the name of the scenario. */
export type PageRecordings = Readonly<Record<string, PageRecording>>;

/** How a run goes that is held against a recording: PHP was recorded on the loopback, where nothing overtakes. */
export const LOOPBACK = { latencyMs: 0, jitterMs: 0 } as const;

/** A recording as a side of a comparison. */
export function recordedSide({ wire, trace }: PageRecording): ComparedSide {
  return { wire, trace: trace.map((event, i) => parseEvent(JSON.stringify(event), i + 1)) };
}
