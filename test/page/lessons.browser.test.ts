import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Download, Page } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parseProgress } from '../../src/lesson/progress.js';
import { findChromium, NO_CHROMIUM } from '../support/chromium.js';
import { folderOf } from '../support/lessons/files.js';
import { DIST_PAGE, scrollsSideways, seriousFindings } from '../support/page.js';
import { Scratch } from '../support/student.js';
import { watchedPages } from '../support/watched-pages.js';

const chromium = findChromium();
if (chromium === null) console.warn(`test/page/lessons.browser.test.ts: ${NO_CHROMIUM}`);

const SOLUTION = readFileSync(join(folderOf('07-tcp-is-a-stream'), 'solution.ts'), 'utf8');

/** Takes each recv for whole lines. */
const WRONG = `export function takeLines(kept: Uint8Array, bytes: Uint8Array) {
  const text = new TextDecoder().decode(bytes);
  return { lines: text.split('\\n').filter((line) => line !== ''), kept };
}
`;

describe.skipIf(chromium === null)('the course, in Chromium, from disk and offline', () => {
  const openWatched = watchedPages();

  async function open(hash: string): Promise<Page> {
    const page = await openWatched(hash, { viewport: { width: 1366, height: 768 } });
    await page.locator('.lessons').waitFor();
    return page;
  }

  /** Goes on by Tab until the focus is on what is called so. */
  async function tabTo(page: Page, name: RegExp): Promise<void> {
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('Tab');
      const text = await page.evaluate(
        "document.activeElement.innerText || document.activeElement.shadowRoot?.activeElement?.ariaLabel || ''",
      );
      if (name.test(String(text))) return;
    }
    throw new Error(`no stop is called ${name}`);
  }

  const write = async (page: Page, text: string): Promise<void> => {
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText(text);
    await page.keyboard.press('ControlOrMeta+Enter');
  };

  test('is in the language of the page', async () => {
    const page = await open('#view=lessons&lesson=7&lang=zh');
    await expect.poll(() => page.locator('h1').innerText()).toMatch(/^第 7 课：TCP 是字节流/);
    expect(await page.locator('.lesson > .none').count()).toBe(0);
    await page.getByText('不回答，直接看后面').click();
    expect(await page.locator('.part-make').count()).toBe(1);
    expect(await page.locator('.lesson h2').allInnerTexts()).toContain('观察');
    await page.locator('header select').last().selectOption('en');
    await expect.poll(() => page.locator('h1').innerText()).toMatch(/^Lesson 7: TCP is/);
  });

  test('says of a lesson that it is in another language than the page', async () => {
    const scratch = new Scratch();
    onTestFinished(() => scratch.remove());
    cpSync(DIST_PAGE, scratch.path, { recursive: true });
    const script = readFileSync(join(DIST_PAGE, 'course.zh.js'), 'utf8');
    const lacking = script.replace(/(id:.08-http-upgrade.,language:.)zh/, '$1en');
    expect(lacking).not.toBe(script);
    scratch.write('course.zh.js', lacking);
    const page = await openWatched('#view=lessons&lesson=8&lang=zh', {}, scratch.path);
    await expect.poll(() => page.locator('h1').innerText()).toMatch(/^第 8 课：/);
    expect(await page.locator('.lesson > .none').innerText()).toMatch(/还没有中文版/);
    await page.evaluate("location.hash = '#view=lessons&lesson=9&lang=zh'");
    await expect.poll(() => page.locator('h1').innerText()).toMatch(/^第 9 课：/);
    expect(await page.locator('.lesson > .none').count()).toBe(0);
  });

  test('lesson 7 by the keyboard alone: asked, run, wrong, right, and on', async () => {
    const page = await open('#view=lessons&lesson=7');
    expect(await page.locator('.part-run').count()).toBe(0);
    await page.locator('main').focus();
    await tabTo(page, /^a\)/);
    await page.keyboard.press('Enter');
    await page.getByText('It is c), because TCP promises').waitFor();
    await tabTo(page, /^Run the demo/);
    await page.keyboard.press('Enter');
    await page.getByText('It has ended.').waitFor();
    expect(await page.locator('.output').innerText()).toContain('48|69 0a e4');

    await tabTo(page, /exercise of lesson 7/);
    await page.keyboard.press('ControlOrMeta+Enter');
    await page.getByText('Not yet. exercise.ts, line 25, is still to do').waitFor();
    await write(page, WRONG);
    await page.getByText('Not yet. One recv is not one message').waitFor();
    expect(await page.locator('.history li').last().innerText()).toContain('cut behind byte 1');

    await page.keyboard.press('Escape'); // and then Tab leaves the editor
    await tabTo(page, /^Give me hint 1/);
    await page.keyboard.press('Enter');
    await page.getByText('Hint 1 of 3:').waitFor();

    await page.keyboard.press('Shift+Tab');
    await page.locator('.exercise .editor').evaluate((one) => {
      one.shadowRoot?.querySelector<HTMLElement>('.cm-content')?.focus();
    });
    await write(page, SOLUTION);
    await page.getByText('Lesson 7 passed').waitFor();
    await page.keyboard.press('Escape');
    await tabTo(page, /^Next: lesson 8/);
    await page.keyboard.press('Enter');
    await page.locator('h1', { hasText: 'Lesson 8' }).waitFor();
    expect(await page.evaluate('document.activeElement.innerText')).toContain('Lesson 8');
  });

  test('keys that are typed in the editor are its own', async () => {
    const page = await open('#view=lessons&lesson=7');
    await page.getByRole('button', { name: 'Show the rest' }).click();
    await page.locator('.exercise .cm-content').click();
    await page.keyboard.type('p?');
    expect(await page.locator('[data-presenter=on], dialog[open]').count()).toBe(0);
    await page.locator('.exercise .cm-content', { hasText: 'p?' }).waitFor();
  });

  test('what was written stays through a reload, is brought back when asked, and that can be undone', async () => {
    const page = await open('#view=lessons&lesson=7');
    await page.getByRole('button', { name: 'Show the rest' }).click();
    await page.locator('.exercise .cm-content').click();
    await write(page, WRONG);
    await page.getByText('Not yet. One recv').waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Show the rest' }).click();
    const editor = page.locator('.exercise .cm-content');
    await editor.getByText('split').first().waitFor();
    await page.locator('.exercise').getByRole('button', { name: 'Reset' }).click();
    await page.getByRole('button', { name: 'Yes, bring it back' }).click();
    await editor.getByText('todo').first().waitFor();
    await editor.click();
    await page.keyboard.press('ControlOrMeta+z');
    await editor.getByText('split').first().waitFor();
  });

  test('a form that cannot be read is told at its line while one writes', async () => {
    const page = await open('#view=lessons&lesson=7');
    await page.getByRole('button', { name: 'Show the rest' }).click();
    const editor = page.locator('.exercise .cm-content');
    await editor.click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText('const a = 1;\nconst b = = 2;\n');
    await editor.locator('.cm-problem').waitFor();
    expect(await editor.locator('.cm-wrong').innerText()).toBe('const b = = 2;');
  });

  test('a link of a text to a view is an address that the page takes without a word', async () => {
    const page = await open('#view=lessons&lesson=7');
    for (const lesson of [10, 15, 7]) {
      await page.evaluate(`location.hash = '#view=lessons&lesson=${lesson}'`);
      await page.getByRole('heading', { name: `Lesson ${lesson}:` }).waitFor();
      await page.getByRole('button', { name: 'Show the rest' }).click();
      const links = page.locator('.command a');
      const addresses = await links.evaluateAll((all) =>
        all.map((one) => (one as HTMLAnchorElement).hash),
      );
      for (const address of addresses) {
        await page.evaluate(`location.hash = ${JSON.stringify(address)}`);
        await page.locator('.lessons').waitFor({ state: 'detached' });
        expect([address, await page.locator('.notices li, .notices p').count()]).toEqual([
          address,
          0,
        ]);
        await page.evaluate(`location.hash = '#view=lessons&lesson=${lesson}'`);
        await page.locator('.lessons').waitFor();
      }
    }
  }, 60_000);

  test('a failure opens in the Scope at its step, and Back leads to the lesson as it was', async () => {
    const page = await open('#view=lessons&lesson=7');
    await page.getByRole('button', { name: 'Show the rest' }).click();
    await page.locator('.exercise .cm-content').click();
    await write(page, WRONG);
    await page.getByRole('button', { name: 'Step your code in the Scope' }).click();
    const call = page.getByRole('region', { name: 'Your takeLines' });
    await call.getByText('call 2 of 2').waitFor();
    await call.getByText('the check looks at').waitFor();
    const code = page.getByRole('region', { name: 'Your code' });
    await code.getByText('takeLines').first().waitFor();
    await page.goBack();
    await page.getByText('Not yet. One recv is not one message').waitFor();
  });

  test('the Scope has a way back to the lesson that its trace is of', async () => {
    const page = await open('#view=lessons&lesson=7');
    await page.getByRole('button', { name: 'Show the rest' }).click();
    await page.locator('.exercise .cm-content').click();
    await write(page, WRONG);
    await page.getByRole('button', { name: 'Step your code in the Scope' }).click();
    await page.getByRole('link', { name: 'Back to lesson 7' }).click();
    await page.getByText('Not yet. One recv is not one message').waitFor();
  });

  test('an exercise that has passed is not forgotten by a reload', async () => {
    const page = await open('#view=lessons&lesson=7');
    await page.getByRole('button', { name: 'Show the rest' }).click();
    await page.locator('.exercise .cm-content').click();
    await write(page, SOLUTION);
    await page.getByText('Lesson 7 passed').waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Show the rest' }).click();
    await page.getByText('Lesson 7 has passed before.').waitFor();
  });

  test('an import of what is not there is told with its line', async () => {
    const page = await open('#view=lessons&lesson=7');
    await page.getByRole('button', { name: 'Show the rest' }).click();
    await page.locator('.exercise .cm-content').click();
    await write(page, `\nimport './nowhere';\n${SOLUTION}`);
    await page.getByRole('button', { name: 'To line 2' }).waitFor();
  });

  test('a hint shows code as code', async () => {
    const page = await open('#view=lessons&lesson=0');
    await page.getByRole('button', { name: 'Show the rest' }).click();
    await page.locator('.exercise .cm-content').click();
    const solution = readFileSync(join(folderOf('00-hello-trace'), 'solution.ts'), 'utf8');
    await write(page, solution.replaceAll("=== 'deal'", "=== 'accept'"));
    await page.getByRole('button', { name: 'Give me hint 1' }).click();
    await page.getByRole('button', { name: 'Give me hint 2' }).click();
    await page.locator('.hints code').first().waitFor();
    expect(await page.locator('.hints').innerText()).not.toContain('`');
  });

  test('a route is chosen, and the progress goes out as a file and comes in again', async () => {
    const page = await open('#view=lessons');
    await page.getByLabel('One lesson of 45 minutes').check();
    await page.getByRole('link', { name: 'Begin: lesson 0' }).click();
    await page.locator('.part-predict .choice').nth(1).click();
    await page.getByRole('button', { name: 'Run the demo' }).click();
    await page.getByText('It has ended.').waitFor();
    await page.getByRole('link', { name: 'Next: lesson 4' }).click();
    await page.getByText('Lessons 1 to 3 in short.').waitFor();
    await page.getByRole('link', { name: 'The course' }).click();
    expect(await page.locator('.stops tr').nth(1).getAttribute('class')).toBe('is-begun');

    const save = async (name: string): Promise<Download> => {
      const saved = page.waitForEvent('download');
      await page.getByRole('button', { name }).click();
      return await saved;
    };
    const saved = await save('Save progress.json');
    const text = readFileSync(await saved.path(), 'utf8');
    const progress = parseProgress(text);
    expect([progress.route, progress.of(0).begun]).toEqual(['45', true]);
    await page.getByLabel('Your name', { exact: true }).fill('小明 <b>');
    expect((await save('Hand in')).suggestedFilename()).toBe('小明-b.json');

    await page.getByRole('button', { name: 'Forget all' }).click();
    await page.getByRole('button', { name: 'Yes, forget all' }).click();
    await page.getByRole('link', { name: 'Begin: lesson 0' }).waitFor();
    const picker = page.getByLabel('Open progress.json');
    const file = (content: string) => ({
      name: 'progress.json',
      mimeType: 'application/json',
      buffer: Buffer.from(content),
    });
    await picker.setInputFiles(file('{"version":1}'));
    await page.getByText('progress.json was not opened').waitFor();
    await picker.setInputFiles(file(text));
    await page.getByText('progress.json was opened: 1 lesson begun.').waitFor();
    expect(await page.getByLabel('One lesson of 45 minutes').isChecked()).toBe(true);
  });

  test('a demo is changed in the editor, run, and stopped', async () => {
    const page = await open('#view=lessons&lesson=7');
    await page.getByRole('button', { name: 'Show the rest' }).click();
    await page.getByRole('button', { name: 'Modify it' }).click();
    await page.keyboard.press('Tab');
    await page.locator('.part-modify .cm-content').click();
    await write(page, "console.log('mine');\n");
    await page.locator('.part-modify .output', { hasText: 'mine' }).waitFor();
    await write(page, 'await new Promise(() => {});\n');
    await page
      .locator('.part-modify .said.is-wrong, .part-modify button:text-is("Stop")')
      .waitFor();
  });

  test.each([
    ['map', '#view=lessons'],
    ['end', '#view=lessons&lesson=end'],
    ['lesson', '#view=lessons&lesson=11'],
  ])(
    'the %s fits every screen, and axe finds nothing serious',
    async (_, hash) => {
      const page = await open(hash);
      const skip = page.getByRole('button', { name: 'Show the rest' });
      if (await skip.isVisible()) {
        await skip.click();
        await page.getByRole('button', { name: 'Check', exact: true }).click();
        await page.getByText('Not yet.').waitFor();
      }
      for (const [width, height] of [
        [1366, 768],
        [1440, 900],
        [1024, 768],
        [390, 844],
      ] as const) {
        await page.setViewportSize({ width, height });
        expect([width, await scrollsSideways(page)]).toEqual([width, false]);
        expect([width, ...(await seriousFindings(page))]).toEqual([width]);
      }
    },
    60_000,
  );
});
