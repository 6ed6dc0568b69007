/**
 * Where each block lies at a step, and where one that is new comes from. All are in one list by their
 * keys, so that one which goes from a pipe into the program's hands is the same one and moves there.
 * @module
 */

import type { Block } from './blocks.js';
import {
  heldWidth,
  type Layout,
  type Point,
  pointOf,
  rowsOf,
  rowY,
  type Stretch,
} from './layout.js';
import type { Stage } from './model.js';

/** A block, placed. Its front is where its first byte is: at its right, since bytes go that way. */
export interface Placed {
  readonly block: Block;
  /** Its left end, and its middle. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Where it comes from when it is new. */
  readonly from: Point;
}

const HEIGHT = 1.15;
const HAND_HEIGHT = 1.6;
const GAP = 0.3;
/** A block is drawn at least so wide, as a part of what it wants to be. */
const NARROWEST = 0.45;

/** How wide a block would be: a longer one is wider, and one of a megabyte no wider than a lane. */
export function widthOf({ kind, fields }: Block): number {
  if (kind === 'connection') return 0.8;
  if (kind !== 'bytes') return 2.2;
  return fields.reduce((sum, { length }) => sum + fieldWidth(length), 0);
}

/** How wide a field is, beside others. */
export function fieldWidth(length: number): number {
  return 0.62 + 0.22 * Math.log2(length + 1);
}

/** All blocks of a stage. */
export function placedOf(stage: Stage, layout: Layout): Placed[] {
  const placed: Placed[] = [];
  const { first } = rowsOf(stage);
  const { queue, outbox, ring } = layout;
  let taken: Point = { x: ring.x, y: ring.y };
  for (const [i, lane] of stage.lanes.entries()) {
    const y = rowY(layout, first + i);
    const front = { x: layout.read, y };
    if (lane.isPresent) taken = front;
    const end: Block[] =
      lane.end === null
        ? []
        : [
            {
              key: `end-${lane.fd}`,
              kind: lane.end,
              length: 0,
              fields: [],
              begins: true,
              ends: true,
            },
          ];
    place(placed, [...lane.queue.blocks, ...end], queue, y, HEIGHT, { x: queue.x - 1, y });
    // in the program and not yet whole: behind the lamp, before the ring
    if (layout.form === 'wide') {
      const x = layout.read + 0.75;
      place(placed, lane.held, { x, width: heldWidth(layout.width) }, y, HEIGHT * 0.8, front);
    }
    const source = { x: ring.x, y: ring.y };
    place(placed, [...lane.passing, ...lane.outbox.blocks], outbox, y, HEIGHT, source);
  }
  const width = ring.radius * 2 - 2.4;
  const hand = { x: ring.x - width / 2, width };
  place(placed, stage.hand, hand, ring.y, HAND_HEIGHT, handFrom(stage, layout, taken), true);
  return placed;
}

/** What was read comes from its lane; what was made, from where it is made. */
function handFrom({ place }: Stage, layout: Layout, taken: Point): Point {
  return place === 'broadcast' ? pointOf(layout, 'deal') : taken;
}

/** Puts blocks into a stretch, the first at its right end; what has no room is left out. */
function place(
  placed: Placed[],
  blocks: readonly Block[],
  { x, width }: Stretch,
  y: number,
  height: number,
  from: Point,
  isCentred = false,
): void {
  if (blocks.length === 0) return;
  const room = width - 0.6;
  const wanted = blocks.reduce((sum, block) => sum + widthOf(block) + GAP, -GAP);
  const scale = Math.min(1, Math.max(NARROWEST, room / wanted));
  let right = x + width - 0.3 - (isCentred ? Math.max(0, (room - wanted * scale) / 2) : 0);
  for (const block of blocks) {
    const own = Math.min(widthOf(block) * scale, room);
    if (right - own < x && right < x + width - 0.4) return;
    placed.push({ block, x: right - own, y, width: own, height, from });
    right -= own + GAP * scale;
  }
}
