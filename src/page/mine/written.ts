/**
 * The student's server in one file: what was written in the page, in the frame of the example.
 * @module
 */

import frame from '../../../examples/08-server-of-parts.ts?raw';
import frameZh from '../../../examples/08-server-of-parts.zh.ts?raw';
import { oneFile } from '../../mine/one-file.js';
import type { Language } from '../../texts/language.js';
import type { Learning } from '../lessons/learning.js';
import { ownSources } from './own.js';

/** Writes it, with the frame's comments in a language. */
export function write(learning: Learning, language: Language): string {
  return oneFile(
    language === 'zh' ? frameZh : frame,
    ownSources(learning)
      .filter(({ isWritten }) => isWritten)
      .map(({ part, lesson, source }) => {
        return { lesson: part.lesson, source, from: `./loopscope-lessons/${lesson}/` };
      }),
  );
}
