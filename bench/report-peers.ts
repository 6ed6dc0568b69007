/**
 * The first table of the page about speed: ours beside each peer in every work, and where we lose.
 * @module
 */

import { type Entry, entryOf, type Result } from './contest.js';
import { markdownTable } from './markdown.js';
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
export function sideBySideParts(results: readonly Result[]): string[] {
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
  const rows = works.map(({ name, ours, entries }) => [
    `[${name}](#${name})${ours.work === null ? '' : `, ${ours.work}`}`,
    ...peers.map((peer) => besideText(ours, entryOf(entries, peer, ours.work))),
  ]);
  return [
    EXPLANATION,
    markdownTable([['ours beside', ...peers], ...rows]),
    ...(peers.includes(BUN_NAME) ? [] : ['Bun was not found.']),
  ];
}

const EXPLANATION = `Our rate as a multiple of the peer's, then what one frame costs our server of the CPU as a multiple of what
it costs theirs. **Bold is where we lose**: a lower rate, or more CPU.`;

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
