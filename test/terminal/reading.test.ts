import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { pagesOf } from '../../src/terminal/reading.js';

const TEXT = `---
title: x
---

# Lesson 7: A title

An **opening** of 12<!--= twelve --> bytes, with \`code\` and
[a link](../../docs/defects.md#d03) to a [place](#predict).

## Predict

Which one?

- a) The first, which is long enough to need a second line in a terminal of forty.
- b) The second.

<!-- output: demo -->

\`\`\`text
a  **b**

   c
\`\`\`

## Make

| name | what it is |
| --- | --- |
| fd | a number |

| name | what it is and why it is so much wider than the terminal |
| --- | --- |
| fd | a number |

    npx loopscope check 7

<!-- answer: b, because it is -->
`;

test('a line of a program that does not fit goes on below, further in', () => {
  const text = `\`\`\`php
if ($client !== false) { // without a free fd the loop spins
    ${'x'.repeat(50)} and more
\`\`\``;
  const options = { columns: 40, folder: '/lessons/07', pathOf: basename };
  expect(pagesOf(text, options)).toEqual([
    [
      '  if ($client !== false) { // without a',
      '      free fd the loop spins',
      `      ${'x'.repeat(34)}`,
      `          ${'x'.repeat(16)} and more`,
    ],
  ]);
});

test('a line of a paragraph that begins with a number is no item of a list', () => {
  const text = 'The characters are together\n60<!--= n -->. The server looks at none.';
  const options = { columns: 80, folder: '/lessons/07', pathOf: basename };
  const line = 'The characters are together 60. The server looks at none.';
  expect(pagesOf(text, options)).toEqual([[line]]);
});

test('a lesson becomes pages of lines that fit, without its comments', () => {
  const options = { columns: 40, folder: '/lessons/07', pathOf: basename };
  const pages = pagesOf(TEXT, options);
  expect(pages.map((lines) => lines.join('\n').replaceAll('\u001b', ''))).toEqual([
    `Lesson 7: A title

An opening of 12 bytes, with code and a
link (defects.md) to a place.`,
    `Predict

Which one?

  - a) The first, which is long enough
       to need a second line in a
       terminal of forty.
  - b) The second.

  a  **b**

     c`,
    `Make

  name  what it is
  fd    a number

  fd
    what it is and why it is so much
    wider than the terminal: a number

    npx loopscope check 7`,
  ]);
});

test('a comment that stands alone takes its line, and neither joins paragraphs nor parts one', () => {
  const text = '# 1\n\none\n<!-- in the terminal -->\ntwo\n<!-- everywhere -->\n\nthree\n';
  const options = { columns: 40, folder: '/lessons/07', pathOf: basename };
  expect(pagesOf(text, options)).toEqual([['1', '', 'one two', '', 'three']]);
});

test('Chinese goes on in the next line without a space', () => {
  const options = { columns: 40, folder: '/lessons/07', pathOf: basename };
  expect(pagesOf('一个有几个？\n最后\nselect 醒来', options)).toEqual([
    ['一个有几个？最后 select 醒来'],
  ]);
});
