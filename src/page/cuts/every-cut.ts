/**
 * Every cut of a stream, one at a time: which of them hurt.
 * @module
 */

import { type PlayedRun, tryEveryOn } from '../mine/playing.js';
import { boundariesOf, SENDER } from './segments.js';

/** Which single cuts change what anyone gets, where each frame has come by itself. */
export interface CutMap {
  /** How many cuts were tried: those within a request or a frame. */
  tried: number;
  /** The offsets of those that hurt, and what they do, in words. */
  hurts: ReadonlyMap<number, string>;
}

/** Tries every cut within every frame of a stream. @param whole the run with one segment a frame */
export async function mapCuts(bytes: Uint8Array, whole: PlayedRun): Promise<CutMap> {
  const { scenario, options, events } = whole;
  const { fatal } = await tryEveryOn(scenario, options, [SENDER]);
  let sent = 0;
  for (const event of events) {
    if (event.step === 'act' && event.client === SENDER) sent += event.bytes.length;
  }
  const before = sent - bytes.length;
  const inside = fatal.filter(({ offset }) => offset > before);
  return {
    tried: Math.max(0, bytes.length - 1 - boundariesOf(bytes).length),
    hurts: new Map(inside.map(({ offset, difference }) => [offset - before, difference])),
  };
}
