import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { joinBytes, toHex } from '../../src/bytes.js';
import { closeFrame, textFrame } from '../../src/scenario/build.js';
import { SCENARIO_REQUEST } from '../../src/scenario/play.js';
import { SCENARIOS } from '../../src/scenario/shipped.js';
import { simulate } from '../../src/scenario/simulate.js';
import { formatEvent } from '../../src/trace/ndjson.js';
import { findChromium, NO_CHROMIUM } from '../support/chromium.js';
import { scrollsSideways, seriousFindings } from '../support/page.js';
import { packetOf, pcap, segment } from '../support/pcap.js';
import { watchedPages } from '../support/watched-pages.js';

const chromium = findChromium();
if (chromium === null) console.warn(`test/page/bytes.browser.test.ts: ${NO_CHROMIUM}`);

/** The masked Hello of RFC 6455 5.7. */
const HELLO = toHex(textFrame('Hello'));

describe.skipIf(chromium === null)('the Bytes view, in Chromium, from disk and offline', () => {
  const openWatched = watchedPages();

  async function open(rest: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await openWatched(`#view=bytes${rest}`, options);
    await page.locator('.bytes-view').waitFor();
    return page;
  }

  const byte = (page: Page, at: number) => page.locator(`.cell[data-at="${at}"]`);
  const says = (page: Page): Promise<string> => page.locator('.bytes-says').innerText();
  const hexOf = async (page: Page): Promise<string> =>
    (await page.locator('.cell').allInnerTexts()).join('');
  const chosen = (page: Page): Promise<string> =>
    page.locator('.tree-row[aria-selected="true"] .tree-name').innerText();
  const marked = (page: Page): Promise<string> => page.locator('.bytes-parser .call').innerText();

  test('opens at the bytes and the byte of its address', async () => {
    const page = await open(`&bytes=${HELLO}&at=3`);
    expect(await hexOf(page)).toBe(HELLO);
    expect(await says(page)).toContain('masking-key');
    expect(await chosen(page)).toBe('masking-key');
    expect(await marked(page)).toContain('yield MASKING_KEY');
  });

  test('a click on a byte chooses its field, and a click on a field its bytes', async () => {
    const page = await open(`&bytes=${HELLO}`);
    await byte(page, 1).click();
    expect(await chosen(page)).toBe('mask-length');
    expect(await marked(page)).toContain('yield MASK_LENGTH');
    await page.locator('.tree-name', { hasText: 'payload' }).first().click();
    expect(await page.locator('.cell.picked').count()).toBe(5);
    expect(await page.locator('.sign.picked').count()).toBe(5);
    expect(await marked(page)).toContain("yield { ask: 'payload'");
    await page.locator('.bytes-parser .line', { hasText: 'yield MASKING_KEY' }).click();
    expect(await chosen(page)).toBe('masking-key');
  });

  test('what the mouse is over is marked on both sides', async () => {
    const page = await open(`&bytes=${HELLO}`);
    await page.locator('.tree-name', { hasText: 'masking-key' }).hover();
    expect(await page.locator('.cell.hovered').allInnerTexts()).toEqual(['37', 'fa', '21', '3d']);
    await byte(page, 1).hover();
    expect(await page.locator('.tree-row.hovered .tree-name').allInnerTexts()).toEqual([
      'mask-length',
    ]);
  });

  test('the keyboard walks through the bytes, writes one, and finds the way back', async () => {
    const page = await open(`&bytes=${HELLO}`);
    await byte(page, 0).focus();
    await page.keyboard.press('8');
    expect(await byte(page, 0).innerText()).toBe('8_');
    await page.keyboard.press('a');
    expect(await hexOf(page)).toBe(`8a${HELLO.slice(2)}`);
    expect(await page.locator('.tree-unit').innerText()).toContain('pong');
    expect(await page.locator(':focus').getAttribute('data-at')).toBe('1');
    await page.keyboard.press('End');
    expect(await page.locator(':focus').getAttribute('data-at')).toBe('10');
    await page.keyboard.press('Control+z');
    expect(await hexOf(page)).toBe(HELLO);
    await page.getByRole('button', { name: 'Redo' }).click();
    expect(await hexOf(page)).toBe(`8a${HELLO.slice(2)}`);
    await expect.poll(() => new URL(page.url()).hash).toContain(`bytes=8a${HELLO.slice(2)}`);
  });

  test('the keyboard walks through the tree, and folds it', async () => {
    const page = await open(`&bytes=${HELLO}`);
    await page.locator('.tree-row[aria-selected="true"]').focus();
    await page.keyboard.press('ArrowDown');
    expect(await chosen(page)).toBe('mask-length');
    expect(await page.locator(':focus .tree-name').innerText()).toBe('mask-length');
    expect(await page.locator('.cell.at').innerText()).toBe('85');
    const rows = await page.getByRole('treeitem').count();
    await page.keyboard.press('Home');
    await page.locator('[role="treeitem"][aria-level="1"]').focus();
    await page.keyboard.press('ArrowLeft');
    expect(await page.getByRole('treeitem').count()).toBe(1);
    await page.keyboard.press('ArrowRight');
    expect(await page.getByRole('treeitem').count()).toBe(rows);
  });

  test('a bit that is turned round changes the reading at once', async () => {
    const page = await open(`&bytes=${HELLO}`);
    await page.getByRole('button', { name: 'bit 7, FIN' }).click();
    expect(await says(page)).toContain('FIN is 0');
    await page.getByRole('button', { name: 'bit 6, RSV1' }).click();
    expect(await page.locator('.tree-problem').innerText()).toContain('RSV1 set');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(await hexOf(page)).toBe(HELLO);
  });

  test('tells what the original would read, with the numbers of its defects', async () => {
    const both = toHex(joinBytes([textFrame('Hello'), closeFrame(1001)]));
    const page = await open(`&bytes=${both}`);
    await page.getByRole('button', { name: 'PHP original' }).click();
    expect(await page.locator('.read').count()).toBe(1);
    expect(await page.locator('.defect').innerText()).toContain('D03');
    expect(await page.locator('.bytes-parser .file').innerText()).toContain('server.php');
    await expect.poll(() => new URL(page.url()).hash).toContain('reader=original');
  });

  test('hex and base64 can be pasted; what is neither is said, and nothing changes', async () => {
    const page = await open(`&bytes=${HELLO}`);
    await page.getByText('Paste or open').click();
    const field = page.locator('.paste textarea');
    await field.fill('no bytes!');
    await page.getByRole('button', { name: 'Read', exact: true }).click();
    expect(await page.getByRole('alert').innerText()).toContain('in none of the forms');
    expect(await hexOf(page)).toBe(HELLO);
    await field.fill('88 82 37 fa 21 3d 34 13');
    await page.getByRole('button', { name: 'Read', exact: true }).click();
    expect(await hexOf(page)).toBe(toHex(closeFrame(1001)));
    await field.fill('iYA3+iE9');
    await page.getByRole('button', { name: 'Read', exact: true }).click();
    expect(await hexOf(page)).toBe('898037fa213d');
  });

  test('takes what is pasted in the forms that people have, and says which it took', async () => {
    const page = await open(`&bytes=${HELLO}`);
    await page.getByText('Paste or open').click();
    const field = page.locator('.paste textarea');
    const paste = async (text: string): Promise<string> => {
      await field.fill(text);
      await page.getByRole('button', { name: 'Read', exact: true }).click();
      return (await page.locator('.bytes-notes').innerText()).trim();
    };
    expect(await paste('\\x81\\x05Hello')).toBe('Read as a string with escapes.');
    expect(await hexOf(page)).toBe('810548656c6c6f');
    expect(await paste('GET / HTTP/1.1\nHost: a\n\n')).toBe('Read as a head of HTTP.');
    expect(await page.locator('.entry').innerText()).toContain('GET / HTTP/1.1');
    expect(await paste('gQVIZWxsbw==')).toBe('Read as base64.');
  });

  test('a capture is read by its list: problems, filters, a search, an offset', async () => {
    const page = await open('');
    await page.getByText('Paste or open').click();
    const request = new TextEncoder().encode(SCENARIO_REQUEST);
    const texts = Array.from({ length: 2_000 }, (_, i) => textFrame(`message ${i}`));
    const bad = textFrame('odd').map((byte, i) => (i === 0 ? 0x83 : byte));
    const payload = joinBytes([request, ...texts.slice(0, 1_500), bad, ...texts.slice(1_500)]);
    const pieces = Array.from({ length: Math.ceil(payload.length / 1_000) }, (_, i) =>
      packetOf(
        segment({ sequence: i * 1_000, payload: payload.slice(i * 1_000, i * 1_000 + 1_000) }),
      ),
    );
    await page.locator('.bytes-view input[type="file"]').setInputFiles({
      name: 'long.pcap',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(pcap(pieces).subarray(0, -3)),
    });
    await page.locator('.bytes-opened', { hasText: 'long.pcap' }).waitFor();
    expect(await page.locator('.bytes-notes').innerText()).toContain(
      'ends in the middle of packet',
    );
    expect(await page.locator('.entry').count()).toBeLessThan(100);
    const present = page.locator('.entry[aria-selected="true"]');
    await page.getByRole('button', { name: 'Next problem' }).click();
    expect(await present.innerText()).toContain('reserved 0x3');
    expect(await page.locator('.tree-problem').first().innerText()).toContain('opcode');
    await page
      .locator('.bytes-list')
      .getByRole('combobox', { name: 'What is listed' })
      .selectOption('text');
    const search = page.getByRole('searchbox');
    await search.fill('MESSAGE 150');
    await search.press('Enter');
    expect(await page.locator('.list-found').first().innerText()).toBe('Found 11 times.');
    expect(await present.innerText()).toContain('message 1500');
    await page.locator('.entries').focus();
    await page.keyboard.press('j');
    expect(await present.innerText()).toContain('message 1501');
    await page.keyboard.press('/');
    await search.fill('');
    await page.locator('.entries').focus();
    await page.keyboard.press('g');
    await page.keyboard.type('0x10');
    await page.keyboard.press('Enter');
    expect(await page.locator('.cell.at').getAttribute('data-at')).toBe('16');
    expect(await page.locator('.list-count').innerText()).toMatch(/^1,\d{3} of \d,\d{3}$/);
    expect(await scrollsSideways(page)).toBe(false);
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('a capture and a trace are opened, stream by stream', async () => {
    const page = await open('');
    await page.getByText('Paste or open').click();
    const input = page.locator('.bytes-view input[type="file"]');
    const request = new TextEncoder().encode(SCENARIO_REQUEST);
    const capture = pcap([
      packetOf(segment({ payload: joinBytes([request, textFrame('Hello')]) })),
    ]);
    await input.setInputFiles({
      name: 'chat.pcap',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(capture),
    });
    await page.locator('.tree-unit', { hasText: 'Request' }).waitFor();
    const scenario = SCENARIOS.get('two-clients');
    if (scenario === undefined) throw new Error('bug: two-clients is not shipped');
    const { events } = await simulate(scenario);
    await input.setInputFiles({
      name: 'chat.ndjson',
      mimeType: 'text/plain',
      buffer: Buffer.from(events.map(formatEvent).join('\n')),
    });
    const streams = page.getByRole('combobox', { name: 'Stream' });
    await streams.locator('option').nth(3).waitFor({ state: 'attached' });
    expect(await streams.locator('option').count()).toBe(4);
    await streams.selectOption('1');
    expect(await page.locator('.bytes-notes').innerText()).toContain('only what the server');
    expect(await page.locator('.tree-unit').first().innerText()).toBe('Frame: text');
  });

  test('a file that cannot be read is said in one line', async () => {
    const page = await open(`&bytes=${HELLO}`);
    const put = (name: string, text: string) =>
      page.locator('.bytes-view input[type="file"]').setInputFiles({
        name,
        mimeType: 'text/plain',
        buffer: Buffer.from(text, 'latin1'),
      });
    await page.getByText('Paste or open').click();
    await put('bad.ndjson', '{"v":1,"seq":0}\n');
    await page.locator('.notices p', { hasText: 'bad.ndjson: trace line 1' }).waitFor();
    await put('bad.pcap', '\xa1\xb2\xc3\xd4\x00\x09\x00\x00');
    await page.locator('.notices p', { hasText: 'bad.pcap' }).waitFor();
    expect(await page.locator('.notices p').count()).toBe(1);
    expect(await hexOf(page)).toBe(HELLO);
    await put('good.bin', '\x89\x00');
    await page.locator('.notices p').waitFor({ state: 'detached' });
    expect(await hexOf(page)).toBe('8900');
  });

  test('long bytes are shown window by window, and kept by the tab, since the address cannot hold them', async () => {
    const page = await open('');
    await page.getByText('Paste or open').click();
    await page.locator('.paste textarea').fill(toHex(textFrame('x'.repeat(5_000))));
    await page.getByRole('button', { name: 'Read', exact: true }).click();
    expect(await page.locator('.cell').count()).toBe(512);
    await page.getByRole('button', { name: 'Later bytes' }).click();
    expect(await page.locator('.cell.at').getAttribute('data-at')).toBe('512');
    expect(await page.locator('.bytes-notes').innerText()).toContain('2,048');
    await expect.poll(() => new URL(page.url()).hash).toMatch(/bytes=kept&at=512/);
    const seen = await page.locator('.cell').allInnerTexts();
    await page.reload();
    await expect.poll(() => page.locator('.cell').allInnerTexts()).toEqual(seen);
    await page.evaluate('sessionStorage.clear()');
    await page.reload();
    await page.getByText('this tab does not have them: open them again').waitFor();
  });

  test('bytes of the address that are none are mended, and said', async () => {
    const page = await open('&bytes=xyz');
    expect(await page.locator('.notices p').innerText()).toContain('bytes=xyz');
    expect(await page.locator('.cell').count()).toBeGreaterThan(0);
  });

  test('what the original reads fits too, and axe finds nothing serious', async () => {
    const page = await open('&at=8&reader=original');
    expect(await scrollsSideways(page)).toBe(false);
    expect(await seriousFindings(page)).toEqual([]);
  });
});
