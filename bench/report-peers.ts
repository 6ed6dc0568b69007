/**
 * The first table of the page about speed: ours beside each peer in every work, and where we lose.
 * @module
 */

import { type Entry, entryOf, type Result } from './contest.js';
import { markdownTable } from './markdown.js';
import type { Voice } from './report-texts.js';
import {
  BUN_NAME,
  FLOOR_NAME,
  OURS,
  PHP_NAME,
  RATE,
  SERVER_COST,
  WS_NAME,
} from './side-by-side.js';

const PEERS = [WS_NAME, FLOOR_NAME, BUN_NAME, PHP_NAME];

/** The table with what it means; nothing where nobody was side by side. */
export function sideBySideParts(results: readonly Result[], { say, tell }: Voice): string[] {
  const works = results.flatMap(({ name, measure, entries }) =>
    measure === RATE
      ? entries
          .filter(({ who, work }) => who === OURS && entryOf(entries, WS_NAME, work) !== undefined)
          .map((ours) => ({ name, ours, entries }))
      : [],
  );
  if (works.length === 0) return [];
  const peers = PEERS.filter((peer) =>
    works.some(({ entries, ours }) => entryOf(entries, peer, ours.work) !== undefined),
  );
  const rows = works.map(({ name, ours, entries }) => {
    const link = `[${name}](#${name})`;
    return [
      ours.work === null ? link : say('name.work', { name: link, work: tell(ours.work) }),
      ...peers.map((peer) => besideText(ours, entryOf(entries, peer, ours.work))),
    ];
  });
  return [
    say('explanation'),
    markdownTable([[say('beside'), ...peers.map(tell)], ...rows]),
    ...(peers.includes(BUN_NAME) ? [] : [say('no-bun')]),
  ];
}

function besideText(ours: Entry, peer: Entry | undefined): string {
  if (peer === undefined) return '-';
  const ratio = (measure: string): number =>
    (ours.figures[measure]?.median ?? Number.NaN) / (peer.figures[measure]?.median ?? Number.NaN);
  const [rate, cost] = [ratio(RATE), ratio(SERVER_COST)];
  return `${marked(rate, rate < 1)}, ${marked(cost, cost > 1)}`;
}

function marked(ratio: number, lost: boolean): string {
  const text = ratio.toFixed(2);
  return lost ? `**${text}**` : text;
}
