/**
 * Where the events of a trace stand from left to right, and which part of that is seen.
 *
 * By steps each has the same room, and where time passed there is a gap, wide for a long wait but never
 * wider than a few steps: a turn can be read although all of it is at one moment, and an idle hour is no
 * empty screen. By time all is to scale.
 * @module
 */

import type { TraceEvent } from '../../trace/event.js';

/** What the axis counts. */
export type Measure = 'steps' | 'time';

/** A part of the axis, in its own units: steps, or milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Where each event stands. What comes later moves none that was there: forks begin alike. */
export interface Axis {
  /** What it counts; `steps` also where it was to be time and no time passed. */
  readonly measure: Measure;
  /** The place of each event; none is before the one in front of it. */
  readonly xs: Float64Array;
  /** All of it, with a margin. */
  readonly whole: Span;
}

/** The widest gap, in steps. */
const WIDEST_GAP = 4;
/** So few steps fill the screen at most. */
const CLOSEST_STEPS = 6;

/** The axis of a trace. */
export function axisOf(events: readonly TraceEvent[], measure: Measure): Axis {
  const xs = new Float64Array(events.length);
  const begin = events[0]?.t ?? 0;
  let now = begin;
  let x = 0;
  for (let i = 0; i < events.length; i++) {
    const t = Math.max(now, events[i]?.t ?? 0); // a clock may have been set back
    if (measure === 'time') x = t - begin;
    else if (i > 0) x += 1 + gapOf(t - now);
    now = t;
    xs[i] = x;
  }
  if (measure === 'time' && now === begin) return axisOf(events, 'steps');
  const margin = measure === 'steps' ? 1 : x * 0.02;
  return { measure, xs, whole: { from: -margin, to: x + margin } };
}

/** How wide a wait is drawn, in steps: 10 ms as one, a second as three. */
function gapOf(ms: number): number {
  return ms > 0 ? Math.min(WIDEST_GAP, Math.log10(1 + ms)) : 0;
}

/** The first event at or behind a place; the number of events where there is none. */
export function firstAt(xs: Float64Array, x: number): number {
  let [low, high] = [0, xs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((xs[middle] ?? 0) < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The events of a part of the axis: from, and behind the last. */
export function seenIn({ xs }: Axis, { from, to }: Span): [from: number, to: number] {
  const first = firstAt(xs, from);
  let last = firstAt(xs, to);
  while (last < xs.length && xs[last] === to) last++;
  return [first, last];
}

/** The same part with other ends: within the axis, and not closer than a few steps. */
export function within({ measure, whole, xs }: Axis, { from, to }: Span): Span {
  const all = whole.to - whole.from;
  const closest =
    measure === 'steps' ? CLOSEST_STEPS : (CLOSEST_STEPS * all) / (20 * xs.length + 1);
  const width = Math.min(all, Math.max(closest, to - from));
  const middle = (from + to) / 2;
  const begin = Math.min(Math.max(middle - width / 2, whole.from), whole.to - width);
  return { from: begin, to: begin + width };
}

/** Closer by a factor above 1, farther by one below; a place stays where it is. */
export function zoomed(axis: Axis, { from, to }: Span, factor: number, at: number): Span {
  const anchor = Math.min(Math.max(at, from), to);
  return within(axis, {
    from: anchor - (anchor - from) / factor,
    to: anchor + (to - anchor) / factor,
  });
}

/** Moved by a part of what is seen; -0.25 is a quarter back. */
export function panned(axis: Axis, { from, to }: Span, by: number): Span {
  const way = (to - from) * by;
  return within(axis, { from: from + way, to: to + way });
}

/** Moved so that a place is seen: at the fifth of it where one walks on, so that most of what comes is there. */
export function following(axis: Axis, span: Span, x: number): Span {
  const width = span.to - span.from;
  const margin = width * 0.02;
  if (x >= span.from + margin && x <= span.to - margin) return span;
  if (axis.whole.from >= span.from && axis.whole.to <= span.to) return span;
  const at = x > span.to - margin ? 0.2 : 0.8;
  return within(axis, { from: x - width * at, to: x + width * (1 - at) });
}

/** From ten seconds on a clock counts in sixties: 15 s, 30 s, 1 min and so on, in milliseconds. */
const CLOCK = [15, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 21_600, 86_400].map(
  (s) => s * 1_000,
);

/**
 * Places for numbers along an axis: 1, 2 or 5 times a power of ten apart, or as a clock counts.
 *
 * @param span in milliseconds
 * @param most how many there is room for
 */
export function ticksOf({ from, to }: Span, most: number): number[] {
  const least = (to - from) / Math.max(1, most);
  if (!(least > 0)) return [];
  const power = 10 ** Math.floor(Math.log10(least));
  const even = power * ([1, 2, 5].find((n) => n * power >= least) ?? 10);
  const step = even <= 10_000 ? even : (CLOCK.find((ms) => ms >= least) ?? even);
  const ticks: number[] = [];
  for (let n = Math.ceil(Math.max(0, from) / step); n * step <= to; n++) ticks.push(n * step);
  return ticks;
}
