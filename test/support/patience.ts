/**
 * How long a test waits for what must come: so long that only what hangs does not. It is no verdict on
 * speed, and stays below the time after which the runner ends a test without a word.
 * @module
 */

/** Milliseconds. */
export const PATIENCE_MS = 60_000;

/**
 * Asks again and again until the answer is there.
 *
 * @param ask gives the answer, or undefined as long as there is none
 * @param says what is missing, once patience is over
 */
export async function until<T>(
  ask: () => T | undefined | Promise<T | undefined>,
  says: () => string,
): Promise<T> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > end) throw new Error(says());
    await new Promise((resolve) => setImmediate(resolve));
  }
}
