import { cpSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { build, type UserConfig } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Walk } from '../../src/page/walk.js';
import config from '../../vite.config.js';
import { findChromium, NO_CHROMIUM, openChromium } from '../support/chromium.js';
import { openPage } from '../support/page.js';

const chromium = findChromium();
if (chromium === null) console.warn(`test/page/speed.browser.test.ts: ${NO_CHROMIUM}`);

const DIST = fileURLToPath(new URL('../../dist/page/', import.meta.url));

test('the built page is under 300 KB gzipped', () => {
  const size = ['index.html', 'page.js', 'page.css']
    .map((name) => gzipSync(readFileSync(join(DIST, name))).length)
    .reduce((sum, one) => sum + one);
  expect(size).toBeLessThan(300 * 1024);
});

describe.skipIf(chromium === null)('the page, in Chromium', () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    browser = (await openChromium()) as Browser;
    folder = mkdtempSync(join(tmpdir(), 'loopscope-page-'));
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('draws a step with 100 sockets and thousands of events within a frame', async () => {
    const { build: options, ...rest } = config as UserConfig;
    await build({
      ...rest,
      configFile: false,
      logLevel: 'error',
      build: {
        ...options,
        outDir: folder,
        lib: {
          entry: fileURLToPath(new URL('./support/hundred.tsx', import.meta.url)),
          formats: ['iife'],
          name: 'hundred',
          fileName: () => 'page.js',
          cssFileName: 'page',
        },
      },
    });
    cpSync(join(DIST, 'index.html'), join(folder, 'index.html'));
    expect(statSync(join(folder, 'page.js')).size).toBeGreaterThan(100_000);
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const threadMs = await thread(page);
    await page.goto(pathToFileURL(join(folder, 'index.html')).href);
    await page.locator('.lane').nth(100).waitFor({ state: 'attached' });
    const STEPS = 60;
    const walk = (steps: number): Promise<number> =>
      page.evaluate(async (n) => {
        const { walk } = globalThis as unknown as { walk: Walk };
        for (let i = 0; i < n; i++) {
          walk.next();
          await new Promise(requestAnimationFrame);
          await new Promise(requestAnimationFrame);
        }
        return walk.events.value.length;
      }, steps);
    expect(await walk(STEPS)).toBeGreaterThan(5_000);
    const rounds: number[] = [];
    for (let round = 0; round < 3; round++) {
      const before = await threadMs();
      await walk(STEPS);
      rounds.push(((await threadMs()) - before) / STEPS);
    }
    console.info(`a step with 100 sockets, in ms: ${rounds.map((ms) => ms.toFixed(1)).join(', ')}`);
    expect(Math.min(...rounds)).toBeLessThan(16);
    await page.close();
  }, 60_000);

  test('shows the first step after less than a second of work', async () => {
    const { page, seen } = await openPage(browser, '');
    const threadMs = await thread(page);
    const before = await threadMs();
    await page.reload();
    await page.locator('.narration .step-badge').waitFor();
    expect((await threadMs()) - before).toBeLessThan(1_000);
    expect(seen).toEqual([]);
    await page.close();
  });
});

/** What the page's thread has worked so far: on a busy machine it waits longer, but works no more. */
async function thread(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
  };
}
