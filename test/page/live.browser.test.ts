import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Tickets } from '../../src/serve/control.js';
import { TraceStream } from '../../src/serve/event-stream.js';
import { openPageServer } from '../../src/serve/page-server.js';
import { Gate } from '../../src/terminal/gate.js';
import { findChromium, NO_CHROMIUM, openChromium } from '../support/chromium.js';
import { EventReader } from '../support/events.js';
import { ServedRoom } from '../support/serve.js';

const AXE = createRequire(import.meta.url).resolve('axe-core');
const chromium = findChromium();
if (chromium === null) console.warn(`test/page/live.browser.test.ts: ${NO_CHROMIUM}`);

describe.skipIf(chromium === null)('the Live view, in Chromium', () => {
  let browser: Browser;
  let room: ServedRoom;
  let seen: string[] = [];

  beforeAll(async () => {
    browser = (await openChromium()) as Browser;
  });

  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    await room.kill();
    expect(seen.splice(0)).toEqual([]);
  });

  afterAll(() => browser?.close());

  /** A tab of a browser of its own, as everyone in a class has one. */
  async function open(url: string): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    page.on('console', (message) => seen.push(message.text()));
    page.on('pageerror', (error) => seen.push(error.message));
    await page.goto(url);
    return page;
  }

  const step = (page: Page) => page.locator('.where b');
  const state = (page: Page) => page.locator('.live-does');

  test('the teacher steps, by mouse and by key, and a student sees it', async () => {
    room = await ServedRoom.open('--step', '--trace', 'off');
    const teacher = await open(room.controls);
    const student = await open(`${room.page}#view=live`);
    await teacher.getByText('You have the controls').waitFor();
    await student.getByText('You watch').waitFor();
    await student.getByText('step 1 of 1').waitFor();
    await teacher.getByRole('button', { name: 'Step the server' }).click();
    await student.getByText('step 2 of 2').waitFor();
    await teacher.keyboard.press('ArrowRight');
    await student.getByText('step 3 of 3').waitFor();
    expect(await student.locator('.narration').textContent()).toContain('127.0.0.1');
    await teacher.keyboard.press('ArrowLeft');
    await teacher.getByText('step 2 of 3').waitFor();
    await teacher.getByText('You look at the past.').waitFor();
    expect(await step(student).textContent()).toBe('step 3 of 3');
    await teacher.keyboard.press('ArrowRight');
    await teacher.getByText('step 3 of 3').waitFor();
  });

  test('the teacher gets in when all seats of those who watch are taken', async () => {
    room = await ServedRoom.open('--step', '--trace', 'off');
    const port = Number(new URL(room.page).port);
    const readers = await Promise.all(Array.from({ length: 200 }, () => EventReader.open(port)));
    const teacher = await open(room.controls);
    await teacher.getByText('step 1 of 1').waitFor();
    for (const reader of readers) reader.close();
  });

  test('the token leaves the address, and a reload keeps the controls', async () => {
    room = await ServedRoom.open('--step', '--trace', 'off');
    const teacher = await open(room.controls);
    await teacher.getByText('You have the controls').waitFor();
    await teacher.waitForFunction(() => !location.hash.includes('token'));
    await teacher.reload();
    await teacher.getByText('You have the controls').waitFor();
    expect(await teacher.locator('body').innerHTML()).not.toContain(
      room.controls.split('token=')[1],
    );
  });

  test('a ticket gives the controls once, and leaves the address', async () => {
    room = await ServedRoom.open('--trace', 'off');
    const tickets = new Tickets();
    const live = { stream: new TraceStream(), gate: new Gate(), token: 'a-token', tickets };
    const admission = { allowedOrigins: [], allowedHosts: [] };
    const where = { host: '127.0.0.1', port: 0, roomPort: 1, profile: 'rfc6455', admission };
    const server = await openPageServer({ ...where, live });
    try {
      const ticket = tickets.make(performance.now());
      const url = `http://127.0.0.1:${server.port}/#view=live&token=${ticket}`;
      const teacher = await open(url);
      await teacher.getByText('You have the controls').waitFor();
      await teacher.waitForFunction(() => !location.hash.includes('token'));
      await teacher.reload();
      await teacher.getByText('You have the controls').waitFor();
      const late = await open(url);
      await late.getByText('does not know this token').waitFor();
      seen = seen.filter((text) => !text.includes('403')); // Chromium tells of each
    } finally {
      // a page that is still there would ask the server that is gone
      for (const context of browser.contexts()) await context.close();
      await server.close();
    }
  });

  test('a full stop that was copied with the token does no harm, and is not quoted', async () => {
    room = await ServedRoom.open('--step', '--trace', 'off');
    const teacher = await open(`${room.controls}.`);
    await teacher.getByText('You have the controls').waitFor();
    expect(await teacher.locator('.notices p').count()).toBe(0);
  });

  test('a browser that keeps nothing has the controls until it reloads', async () => {
    room = await ServedRoom.open('--step', '--trace', 'off');
    const context = await browser.newContext();
    await context.addInitScript(
      "Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('blocked'); } })",
    );
    const teacher = await context.newPage();
    teacher.on('pageerror', (error) => seen.push(error.message));
    await teacher.goto(room.controls);
    await teacher.getByText('You have the controls').waitFor();
    await teacher.getByText('step 1 of 1').waitFor();
    await teacher.getByRole('button', { name: 'Step the server' }).click();
    await teacher.getByText('step 2 of 2').waitFor();
    await teacher.waitForFunction(() => !location.hash.includes('token'));
    await teacher.reload();
    await teacher.getByText('You watch').waitFor();
  });

  test('no student can take the controls', async () => {
    room = await ServedRoom.open('--step', '--trace', 'off');
    const student = await open(`${room.page}#view=live`);
    await student.getByText('step 1 of 1').waitFor();
    expect(await student.getByRole('button', { name: 'Let it run' }).count()).toBe(0);
    for (const key of ['ArrowRight', 'n', 't', 'r', ' ']) await student.keyboard.press(key);
    await student.getByRole('button', { name: 'Next', exact: true }).click({ force: true });
    const status = await student.evaluate(
      "fetch('control', { method: 'POST', body: '{\"do\":\"next\"}' }).then((r) => r.status)",
    );
    expect(status).toBe(403);
    seen = seen.filter((text) => !text.includes('403')); // Chromium tells of each
    const liar = await open(`${room.page}#view=live&token=guess`);
    await liar.getByText('does not know this token').waitFor();
    expect(await liar.getByText('You have the controls').count()).toBe(0);
    expect(await liar.getByRole('button', { name: 'Step the server' }).count()).toBe(0);
    expect(await step(student).textContent()).toBe('step 1 of 1');
    expect(await state(student).textContent()).toContain('stands still behind step 1');
  });

  test('a student chats; the message waits while the server stands still', async () => {
    room = await ServedRoom.open('--step', '--trace', 'off');
    const teacher = await open(room.controls);
    await teacher.getByRole('button', { name: 'Let it run' }).click();
    await state(teacher).getByText('The server runs').waitFor();
    const student = await open(`${room.page}#view=live`);
    await student.getByText('Chat with the room').click();
    await student.getByLabel('Name').fill('Ada');
    await student.getByRole('button', { name: 'Join' }).click();
    await student.getByText('Ada came in').waitFor();
    await teacher.getByRole('button', { name: 'Stop it' }).click();
    await student.getByRole('textbox', { name: 'Message' }).fill('hello');
    await student.keyboard.press('Enter');
    await state(teacher).getByText('stands still').waitFor();
    expect(await student.locator('.chat-line.user').count()).toBe(0);
    await teacher.getByLabel('Run to').selectOption('broadcast');
    await teacher.getByRole('button', { name: 'Go', exact: true }).click();
    await teacher.locator('.narration').getByText('broadcast').waitFor();
    expect(await student.locator('.chat-line.user').count()).toBe(0);
    await teacher.getByRole('button', { name: 'Let it run' }).click();
    await student.locator('.chat-line.user').getByText('hello').waitFor();
  });

  test('the server is stepped by itself until it waits in select', async () => {
    room = await ServedRoom.open('--step', '--trace', 'off');
    const teacher = await open(`${room.controls}&speed=30`);
    await teacher.getByText('step 1 of 1').waitFor();
    await teacher.getByRole('button', { name: 'Step by itself' }).click();
    await state(teacher).getByText('waits in select').waitFor();
    await teacher.getByText('step 4 of 4').waitFor();
    await teacher.getByRole('button', { name: 'Stop stepping' }).click();
  });

  test('who comes late sees all steps, and the end is said', async () => {
    room = await ServedRoom.open('--step', '--trace', 'off');
    const teacher = await open(room.controls);
    await teacher.getByRole('button', { name: 'Let it run' }).click();
    await teacher.getByText('step 4 of 4').waitFor();
    const late = await open(`${room.page}#view=live`);
    await late.getByText('step 4 of 4').waitFor();
    expect(await room.stop()).toBe(0);
    await late.getByText('once it runs again, this page joins it').waitFor();
    await late.keyboard.press('Home');
    await late.getByText(/step 1 of \d/).waitFor();
    for (const name of ['Go', 'Let it run', 'Step the server', 'Next turn']) {
      const button = teacher.getByRole('button', { name, exact: true });
      if (await button.count()) expect(await button.getAttribute('aria-disabled')).toBe('true');
    }
    await Promise.all([teacher.context().close(), late.context().close()]);
    seen = seen.filter((text) => !text.includes('ERR_CONNECTION_REFUSED')); // they ask again
  });

  test('a page joins a server that was started again, and says that its token is an old one', async () => {
    const admission = { allowedOrigins: [], allowedHosts: [] };
    const where = { host: '127.0.0.1', roomPort: 1, profile: 'rfc6455', admission };
    const start = async (port: number, token: string, step: string) => {
      const stream = new TraceStream();
      const live = { stream, gate: new Gate(), token, tickets: new Tickets() };
      const server = await openPageServer({ ...where, port, live });
      stream.tell({ v: 1, seq: 0, turn: 0, t: 0, step: 'listen', fd: 3, backlog: Number(step) });
      stream.say({ holds: true, free: false });
      return server;
    };
    room = await ServedRoom.open('--trace', 'off');
    const first = await start(0, 'first', '5');
    const teacher = await open(`http://127.0.0.1:${first.port}/#view=live&token=first`);
    await teacher.getByText('You have the controls. Nobody watches yet.').waitFor();
    const student = await open(`http://127.0.0.1:${first.port}/#view=live`);
    await student.getByText('Nobody else watches.').waitFor();
    await teacher.getByText('1 page watches.').waitFor();
    await first.close();
    await teacher.getByText('this page joins it').waitFor();
    const second = await start(first.port, 'second', '9');
    try {
      await student.getByText('backlog 9').first().waitFor();
      await teacher.getByText('does not know this token').waitFor();
      expect(await teacher.getByRole('button', { name: 'Step the server' }).count()).toBe(0);
    } finally {
      for (const context of browser.contexts()) await context.close();
      await second.close();
    }
    seen = seen.filter((text) => !text.includes('ERR_CONNECTION_REFUSED'));
  });

  test('a room that is not stepped through says how to start one that is', async () => {
    room = await ServedRoom.open('--trace', 'off');
    const page = await open(`${room.page}#view=live`);
    await page.getByText('npx loopscope serve --step').waitFor();
  });

  test('it fits a telephone, and axe finds nothing serious', async () => {
    room = await ServedRoom.open('--step', '--trace', 'off');
    const teacher = await open(room.controls);
    await teacher.getByText('step 1 of 1').waitFor();
    await teacher.setViewportSize({ width: 390, height: 844 });
    expect(await teacher.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await teacher.setViewportSize({ width: 1280, height: 800 });
    expect(await seriousProblems(teacher)).toEqual([]);
  });
});

/** What axe-core finds that is serious, by rule. It is handed in past the page's own policy. */
async function seriousProblems(page: Page): Promise<string[]> {
  const { readFileSync } = await import('node:fs');
  await page.evaluate(readFileSync(AXE.replace(/axe\.js$/, 'axe.min.js'), 'utf8'));
  return page.evaluate(
    "axe.run().then(({ violations }) => violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => id + ' ' + nodes[0].html))",
  );
}
