/**
 * Ends a loop of a student's that has no end, by counting its passes as the checks do, and lets the room go
 * on. For code whose loops tell of their passes: see loop-guard.ts. Runs in a browser's worker too.
 * @module
 */

import { countPasses, MOST_PASSES } from '../lesson/loop-count.js';
import { mine } from '../texts/mine.en.js';
import { fill } from '../texts/say.js';
import { Stopped } from './your-parts.js';

/** Runs a function of a student's, or lets it through. */
export type Guard = <T>(run: () => T) => T;

/** A room's messages are longer than those of a check. */
const MOST = 10 * MOST_PASSES;

let anew: (() => void) | null = null;
let stopped: Stopped | null = null;

/** Runs a function; its loops are counted from here on. @throws Stopped for one without end, caught or not */
export const guarded: Guard = (run) => {
  anew ??= countPasses(({ file, line, passes }) => {
    stopped = new Stopped('endless', fill(mine.endless, { file, line, passes }));
    throw stopped;
  }, MOST);
  anew();
  stopped = null;
  try {
    const result = run();
    if (stopped !== null) throw stopped;
    return result;
  } catch (error) {
    throw stopped ?? error;
  } finally {
    anew();
  }
};
