/**
 * Where time passed between two steps: by the measure of steps a wait is hardly wider than a step, so it is
 * drawn thick on the server's row, with how long it was, where there is room.
 * @module
 */

import type { TraceEvent } from '../../trace/event.js';
import { lettersOf, type Pen, type Sayings } from './ink.js';
import { SERVER } from './marks.js';
import { type Line, letterOf, type Scene, seenOf, xOf, yOf } from './scene.js';

/** A wait of so many milliseconds is one that a person would notice. */
const GAP_MS = 250;

/** The events of a part that come so long behind the one before, and how long. */
export function gapsOf(
  events: readonly TraceEvent[],
  first: number,
  last: number,
): { at: number; ms: number }[] {
  const gaps: { at: number; ms: number }[] = [];
  for (let at = Math.max(1, first); at < last; at++) {
    const ms = (events[at]?.t ?? 0) - (events[at - 1]?.t ?? 0);
    if (ms >= GAP_MS) gaps.push({ at, ms });
  }
  return gaps;
}

/** Draws those that are seen. */
export function drawGaps(pen: Pen, scene: Scene, line: Line, says: Sayings): void {
  const { marks, axis, places } = line;
  if (axis.measure === 'time') return; // there a gap is a gap
  const { first, last } = seenOf(line, scene);
  const y = Math.round(yOf(scene, places[SERVER] as number)) + 0.5;
  const ink = scene.colours.of['mark-edge'];
  pen.font = lettersOf(scene, letterOf(scene));
  pen.textBaseline = 'middle';
  pen.textAlign = 'center';
  for (const { at, ms } of gapsOf(marks.events, first, last + 1)) {
    const [from, to] = [at - 1, at].map((i) => xOf(scene, axis.xs[i] as number)) as [
      number,
      number,
    ];
    pen.fillStyle = ink;
    pen.fillRect(from, y - 1.5, to - from, 3);
    const text = says.time(ms);
    const room = pen.measureText(text).width + 0.5 * scene.rem;
    if (room > to - from - 1.5 * scene.rem) continue;
    pen.fillStyle = scene.colours.of.pane;
    pen.fillRect((from + to - room) / 2, y - letterOf(scene) / 2, room, letterOf(scene));
    pen.fillStyle = scene.colours.of.ink;
    pen.fillText(text, (from + to) / 2, y);
  }
}
