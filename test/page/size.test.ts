import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { lessonNumbers } from '../../src/lesson/lesson.js';
import { DEFAULT_LANGUAGE, LANGUAGES } from '../../src/texts/language.js';
import { DIST_PAGE } from '../support/page.js';

test('the built page is under 300 KB gzipped', () => {
  const size = ['index.html', 'page.js', 'page.css']
    .map((name) => gzipSync(readFileSync(join(DIST_PAGE, name))).length)
    .reduce((sum, one) => sum + one);
  expect(size).toBeLessThan(300 * 1024);
});

test.each(LANGUAGES)('the course, loaded when it is opened, is small gzipped: %s', (language) => {
  const size = readFileSync(join(DIST_PAGE, `course.${language}.js.gz`)).length; // as it is sent
  // so many KB a lesson, so that a new one may take its share and no old one grows; another language than
  // English has its own tables beside the English ones, which stand in for what it lacks
  const each = language === DEFAULT_LANGUAGE ? 20 : 22;
  expect(size).toBeLessThan(each * lessonNumbers().length * 1024);
});

// it holds what the page loads when it is asked for: the course, the gallery, the worker of one's own server
test.each(LANGUAGES)('the page of one file is under 1.1 MB gzipped: %s', (language) => {
  const size = gzipSync(readFileSync(join(DIST_PAGE, `../loopscope.${language}.html`))).length;
  expect(size).toBeLessThan(1.1 * 1024 * 1024);
});

test('what a telephone is sent of it was compressed while building: under 250 KB, and the same', () => {
  let sent = 0;
  for (const name of ['index.html', 'page.js', 'page.css', 'icon.svg']) {
    const plain = readFileSync(join(DIST_PAGE, name));
    const small = readFileSync(join(DIST_PAGE, `${name}.br`));
    expect(brotliDecompressSync(small).equals(plain)).toBe(true);
    expect(gunzipSync(readFileSync(join(DIST_PAGE, `${name}.gz`))).equals(plain)).toBe(true);
    sent += small.length;
  }
  expect(sent).toBeLessThan(250 * 1024);
});
