import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, NO_CHROMIUM, openChromium } from '../support/chromium.js';
import { ServedRoom } from '../support/serve.js';

const chromium = findChromium();
if (chromium === null) console.warn(`test/page/chat.browser.test.ts: ${NO_CHROMIUM}`);

/** Markup, a template, controls, text that turns the line round, letters stacked high, emoji joined. */
const HOSTILE = [
  '<img src=x onerror=document.title="taken"><script>document.title="taken"</script>',
  '{name} %s &lt;b&gt; javascript:alert(1)',
  'a\u202egnp.exe\u2066b\u200bc\u0007d',
  `z${'\u0301'.repeat(200)}`,
  '你好 👩‍🚀 שלום',
];

const SHOWN = [
  HOSTILE[0],
  HOSTILE[1],
  'a\\u{202e}gnp.exe\\u{2066}b\\u{200b}c\\u{7}d',
  HOSTILE[3],
  HOSTILE[4],
];

describe.skipIf(chromium === null)('the Chat view, in Chromium', () => {
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

  async function open(name: string, more = ''): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 640, height: 800 } });
    page.on('console', (message) => seen.push(message.text()));
    page.on('pageerror', (error) => seen.push(error.message));
    await page.goto(`${room.page}#view=chat&name=${encodeURIComponent(name)}${more}`);
    return page;
  }

  async function join(name: string): Promise<Page> {
    const page = await open(name);
    await page.getByRole('button', { name: 'Join' }).click();
    await page.locator('.chat-users').getByText(name, { exact: true }).waitFor();
    return page;
  }

  async function tell(page: Page, text: string): Promise<void> {
    await page.getByRole('textbox', { name: 'Message' }).fill(text);
    await page.keyboard.press('Enter');
  }

  describe.each(['rfc6455', 'original'])('with %s', (profile) => {
    test('two tabs talk, and any text is only text', async () => {
      room = await ServedRoom.open('--trace', 'off', '--profile', profile);
      const ada = await join('Ada');
      const ming = await join('小明');
      await ada.getByText('小明 came in').waitFor();
      expect(await ada.locator('.chat-users h2').textContent()).toBe('In the room: 2');
      for (const [i, text] of HOSTILE.entries()) {
        await tell(ada, text);
        await ming.locator('.chat-line.user').nth(i).waitFor();
      }
      expect(await ming.locator('.chat-line.user > bdi').allTextContents()).toEqual(SHOWN);
      expect(await ming.locator('.chat img, .chat script').count()).toBe(0);
      expect(await ming.title()).toBe('Scope · Chat · Loopscope');
      expect(await ming.evaluate('document.documentElement.scrollWidth')).toBe(640);
      const height = await ming.locator('.chat-line.user').nth(3).boundingBox();
      expect(height?.height).toBeLessThan(60);
      await ada.getByRole('button', { name: 'Leave' }).click();
      await ming.getByText('Ada left').waitFor();
      await ada.getByText('the connection is closed').waitFor();
    });
  });

  test('a name is only text too', async () => {
    room = await ServedRoom.open('--trace', 'off');
    const page = await open('<b>x</b>');
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByText('<b>x</b> came in').waitFor();
    expect(await page.locator('.chat-users bdi').innerHTML()).toBe('&lt;b&gt;x&lt;/b&gt;');
  });

  test('close codes are said, and one goes in again by hand', async () => {
    room = await ServedRoom.open('--trace', 'off');
    const page = await join('Ada');
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.getByText('the connection is closed: 1000, normal closure').waitFor();
    await page.getByText('not in the room').waitFor();
    await page.getByRole('button', { name: 'Join' }).click();
    await page.locator('.chat-users').getByText('Ada', { exact: true }).waitFor();
    expect(await room.stop()).toBe(0);
    await page.getByText('the connection is closed: 1001, going away').waitFor();
    await page.getByText('the reason given: the server stops').waitFor();
    await page.getByText('the room does not answer; it is tried again').waitFor();
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.getByText('not in the room').waitFor();
    seen = seen.filter((text) => !text.includes('ERR_CONNECTION_REFUSED')); // it was tried again
  });

  test('a room that is not there is one line', async () => {
    room = await ServedRoom.open('--trace', 'off');
    const page = await open('Ada', `&room=${encodeURIComponent('ws://127.0.0.1:9')}`);
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByText('no connection to ws://127.0.0.1:9: is the room open there?').waitFor();
    expect(seen.splice(0).join()).toContain('ws://127.0.0.1:9'); // Chromium's own line
  });

  test('an address that is none is mended, and that is said', async () => {
    room = await ServedRoom.open('--trace', 'off');
    const page = await open('Ada', `&room=${encodeURIComponent('javascript:alert(1)')}`);
    await page.locator('.notices').getByText('room=javascript').waitFor();
    expect(await page.getByLabel('Room').inputValue()).toBe('');
  });
});
