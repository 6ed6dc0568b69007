import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { LOOPBACK } from '../../src/page/compare/recordings.js';
import { SCENARIOS } from '../../src/scenario/shipped.js';
import { simulate } from '../../src/scenario/simulate.js';
import { formatEvent } from '../../src/trace/ndjson.js';
import { findChromium, NO_CHROMIUM } from '../support/chromium.js';
import { watchedPages } from '../support/watched-pages.js';

const chromium = findChromium();
if (chromium === null) console.warn(`test/page/compare.browser.test.ts: ${NO_CHROMIUM}`);

describe.skipIf(chromium === null)('compare, play, predict, in Chromium, offline', () => {
  const open = watchedPages();

  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const present = (page: Page): Promise<string> =>
    page.locator('.diff-rows [aria-selected="true"]').innerText();

  describe('Compare', () => {
    test('opens where they part, with both sides decoded, and tells what the scenario is about as no cause', async () => {
      const page = await open('#view=compare&scenario=eight-bytes');
      const detail = page.locator('.compare-detail');
      await detail.waitFor();
      expect(await detail.locator('h2').innerText()).toBe('They part here');
      const about = await detail.locator('.compare-about').innerText();
      expect(about).toMatch(/^This scenario is about\n+D01 Fewer than 9 bytes are a logout\./);
      expect(about).toContain('Whether that is what parts these two is not proven.');
      expect(await page.locator('.wire').innerText()).toMatch(/close 1001\s+88 02 03 e9/);
    });

    test('proves what parts them when that is asked for', async () => {
      const page = await open('#view=compare&scenario=two-frames');
      await button(page, 'Prove what parts them').click();
      const proof = page.locator('.compare-proof h2');
      await proof.waitFor();
      const text = await page.locator('.compare-proof').innerText();
      expect(text).toContain('with D03 mended, equal up to byte 423 of B');
      expect(text).toContain('with D02 too, equal to the end');
    });

    test('a file in which one letter is another parts at that letter, in its JSON', async () => {
      const scenario = SCENARIOS.get('two-frames');
      if (scenario === undefined) throw new Error('bug: no two-frames');
      const { events } = await simulate(scenario, { profile: 'original', ...LOOPBACK });
      const changed = events.map((event) =>
        event.step === 'deal'
          ? { ...event, reply: event.reply.replace('"type":"user"', '"type":"USER"') }
          : event,
      );
      const page = await open('#view=compare&left=original&right=original&scenario=two-frames');
      const buffer = Buffer.from(changed.map(formatEvent).join('\n'));
      const file = { name: 'mine.ndjson', mimeType: 'text/plain', buffer };
      await page.locator('.compare input[type=file]').setInputFiles(file);
      const json = page.locator('.compare-detail .json-parts');
      await json.waitFor();
      expect(await json.innerText()).toBe('In the JSON they part at type: "user" | "USER"');
      expect(await page.locator('.compare-detail h2').innerText()).toBe('They part here');
    });

    test('goes from difference to difference, by button and by key, and the address follows', async () => {
      const page = await open('#view=compare');
      await page.locator('.compare-detail').waitFor();
      const first = await present(page);
      await button(page, 'Next difference').click();
      const second = await present(page);
      expect(second).not.toBe(first);
      await page.locator('main').focus();
      await page.keyboard.press('ArrowLeft');
      expect(await present(page)).toBe(first);
      await page.locator('.diff-rows').focus();
      await page.keyboard.press('Home');
      expect(await present(page)).toContain('socket');
      await expect.poll(() => new URL(page.url()).hash).toContain('row=1');
      await button(page, 'First that matters').click();
      expect(await present(page)).toBe(first);
    });

    test('the mirror beside what PHP did shows no difference', async () => {
      const page = await open('#view=compare&left=original&right=php&scenario=two-frames');
      expect(await page.locator('.compare-sum').innerText()).toContain('Nothing differs');
    });

    test('a trace that is opened stands on the right; what is none is refused in one line', async () => {
      const scenario = SCENARIOS.get('two-clients');
      if (scenario === undefined) throw new Error('bug: no two-clients');
      const { events } = await simulate(scenario, { profile: 'original' });
      const page = await open('#view=compare');
      const input = page.locator('.compare input[type=file]');
      const file = (name: string, text: string) => ({
        name,
        mimeType: 'text/plain',
        buffer: Buffer.from(text),
      });
      await input.setInputFiles(file('php.ndjson', events.map(formatEvent).join('\n')));
      await page.getByText('File: php.ndjson').first().waitFor({ state: 'attached' });
      await page.getByText('A trace alone does not say').waitFor();
      expect(await page.locator('.compare-notice').innerText()).toContain(
        `php.ndjson: ${events.length} steps`,
      );
      await input.setInputFiles(file('photo.txt', 'nothing of this kind'));
      await expect
        .poll(() => page.locator('.compare-notice').innerText())
        .toMatch(/^photo.txt is no trace: trace line 1: not JSON/);
    });
  });

  describe('Play', () => {
    test('a text is changed and played, forked, and both futures stay', async () => {
      const page = await open('#view=play');
      const says = page.locator('.play-acts input').nth(2);
      await says.fill('good evening');
      await says.press('Enter');
      await button(page, 'Run').click();
      await page.locator('.play-tabs .tab').waitFor();
      await expect.poll(() => new URL(page.url()).hash).toContain('good%20evening');
      await page.locator('.play .step-list, .play .walk-bar').first().waitFor();
      await page.locator('main').focus();
      await page.keyboard.press('End');
      await page.getByRole('button', { name: /^Fork here, before act 12/ }).click();
      expect(await page.locator('.play-acts .played').count()).toBe(11);
      await button(page, 'Add an act').click();
      await button(page, 'Run this future').click();
      await expect.poll(() => page.locator('.play-tabs .tab').count()).toBe(2);
      expect(await page.locator('.play-difference h2').innerText()).toMatch(/\d+ of \d+ differ/);
      await page.locator('.play-tabs .tab button').first().click();
      expect(await page.locator('.play-tabs [aria-pressed="true"]').innerText()).toContain('A:');
    });

    test('what is changed is in the address, and comes back out of it', async () => {
      const page = await open('#view=play&seed=3');
      await page.getByRole('button', { name: 'Remove act 12' }).click();
      await button(page, 'Add a rule').click();
      await expect.poll(() => new URL(page.url()).hash).toContain('rules=cut.20.up');
      const { hash } = new URL(page.url());
      expect(hash).toContain('acts=');
      const again = await open(hash);
      await again.locator('.rule').waitFor();
      expect(await again.locator('.play-acts li').count()).toBe(11);
      expect(await again.locator('.notices p').count()).toBe(0);
    });

    test('what cannot be played is said in one line, with its place', async () => {
      const page = await open('#view=play');
      await page.getByRole('button', { name: 'Remove act 1', exact: true }).click();
      await button(page, 'Run').click();
      await expect
        .poll(() => page.locator('.play-notice').innerText())
        .toBe(
          'This cannot be played: steps.0.0.client: expected a client that is connected, got "A"',
        );
    });

    test('a draft is saved to a file, and opened from it', async () => {
      const page = await open('#view=play&scenario=ping&seed=5');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        button(page, 'Save').click(),
      ]);
      expect(download.suggestedFilename()).toBe('ping.json');
      const path = await download.path();
      await button(page, 'Start over').click();
      await page.locator('.play input[type=file]').setInputFiles(path);
      await expect.poll(() => page.locator('.play-notice').innerText()).toMatch(/is open/);
      expect(await page.locator('.play-settings input').first().inputValue()).toBe('5');
    });
  });

  describe('Predict', () => {
    test('asks, keeps the score, and says why; by mouse and by key', async () => {
      const page = await open('#view=predict&step=30');
      await page.locator('.choice', { hasText: 'recv' }).click();
      expect(await page.locator('.verdict').innerText()).toMatch(/Right: recv\./);
      expect(await page.locator('.predict-score').innerText()).toContain('1 of 1 right');
      await page.keyboard.press('n');
      await page.locator('main').focus();
      await page.keyboard.press('d');
      expect(await page.locator('.predict-score').innerText()).toContain('1 of 2 right');
      expect(await page.locator('.verdict').innerText()).toMatch(/^✗?\s*Not /);
      await page.reload();
      expect(await page.locator('.predict-score').innerText()).toContain('1 of 2 right');
      await button(page, 'Forget the score').click();
      expect(await page.locator('.predict-score').innerText()).toContain('No answer yet');
    });

    test('an answer counts once', async () => {
      const page = await open('#view=predict&step=30');
      for (const name of ['parse', 'recv'])
        await page.locator('.choice', { hasText: name }).click({ force: true });
      expect(await page.locator('.predict-score').innerText()).toContain('0 of 1 right');
    });
  });
});
