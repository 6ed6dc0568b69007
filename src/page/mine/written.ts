/**
 * The student's server in one file: what was written in the page, in the frame of the example.
 * @module
 */

import frame from '../../../examples/08-server-of-parts.ts?raw';
import { oneFile } from '../../mine/one-file.js';
import type { Learning } from '../lessons/learning.js';
import { ownSources } from './own.js';

/** Writes it. */
export function write(learning: Learning): string {
  return oneFile(
    frame,
    ownSources(learning)
      .filter(({ isWritten }) => isWritten)
      .map(({ part, lesson, source }) => {
        return { lesson: part.lesson, source, from: `./loopscope-lessons/${lesson}/` };
      }),
  );
}
