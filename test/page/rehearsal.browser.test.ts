import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Desk } from '../../src/class/desk.js';
import { findChromium, NO_CHROMIUM, openChromium } from '../support/chromium.js';
import { classFolder, endClass, TeachersDesk } from '../support/class.js';
import { scrollsSideways } from '../support/page.js';
import { ServedRoom } from '../support/serve.js';

const chromium = findChromium();
if (chromium === null) console.warn(`test/page/rehearsal.browser.test.ts: ${NO_CHROMIUM}`);

const WALL = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 390, height: 844 } };

describe.skipIf(chromium === null)('a rehearsal, in Chromium', () => {
  let browser: Browser;
  let room: ServedRoom;
  const broken: string[] = [];

  beforeAll(async () => {
    browser = (await openChromium()) as Browser;
  });

  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    endClass();
    await room.kill();
    expect(broken.splice(0)).toEqual([]);
  });

  afterAll(() => browser?.close());

  async function open(url: string, size: typeof WALL): Promise<Page> {
    const page = await (await browser.newContext({ ...size, reducedMotion: 'reduce' })).newPage();
    page.on('pageerror', (error) => broken.push(error.message));
    await page.goto(url);
    return page;
  }

  const letter = (page: Page, letter: string) =>
    page.locator('.class-choice').filter({ has: page.getByText(letter, { exact: true }) });
  const numbers = (page: Page) => page.locator('.class-number').allInnerTexts();

  test('stands still and goes on, is killed and comes back: all are in by themselves, the counts are those of before', async () => {
    const folder = classFolder();
    const rehearse = ['--rehearse', '6', '--seed', '7'];
    room = await ServedRoom.openClass(folder, ...rehearse, '--port', '0');
    const teacher = await open(room.desk, WALL);
    const phone = await open(`${room.page}class`, PHONE);
    const watched = await TeachersDesk.open(room);
    await watched.until(({ people }) => people.length === 7);
    await watched.ask({ do: 'open', lesson: 7 });
    await letter(phone, 'B').click();
    await phone.getByText('Your B has arrived').first().waitFor();
    await watched.until(({ vote }) => vote?.answered === 7);

    await teacher.getByRole('button', { name: 'Stop it' }).click();
    await teacher.getByText('The server stands still').waitFor();
    const late = await open(`${room.page}class`, PHONE);
    await late.getByText('On the way in').waitFor();
    await phone.getByText('You are in the class').waitFor(); // who is in stays so
    await teacher.getByRole('button', { name: 'Let it run' }).click();
    await late.getByText('You are in the class').waitFor();
    await letter(late, 'C').click();
    await late.getByText('Your C has arrived').first().waitFor();
    await watched.until(({ vote }) => vote?.answered === 8);
    await watched.ask({ do: 'show' });
    await teacher.locator('.class-counts').waitFor();
    const before = await numbers(teacher);
    const { vote }: Desk = await watched.until((desk) => desk.vote?.state === 'shown');
    watched.close();

    await room.kill();
    await phone.getByText('The room is away').waitFor();
    room = await ServedRoom.openClass(folder, ...rehearse);
    const again = await TeachersDesk.open(room);
    expect((await again.until(() => true)).vote).toEqual(vote);
    for (const page of [phone, late]) await page.getByText('You are in the class').waitFor();
    const { people } = await again.until(({ here }) => here >= 6); // some may have left again
    again.close();
    expect(people).toHaveLength(8);
    await teacher.getByText('The server runs').waitFor();
    expect(await numbers(teacher)).toEqual(before);
    for (const page of [teacher, phone]) expect(await scrollsSideways(page)).toBe(false);
  });
});
