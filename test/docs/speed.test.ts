/** The page about speed says what was measured: the page of a made-up run, and its picture. */

import { describe, expect, test } from 'vitest';
import type { Figure, Result } from '../../bench/contest.js';
import type { Point } from '../../bench/curve.js';
import { curveSvg } from '../../bench/curve-svg.js';
import { type Report, reportMarkdown } from '../../bench/report.js';

const figure = (median: number): Figure => ({ median, low: median - 1, high: median + 1 });
const MACHINE = { cpu: 'A', cores: 2, node: 'v20', os: 'B', date: '2000-01-01' };

/** A run of one workload, in which ours does as many frames a second as is said, and the other 200. */
function run(frames: number, driver: number): Report {
  const target = {
    what: 'times the rate of ws',
    value: frames / 200,
    goal: { least: 2 },
    met: frames >= 400,
  };
  const result: Result = {
    name: 'echo',
    title: 'texts sent back',
    measure: 'frames/s',
    against: 'ws',
    notes: ['A note.'],
    entries: [
      {
        who: 'loopscope',
        work: null,
        figures: {
          'frames/s': figure(frames),
          'server µs/frame': figure(5),
          'driver CPU %': figure(driver),
        },
      },
      {
        who: 'ws',
        work: null,
        figures: {
          'frames/s': figure(200),
          'server µs/frame': figure(4),
          'driver CPU %': figure(50),
        },
      },
    ],
    targets: [target],
  };
  return { machine: MACHINE, runs: 5, results: [result] };
}

describe('the page of a run', () => {
  test('has the machine, the day, and each contestant with its range and its ratio', () => {
    const page = reportMarkdown(run(500, 60));
    expect(page).toContain(
      'Measured on A, 2 cores, Node v20, B, 2000-01-01. A figure is the median of 5',
    );
    expect(page).toContain('## echo\n\nTexts sent back.');
    expect(page).toContain('| loopscope | 500 | 499 to 501 | 2.50 | 5 | 60 |');
    expect(page).toContain('| ws | 200 | 199 to 201 | 1.00 | 4 | 50 |');
    expect(page).toContain('\n\nA note.\n\n');
  });

  test('says in its first table beside whom we are slower, and where we take more of the CPU', () => {
    const page = reportMarkdown(run(500, 60));
    const first = page.slice(page.indexOf('## Where we stand'), page.indexOf('## The targets'));
    expect(first).toContain('| [echo](#echo) | 2.50, **1.25** |');
    expect(first).toContain('Bun was not found');
    expect(reportMarkdown(run(100, 60))).toContain('| [echo](#echo) | **0.50**, **1.25** |');
  });

  test('compares each of several works within itself', () => {
    const page = reportMarkdown({
      machine: MACHINE,
      runs: 5,
      results: [
        {
          name: 'sizes',
          title: 'payloads sent back',
          measure: 'frames/s',
          against: 'ws',
          notes: [],
          entries: [
            { who: 'loopscope', work: '1 byte', figures: { 'frames/s': figure(30) } },
            { who: 'ws', work: '1 byte', figures: { 'frames/s': figure(10) } },
            { who: 'loopscope', work: '2 bytes', figures: { 'frames/s': figure(40) } },
            { who: 'ws', work: '2 bytes', figures: { 'frames/s': figure(20) } },
          ],
          targets: [],
        },
      ],
    });
    expect(page).toContain('| 1 byte: loopscope | 30 | 29 to 31 | 3.00 |');
    expect(page).toContain('| 2 bytes: loopscope | 40 | 39 to 41 | 2.00 |');
  });

  test('says plainly whether a target is met', () => {
    const met = reportMarkdown(run(500, 60));
    expect(met).toContain('All 1 are met.');
    expect(met).toContain('| [echo](#echo) | 2.5 | times the rate of ws | at least 2 | met |');
    const missed = reportMarkdown(run(300, 60));
    expect(missed).toContain('0 of 1 are met, **1 missed**.');
    expect(missed).toContain('| 1.5 | times the rate of ws | at least 2 | **MISSED** |');
  });

  test('has the same figures in Chinese', () => {
    const page = reportMarkdown(run(500, 97), 'zh');
    expect(page).toMatch(/^# 速度\n\n\[English\]\(speed\.md\)\n/);
    expect(page).toContain('| loopscope | 500 | 499 到 501 | 2.50 | 5 | 97 |');
    expect(page).toContain('| [echo](#echo) | 2.5 | 速率是 ws 的几倍 | 至少 2 | 达到 |');
    expect(page).toContain('的有：echo 里的 loopscope（97%）。');
    expect(reportMarkdown(run(300, 60), 'zh')).toContain('**1 个没有达到**');
    const numbers = (text: string): string[] => text.match(/\d[\d,.]*\d|\d/g) ?? [];
    const rows = (text: string): string[][] => {
      return text
        .split('\n')
        .filter((line) => line.startsWith('|'))
        .map(numbers);
    };
    expect(rows(page)).toEqual(rows(reportMarkdown(run(500, 97))));
  });

  test('names each driver that had no time left', () => {
    expect(reportMarkdown(run(500, 60))).toContain('no driver came to 95% of a core');
    expect(reportMarkdown(run(500, 97))).toContain('with: loopscope in echo (97%).');
  });
});

test('the picture has a curve for each network and share, and one for what select(2) scans', () => {
  const points = (['sim', 'real'] as const).flatMap((network) =>
    [10, 1_000].flatMap((clients) =>
      [0.01, 0.1, 1].map((share): Point => {
        const time = network === 'sim' ? 10 : 100;
        const ready = Math.max(1, clients * share);
        return { network, clients, ready, share, microseconds: time, low: time, high: time };
      }),
    ),
  );
  const svg = curveSvg(points, 'A & B');
  const curves = [...svg.matchAll(/<polyline points="([^"]*)"/g)].map(([, places]) => places);
  // 10 and 1,000 clients; then 10 to 1,000 descriptors, 100 µs, and 10 µs
  expect(curves).toEqual([
    '64,280 264,140',
    ...Array(3).fill(['64,210 264,210', '64,280 264,280']).flat(),
  ]);
  for (const share of ['1% ready', '10% ready', '100% ready']) expect(svg).toContain(`>${share}<`);
  expect(svg).toContain('A &amp; B');
});
