/** The handout of the teacher's guides, printed. */

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { findChromium, NO_CHROMIUM, openChromium } from '../support/chromium.js';
import { ROOT } from '../support/lessons/run.js';

const TEACHING = join(ROOT, 'docs/teaching');

describe('the handout', () => {
  test.skipIf(findChromium() === null).each([
    ['handout.html', 3],
    ['handout.zh.html', 3],
  ])(`%s prints on %i pages (${NO_CHROMIUM})`, async (name, pages) => {
    const browser = await openChromium();
    try {
      const page = await browser?.newPage();
      await page?.goto(pathToFileURL(join(TEACHING, name)).href);
      const pdf = (await page?.pdf({ preferCSSPageSize: true }))?.toString('latin1') ?? '';
      expect(pdf.match(/\/Type \/Page\b/g)?.length).toBe(pages);
    } finally {
      await browser?.close();
    }
  });
});
