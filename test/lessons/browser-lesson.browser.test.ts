/**
 * Lesson 21 in a real Chromium: examples/client.html joins the room of the lesson's solution, on
 * real sockets. Skipped where there is no Chromium.
 */

import { fileURLToPath, pathToFileURL } from 'node:url';
import { type ListeningProgram, OriginalServer, runLoop, Server } from 'loopscope';
import { NodeNet } from 'loopscope/node';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { NickRoom } from '../../lessons/21-browser/nick-room.js';
import { command } from '../../lessons/21-browser/solution.js';
import { findChromium, NO_CHROMIUM, openChromium } from '../support/chromium.js';

const CLIENT = pathToFileURL(
  fileURLToPath(new URL('../../examples/client.html', import.meta.url)),
).href;
/** A name and a text that would run in a page that took them for HTML. */
const HOSTILE = `<img src=x onerror="document.title='run'">`;

const chromium = findChromium();
if (chromium === null) console.warn(`test/lessons/browser-lesson.browser.test.ts: ${NO_CHROMIUM}`);

describe.skipIf(chromium === null)('lesson 21: the page in Chromium', { timeout: 120_000 }, () => {
  let browser: Browser;
  let context: BrowserContext;
  /** What the page complains of. */
  let complaints: string[] = [];
  let stop: () => Promise<void> = async () => {};

  beforeAll(async () => {
    browser = (await openChromium()) as Browser;
  });
  beforeEach(async () => {
    complaints = [];
    context = await browser.newContext();
  });
  afterEach(async () => {
    await context.close();
    await stop();
    stop = async () => {};
    expect(complaints).toEqual([]);
  });
  afterAll(() => browser?.close());

  /** Opens a room. @returns its address */
  async function open(make: (net: NodeNet) => ListeningProgram): Promise<string> {
    const net = new NodeNet();
    const room = make(net);
    const opened = await room.listen({ host: '127.0.0.1', port: 0 });
    const bind = opened.find((step) => step.step === 'bind');
    const running = runLoop(net, room, undefined, opened);
    stop = async () => {
      room.stop();
      await running;
    };
    return `ws://127.0.0.1:${bind?.port}`;
  }

  /** The page is opened from disk, and has no other origin than null. */
  const nickRoom = (net: NodeNet): Server =>
    new Server(net, new NickRoom(command), { allowedOrigins: ['null'] });

  /** A tab whose page logs in; settled when it sees its own name in the list. */
  async function joins(url: string, name: string): Promise<Page> {
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => complaints.push(message.text()));
    await page.goto(`${CLIENT}?${url}`);
    await page.fill('#name', name);
    await page.click('#login button');
    await page.locator('#users li', { hasText: name }).first().waitFor();
    return page;
  }

  async function says(page: Page, text: string): Promise<void> {
    await page.fill('#text', text);
    await page.click('#say button');
  }

  const heard = (page: Page, line: string): Promise<void> =>
    page.locator('#log li', { hasText: line }).first().waitFor();
  const online = (page: Page): Promise<string[]> => page.locator('#users li').allTextContents();
  const lines = (page: Page): Promise<string[]> => page.locator('#log li').allTextContents();

  test('two tabs hear each other, and /nick changes a name in both', async () => {
    const url = await open(nickRoom);
    const ada = await joins(url, 'Ada');
    const bob = await joins(url, '小明');
    await says(ada, '你好 👋');
    await heard(bob, '你好 👋');
    await says(ada, '/nick Grace');
    await heard(bob, 'Grace joined');
    await says(bob, '/nick Grace');
    await heard(bob, "Grace is somebody's name");
    expect(await online(bob)).toEqual(['Grace', '小明']);
    expect(await lines(bob)).toEqual([
      '小明 joined',
      'Ada: 你好 👋',
      'Ada left',
      'Grace joined',
      "Grace is somebody's name",
    ]);
  });

  test('a name and a text that look like HTML are shown as they are, and run nothing', async () => {
    const url = await open(nickRoom);
    const ada = await joins(url, 'Ada');
    const bob = await joins(url, 'Bob');
    await says(ada, `/nick ${HOSTILE}`);
    await heard(bob, `${HOSTILE} joined`);
    await says(ada, HOSTILE);
    await says(ada, 'bye');
    await heard(bob, 'bye');
    expect(await lines(bob)).toContain(`${HOSTILE}: ${HOSTILE}`);
    expect(await online(bob)).toEqual([HOSTILE, 'Bob']);
    for (const page of [ada, bob]) {
      expect(await page.locator('img').count()).toBe(0);
      expect(await page.title()).toBe('Loopscope chat');
    }
  });

  test('a tab that is closed sends 1001, and the others hear that it left', async () => {
    const url = await open(nickRoom);
    const ada = await joins(url, 'Ada');
    const bob = await joins(url, 'Bob');
    await ada.close();
    await heard(bob, 'Ada left');
    expect(await online(bob)).toEqual(['Bob']);
  });

  test('a room that stops closes with 1001', async () => {
    const ada = await joins(await open(nickRoom), 'Ada');
    await stop();
    await heard(ada, 'the connection is closed: 1001 the server stops');
  });

  test('the original ends a connection without a Close frame, so onclose says 1006', async () => {
    const url = await open((net) => new OriginalServer(net));
    const page = await context.newPage();
    await page.goto(CLIENT);
    const code = await page.evaluate(
      `new Promise((resolve) => {
        const ws = new WebSocket(${JSON.stringify(url)});
        ws.onmessage = () => ws.close(1000);
        ws.onclose = (event) => resolve(event.code);
      })`,
    );
    expect(code).toBe(1006);
  });

  test('a room that lets in no page from disk answers it with 403: onerror, then 1006', async () => {
    const url = await open((net) => new Server(net, new NickRoom(command)));
    const page = await context.newPage();
    await page.goto(`${CLIENT}?${url}`);
    await page.fill('#name', 'Ada');
    await page.click('#login button');
    await heard(page, 'the connection is closed: 1006');
    expect((await lines(page))[0]).toContain(`no connection to ${url}`);
  });

  test('nobody listens: onerror comes, then onclose with 1006', async () => {
    const url = await open(nickRoom);
    await stop();
    const page = await context.newPage();
    await page.goto(`${CLIENT}?${url}`);
    await page.fill('#name', 'Ada');
    await page.click('#login button');
    await heard(page, 'the connection is closed: 1006');
    const [first, second] = await lines(page);
    expect(first).toContain(`no connection to ${url}: is the server running?`);
    expect(second).toBe('the connection is closed: 1006 ');
  });
});
