/**
 * The sockets that nothing happens to, folded into one row.
 * @module
 */

import type { JSX } from 'preact';
import { say } from '../texts.js';
import { fitted, RowGround, Words } from './lane-row.js';
import type { Fold, Lamp } from './lanes.js';
import type { Layout, Stretch } from './layout.js';

/** All sockets that have no row of their own. */
export function FoldRow({
  fold,
  layout,
  y,
}: {
  fold: Fold;
  layout: Layout;
  y: number;
}): JSX.Element {
  const { name, peer, letter, queue, outbox, row } = layout;
  const left = peer === null ? queue.x : 0;
  return (
    <g class={fold.isPresent ? 'stage-fold present' : 'stage-fold'} style={`--y:${y}px`}>
      <RowGround x={left} layout={layout} />
      <Words stretch={name} isCentred={peer === null} row={row}>
        {(x, anchor) => (
          <text class="soft" x={x} y={letter * 0.35} text-anchor={anchor}>
            {fitted(say('stage.folded', { n: fold.sockets.length }), name, letter)}
          </text>
        )}
      </Words>
      <Dots lamps={fold.sockets.map(({ read }) => read)} stretch={queue} />
      <Dots lamps={fold.sockets.map(({ write }) => write)} stretch={outbox} />
    </g>
  );
}

const KINDS: readonly Lamp[] = ['watched', 'ready', 'served', 'taken'];

/** A dot for each lamp, one path for each kind: there may be a thousand. */
function Dots({
  lamps,
  stretch: { x, width },
}: {
  lamps: readonly Lamp[];
  stretch: Stretch;
}): JSX.Element {
  const gap = Math.min(0.8, (width - 0.8) / lamps.length);
  const paths = new Map<Lamp, string>();
  for (const [i, lamp] of lamps.entries()) {
    const r = Math.max(0.05, gap * (lamp === 'taken' ? 0.14 : 0.36));
    const left = x + 0.4 + gap * (i + 0.5) - r;
    const dot = `M${left.toFixed(2)} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
    paths.set(lamp, (paths.get(lamp) ?? '') + dot);
  }
  return (
    <>
      {KINDS.map((kind) => (
        <path key={kind} class={`dots ${kind}`} d={paths.get(kind) ?? ''} />
      ))}
    </>
  );
}
