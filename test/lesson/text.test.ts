import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sectionsOf, wordsOf } from '../../src/lesson/text.js';

describe('the words of a paragraph', () => {
  test.each([
    ['plain\nwords', [['', 'plain words']]],
    [
      'a `b` and **c `d`**',
      [
        ['', 'a '],
        ['code', 'b'],
        ['', ' and '],
        ['strong', 'c d'],
      ],
    ],
    [
      'of 1,234<!--= cuts --> cuts',
      [
        ['', 'of '],
        ['number', '1,234', 'cuts'],
        ['', ' cuts'],
      ],
    ],
    [
      'in three<!--= turns -->.',
      [
        ['', 'in '],
        ['number', 'three', 'turns'],
        ['', '.'],
      ],
    ],
    [
      '`03 e9`<!--= bytes -->, then',
      [
        ['code', '03 e9'],
        ['', ', then'],
      ],
    ],
    [
      'see [the\n`loop`](../a.md#b).',
      [
        ['', 'see '],
        ['link', 'the loop', '../a.md#b'],
        ['', '.'],
      ],
    ],
    ['$read[2] < 3', [['', '$read[2] < 3']]],
    ['读？\n最后 one\nline', [['', '读？最后 one line']]],
  ])('%j', (paragraph, words) => {
    expect(wordsOf(paragraph)).toEqual(words);
  });
});

describe('the sections of a lesson', () => {
  test('are its parts with their blocks, and a comment marks the program below it', () => {
    const text =
      '---\ntitle: T\n---\n\n# One\n\nIntro.\n\n## Run\n\n    npx loopscope lesson 7\n\n<!-- output: demo -->\n\n```text\na\n\n  b\n```\n\n- a) x\n- b) y\n  z\n\n| a | b |\n| --- | --- |\n| c\\|d | `e` |\n';
    expect(sectionsOf(text)).toEqual([
      { heading: 'One', blocks: [{ kind: 'paragraph', words: [['', 'Intro.']] }] },
      {
        heading: 'Run',
        blocks: [
          { kind: 'command', text: 'npx loopscope lesson 7' },
          { kind: 'code', language: 'text', text: 'a\n\n  b', mark: 'output: demo' },
          {
            kind: 'list',
            items: [
              { mark: '- a) ', words: [['', 'x']] },
              { mark: '- b) ', words: [['', 'y z']] },
            ],
          },
          {
            kind: 'table',
            rows: [
              [[['', 'a']], [['', 'b']]],
              [[['', 'c|d']], [['code', 'e']]],
            ],
          },
        ],
      },
    ]);
  });

  test('are without what is so in the terminal only, where a page asks', () => {
    const text = '# A\n\nOne.\n<!-- in the terminal -->\nTwo.\n<!-- everywhere -->\n\nThree.\n';
    const words = (place: 'page' | 'terminal') =>
      sectionsOf(text, place).flatMap(({ blocks }) => blocks.map((one) => JSON.stringify(one)));
    expect(words('terminal').join()).toMatch(/One\. Two\..*Three/);
    expect(words('page').join()).not.toContain('Two');
    expect(words('page')).toHaveLength(2);
  });

  const texts = readdirSync('lessons', { recursive: true, encoding: 'utf8' });
  test.each(texts.filter((path) => path.endsWith('.md')))('of %s hold no comment', (path) => {
    const sections = sectionsOf(readFileSync(`lessons/${path}`, 'utf8'), 'page');
    expect(sections.length).toBeGreaterThan(4);
    const blocks = sections.flatMap((section) => section.blocks);
    expect(JSON.stringify(blocks.filter(({ kind }) => kind !== 'code'))).not.toContain('<!--');
  });
});
