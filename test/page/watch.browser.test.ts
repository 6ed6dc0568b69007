import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { GALLERY } from '../../src/watch/gallery.js';
import { findChromium, NO_CHROMIUM } from '../support/chromium.js';
import { scrollsSideways, seriousFindings } from '../support/page.js';
import { STEPS_OF_TWO, TWO_LOOPS } from '../support/strace.js';
import { watchedPages } from '../support/watched-pages.js';

const chromium = findChromium();
if (chromium === null) console.warn(`test/page/watch.browser.test.ts: ${NO_CHROMIUM}`);

describe.skipIf(chromium === null)('the loops of other programs, from disk and offline', () => {
  const open = watchedPages();

  /** Opens a file by the button, which takes whatever is dropped too. */
  async function openText(page: Page, text: string, name = 'calls.txt'): Promise<void> {
    const buffer = Buffer.from(text, 'latin1');
    await page
      .locator('.file-tools input[type="file"]')
      .setInputFiles({ name, mimeType: 'text/plain', buffer });
  }

  const where = (page: Page): Promise<string> => page.locator('.where b').innerText();
  const notices = (page: Page): Promise<string> => page.locator('.notices').innerText();

  test('what strace wrote is a trace a loop, with figures and findings that lead to their steps', async () => {
    const page = await open('#view=bytes');
    await openText(page, TWO_LOOPS);
    await page.locator('.figures').waitFor();
    expect(await where(page)).toContain(`of ${STEPS_OF_TWO[0]}`);
    expect(await page.locator('.run-picker').innerText()).toMatch(/calls\.txt, thread 1, recorded/);
    expect(await page.locator('.run-picker').innerText()).not.toContain('RFC 6455');
    expect(await page.locator('.strips').innerText()).not.toContain('socket_');
    await page.locator('.figures summary').click();
    await page.getByRole('button', { name: /stood still for 4300 ms in sendto on fd 5/ }).click();
    expect(await page.locator('.narration .step-badge').innerText()).toContain('block');
    expect(await page.locator('.stage-middle .mood').textContent()).toContain('sendto');
    // nothing is taken for a handshake, or held back
    expect(await page.locator('.stage').getByText('handshaking').count()).toBe(0);

    await page.locator('.run-picker select').nth(1).selectOption('2');
    await page.getByText(`of ${STEPS_OF_TWO[1]}`, { exact: false }).first().waitFor();
    expect(await page.locator('.figures').innerText()).not.toContain('4300');
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('a wait says what is watched and what is looked at, and for how long it may wait', async () => {
    const page = await open('#view=loop&recording=asyncio_chat');
    await page.locator('.figures').waitFor();
    expect(await page.locator('.narration .why').textContent()).toMatch(/epoll_ctl/);
    expect(await page.locator('.sets h2').innerText()).toMatch(
      /epoll_wait: \d+ watched, 1 looked at/,
    );
  });

  test('text that is cut, that is none, or that has no loop is said in a line', async () => {
    const page = await open('#view=loop');
    await openText(page, TWO_LOOPS.slice(0, -40));
    await page.locator('.figures').waitFor();
    await openText(page, 'close(3) = 0\n');
    await expect.poll(() => notices(page)).toContain('No loop was seen');
    await openText(page, `${TWO_LOOPS}\u0000\u00ff and more\n`);
    await expect.poll(() => notices(page)).toContain('1 line is no line of strace');
  });

  test('a file of 40 MB is told up to its limit, while the page stays alive', async () => {
    const page = await open('#view=loop');
    const line =
      '1 1800000050.1 recvfrom(4, "hello hello hello", 1024, 0, NULL, NULL) = 17 <0.00002>\n';
    await openText(page, TWO_LOOPS.replace('2 18', `${line.repeat(460_000)}2 18`));
    await expect
      .poll(() => notices(page), { timeout: 60_000 })
      .toContain('These are the first 100000');
    expect(await where(page)).toContain('100,000');
  }, 120_000);

  test('the gallery lists every recording, a link each; back and reload keep the place', async () => {
    const page = await open('#view=loop&scenario=two-clients');
    await page.locator('.gallery-button').click();
    await page.locator('.gallery a').first().waitFor();
    expect(await page.locator('.gallery a').count()).toBe(GALLERY.length);
    await page.locator('.gallery a', { hasText: 'nginx' }).first().click();
    await page.locator('.figures').waitFor();
    expect(await page.locator('dialog[open]').count()).toBe(0);
    await page.keyboard.press('n');
    const step = await where(page);
    await expect.poll(() => page.url()).toMatch(/step=5.*recording=nginx/);
    await page.reload();
    await page.locator('.figures').waitFor();
    expect(await where(page)).toBe(step);
    await page.goBack();
    await page.locator('.figures').waitFor({ state: 'detached' });
    expect(await page.locator('.run-picker').innerText()).toContain('RFC 6455');
  });

  test('two loops and a broker are three machines, each with its own steps; a seed plays them anew', async () => {
    const page = await open('#view=loop&scenario=two-clients');
    const picker = page.locator('.run-picker');
    const machines = picker.locator('select').nth(1);
    await picker.locator('select').first().selectOption('two-loops');
    await expect.poll(() => machines.innerText()).toMatch(/loop-a, .*\n?loop-b, .*\n?broker, /);
    expect(await picker.innerText()).toContain('parted from the broker');
    expect(await page.locator('.strips').innerText()).toContain('select');
    const lengthOf = async (): Promise<string> => (await where(page)).replace(/.* of /, '');
    const first = await lengthOf();
    await machines.selectOption('3');
    await expect.poll(lengthOf).not.toBe(first);
    await expect.poll(() => page.url()).toMatch(/recording=two-loops.*loop=3/);
    expect(await page.locator('.figures').count()).toBe(0);
    await machines.selectOption('1');
    await picker.locator('input[type="number"]').fill('7');
    await picker.locator('input[type="number"]').press('Enter');
    await expect.poll(() => page.url()).toMatch(/seed=7/);
    await expect.poll(lengthOf).not.toBe(first);
    const rules = page.locator('.world-rules');
    await rules.locator('summary').click();
    await rules.getByRole('button', { name: 'Add a rule' }).click();
    await rules.getByRole('combobox').first().selectOption('delay');
    await expect.poll(() => page.url()).toMatch(/network=delay.50/);
    const delayed = await lengthOf();
    await page.reload();
    await expect.poll(() => machines.inputValue()).toBe('1');
    await expect.poll(lengthOf).toBe(delayed);
    await picker.locator('select').first().selectOption('one-client');
    await expect.poll(() => picker.locator('option[value="3"]').count()).toBe(0);
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('a recording that is not there is said, and the run beside it is played', async () => {
    const page = await open('#view=loop&recording=nosuch');
    await expect.poll(() => notices(page)).toContain('There is no recording nosuch here.');
    expect(await where(page)).not.toContain('of 0');
  });

  test('on a telephone, in Chinese, nothing moves sideways', async () => {
    const page = await open('#view=loop&recording=redis&lang=zh', {
      viewport: { width: 390, height: 844 },
    });
    await page.locator('.figures summary').click();
    expect(await page.locator('.figures').innerText()).toMatch(/\p{Script=Han}/u);
    expect(await scrollsSideways(page)).toBe(false);
  });
});
