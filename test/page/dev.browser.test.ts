import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, NO_CHROMIUM, openChromium } from '../support/chromium.js';

const chromium = findChromium();
if (chromium === null) console.warn(`test/page/dev.browser.test.ts: ${NO_CHROMIUM}`);

const CONFIG = fileURLToPath(new URL('../../vite.config.ts', import.meta.url));

describe.skipIf(chromium === null)('npm run dev', () => {
  let browser: Browser;
  let server: ViteDevServer;
  const cacheDir = mkdtempSync(join(tmpdir(), 'loopscope-vite-'));

  beforeAll(async () => {
    server = await createServer({
      configFile: CONFIG,
      cacheDir,
      logLevel: 'silent',
      server: { port: 0 },
    });
    await server.listen();
    browser = (await openChromium()) as Browser;
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    rmSync(cacheDir, { recursive: true, force: true });
  });

  test('serves the sources of the page, with lessons, recordings and highlighted code, and asks nobody else', async () => {
    const { port } = (server.httpServer as Server).address() as AddressInfo;
    const page = await browser.newPage();
    const seen: string[] = [];
    page.on('pageerror', (error) => seen.push(error.message));
    page.on('request', (request) => {
      if (new URL(request.url()).port !== String(port)) seen.push(request.url());
    });
    await page.goto(`http://127.0.0.1:${port}/#view=loop&step=9`);
    await page.locator('.line.call').first().waitFor();
    await page.locator('[data-room=learn]').click();
    await page.locator('.stops').waitFor({ timeout: 60_000 });
    await page.evaluate("location.hash = '#view=compare&right=php'"); // what PHP did comes when it is asked for
    await page
      .getByText(/^PHP [\d.]+, recorded$/)
      .first()
      .waitFor({ state: 'attached' });
    expect(seen).toEqual([]);
  });
});
