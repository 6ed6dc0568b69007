import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { fromHex, joinBytes } from '../../src/bytes.js';
import { inspectionHtml } from '../../src/inspect/html.js';
import { inspect } from '../../src/inspect/inspect.js';
import { encodeFrame } from '../../src/websocket/frame.js';
import { utf8 } from '../support/bytes.js';
import { findChromium, NO_CHROMIUM, openChromium } from '../support/chromium.js';

const HELLO = fromHex('818537fa213d7f9f4d5158') as Uint8Array;
const LONG = encodeFrame(0x1, utf8('{"type":"user","content":"你好"}'));
const HOSTILE = encodeFrame(
  0x1,
  utf8('</script><img src=http://127.0.0.1:9/x onerror="console.error(1)">'),
);

const chromium = findChromium();
if (chromium === null) console.warn(`test/inspect/html.browser.test.ts: ${NO_CHROMIUM}`);

describe.skipIf(chromium === null)('the page of an inspection, in Chromium', () => {
  let browser: Browser;
  let folder: string;
  let seen: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'loopscope-html-'));
    browser = (await openChromium()) as Browser;
  });

  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    expect(seen).toEqual([]); // no word in the console, and no request but the page's own
    seen = [];
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens the page of some bytes, at a hash. */
  async function open(
    bytes: Uint8Array,
    hash = '',
    options: BrowserContextOptions = {},
  ): Promise<Page> {
    const file = join(folder, 'page.html');
    const sections = [{ name: '', bytes, inspection: inspect(bytes) }];
    writeFileSync(file, [...inspectionHtml(sections)].join(''));
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      ...options,
    });
    const page = await context.newPage();
    const url = pathToFileURL(file).href;
    page.on('console', (message) => seen.push(message.text()));
    page.on('pageerror', (error) => seen.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(url)) seen.push(request.url());
    });
    await page.goto(url + hash);
    return page;
  }

  /** The ids of what is painted as selected. */
  function painted(page: Page, name: string): Promise<string[]> {
    return page
      .locator(`a.${name}, li.${name}`)
      .evaluateAll((elements) => elements.map(({ id }) => id));
  }

  const focused = (page: Page) => page.locator(':focus').getAttribute('id');
  const said = (page: Page) => page.getByRole('status').innerText();

  test('the arrow keys go from byte to byte, and the live region says each', async () => {
    const page = await open(joinBytes([HELLO, LONG]));
    await page.locator('#b0').focus();
    expect(await said(page)).toContain('Byte 0 is 0x81, 1000 0001, 129 · fin-rsv-opcode');
    await page.keyboard.press('ArrowRight');
    expect(await focused(page)).toBe('b1');
    expect(await painted(page, 'at')).toEqual(['b1']);
    expect(await said(page)).toContain('MASK is 1, a masking key follows');
    await page.keyboard.press('End');
    expect(await focused(page)).toBe('b10');
    await page.keyboard.press('ArrowRight');
    expect(await focused(page)).toBe('b11'); // on into the next frame
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toBe('b27');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    expect(await focused(page)).toBe('b0');
    await page.keyboard.press('ArrowLeft');
    expect(await focused(page)).toBe('b0');
  });

  test('Enter and Space go from a byte to its field and back, and Escape lets go', async () => {
    const page = await open(HELLO);
    await page.locator('#b7').focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('#s6-0-1 .name:focus').count()).toBe(1);
    expect(await said(page)).toContain('payload › masking › masked-byte · byte 7');
    await page.waitForURL(/#b7$/);
    await page.keyboard.press('ArrowDown');
    expect(await painted(page, 'on')).toEqual(['b8', 's6-0-2']);
    await page.keyboard.press('Space');
    expect(await focused(page)).toBe('b8');
    await page.keyboard.press('Escape');
    expect(await painted(page, 'on')).toEqual([]);
    expect(await said(page)).toContain('Choose a byte or a field.');
    await page.waitForURL(/page\.html$/);
  });

  test('a click on a byte lights its field, and a click on a field its bytes', async () => {
    const page = await open(HELLO);
    await page.locator('#b4').click();
    expect(await painted(page, 'on')).toEqual(['b2', 'b3', 'b4', 'b5', 's2']);
    expect(await painted(page, 'at')).toEqual(['b4']);
    await page.waitForURL(/#b4$/);
    await page.locator('#s1 .says').first().click();
    expect(await painted(page, 'on')).toEqual(['b1', 's1']);
    expect(await painted(page, 'at')).toEqual([]);
    expect(await said(page)).toContain('the payload has 5 bytes.');
    await page.locator('.dump i').nth(9).click(); // the character beside a byte is that byte
    expect(await painted(page, 'at')).toEqual(['b9']);
  });

  test('the mouse over a byte or a field shows the other, and selects nothing', async () => {
    const page = await open(HELLO);
    await page.locator('#b3').hover();
    expect(await painted(page, 'near')).toEqual(['b3', 's2']);
    await page.locator('#s2 .says').hover();
    expect(await painted(page, 'near')).toEqual(['b2', 'b3', 'b4', 'b5']);
    expect(await painted(page, 'on')).toEqual([]);
  });

  test.each([
    ['#b8', 'Byte 8 is 0x4d'],
    ['#s6-0-3', 'masked-byte · byte 9'],
  ])('the address %s opens the page there', async (hash, words) => {
    const page = await open(HELLO, hash);
    await page.waitForSelector('.on');
    expect(await said(page)).toContain(words);
  });

  test('a part that is folded away opens when its byte is chosen', async () => {
    const page = await open(LONG);
    const part = page.locator('#s2-12');
    expect(await part.isVisible()).toBe(false);
    await page.locator('#b14').click();
    expect(await part.isVisible()).toBe(true);
  });

  test('a table of bytes is one stop of the Tab key, and a grid to a screen reader', async () => {
    const page = await open(HELLO);
    await page.locator('#b5').click();
    await page.locator('#b5').press('Tab');
    expect(await page.locator('#s0 .name:focus').count()).toBe(1);
    await page.keyboard.press('Shift+Tab');
    expect(await focused(page)).toBe('b5');
    expect(await page.getByRole('grid', { name: 'Bytes 0 to 10' }).count()).toBe(1);
    expect(await page.getByRole('gridcell', { selected: true }).innerText()).toBe('3d');
  });

  test('what a peer sent stays text', async () => {
    const page = await open(HOSTILE);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('#s2').innerText()).toContain('</script><img src=http:');
  });

  test('without a script the links and the address light what they mean', async () => {
    const page = await open(HELLO, '', { javaScriptEnabled: false });
    await page.locator('#b4').click();
    await page.waitForURL(/#s2$/);
    expect(await page.locator('#s2:target').count()).toBe(1);
    await page.locator('#s2 .name').click();
    await page.waitForURL(/#b2$/);
    expect(await page.locator('#readout').isVisible()).toBe(false);
  });

  test.each([390, 1280, 1920])('nothing is wider than a window of %i pixels', async (width) => {
    const page = await open(joinBytes([HELLO, LONG]), '', { viewport: { width, height: 900 } });
    const wide = await page.evaluate('document.documentElement.scrollWidth');
    expect(wide).toBeLessThanOrEqual(width);
  });

  test.each(['light', 'dark'] as const)('text keeps its contrast, %s', async (colorScheme) => {
    const page = await open(fromHex('817e000568656c6c6f') as Uint8Array, '', { colorScheme });
    await page.locator('#b5').click();
    expect(await page.evaluate(LOW_CONTRASTS)).toEqual([]);
  });

  test('paper shows what is folded away, black on white', async () => {
    const page = await open(LONG);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.locator('#s2-12').isVisible()).toBe(true);
    const colours = await page.evaluate(COLOURS);
    expect(colours).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
  });
});

/** In the page, whose names the compiler does not know: the colours of the text. */
const COLOURS =
  '[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]';

/** In the page: the texts whose contrast with what is behind them is below 4.5 to 1 (WCAG 1.4.3). */
const LOW_CONTRASTS = String.raw`(() => {
  const numbers = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (colour) => {
    const [r, g, b] = numbers(colour).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    if (element === null) return 'rgb(255, 255, 255)';
    const { backgroundColor } = getComputedStyle(element);
    return numbers(backgroundColor)[3] === 0 ? behind(element.parentElement) : backgroundColor;
  };
  const looked = [];
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!own || element.tagName === 'SCRIPT') continue;
    const [a, b] = [luminance(getComputedStyle(element).color), luminance(behind(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    looked.push([element.tagName + ' ' + element.className, ratio]);
  }
  if (looked.length < 50) return 'only ' + looked.length + ' texts were found';
  return looked.filter(([, ratio]) => !(ratio >= 4.5));
})()`;
