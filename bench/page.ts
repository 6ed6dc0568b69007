/**
 * How much the page works: for a step in a room of a hundred, for one of the stage, and until it shows its
 * first step. What is counted is what its thread has worked, not what it waited for.
 * @module
 */

import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build, type UserConfig } from 'vite';
import { findChromium } from '../src/serve/programs.js';
import config from '../vite.config.js';
import type { Contestant, Running, Sample, Workload } from './contest.js';

/** What a page's thread has worked. */
export const WORK = 'ms of work';
const STEP = 'a step with 100 sockets';
const STAGE = 'a step of the stage with 30 clients';
const FIRST = 'the built page, to its first step';
const STEPS = 60;
const SIZE = { viewport: { width: 1280, height: 800 } };

const PAGE = fileURLToPath(new URL('../dist/page/', import.meta.url));
const SUPPORT = fileURLToPath(new URL('../test/page/support/', import.meta.url));

/** The workload; nobody takes part where there is no Chromium, or no page was built. */
export function pageWorkload(): Workload {
  const missing = whatIsMissing();
  return {
    name: 'page',
    title: "what the page's thread works, in a headless Chromium",
    measure: WORK,
    against: STEP,
    contestants:
      missing === null
        ? [
            inChromium(STEP, (browser) => crowd(browser, '', '.lane >> nth=100')),
            inChromium(STAGE, (browser) => crowd(browser, '#stage', '.stage-lane >> nth=5')),
            inChromium(FIRST, built),
          ]
        : [],
    targets: (medians) => [
      { what: `ms for ${STEP}`, value: medians(STEP, WORK), goal: { most: 16 } },
      { what: `ms for ${STAGE}`, value: medians(STAGE, WORK), goal: { most: 8 } },
      { what: `ms for ${FIRST}`, value: medians(FIRST, WORK), goal: { most: 1_000 } },
      ...(missing === null
        ? [{ what: 'KB gzipped', value: kilobytes(), goal: { most: 300 } }]
        : []),
    ],
    ...(missing === null ? {} : { notes: [missing] }),
  };
}

/** What is measured in a browser, once or for each of many. */
export interface Measured {
  sample(): Promise<Sample>;
  /** Ends what it has made, beside the browser. */
  close?(): void;
}

/** How large the built page is on its way. */
function kilobytes(): number {
  const files = ['index.html', 'page.js', 'page.css'].map((name) => join(PAGE, name));
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0) / 1024;
}

/** What keeps a page from being measured; null where nothing does. */
export function whatIsMissing(): string | null {
  if (findChromium() === null) return 'Chromium was not found.';
  return existsSync(PAGE) ? null : 'The page is not built: npm run build makes it.';
}

/** Measures in a browser of its own. */
export function inChromium(
  name: string,
  open: (browser: Browser) => Promise<Measured>,
): Contestant {
  return {
    name,
    async start(): Promise<Running> {
      const browser = await chromium.launch({
        executablePath: findChromium() ?? '',
        // Chromium's sandbox does not start for root, which containers mostly are
        chromiumSandbox: process.getuid?.() !== 0,
      });
      const measured = await open(browser);
      return {
        sample: () => measured.sample(),
        async stop(): Promise<void> {
          await browser.close();
          measured.close?.();
        },
      };
    },
  };
}

/** A page that was built for the bench. */
export interface BenchPage {
  page: Page;
  /** Removes what was built. */
  remove(): void;
}

/** Builds a page as the page itself is built, and opens it. @param entry in test/page/support */
export async function openBuilt(browser: Browser, entry: string, hash = ''): Promise<BenchPage> {
  const folder = mkdtempSync(join(tmpdir(), 'loopscope-bench-'));
  const { build: options, ...rest } = config as UserConfig;
  const lib = {
    entry: join(SUPPORT, entry),
    formats: ['iife' as const],
    name: 'bench',
    fileName: () => 'page.js',
    cssFileName: 'page',
  };
  await build({
    ...rest,
    configFile: false,
    logLevel: 'error',
    build: { ...options, outDir: folder, lib },
  });
  cpSync(join(PAGE, 'index.html'), join(folder, 'index.html'));
  const page = await browser.newPage(SIZE);
  await page.goto(pathToFileURL(join(folder, 'index.html')).href + hash);
  return { page, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/**
 * The panes of the Loop view over a crowded room.
 *
 * @param hash which of them
 * @param last what is there when all is
 */
async function crowd(browser: Browser, hash: string, last: string): Promise<Measured> {
  const { page, remove } = await openBuilt(browser, 'hundred.tsx', hash);
  await page.locator(last).waitFor({ state: 'attached' });
  const worked = await thread(page);
  return {
    async sample() {
      const before = await worked();
      await walk(page);
      return { [WORK]: ((await worked()) - before) / STEPS };
    },
    close: remove,
  };
}

/** Walks on, and lets each step be drawn. */
async function walk(page: Page): Promise<void> {
  const events = await page.evaluate(`(async () => {
    for (let i = 0; i < ${STEPS}; i++) {
      walk.next();
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
    }
    return walk.events.value.length;
  })()`);
  if (!(Number(events) > 2_500)) throw new Error(`bug: the trace has only ${events} events`);
}

/** Each time in a page of its own: a reload begins the count anew. */
async function built(browser: Browser): Promise<Measured> {
  return {
    async sample() {
      const page = await browser.newPage(SIZE);
      const worked = await thread(page);
      await page.goto(pathToFileURL(join(PAGE, 'index.html')).href);
      await page.locator('.narration .step-badge').waitFor();
      const ms = await worked();
      await page.close();
      return { [WORK]: ms };
    },
  };
}

/** What the page's thread has worked so far: on a busy machine it waits longer, but works no more. */
export async function thread(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
  };
}
