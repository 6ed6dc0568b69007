/** The page about speed has every workload; that asks the machine which programs there are. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { insideWorkloads } from '../../bench/inside.js';
import { networkWorkloads } from '../../bench/network.js';
import { pageWorkload } from '../../bench/page.js';
import { traceWorkload } from '../../bench/trace.js';
import { unwatchedWorkload } from '../../bench/unwatched.js';
import { readMarkdown } from '../support/lessons/markdown.js';
import { ROOT } from '../support/lessons/run.js';

test('the page in docs is from a run of every workload that there is', () => {
  const { headings } = readMarkdown(readFileSync(join(ROOT, 'docs/speed.md'), 'utf8'));
  const parts = headings.filter(({ level }) => level === 2).map(({ text }) => text);
  const workloads = [
    ...networkWorkloads({ ms: 1, profile: false }),
    unwatchedWorkload(),
    ...insideWorkloads(),
    pageWorkload(),
    traceWorkload(),
  ].map(({ name }) => name);
  expect(parts).toEqual([
    'Where we stand',
    'The targets',
    'How it is measured',
    'What was tried',
    ...workloads,
    'curve',
  ]);
});
