import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, NO_CHROMIUM, openChromium } from '../support/chromium.js';
import { classFolder, endClass, Student } from '../support/class.js';
import { folderOf } from '../support/lessons/files.js';
import { SIZES, scrollsSideways, seriousFindings } from '../support/page.js';
import { ServedRoom } from '../support/serve.js';

const chromium = findChromium();
if (chromium === null) console.warn(`test/page/class.browser.test.ts: ${NO_CHROMIUM}`);

const PHONE = { viewport: { width: 390, height: 844 } };
const SOLUTION = readFileSync(join(folderOf('07-tcp-is-a-stream'), 'solution.ts'), 'utf8');

/** Takes each recv for whole lines. */
const WRONG = `export function takeLines(kept: Uint8Array, bytes: Uint8Array) {
  const text = new TextDecoder().decode(bytes);
  return { lines: text.split('\\n').filter((line) => line !== ''), kept };
}
`;
const ENDLESS = `export function takeLines(kept: Uint8Array, bytes: Uint8Array) {
  let n = 0;
  while (n < 1) bytes = kept;
  return { lines: [], kept };
}
`;

/** What Chromium tells of a server that is gone, or refuses. */
const OF_A_SERVER = /WebSocket connection|ERR_|403/;

describe.skipIf(chromium === null)('a class, in Chromium', () => {
  let browser: Browser;
  let room: ServedRoom;
  const seen: string[] = [];
  /** Whether the server is to be gone, or to refuse: Chromium tells of it when it comes to it. */
  let mayFail = false;

  beforeAll(async () => {
    browser = (await openChromium()) as Browser;
  });

  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    endClass();
    await room.kill();
    const told = seen.splice(0).filter((text) => !(mayFail && OF_A_SERVER.test(text)));
    mayFail = false;
    expect(told).toEqual([]);
  });

  afterAll(() => browser?.close());

  async function begin(): Promise<string> {
    const folder = classFolder();
    room = await ServedRoom.openClass(folder, '--port', '0');
    return folder;
  }

  async function openIn(context: BrowserContext, url: string): Promise<Page> {
    const page = await context.newPage();
    page.on('console', (message) => seen.push(message.text()));
    page.on('pageerror', (error) => seen.push(error.message));
    await page.goto(url);
    return page;
  }

  /** A browser of its own, as everyone in a class has one. */
  async function open(url: string, options: BrowserContextOptions = {}): Promise<Page> {
    const size = { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' } as const;
    return openIn(await browser.newContext({ ...size, ...options }), url);
  }

  const desk = (): Promise<Page> => open(room.desk);
  const place = (options?: BrowserContextOptions): Promise<Page> =>
    open(`${room.page}class`, options);

  async function ask(teacher: Page, lesson: number): Promise<void> {
    const other = teacher.getByText('Ask another question');
    if (await other.isVisible()) await other.click();
    await teacher.locator(`.desk-chooser option[value="${lesson}"]`).waitFor({ state: 'attached' });
    await teacher.locator('.desk-chooser select').selectOption(String(lesson));
    await teacher.getByRole('button', { name: 'Ask it' }).click();
  }

  const letter = (page: Page, letter: string) =>
    page.locator('.class-choice').filter({ has: page.getByText(letter, { exact: true }) });
  const counts = (page: Page) => page.locator('.class-number').allInnerTexts();

  async function vote(page: Page, chosen: string): Promise<void> {
    await letter(page, chosen).click();
    await page.getByText(`Your ${chosen} has arrived`).first().waitFor();
  }

  test('votes, shows, talks, votes again; what is right is told at the end', async () => {
    await begin();
    const teacher = await desk();
    const students = await Promise.all([place(PHONE), place(), place()]);
    const [ada, bob, eve] = students as [Page, Page, Page];
    await teacher.getByText('3 people are here').waitFor();
    await ada.getByText('Nothing is asked just now.').waitFor();
    await ask(teacher, 7);
    await vote(ada, 'A');
    await vote(bob, 'A');
    await teacher.getByText('2 of 3 have answered').waitFor();
    expect(await teacher.locator('.class-counts').count()).toBe(0);
    expect(await ada.locator('.class-counts').count()).toBe(0);
    await vote(eve, 'C');
    await eve.getByText('3 people have answered').waitFor();

    await teacher.getByRole('button', { name: 'Show' }).click();
    for (const page of [teacher, ...students]) {
      await page.locator('.class-counts').waitFor();
      expect(await counts(page)).toEqual(['2 · 67 %', '0 · 0 %', '1 · 33 %']);
      expect(await page.locator('.class-because, .class-means').count()).toBe(0);
    }
    expect(await ada.locator('.class-counts li').first().innerText()).toContain('yours');

    await teacher.getByRole('button', { name: 'Ask again' }).click();
    await ada.getByText('The first time you said A.').waitFor();
    for (const page of students) await vote(page, 'C');
    await teacher.getByText('3 of 3 have answered').waitFor();
    await teacher.getByRole('button', { name: 'Show' }).click();
    await ada.locator('.class-bar-row.second').first().waitFor();
    const both = ['2 · 67 %', '0 · 0 %', '0 · 0 %', '0 · 0 %', '1 · 33 %', '3 · 100 %'];
    expect(await counts(ada)).toEqual(both);
    await teacher.locator('.class-bar-row.second').first().waitFor();
    expect(await counts(teacher)).toEqual(both);
    expect(await teacher.locator('.class-means').count()).toBe(2); // what each wrong letter means
    await teacher.getByRole('button', { name: 'Close, and say' }).click();
    await ada.getByText('C is right').waitFor();
    expect(await ada.locator('.class-means').count()).toBe(2);
  });

  test('one who changes counts once, and so does one with two tabs', async () => {
    await begin();
    const teacher = await desk();
    await ask(teacher, 7);
    const context = await browser.newContext();
    const first = await openIn(context, `${room.page}class`);
    const second = await openIn(context, `${room.page}class`);
    await vote(first, 'A');
    await second.getByText('Your A has arrived').first().waitFor();
    await vote(second, 'B');
    await first.getByText('Your B has arrived').first().waitFor();
    await vote(first, 'C');
    await teacher.getByText('1 of 1 have answered').waitFor();
    await teacher.getByRole('button', { name: 'Show' }).click();
    await teacher.locator('.class-counts').waitFor();
    expect(await counts(teacher)).toEqual(['0 · 0 %', '0 · 0 %', '1 · 100 %']);
  });

  test('a reload keeps the letter; the same question asked anew is another vote', async () => {
    await begin();
    const teacher = await desk();
    await ask(teacher, 7);
    const ada = await place();
    await vote(ada, 'B');
    await ada.reload();
    await ada.getByText('Your B has arrived').first().waitFor();
    expect(await letter(ada, 'B').getAttribute('aria-pressed')).toBe('true');
    await teacher.getByText('1 of 1 have answered').waitFor();
    await ask(teacher, 7);
    await ada.getByText('Tap a letter').waitFor();
    await ada.reload();
    await ada.getByText('Tap a letter').waitFor();
    await teacher.getByText('0 of 1 have answered').waitFor();
  });

  test('a server that is killed and comes back: all are in by themselves, and the counts are those of before', async () => {
    const folder = await begin();
    const teacher = await desk();
    const [ada, bob] = [await place(PHONE), await place()];
    await ask(teacher, 7);
    await vote(ada, 'A');
    await bob.locator('.class-choice').first().waitFor();
    await room.kill();
    await ada.getByText('The room is away').waitFor();
    await teacher.getByText('The server does not answer').waitFor();
    await letter(bob, 'C').click();
    await bob.getByText('Your C is not sent yet').first().waitFor();
    room = await ServedRoom.openClass(folder);
    await bob.getByText('Your C has arrived').first().waitFor();
    await ada.getByText('You are in the class').waitFor();
    await teacher.getByText('2 of 2 have answered').waitFor();
    await teacher.getByRole('button', { name: 'Show' }).click();
    await teacher.locator('.class-counts').waitFor();
    expect(await counts(teacher)).toEqual(['1 · 50 %', '0 · 0 %', '1 · 50 %']);
    mayFail = true;
  });

  test('two desks show the same, and a token that is none is said at once', async () => {
    await begin();
    const [one, other] = [await desk(), await desk()];
    await ask(one, 7);
    await other.getByRole('button', { name: 'Show' }).click();
    await one.getByText('Nobody answered.').waitFor();
    await other.getByText('Nobody answered.').waitFor();
    const stranger = await open(`${room.page}#view=desk&token=guess`);
    await stranger.locator('.desk').getByText('does not know this token').waitFor();
    expect(await stranger.locator('.desk button').count()).toBe(0);
    mayFail = true;
    const student = await open(`${room.page}#view=desk`);
    await student.getByText('The desk opens with the address').waitFor();
  });

  test('a name is only text, one that can be none is refused, and names are hidden on a wall', async () => {
    await begin();
    const teacher = await desk();
    const names = [
      '<img src=x onerror=alert(1)>',
      '=HYPERLINK("x")',
      'W'.repeat(64),
      'ש'.repeat(12),
      'a\u0301\u0301\u0301\u0301',
    ];
    for (const name of names) (await Student.join(room.url)).hello(name);
    await teacher.getByText('5 people are here').waitFor();
    const shown = teacher.locator('.desk-table tbody th');
    await expect.poll(() => shown.allTextContents()).toEqual(names);
    expect(await teacher.locator('.desk img').count()).toBe(0);
    expect(await scrollsSideways(teacher)).toBe(false);
    await teacher.getByLabel('Hide names').check();
    expect(await shown.allTextContents()).toEqual(['#1', '#2', '#3', '#4', '#5']);
    await teacher.getByLabel('Hide names').uncheck();
    await teacher.keyboard.press('p');
    await expect.poll(() => shown.first().textContent()).toBe('#1');
    expect(await teacher.locator('.desk').textContent()).not.toContain('HYPERLINK');

    const ada = await place();
    await ada.getByText('You are in the class.').waitFor();
    await ada.getByLabel('Your name').fill('x\u202Ey');
    await ada.getByRole('button', { name: 'Say my name' }).click();
    await ada.getByText('That can be no name').waitFor();
    await ada.getByLabel('Your name').fill('Ada');
    await ada.keyboard.press('Enter');
    await ada.getByText('You are in the class as Ada').waitFor();
    await teacher.keyboard.press('p');
    await teacher.locator('.desk').getByText('Ada', { exact: true }).waitFor();
    await ada.getByLabel('Your name').fill('');
    await ada.keyboard.press('Enter');
    await ada.getByText('You are in the class.').waitFor();
    await expect.poll(() => shown.last().textContent()).toBe('#6, no name');
  });

  test('in another view the vote is a bar that takes no focus, and folds away', async () => {
    await begin();
    const teacher = await desk();
    const ada = await open(`${room.page}#view=lessons&lesson=7`, PHONE);
    await ada.locator('h1').waitFor();
    await teacher.getByText('1 person is here').waitFor();
    await ada
      .getByText('Go on without an answer')
      .or(ada.locator('.choice').first())
      .first()
      .focus();
    const before = await ada.evaluate('document.activeElement.className');
    await ask(teacher, 8);
    await ada.locator('.class-bar').waitFor();
    expect(await ada.evaluate('document.activeElement.className')).toBe(before);
    expect(await ada.locator('[role=status].unseen').innerText()).toMatch(/^Open: /);
    for (const box of await ada.locator('.class-choice').all()) {
      expect((await box.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    }
    await ada.locator('.class-choice').first().focus();
    await ada.keyboard.press('b');
    await ada.getByText('Your B has arrived').first().waitFor();
    expect(await seriousFindings(ada)).toEqual([]);
    expect(await scrollsSideways(ada)).toBe(false);
    await ada.getByRole('button', { name: 'Fold the question away' }).click();
    expect(await ada.locator('.class-choice').count()).toBe(0);
    await ada.getByRole('button', { name: 'Show the question' }).click();
    await letter(ada, 'B').waitFor();
  });

  test('what is done in the lessons comes to the desk by itself, what is done while the room is away too', async () => {
    const folder = await begin();
    const teacher = await desk();
    const ada = await open(`${room.page}#view=lessons&lesson=7`);
    const where = teacher.locator('.desk-lessons');
    await where.getByText('1 is there').waitFor();
    await ada.locator('.part-predict .choice').first().click();
    const editor = ada.locator('.exercise .cm-content');
    const check = async (text: string): Promise<void> => {
      await editor.click();
      await ada.keyboard.press('ControlOrMeta+a');
      await ada.keyboard.insertText(text);
      await ada.keyboard.press('ControlOrMeta+Enter');
    };
    await check(WRONG);
    await where.locator('.desk-problem').getByText('One recv is not one message').waitFor();
    await check(ENDLESS);
    await where.getByText('Loop without end').waitFor();
    await room.kill();
    await teacher.getByText('The server does not answer').waitFor();
    await check(SOLUTION);
    await ada.locator('.exercise .said.is-right').waitFor();
    room = await ServedRoom.openClass(folder);
    await where.getByText('1 of 1 passed').waitFor();
    await teacher.locator('.desk-table .is-passed').waitFor();
    mayFail = true;
  });

  test('a browser that keeps nothing votes, and is told what a reload would do', async () => {
    await begin();
    const teacher = await desk();
    await ask(teacher, 7);
    const context = await browser.newContext();
    await context.addInitScript(
      "Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked'); } })",
    );
    const ada = await openIn(context, `${room.page}class`);
    await ada.getByText('This browser keeps nothing').waitFor();
    await vote(ada, 'A');
    await teacher.getByText('1 of 1 have answered').waitFor();
  });

  test('desk, joining and place fit every size, and axe finds nothing serious', async () => {
    await begin();
    const teacher = await desk();
    const ada = await place();
    await ask(teacher, 7);
    await vote(ada, 'A');
    await teacher.getByRole('button', { name: 'Show' }).click();
    await ada.locator('.class-counts').waitFor();
    await teacher.locator('.class-counts').waitFor();
    for (const size of SIZES) {
      for (const page of [teacher, ada]) {
        await page.setViewportSize(size);
        expect([size.width, await scrollsSideways(page)]).toEqual([size.width, false]);
        expect([size.width, ...(await seriousFindings(page))]).toEqual([size.width]);
      }
    }
    await teacher.getByRole('button', { name: 'Join' }).click();
    await teacher.locator('.join-code').waitFor();
    expect(await teacher.locator('.join-address').innerText()).toMatch(/^127\.0\.0\.1:\d+\/class$/);
    expect(await seriousFindings(teacher)).toEqual([]);
  });

  test('a room without a class shows nothing of it', async () => {
    room = await ServedRoom.open('--trace', 'off');
    const page = await open(`${room.page}#view=chat`);
    await page.getByRole('button', { name: 'Join' }).waitFor();
    await page.waitForLoadState('networkidle');
    expect(await page.locator('[data-room=class], .class-bar').count()).toBe(0);
    expect(await page.locator('script[src="class.js"]').count()).toBe(0);
  });
});
