import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { toHex } from '../../src/bytes.js';
import { chatFrame } from '../../src/scenario/build.js';
import { findChromium, NO_CHROMIUM } from '../support/chromium.js';
import { watchedPages } from '../support/watched-pages.js';

const chromium = findChromium();
if (chromium === null) console.warn(`test/page/cut.browser.test.ts: ${NO_CHROMIUM}`);

/** The first of the two messages that the view begins with. */
const FIRST = chatFrame('hello').length;

describe.skipIf(chromium === null)('the cut slider, in Chromium, from disk and offline', () => {
  const openWatched = watchedPages();

  async function open(rest: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await openWatched(`#view=cuts${rest}`, options);
    await played(page);
    return page;
  }

  const played = (page: Page): Promise<void> =>
    page.getByText('Playing …').first().waitFor({ state: 'detached' });
  const handles = (page: Page) => page.locator('.cut-handle');
  const valuesOf = (page: Page): Promise<(string | null)[]> =>
    handles(page).evaluateAll((all) => all.map((one) => one.getAttribute('aria-valuenow')));
  const verdicts = (page: Page): Promise<string[]> => page.locator('.cut-verdict').allInnerTexts();

  test('says what one recv gets, what the decoder holds, and which defect the mirror meets', async () => {
    const page = await open('&cuts=20');
    const [first] = await page.locator('.cut-segment').all();
    expect(await page.locator('.cut-segment').count()).toBe(2);
    const text = await first?.innerText();
    expect(text).toContain('holds 20 bytes');
    expect(text).toContain('waits for payload: 14 of 33 here');
    expect(text).toContain('it waits for more');
    expect(text).toContain('D04');
    const [room, mirror] = await verdicts(page);
    expect(room).toContain('Everyone gets the same');
    expect(room).toContain('"content":"hello"');
    expect(mirror).toContain('Not the same');
  });

  test('a handle is moved with the keys, as far as its neighbours, and taken away', async () => {
    const page = await open('&cuts=20,30');
    await handles(page).first().focus();
    await page.keyboard.press('ArrowRight');
    expect(await valuesOf(page)).toEqual(['21', '30']);
    await page.keyboard.press('End');
    expect(await valuesOf(page)).toEqual(['29', '30']);
    await page.keyboard.press('Home');
    expect(await valuesOf(page)).toEqual(['1', '30']);
    await expect.poll(() => new URL(page.url()).hash).toContain('cuts=1%2C30');
    await page.keyboard.press('Delete');
    expect(await valuesOf(page)).toEqual(['30']);
    await played(page);
    expect(await page.locator('.cut-segment').count()).toBe(2);
  });

  test('a handle is dragged with the mouse, and a double click adds one', async () => {
    const page = await open('&cuts=20');
    const band = await page.locator('.cut-band').boundingBox();
    const handle = await handles(page).first().boundingBox();
    if (band === null || handle === null) throw new Error('bug: nothing is drawn');
    await page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
    await page.mouse.down();
    await page.mouse.move(band.x + band.width / 2, band.y + 10, { steps: 8 });
    await page.mouse.up();
    const [at] = await valuesOf(page);
    expect(Math.abs(Number(at) - 40)).toBeLessThanOrEqual(1);
    await page.mouse.dblclick(band.x + band.width * 0.9, band.y + 10);
    expect(await handles(page).count()).toBe(2);
    await played(page);
    expect(await verdicts(page)).toHaveLength(2);
  });

  test('frame by frame nothing is hurt; in one piece the mirror loses both', async () => {
    const page = await open('');
    await page.getByRole('button', { name: 'Frame by frame' }).click();
    expect(await valuesOf(page)).toEqual([String(FIRST)]);
    await played(page);
    await expect.poll(async () => (await verdicts(page))[1]).toContain('Everyone gets the same');
    await page.getByRole('button', { name: 'One piece' }).click();
    await page.locator('.defect', { hasText: 'D03' }).waitFor();
    expect(await page.locator('.cut-segment').count()).toBe(1);
  });

  test('every cut is tried: the strips show where it hurts, and a click cuts there', async () => {
    const page = await open('&cuts=none');
    await page.keyboard.press('x');
    await page.locator('.cut-strip-original').waitFor();
    expect(await page.locator('.cut-strip-rfc6455').innerText()).toContain('none changes');
    expect(await page.locator('.cut-strip-original').innerText()).toContain(`1–${FIRST - 1}`);
    expect(await page.locator('.cut-strip-rfc6455 .cut-hurts').count()).toBe(0);
    await page.locator('.cut-strip-original .cut-strip-band').click();
    expect(await handles(page).count()).toBe(1);
  });

  test('the stream of a scenario’s client begins with its request, cut where its frames end', async () => {
    const page = await open('&scenario=two-frames');
    await page.getByRole('combobox', { name: 'Stream' }).selectOption('A');
    await played(page);
    const first = page.locator('.cut-segment').first();
    expect(await first.innerText()).toContain('The request is whole: 101.');
    await expect.poll(() => new URL(page.url()).hash).toContain('client=A');
  });

  test('bytes are pasted, and are in the address', async () => {
    const page = await open('');
    await page.getByText('Paste bytes').click();
    const hex = toHex(chatFrame('mine'));
    await page.getByRole('textbox').fill(hex);
    await page.getByRole('button', { name: 'Read', exact: true }).click();
    await page.getByText('"content":"mine"').first().waitFor();
    await expect.poll(() => new URL(page.url()).hash).toContain(`stream=${hex}`);
  });

  test('cuts of the address that are none are mended, and those behind the end left out', async () => {
    const page = await open('&cuts=5,x');
    expect(await page.locator('.notices p').innerText()).toContain('cuts=5,x');
    expect(await valuesOf(page)).toEqual(['20']);
    await page.evaluate("location.hash = '#view=cuts&cuts=5,5000'");
    await expect.poll(() => valuesOf(page)).toEqual(['5']);
  });
});
