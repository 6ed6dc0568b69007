/**
 * Plays on the student's server: loads what plays it and the course, and takes what the student has written.
 * @module
 */

import { enrol, type Learning, student } from '../lessons/learning.js';
import { loadMine } from './load.js';
import { ownSources } from './own.js';
import type { OwnPlayer } from './playing.js';

/** What main.tsx hands to {@link playOwnWith}. */
export const ownPlayer: OwnPlayer = {
  async play(task, signal) {
    const [{ run }, learning] = await Promise.all([loadMine(), enrol()]);
    const wrote = written(learning);
    return { done: await run(task, learning, signal), wrote };
  },
  get written() {
    const learning = student.peek();
    return learning === null ? null : written(learning);
  },
};

function written(learning: Learning): string {
  return JSON.stringify(ownSources(learning).map(({ lesson, source }) => [lesson, source]));
}
