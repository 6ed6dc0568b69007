/**
 * The course of the built page in a real Chromium, opened from disk with the network off; and the answers
 * of the lessons, each as one source, as a student would have it in the editor.
 * @module
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { transform } from 'sucrase';
import type { CheckRun, DemoRun } from '../../src/page/course/course.js';
import { openPage, type WatchedPage } from './page.js';

/** What came of a check; its trace stays in the page. */
export type Checked = Omit<CheckRun, 'trace'> & { events: number | null; said: string | null };

/** Opens the page, and its course. */
export async function openCourse(browser: Browser): Promise<WatchedPage> {
  const watched = await openPage(browser, '');
  await watched.page.addScriptTag({ url: 'course.en.js' });
  return watched;
}

/** Checks a source as the page does. @param stopAfterMs ends it as a student would, who does not wait on */
export async function checkIn(
  page: Page,
  lesson: number,
  source: string,
  stopAfterMs: number | null = null,
): Promise<Checked> {
  return (await page.evaluate(
    `(async (lesson, source, stopAfterMs) => {
      const { course } = loopscopeCourse;
      const signal = stopAfterMs === null ? undefined : AbortSignal.timeout(stopAfterMs);
      const { trace, ...run } = await course.runCheck(lesson, source, { signal });
      const { why } = run.report;
      return { ...run, events: trace && trace.length, said: why && course.say(lesson, why) };
    })(${[lesson, source, stopAfterMs].map((one) => JSON.stringify(one)).join()})`,
  )) as Checked;
}

/** Runs a demo as the page does; without a source, as it is handed out. @returns what it printed, and how it ended */
export async function demoIn(
  page: Page,
  lesson: number,
  source: string | null = null,
): Promise<{ lines: string[]; run: DemoRun }> {
  return (await page.evaluate(
    `(async (lesson, source) => {
      const { course } = loopscopeCourse;
      const lines = [];
      const demo = source ?? course.lessons.find((one) => one.number === lesson).demo;
      const run = await course.runDemo(lesson, demo, (line) => lines.push(line));
      return { lines, run: { ...run, trace: run.trace && run.trace.slice(0, 1) } };
    })(${[lesson, source].map((one) => JSON.stringify(one)).join()})`,
  )) as { lines: string[]; run: DemoRun };
}

/** An answer with what it imports of its lesson, the solution and the exercise, in one source. */
export function wholeAnswer(folder: string, answer: string): string {
  const modules = [...new Set([answer, 'solution.ts', 'exercise.ts'])].map((path) => {
    const source = readFileSync(join(folder, path), 'utf8');
    const { code } = transform(source, {
      transforms: ['typescript', 'imports'],
      disableESTransforms: true,
    });
    return { name: path.replace(/^.*\/|\.ts$/g, ''), code, source };
  });
  const [own] = modules;
  const exported = [
    ...(own?.source ?? '').matchAll(/^export (?:async )?(?:function\*?|const|let|class) (\w+)/gm),
  ];
  const again = [...(own?.source ?? '').matchAll(/^export \{([^}]*)\}/gm)].flatMap(
    ([, list = '']) => list.split(',').map((one) => one.trim().replace(/^.* as /, '')),
  );
  const names = [...exported.map(([, name = '']) => name), ...again.filter((name) => name !== '')];
  return `import * as loopscope from 'loopscope';
import * as lesson from 'loopscope/lesson';
const loaded: any = { loopscope, 'loopscope/lesson': lesson };
const makers: any = {${modules.map(({ name, code }) => `${JSON.stringify(name)}(require: any, exports: any) {${code}\n}`).join(',\n')}};
const require = (path: string): any => {
  const name = path.startsWith('.') ? path.replace(/^.*\\/|\\.js$/g, '') : path;
  if (!loaded[name]) makers[name](require, (loaded[name] = {}));
  return loaded[name];
};
const __answer = require('./${own?.name}.js');
${names.map((name) => `export const ${name} = __answer.${name};`).join('\n')}
`;
}
