/**
 * From bytes to spans: the handshake, the frames, what the original would see of them, and the
 * rest. Any bytes can be inspected; what is wrong with them is said and not thrown.
 * @module
 */

import type { InspectedFrame } from './frame.js';
import { handshakeAt } from './handshake.js';
import type { HandshakeInspection, Inspection, Rest } from './inspection.js';
import { InspectionStream, type InspectOptions, type Told } from './inspection-stream.js';
import { meaningsIn } from './meanings.js';
import { originalReads } from './original.js';

export type { InspectOptions } from './inspection-stream.js';

/**
 * Explains the bytes of one direction, every one of them.
 *
 * A request and its answer may stand one behind the other in front of the frames, as people paste
 * them. Time is linear in the bytes; spans and their parts are made when they are read.
 *
 * @param bytes kept, and not to be changed while the inspection is in use
 */
export function inspect(bytes: Uint8Array, options: InspectOptions = {}): Inspection {
  const { meanings = meaningsIn(options.language), arrivals = [] } = options;
  const stream = new InspectionStream(options, Number.POSITIVE_INFINITY);
  const frames: InspectedFrame[] = [];
  const handshakes: HandshakeInspection[] = [];
  let rest: Rest | null = null;
  const keep = (told: Told): void => {
    if (told.kind === 'frame') frames.push(told.frame);
    else if (told.kind === 'handshake') handshakes.push(told.handshake);
    else rest = told.rest;
  };
  // not gathered first: what is told of half a million frames would be kept beside them
  for (const told of stream.push(bytes)) keep(told);
  for (const told of stream.end()) keep(told);
  return {
    frames,
    handshakes,
    get original() {
      if (handshakes.some(({ direction }) => direction === 'server')) return [];
      if (stream.from === 'server' && handshakeAt(bytes, 0) !== 'request') return [];
      const restAt = rest?.offset ?? null;
      return originalReads({ input: bytes, handshakes, frames, restAt, arrivals, meanings });
    },
    rest,
  };
}

/** Tells whether anything in an inspection breaks a rule. */
export function hasProblems({ frames, handshakes }: Inspection): boolean {
  return [frames, handshakes].some((list) => list.some(({ problems }) => problems.length > 0));
}
