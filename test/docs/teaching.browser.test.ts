/** The handout of the teacher's guides, printed. */

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { findChromium, NO_CHROMIUM, openChromium } from '../support/chromium.js';
import { ROOT } from '../support/lessons/run.js';

const HANDOUT = join(ROOT, 'docs/teaching/handout.html');

describe('handout.html', () => {
  test.skipIf(findChromium() === null)(`prints on three pages (${NO_CHROMIUM})`, async () => {
    const browser = await openChromium();
    try {
      const page = await browser?.newPage();
      await page?.goto(pathToFileURL(HANDOUT).href);
      const pdf = (await page?.pdf({ preferCSSPageSize: true }))?.toString('latin1') ?? '';
      expect(pdf.match(/\/Type \/Page\b/g)?.length).toBe(3);
    } finally {
      await browser?.close();
    }
  });
});
