import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { SCENARIOS } from '../../src/scenario/shipped.js';
import { simulate } from '../../src/scenario/simulate.js';
import { formatEvent } from '../../src/trace/ndjson.js';
import { findChromium, NO_CHROMIUM } from '../support/chromium.js';
import { goTo, SIZES } from '../support/page.js';
import { watchedPages } from '../support/watched-pages.js';

const chromium = findChromium();
if (chromium === null) console.warn(`test/page/shell.browser.test.ts: ${NO_CHROMIUM}`);

const scenario = SCENARIOS.get('two-clients');
if (scenario === undefined) throw new Error('bug: two-clients is not shipped');
const { events } = await simulate(scenario, { seed: 0 });
const TRACE = events.map((event) => `${formatEvent(event)}\n`).join('');

describe.skipIf(chromium === null)('what all views share, in Chromium, from disk', () => {
  const open = watchedPages();

  test('an address that was mended is written as it is, though nothing else has changed', async () => {
    const page = await open('#view=loop');
    await page.locator('.narration .step-badge').waitFor();
    await page.evaluate("location.hash = '#view=nonsense'");
    await page.getByText('The address has view=nonsense, which cannot be').waitFor();
    await expect.poll(() => new URL(page.url()).hash).toBe('#view=loop');
  });

  test('an address of a time when views had other names opens them still', async () => {
    const steps = '[[{"do":"connect","client":"Grace"}]]';
    const page = await open(`#view=bench&steps=${encodeURIComponent(steps)}`);
    await page.getByText('Grace: connects').waitFor();
    expect(await page.locator('.play-acts li').count()).toBe(1);
    await expect.poll(() => new URL(page.url()).hash).toMatch(/^#view=play&acts=/);
    await page.evaluate("location.hash = '#view=cut&cuts=5'");
    await page.locator('.cut-handle').waitFor();
    await expect.poll(() => new URL(page.url()).hash).toBe('#view=cuts&cuts=5');
  });

  test('a file opens where it belongs, wherever it is dropped', async () => {
    const page = await open('#view=lessons');
    const view = page.locator('.views [aria-current]');
    expect(await page.evaluate(drop('ping.txt', '8900'))).toBe(true);
    await expect.poll(() => page.locator('.cell').allInnerTexts()).toEqual(['89', '00']);
    expect(await page.title()).toBe('Bytes · ping.txt · Loopscope');

    await page.evaluate(drop('own.ndjson', TRACE));
    await page.getByText('step 7 of 97').waitFor();
    expect(await view.innerText()).toBe('Loop');
    expect(await page.title()).toBe('Scope · own.ndjson · step 7 · Loopscope');

    await page.evaluate(drop('own.json', JSON.stringify({ scenario })));
    await page.getByText('own.json is open.').waitFor();
    expect(await view.innerText()).toBe('Play');

    await page.evaluate(drop('<b>.ndjson', TRACE.split('\n').slice(0, 7).join('\n').slice(0, -9)));
    await page.getByText('<b>.ndjson could be read up to here: 6 steps.').waitFor();
    await page.evaluate(drop('none.ndjson', '{"v":1}'));
    await page.getByText('none.ndjson holds no step of a trace:').waitFor();
    await page.getByText('step 6 of 6').waitFor();
  });

  test("a trace of one's own stays while one looks into other rooms, until a scenario is chosen", async () => {
    const page = await open('#view=loop');
    await page.getByText('step 1 of 97').waitFor();
    await page.locator('.file-tools input').setInputFiles({
      name: 'own.ndjson',
      mimeType: '',
      buffer: Buffer.from(TRACE.split('\n').slice(0, 20).join('\n')),
    });
    await page.getByText('step 7 of 20').waitFor();
    await goTo(page, 'bytes', 'cuts');
    await goTo(page, 'scope', 'loop');
    await page.getByText('step 7 of 20').waitFor();
    const chosen = page.getByRole('combobox', { name: 'Scenario' });
    expect(await chosen.locator('option:checked').innerText()).toBe('own.ndjson');
    await page.getByRole('combobox', { name: 'Server' }).selectOption('original');
    await page.getByText('step 7 of 20').waitFor();
    await chosen.selectOption('two-clients');
    await page.getByText(/step 1 of (?!20)/).waitFor();
  });

  test('what is seen is saved: the trace, its diagram, bytes, a scenario', async () => {
    const page = await open('#view=loop&step=30&theme=dark');
    await page.getByText('step 30 of 97').waitFor();
    const made = { program: 'loopscope', profile: 'rfc6455', clock: 'virtual', recorder: 'page' };
    const first = JSON.stringify({ v: 1, made });
    expect(String(await saved(page, 'The trace'))).toBe(`${first}\n${TRACE}`);
    expect(String(await saved(page, 'The diagram (SVG)'))).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
    const png = await saved(page, 'The diagram (PNG)');
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.readUInt32BE(16)).toBeGreaterThan(600); // its width
    const stage = String(await saved(page, 'The stage at this step (SVG)'));
    expect(stage).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
    expect(stage).toContain('>4  Ada</text>');
    expect(stage).not.toMatch(/var\(|class=|style=|NaN/); // it needs no style sheet
    expect(stage).toContain('fill="rgb(255, 255, 255)"'); // and is light
    const picture = await saved(page, 'The stage at this step (PNG)');
    expect(picture.readUInt32BE(16)).toBe(2 * 74 * 16);
    await goTo(page, 'bytes', 'bytes');
    expect(String(await saved(page, 'The bytes in hex'))).toMatch(/^81 85 [\s\S]*\n$/);
    expect((await saved(page, 'The bytes as they are'))[0]).toBe(0x81);
    await goTo(page, 'compare', 'play');
    expect(JSON.parse(String(await saved(page, 'The scenario')))).toMatchObject({
      scenario: { name: 'two-clients' },
    });
  });

  test('a progress that is dropped is taken by the lessons', async () => {
    const page = await open('#view=bytes');
    expect(await page.evaluate(drop('progress.json', '{"version":1,"lessons":{}}'))).toBe(true);
    await page.getByText('progress.json was opened: 0 lessons begun.').waitFor();
    await page.evaluate(drop('mine.json', '{"version":2,"lessons":{}}'));
    await page.getByText('mine.json was not opened').waitFor();
  });

  test('the address is shared as text and as a QR code, with what it does not hold', async () => {
    const page = await open('#view=loop&step=30');
    await page.getByText('step 30 of 97').waitFor();
    await page.getByRole('button', { name: 'Share' }).click();
    const dialog = page.getByRole('dialog', { name: 'Share what is seen' });
    expect(await dialog.getByLabel('Address', { exact: true }).inputValue()).toBe(page.url());
    await dialog.getByRole('img', { name: 'QR code' }).waitFor();
    await dialog.getByText('This page was opened from a disk').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await page.evaluate(drop('own.ndjson', TRACE));
    await page.getByText('step 7 of 97').waitFor();
    await page.getByRole('button', { name: 'Share' }).click();
    await dialog.getByText('The address holds no file').waitFor();
  });

  test('each name of the diagram stands over its lane, whatever the size', async () => {
    const page = await open('#view=loop&seed=7&step=30');
    await page.getByRole('button', { name: 'Who to whom' }).click();
    await page.locator('.diagram .lane-line').nth(2).waitFor({ state: 'attached' });
    for (const size of SIZES) {
      await page.setViewportSize(size);
      const apart = (await page.evaluate(namesFromLanes)) as number[];
      expect(apart.length).toBe(3);
      for (const pixels of apart) expect(pixels).toBeLessThan(2);
    }
  });

  test('the diagram of a second future is its own, and no name in it moves a number', async () => {
    const page = await open('#view=play');
    const run = page.getByRole('button', { name: 'Run', exact: true });
    await run.click();
    await page.locator('.play-tabs .tab').waitFor();
    await page.locator('.play-acts input').first().fill('עברית');
    await run.click();
    await page.locator('.play-tabs .tab').nth(1).waitFor();
    await page.getByRole('button', { name: 'Who to whom' }).click();
    const names = page.locator('.diagram .names span');
    await expect.poll(() => names.allInnerTexts()).toEqual(['server', 'עברית', '小明']);
    const labels = await page.locator('.diagram .label').allTextContents();
    expect(labels).toContain('\u2068login "עברית"\u2069 45 bytes');
    await page.locator('.play-tabs .tab button').first().click();
    await expect.poll(() => names.allInnerTexts()).toEqual(['server', 'Ada', '小明']);
  });
});

/** Drops a file on the header. Gives whether the page took it. */
const drop = (name: string, text: string): string => `(() => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}));
  const options = { dataTransfer, bubbles: true, cancelable: true };
  const target = document.querySelector('.header');
  target.dispatchEvent(new DragEvent('dragover', options));
  const drop = new DragEvent('drop', options);
  target.dispatchEvent(drop);
  return drop.defaultPrevented;
})()`;

/** Saves something as a person does. Gives the content of the file. */
async function saved(page: Page, label: string): Promise<Buffer> {
  await page.getByRole('button', { name: 'Save' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Save what is seen' });
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: label }).click();
  return readFileSync(await (await download).path());
}

const namesFromLanes = `[...document.querySelectorAll('.diagram .names span')].map((name, i) => {
  const middle = (one) => {
    const { left, right } = one.getBoundingClientRect();
    return (left + right) / 2;
  };
  return Math.abs(middle(name) - middle(document.querySelectorAll('.diagram .lane-line')[i]));
})`;
