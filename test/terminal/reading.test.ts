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
