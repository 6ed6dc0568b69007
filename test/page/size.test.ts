import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { DIST_PAGE } from '../support/page.js';

test('the built page is under 300 KB gzipped', () => {
  const size = ['index.html', 'page.js', 'page.css']
    .map((name) => gzipSync(readFileSync(join(DIST_PAGE, name))).length)
    .reduce((sum, one) => sum + one);
  expect(size).toBeLessThan(300 * 1024);
});
