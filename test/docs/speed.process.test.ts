/** The page about speed has every workload, in both languages; that asks the machine which programs there are. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chinese, isKnown } from '../../bench/chinese.js';
import { allWorkloads } from '../../bench/workloads.js';
import { readMarkdown } from '../support/lessons/markdown.js';
import { ROOT } from '../support/lessons/run.js';

const workloads = allWorkloads({ ms: 1, profile: false });
const PAGES = ['docs/speed.md', 'docs/speed.zh.md'] as const;
const textOf = (page: string): string => readFileSync(join(ROOT, page), 'utf8');

describe.each(PAGES)('%s', (page) => {
  test('is from a run of every workload that there is', () => {
    const { headings } = readMarkdown(textOf(page));
    const parts = headings.filter(({ level }) => level === 2).map(({ text }) => text);
    expect(parts.slice(4)).toEqual([...workloads.map(({ name }) => name), 'curve']);
  });
});

test('both pages are from the same run: their tables have the same figures', () => {
  const rowsOf = (page: string): string[][] => {
    const rows = textOf(page)
      .split('\n')
      .filter((line) => line.startsWith('|'));
    return rows.map((row) => row.match(/\d[\d,.]*/g) ?? []);
  };
  expect(rowsOf(PAGES[1])).toEqual(rowsOf(PAGES[0]));
});

test('what a workload says of itself is there in Chinese', () => {
  const said = workloads.flatMap(
    ({ title, measure, against, contestants, targets, notes = [] }) => [
      title,
      measure,
      against,
      ...contestants.flatMap(({ name, work }) => (work === undefined ? [name] : [name, work])),
      ...(targets?.(() => 1) ?? []).map(({ what }) => what),
      ...notes,
    ],
  );
  const heads = textOf(PAGES[0])
    .split('\n')
    .filter((line, i, lines) => line.startsWith('|  | ') && lines[i + 1]?.startsWith('| --- |'))
    .flatMap((line) => line.split(' | ').slice(1));
  const measures = heads.map((head) => head.replace(/^\/ | \|$/g, ''));
  const unknown = [...said, ...measures].filter((text) => text !== 'range' && !isKnown(text));
  expect([...new Set(unknown)]).toEqual([]);
  const halves = said.map(chinese).filter((text) => /(?:\b[a-z]+ ){2}[a-z]+\b/.test(text));
  expect(halves).toEqual([]);
});
