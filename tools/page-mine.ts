/**
 * A plugin for Vite: the script of the worker in which a student's own server plays, as a text. mine.js has
 * it, the same for every language: what is told of it are codes and values.
 * @module
 */

import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { PARTS } from '../src/mine/parts.js';
import { DEFAULT_LANGUAGE } from '../src/texts/language.js';
import { bundle, virtual } from './page-bundle.js';
import { namesOf, onlyIn } from './page-course.js';

const WORKER = fileURLToPath(new URL('../src/page/mine/worker.ts', import.meta.url));

/** Whether a file is the exercise of a part, or an answer to it: checks and demos take much, and run elsewhere. */
function isOfPart(file: string): boolean {
  const lesson = Number(/^\d+/.exec(file)?.[0]);
  return PARTS.some((part) => part.lesson === lesson) && !/\/(check|demo)\.ts$/.test(file);
}

/** Offers `virtual:mine-worker`, whose default export is the script. */
export function pageMine(): Plugin {
  return virtual('virtual:mine-worker', async () => {
    const taken = (name: string, from: string): Plugin =>
      virtual(name, () => `export { ${namesOf(from, isOfPart)} } from '${from}';`);
    const script = await bundle(WORKER, [
      onlyIn(DEFAULT_LANGUAGE),
      taken('virtual:loopscope', 'loopscope'),
      taken('virtual:loopscope-lesson', 'loopscope/lesson'),
      virtual('virtual:course-modules', () => MODULES),
    ]);
    return `export default ${JSON.stringify(script)};`;
  });
}

/** What an exercise may import. */
const MODULES = `export const files = {
  loopscope: () => import('virtual:loopscope'),
  'loopscope/lesson': () => import('virtual:loopscope-lesson'),
};`;
