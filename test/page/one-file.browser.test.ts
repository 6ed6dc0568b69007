/**
 * The page of one file in a real Chromium: alone in a folder, with the network cut off; and the page of
 * several files from `serve` and from a static host, below a path. Skipped where there is no Chromium.
 */

import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import sirv from 'sirv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, NO_CHROMIUM, openChromium } from '../support/chromium.js';
import { checkIn, demoIn } from '../support/course.js';
import { folderOf, readIn } from '../support/lessons/files.js';
import { DIST_PAGE } from '../support/page.js';

const chromium = findChromium();
if (chromium === null) console.warn(`test/page/one-file.browser.test.ts: ${NO_CHROMIUM}`);

const STREAM = folderOf('07-tcp-is-a-stream');
const ONE_FILE = join(DIST_PAGE, '../loopscope.en.html');

describe.skipIf(chromium === null)('the page', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = (await openChromium()) as Browser;
  });
  afterAll(() => browser?.close());

  /** Opens it, and says of what it asked and complained. */
  async function open(url: string, offline: boolean) {
    const page = await (await browser.newContext({ offline })).newPage();
    const seen: string[] = [];
    const asked: string[] = [];
    page.on('console', (message) => seen.push(message.text()));
    page.on('pageerror', (error) => seen.push(error.message));
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(url);
    await page.locator('main').waitFor();
    return { page, seen, asked };
  }

  test('of one file draws itself, checks and plays, alone in a folder and with no network', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'loopscope one file '));
    try {
      const file = join(folder, 'loopscope.html');
      copyFileSync(ONE_FILE, file);
      const { href } = pathToFileURL(file);
      const { page, seen, asked } = await open(href, true);
      const [handedOut, right] = [readIn(STREAM, 'exercise.ts'), readIn(STREAM, 'solution.ts')];
      expect((await checkIn(page, 7, handedOut)).failure).toBe('trouble.todo');
      expect((await checkIn(page, 7, right)).failure).toBeNull();
      expect((await demoIn(page, 7)).lines).toHaveLength(11);
      expect(seen).toEqual([]);
      const others = asked.filter((one) => !/^(data|blob):/.test(one));
      expect(others).toEqual([href]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('of one file speaks its own language alone, whatever is wished for', async () => {
    const { href } = pathToFileURL(ONE_FILE);
    const { page, seen } = await open(`${href}?lang=zh#view=lessons`, true);
    await page.evaluate("localStorage.setItem('loopscope.language', '\"zh\"')");
    await page.goto('about:blank');
    await page.goto(`${href}#view=lessons`);
    await page.locator('.map').first().waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await page.locator('.header .language').count()).toBe(0);
    expect((await checkIn(page, 7, readIn(STREAM, 'solution.ts'))).failure).toBeNull();
    expect(seen).toEqual([]);

    const chinese = pathToFileURL(ONE_FILE.replace('.en.', '.zh.')).href;
    const other = await open(`${chinese}?lang=en`, true);
    expect(await other.page.locator('html').getAttribute('lang')).toBe('zh-Hans-CN');
    expect(await other.page.locator('.rooms').innerText()).toMatch(/\p{Script=Han}/u);
    expect(other.seen).toEqual([]);
  });

  test('of one file has six recordings of other servers in it', async () => {
    const { href } = pathToFileURL(ONE_FILE);
    const { page, seen } = await open(`${href}#view=loop&recording=socket_select`, true);
    await page.locator('.figures').waitFor();
    await page.locator('.gallery-button').click();
    await page.locator('.gallery a').first().waitFor();
    expect(await page.locator('.gallery a').count()).toBe(6);
    expect(seen).toEqual([]);
  });

  test('of one file lets nothing run but its own three scripts, by their hashes', () => {
    const html = readFileSync(ONE_FILE, 'utf8');
    const [, policy = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
    expect(policy).toMatch(
      /script-src 'sha256-[^ ]+' 'sha256-[^ ]+' 'sha256-[^ ]+'; style-src 'sha256-[^ ]+'; img-src data: blob:;/,
    );
    expect(policy).not.toContain('unsafe');
    expect(html).not.toMatch(/<(script|link)[^>]+(src|href)="(?!data:)/);
  });

  test('of several files loads its course from a static host, below a path', async () => {
    const files = sirv(DIST_PAGE);
    const server = createServer((request, response) => {
      request.url = request.url?.replace('/a/course', '');
      files(request, response);
    }).listen(0, '127.0.0.1');
    try {
      await new Promise((resolve) => server.once('listening', resolve));
      const { port } = server.address() as AddressInfo;
      const { page, seen } = await open(`http://127.0.0.1:${port}/a/course/index.html`, false);
      await page.addScriptTag({ url: 'course.en.js' });
      expect((await checkIn(page, 7, readIn(STREAM, 'solution.ts'))).failure).toBeNull();
      expect(seen).toEqual([]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
