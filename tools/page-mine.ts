/**
 * A plugin for Vite: the script of the worker in which a student's own server plays, as a text. mine.js has
 * it, the same for every language: what is told of it are codes and values.
 * @module
 */

import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { allLessons } from '../src/lesson/lesson.js';
import { PARTS } from '../src/mine/parts.js';
import { DEFAULT_LANGUAGE } from '../src/texts/language.js';
import { bundle, virtual } from './page-bundle.js';
import { filesOf, namesOfLoopscope, onlyIn } from './page-course.js';

const WORKER = fileURLToPath(new URL('../src/page/mine/worker.ts', import.meta.url));

/** Offers `virtual:mine-worker`, whose default export is the script. */
export function pageMine(): Plugin {
  return virtual('virtual:mine-worker', async () => {
    const lessons = allLessons().filter(({ number }) =>
      PARTS.some(({ lesson }) => lesson === number),
    );
    const script = await bundle(WORKER, [
      onlyIn(DEFAULT_LANGUAGE),
      virtual('virtual:course-modules', () => `export const files = ${filesOf(lessons)};`),
      virtual('virtual:loopscope', () => `export { ${namesOfLoopscope()} } from 'loopscope';`),
    ]);
    return `export default ${JSON.stringify(script)};`;
  });
}
