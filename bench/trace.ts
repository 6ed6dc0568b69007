/**
 * How much the page works for a trace of a hundred thousand events: until it is seen, and for what one does
 * with it; and how much memory that takes.
 * @module
 */

import type { Browser, Page } from 'playwright-core';
import type { Sample, Workload } from './contest.js';
import { inChromium, type Measured, openBuilt, thread, whatIsMissing } from './page.js';

const EVENTS = 100_000;
const CLIENTS = 30;
/** So often is done what is measured. */
const TIMES = 60;

const TRACE = 'the trace';
const PANES = 'the trace and all other panes';
const OPEN = 'ms to open';
const MB = 'MB of heap';

/** What is done with it, in the page. `i` counts. */
const DONE = {
  'ms a step': 'walk.next()',
  'ms a seek': `walk.seek(1 + ((i * 7919) % ${EVENTS}))`,
  'ms a frame of scrubbing': 'walk.seek(40000 + i * 100)',
  'ms a zoom': 'timeline.zoom(i % 2 === 0 ? 1.05 : 1 / 1.05)',
} as const;
type Done = keyof typeof DONE;

/** The workload; nobody takes part where there is no Chromium, or no page was built. */
export function traceWorkload(): Workload {
  const missing = whatIsMissing();
  return {
    name: 'trace',
    title: "what the page's thread works for a trace of 100,000 events of 30 clients",
    measure: OPEN,
    against: TRACE,
    contestants:
      missing === null
        ? [
            inChromium(TRACE, (browser) => long(browser, true)),
            inChromium(PANES, (browser) => long(browser, false)),
          ]
        : [],
    targets: (medians) => [
      { what: `${OPEN}, all panes`, value: medians(PANES, OPEN), goal: { most: 2_000 } },
      ...[TRACE, PANES].flatMap((who) =>
        (Object.keys(DONE) as Done[]).map((what) => ({
          what: `${what}, ${who}`,
          value: medians(who, what),
          goal: { most: 8 },
        })),
      ),
      { what: `${MB}, all panes`, value: medians(PANES, MB), goal: { most: 200 } },
    ],
    notes: [
      missing ??
        'Scrubbing and zooming are done with all of it in sight, as a density. The heap is after a collection, arrays included.',
    ],
  };
}

/** Each time in a page of its own: what was drawn before would be there. */
async function long(browser: Browser, isAlone: boolean): Promise<Measured> {
  const { page, remove } = await openBuilt(browser, 'long.tsx');
  const worked = await thread(page);
  const heap = await page.context().newCDPSession(page);
  /** What one time takes; a frame is drawn each time. */
  const each = async (what: string, times: number): Promise<number> => {
    const before = await worked();
    await repeat(page, what, times);
    return ((await worked()) - before) / times;
  };
  return {
    async sample() {
      await page.reload();
      await page.evaluate(`make(${EVENTS}, ${CLIENTS})`);
      const sample: Sample = { [OPEN]: await each(`open(${isAlone})`, 1) };
      for (const [what, done] of Object.entries(DONE)) sample[what] = await each(done, TIMES);
      await heap.send('HeapProfiler.collectGarbage');
      const { usedSize, backingStorageSize = 0 } = (await heap.send('Runtime.getHeapUsage')) as {
        usedSize: number;
        backingStorageSize?: number;
      };
      sample[MB] = (usedSize + backingStorageSize) / 1e6;
      return sample;
    },
    close: remove,
  };
}

async function repeat(page: Page, what: string, times: number): Promise<void> {
  await page.evaluate(`(async () => {
    for (let i = 0; i < ${times}; i++) {
      ${what};
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
    }
  })()`);
}
