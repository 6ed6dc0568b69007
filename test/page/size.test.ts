import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { DIST_PAGE } from '../support/page.js';

test('the built page is under 300 KB gzipped', () => {
  const size = ['index.html', 'page.js', 'page.css']
    .map((name) => gzipSync(readFileSync(join(DIST_PAGE, name))).length)
    .reduce((sum, one) => sum + one);
  expect(size).toBeLessThan(300 * 1024);
});

test('the course, which is loaded when it is opened, is under 450 KB gzipped', () => {
  const size = gzipSync(readFileSync(join(DIST_PAGE, 'course.en.js'))).length;
  expect(size).toBeLessThan(450 * 1024);
});

test('the page of one file is under 1 MB gzipped', () => {
  const size = gzipSync(readFileSync(join(DIST_PAGE, '../loopscope.en.html'))).length;
  expect(size).toBeLessThan(1024 * 1024);
});

test('what a telephone is sent of it was compressed while building: under 240 KB, and the same', () => {
  let sent = 0;
  for (const name of ['index.html', 'page.js', 'page.css', 'icon.svg']) {
    const plain = readFileSync(join(DIST_PAGE, name));
    const small = readFileSync(join(DIST_PAGE, `${name}.br`));
    expect(brotliDecompressSync(small).equals(plain)).toBe(true);
    expect(gunzipSync(readFileSync(join(DIST_PAGE, `${name}.gz`))).equals(plain)).toBe(true);
    sent += small.length;
  }
  expect(sent).toBeLessThan(240 * 1024);
});
