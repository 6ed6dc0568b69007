/**
 * Finds a loop without end by counting: each loop of a student's code tells of every pass (loop-guard.ts
 * sees to it), and whoever runs the code hears of it when there were more passes since the last step than
 * any right answer needs. So no clock has to judge. Runs in a browser too.
 * @module
 */

/**
 * A loop that lasts for a quarter of so many passes, without a step, has no end. The right answer that
 * takes most takes 12 thousand from one step to the next; test/lessons/passes.process.test.ts measures.
 */
export const MOST_PASSES = 2_000_000;

/** A loop that has no end, as far as one has counted. */
export interface Endless {
  /** The name of its file. */
  readonly file: string;
  /** Its line, from 1. */
  readonly line: number;
  /** How many passes there were since the last step, of this loop and of those in it. */
  readonly passes: number;
}

/** What a loop calls when it begins; a global, so that the code needs no import and keeps its lines. */
export const BEGINS = '__loopBegins';

/** What it calls at each pass. */
export const PASSES = '__loopPasses';

/**
 * Counts passes from now on. To be called once, before guarded code is imported.
 *
 * @param onEndless is told of the loop that has gone round all the while, and again at each pass from then
 *   on: so what it throws ends every loop, though the code catches it; or it ends the process or the worker
 * @param most passes between two steps
 * @returns to be called at each step: the count begins anew
 */
export function countPasses(onEndless: (endless: Endless) => void, most = MOST_PASSES): () => void {
  const none = { loop: Number.POSITIVE_INFINITY, file: '', line: 0 };
  let begun = 0;
  let passes = 0;
  let begunAtHalf = 0;
  let found: Endless | null = null;
  // of the loops that go round in the last quarter, the one that began first contains the others
  let oldest = none;
  const anew = (): void => {
    passes = 0;
    oldest = none;
    found = null;
  };
  const onPass = (loop: number, file: string, line: number): void => {
    if (found !== null) onEndless(found); // it has caught what it was ended with
    passes++;
    if (passes === most / 2) begunAtHalf = begun;
    if (passes < most * 0.75) return;
    if (loop < oldest.loop) oldest = { loop, file, line };
    if (passes < most) return;
    const { loop: first, ...place } = oldest;
    anew();
    // many loops one after the other are long work, and each of them has an end
    if (first >= begunAtHalf) return;
    found = { ...place, passes: most };
    onEndless(found);
  };
  Object.defineProperty(globalThis, BEGINS, { value: () => begun++ });
  Object.defineProperty(globalThis, PASSES, { value: onPass });
  return anew;
}
