import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { axisOf } from '../../src/page/timeline/axis.js';
import { SCENARIOS } from '../../src/scenario/shipped.js';
import { simulate } from '../../src/scenario/simulate.js';
import type { TraceEvent } from '../../src/trace/event.js';
import { formatMaker } from '../../src/trace/maker.js';
import { formatEvent } from '../../src/trace/ndjson.js';
import { describeStep } from '../../src/trace/text.js';
import { findChromium, NO_CHROMIUM } from '../support/chromium.js';
import { SIZES } from '../support/page.js';
import { watchedPages } from '../support/watched-pages.js';

const chromium = findChromium();
if (chromium === null) console.warn(`test/page/loop.browser.test.ts: ${NO_CHROMIUM}`);

const scenario = SCENARIOS.get('two-clients');
if (scenario === undefined) throw new Error('bug: two-clients is not shipped');
const { events } = await simulate(scenario, { seed: 7 });
/** Where such a step is for the first time, from 1. */
const stepOf = (name: string): number => events.findIndex(({ step }) => step === name) + 1;

describe.skipIf(chromium === null)('the Loop view, in Chromium, from disk and offline', () => {
  const openWatched = watchedPages();

  async function open(hash: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await openWatched(hash, options);
    await page.locator('.narration .step-badge').waitFor();
    return page;
  }

  const where = (page: Page): Promise<string> => page.locator('.where b').innerText();
  const at = (n: number): string => `step ${n} of ${events.length}`;
  const said = (page: Page): Promise<string> => page.locator('.narration .sentence').innerText();

  test('opens at the step of its address, and says it as the terminal does', async () => {
    const n = stepOf('broadcast');
    const page = await open(`#view=loop&seed=7&step=${n}`);
    expect(await where(page)).toBe(at(n));
    const event = events[n - 1];
    expect(await page.locator('.narration .sentence').textContent()).toBe(
      event && describeStep(event),
    );
    expect(await page.locator('.narration').getAttribute('aria-live')).toBe('polite');
    // by names, as the trace and its list say it
    const words = await page.locator('.trace-says b').textContent();
    expect(await page.locator('.narration .by-names').textContent()).toBe(words);
    await page.keyboard.press('l');
    const row = page.getByRole('option', { selected: true });
    expect(await row.locator('.says').textContent()).toBe(words);
  });

  test("shows no source of ours beside a stranger's loop", async () => {
    const page = await open('#view=loop&seed=7');
    const maker = { program: 'nginx', profile: 'nginx', clock: 'real', recorder: 'watch' } as const;
    await page
      .locator('input[type="file"]')
      .first()
      .setInputFiles({
        name: 'nginx.ndjson',
        mimeType: 'text/plain',
        buffer: Buffer.from([formatMaker(maker), ...events.map(formatEvent)].join('\n')),
      });
    await page.getByText('This is the loop of another program').waitFor();
    expect(await page.locator('.strips').innerText()).not.toContain('socket_');
  });

  test('is walked through with the keys', async () => {
    const page = await open('#view=loop&seed=7');
    for (const [key, n] of [
      ['ArrowRight', 2],
      ['n', 3],
      ['b', 2],
      ['ArrowLeft', 1],
      ['ArrowLeft', 1],
      ['t', stepOf('select')],
      ['End', events.length],
      ['n', events.length],
      ['Home', 1],
    ] as const) {
      await page.keyboard.press(key);
      expect([key, await where(page)]).toEqual([key, at(n)]);
    }
    await page.keyboard.press(' ');
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await page.keyboard.press(' ');
    await page.getByRole('button', { name: 'Play' }).waitFor();
  });

  /** Where an event stands in the picture of the trace, in pixels of the page. */
  async function spotOf(page: Page, step: number, row: number): Promise<[number, number]> {
    const screen = page.getByRole('slider', { name: 'Step' });
    const box = await screen.boundingBox();
    const name = await page.locator('.trace-names li').nth(row).boundingBox();
    if (box === null || name === null) throw new Error('the trace is not seen');
    const { xs, whole } = axisOf(events, 'steps');
    const share = ((xs[step - 1] ?? 0) - whole.from) / (whole.to - whole.from);
    return [box.x + share * box.width, name.y + name.height / 2];
  }

  test('is walked through with the mouse: buttons, trace, list of steps, arrows', async () => {
    const page = await open('#view=loop&seed=7', { viewport: SIZES[1] });
    await page.getByRole('button', { name: 'Next', exact: true }).click();
    expect(await where(page)).toBe(at(2));
    await page.getByRole('button', { name: 'Next turn' }).click();
    expect(await where(page)).toBe(at(stepOf('select')));
    const ada = 2;
    await page.mouse.click(...(await spotOf(page, 47, ada)));
    expect(await where(page)).toBe(at(47));
    await page.getByRole('button', { name: 'List of steps' }).click();
    await page.getByRole('option', { name: /^42 / }).click();
    expect(await where(page)).toBe(at(42));
    await page.getByRole('button', { name: 'Who to whom' }).click();
    await page.getByRole('button', { name: 'First step' }).click();
    await page.locator('.diagram .row .sign').nth(2).click();
    expect(await page.locator('.diagram .row.present').count()).toBe(1);
    expect(await where(page)).not.toBe(at(1));
  });

  test('the trace says what is under the mouse, in words; for the keyboard it is a slider', async () => {
    const page = await open(`#view=loop&seed=7&step=47`, { viewport: SIZES[1] });
    const trace = page.getByRole('slider', { name: 'Step' });
    const plain = (text: string | null): string => (text ?? '').replaceAll(/[\u2068\u2069]/g, '');
    expect(plain(await trace.getAttribute('aria-valuetext'))).toBe(
      `step 47 of ${events.length}: Ada → "hello"`,
    );
    const says = page.locator('.trace-says b');
    await page.mouse.move(...(await spotOf(page, 59, 1)));
    await expect.poll(async () => plain(await says.textContent())).toBe('小明: "你好" → Ada, 小明');
    expect(await where(page)).toBe(at(47));
    await page.mouse.move(0, 0);
    await expect.poll(async () => plain(await says.textContent())).toBe('Ada → "hello"');
    await trace.focus();
    await page.keyboard.press('ArrowRight');
    expect(await trace.getAttribute('aria-valuenow')).toBe('48');
    await page.keyboard.press('j');
    expect(await where(page)).toBe(at(49));
    expect(await page.locator('.trace-names li').allInnerTexts()).toEqual([
      'outside',
      'server',
      '\u2068Ada\u2069\nfd 4',
      '\u2068小明\u2069\nfd 5',
    ]);
  });

  test('a drag shows what it spans, keys and wheel move it, and 0 shows all again', async () => {
    const page = await open(`#view=loop&seed=7&step=47`, { viewport: SIZES[1] });
    const all = await spotOf(page, 59, 1);
    const [x, y] = await spotOf(page, 50, 1);
    await page.mouse.move(x - 40, y);
    await page.mouse.down();
    await page.mouse.move(x + 40, y, { steps: 3 });
    await page.mouse.up();
    const seen = (): Promise<string> => page.locator('.trace-names .present').innerText();
    expect(await where(page)).toBe(at(47)); // a drag is no click
    const screen = await page.getByRole('slider', { name: 'Step' }).boundingBox();
    const middle = (screen?.x ?? 0) + (screen?.width ?? 0) / 2;
    await page.mouse.click(middle, y);
    expect(await where(page)).toBe(at(50));
    expect(await seen()).toBe('server');
    await page.mouse.wheel(-99_999, 0);
    const leftmost = async (): Promise<string> => {
      await page.mouse.click((screen?.x ?? 0) + 1, y);
      return where(page);
    };
    await expect.poll(leftmost).toBe(at(1));
    await page.keyboard.press('.');
    await page.keyboard.press('-');
    await page.keyboard.press('0');
    await page.mouse.click(...all);
    expect(await where(page)).toBe(at(59));
  });

  test('the strip above the trace scrubs', async () => {
    const page = await open(`#view=loop&seed=7&step=47`, { viewport: SIZES[1] });
    const box = await page.getByRole('slider', { name: 'Step' }).boundingBox();
    if (box === null) throw new Error('the trace is not seen');
    await page.mouse.move(box.x + 2, box.y + 8);
    await page.mouse.down();
    expect(await where(page)).toBe(at(1));
    await page.mouse.move(box.x + box.width - 2, box.y + 8, { steps: 4 });
    expect(await where(page)).toBe(at(events.length));
    await page.mouse.up();
    await page.mouse.move(box.x + 50, box.y + 8);
    expect(await where(page)).toBe(at(events.length));
  });

  test('plays at the speed that was chosen, and stops at the end', async () => {
    const page = await open(`#view=loop&seed=7&step=${events.length - 3}&speed=30`);
    await page.getByRole('button', { name: 'Play' }).click();
    await page.getByText(at(events.length)).waitFor();
    await page.getByRole('button', { name: 'Play' }).waitFor();
  });

  test('shows the lines of PHP and TypeScript that are the step, of either server', async () => {
    const page = await open(`#view=loop&seed=7&step=${stepOf('recv')}`);
    const marked = (side: string): Promise<string> =>
      page
        .getByRole('region', { name: side, exact: true })
        .locator('.call')
        .allInnerTexts()
        .then(String);
    expect(await marked('PHP')).toContain('socket_recv');
    expect(await marked('TypeScript')).toContain('recv(fd, RECV_LENGTH)');
    await page.getByRole('combobox', { name: 'Server' }).selectOption('original');
    await page.getByText('step 1 of').waitFor();
    await page.keyboard.press('l');
    await page.getByRole('option', { name: 'recv' }).first().click();
    const file = page.getByRole('region', { name: 'TypeScript', exact: true }).locator('.file');
    expect(await file.innerText()).toContain('src/chat/original.ts');
  });

  test('a line leads to the next time that it runs, a descriptor to its next step; the last says so', async () => {
    const after = (n: number, isIt: (event: TraceEvent) => boolean): number =>
      events.findIndex((event, i) => i >= n && isIt(event)) + 1;
    const first = stepOf('recv');
    const page = await open(`#view=loop&seed=7&step=${first}`);
    const php = page.getByRole('region', { name: 'PHP', exact: true });
    await php.locator('.call code').click();
    const second = after(first, ({ step }) => step === 'recv');
    expect(await where(page)).toBe(at(second));
    await page.getByRole('row', { name: /^4 / }).getByRole('button', { name: '4' }).click();
    const ofAda = after(second, (event) => 'fd' in event && event.fd === 4);
    expect(await where(page)).toBe(at(ofAda));

    await page.getByRole('button', { name: /server\.ts, line/ }).click();
    const file = page.getByRole('dialog', { name: 'src/chat/server.ts' });
    await file.locator('.line', { hasText: 'const received = next.value;' }).click();
    expect(await file.isVisible()).toBe(false);
    expect(await where(page)).toBe(at(after(ofAda, ({ step }) => step === 'parse')));

    await page.keyboard.press('End');
    await page
      .getByRole('row', { name: /^fd 4|fd 4/ })
      .getByRole('button', { name: 'fd 4' })
      .click();
    expect(await where(page)).toBe(at(events.length));
    expect(await page.locator('.narration').innerText()).toContain('fd 4 does not come again.');
    await page.getByRole('button', { name: /^To the first/ }).click();
    expect(await where(page)).toBe(at(after(0, (event) => 'fd' in event && event.fd === 4)));
    expect(await page.locator('.narration').innerText()).not.toContain('again');
  });

  test('a send shows what was made for it, and says how much of it the trace does not hold', async () => {
    const bytesAt = async (step: number): Promise<string> =>
      (await open(`#view=loop&step=${step}`)).locator('.pane.bytes').innerText();
    const greeting = await bytesAt(15);
    expect(greeting).toMatch(
      /39 bytes, made for fd 4, behind the answer to its handshake, whose 129 bytes the trace does not hold; send took 168 of 168/,
    );
    expect(greeting).toMatch(/81257b22/);
    expect(await bytesAt(23)).toContain('54 bytes, made for fd 4; send took 54 of 54');
    expect(await bytesAt(97)).toContain('Which they are, the trace does not hold.');
    expect(await bytesAt(17)).toContain('The trace holds them where recv takes them.');
    expect(await bytesAt(18)).toContain('This step moves no bytes.');
  });

  test('shows what select leaves in its sets, the queues, and the bytes of the step', async () => {
    const n = stepOf('recv') - 1;
    const page = await open(`#view=loop&seed=7&step=${n}`);
    const row = page.getByRole('row', { name: /^4 / });
    expect(await row.getByRole('img', { name: 'ready', exact: true }).count()).toBe(1);
    const queue = page.locator('.lane', { hasText: 'fd 4' }).locator('.queue');
    const event = events[n];
    const bytes = event?.step === 'recv' ? event.bytes : new Uint8Array();
    expect(await queue.innerText()).toBe(`${bytes.length} bytes`);
    await page.keyboard.press('n');
    // below the trace it is drawn when the walk rests
    await expect.poll(() => queue.innerText()).toBe('0 bytes');
    const hex = await page.locator('.dump .byte').allInnerTexts();
    expect(hex).toEqual([...bytes].map((byte) => byte.toString(16).padStart(2, '0')));
    expect(await said(page)).toContain(`${bytes.length} bytes`);
  });

  test('keeps its address up to date, goes where a new one leads, and mends a bad one', async () => {
    const page = await open('#view=loop&seed=7&step=9999&colour=red');
    expect(await where(page)).toBe(at(events.length));
    expect(await page.locator('.notices p').allInnerTexts()).toEqual([
      'The address has “colour”, which means nothing here; it was left out.',
      `The address asks for step 9999; there are ${events.length}, so this is the last.`,
    ]);
    await page.keyboard.press('Home');
    await expect.poll(() => new URL(page.url()).hash).toBe('#view=loop&seed=7');
    await page.evaluate("location.hash = '#view=loop&scenario=ping&step=3'");
    await page.getByText('step 3 of').waitFor();
    expect(await page.getByRole('combobox', { name: 'Scenario' }).inputValue()).toBe('ping');
    await page.getByRole('spinbutton', { name: 'Seed' }).fill('12');
    await page.keyboard.press('Enter');
    await expect.poll(() => new URL(page.url()).hash).toBe('#view=loop&scenario=ping&seed=12');
  });

  test('has a dialog of its keys, which gives the focus back', async () => {
    const page = await open('#view=loop');
    await page.getByRole('button', { name: 'Keys' }).focus();
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: 'Keys' });
    expect(await dialog.locator('dt').allInnerTexts()).toContain('→n');
    await page.keyboard.press('n');
    await page.keyboard.press('Escape');
    expect(await dialog.isVisible()).toBe(false);
    expect(await page.locator('.where b').innerText()).toContain('step 1 of');
    expect(await page.locator(':focus').getAttribute('aria-label')).toBe('Keys');
  });

  test('a newcomer who only presses Next meets every step of a chat in less than 10 seconds', async () => {
    const page = await open('');
    expect(await page.title()).toBe('Scope · two-clients · step 7 · Loopscope');
    expect(await page.locator('.narration .step-badge').innerText()).toContain('select');
    expect(await page.locator('.narration .welcome').innerText()).toBe(
      'A chat server that never does two things at once. Press → and watch. New to this? Begin with lesson 0.',
    );
    const unseen = new Set(['accept', 'recv', 'handshake', 'parse', 'broadcast']);
    const PRESSES = 30; // three a second, and nobody reads at that speed
    for (let i = 0; i < PRESSES && unseen.size > 0; i++) {
      await page.getByRole('button', { name: 'Next', exact: true }).click();
      const [, step = ''] = (await page.locator('.narration .step-badge').innerText()).split(/\s+/);
      unseen.delete(step);
    }
    expect([...unseen]).toEqual([]);
    expect(await page.locator('.narration .welcome').count()).toBe(0);
  });

  test('who is ready and waits has an R; whom the turn has served, an r', async () => {
    const n = stepOf('recv');
    const page = await open(`#view=loop&seed=7&step=${n - 1}`);
    const after = page.getByRole('row', { name: /^4 / }).locator('td').nth(2);
    expect(await after.innerText()).toBe('R');
    await page.keyboard.press('n');
    expect(await after.innerText()).toBe('r');
  });

  test.each(['20', 'on', '28'])(
    'a presenter with letters of %s sees one pane, with the marked line in it',
    async (size) => {
      const page = await open(
        `#view=loop&seed=7&step=${stepOf('recv')}&presenter=${size}&pane=code`,
        {
          viewport: { width: 1024, height: 768 },
        },
      );
      const letters = { 20: '20px', on: '24px', 28: '28px' }[size];
      const font = await page.evaluate('getComputedStyle(document.documentElement).fontSize');
      expect(font).toBe(letters);
      expect(await page.locator('.one-pane > :not(.pane-choices)').count()).toBe(1);
      for (const line of await page.locator('.code').all()) {
        await expect.poll(() => line.locator('.call').first().evaluate(isSeenInBox)).toBe(true);
      }
      await page.getByRole('button', { name: 'Bytes', exact: true }).click();
      await page.locator('.pane.bytes').waitFor();
      await expect.poll(() => new URL(page.url()).hash).toContain('pane=bytes');
      await page.keyboard.press('1');
      const drawing = await page.locator('.stage .stage-box').boundingBox();
      expect((drawing?.y ?? 0) + (drawing?.height ?? 0)).toBeLessThanOrEqual(768);
      await page.keyboard.press('2');
      await page.locator('.pane.trace').waitFor();
    },
  );

  test('a long run is said to be playing, and the page stays usable meanwhile', async () => {
    const page = await open('#view=loop&seed=7&presenter=on');
    const scenario = page.getByRole('combobox', { name: 'Scenario' });
    await scenario.selectOption('slow-reader');
    await page.getByText('Playing slow-reader …').waitFor();
    await page.keyboard.press('n');
    await page.getByRole('button', { name: 'Next', exact: true }).click();
    await page.getByText(/^step [23] of 97$/).waitFor();
    await scenario.selectOption('ping');
    await page.getByText('Playing').waitFor({ state: 'detached' });
    expect(await scenario.inputValue()).toBe('ping');
    expect(await where(page)).toContain('step 1 of');
  });

  test('is printed whole and light: the step, the diagram, all steps', async () => {
    const page = await open('#view=loop&seed=7&step=60&theme=dark');
    const drawn = (): Promise<number> => page.locator('.diagram .row').count();
    const before = await drawn();
    await page.emulateMedia({ media: 'print' });
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    await expect.poll(() => page.locator('.step-list .row').count()).toBe(events.length);
    expect(await drawn()).toBeGreaterThan(before);
    expect(await page.locator('.header').isVisible()).toBe(false);
    // on paper what is clear would be white, so the trace is one canvas, drawn for paper
    const sizes = await page
      .locator('.trace-screen canvas')
      .evaluateAll((all) =>
        all.map((one) => [(one as HTMLCanvasElement).width, getComputedStyle(one).display]),
      );
    expect(sizes[0]).toEqual([1160, 'block']);
    expect(sizes.slice(1).map(([, display]) => display)).toEqual(['none', 'none']);
    expect(
      await page.locator('.pane.trace').evaluate((pane) => getComputedStyle(pane).backgroundColor),
    ).toBe('rgb(255, 255, 255)');
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    await expect.poll(() => page.locator('.step-list .row').count()).toBeLessThan(events.length);
  });
});

function isSeenInBox(line: Element): boolean {
  const { top, bottom } = line.getBoundingClientRect();
  const box = line.parentElement?.getBoundingClientRect();
  return box !== undefined && top >= box.top - 1 && bottom <= box.bottom + 1;
}
