/**
 * What is seen of a walk's trace: which part, by which measure, how it is drawn. Kept as long as the walk
 * is, so that a view that is left and opened again shows what it showed.
 * @module
 */

import { batch, signal } from '@preact/signals';
import type { TraceEvent } from '../../trace/event.js';
import type { Session } from '../session.js';
import type { Shortcut } from '../view.js';
import type { Walk } from '../walk/walk.js';
import {
  type Axis,
  axisOf,
  following,
  type Measure,
  panned,
  type Span,
  within,
  zoomed,
} from './axis.js';
import { nextOfRow } from './hit.js';
import { Marks } from './marks.js';

/** How a trace can be drawn; the list is its closest look. */
export const DRAWN_AS = ['trace', 'list', 'diagram'] as const;
/** One of them. */
export type DrawnAs = (typeof DRAWN_AS)[number];

const ZOOM = 1.6;
const PAN = 0.25;
/** A mark that has not so much room is none; a trace that is not long then begins closer. In pixels. */
const LEAST_ROOM = 5;
const FIRST_ROOM = 9;
const NOT_LONG = 1_000;

/** One choice for all traces: who looks at lists looks at the next run's too. */
const drawnAs = signal<DrawnAs>('trace');

/** A trace on its axis. */
export interface Drawn {
  readonly marks: Marks;
  readonly axis: Axis;
}

/** With what it was made from; the axis may count otherwise than was asked for. */
interface Kept extends Drawn {
  readonly events: readonly TraceEvent[];
  readonly measure: Measure;
}

/** What is seen of a trace. */
export class Timeline {
  /** How it is drawn. */
  readonly drawnAs = drawnAs;
  /** What its axis counts. */
  readonly measure = signal<Measure>('steps');
  /** What is seen of the axis; null for all of it. */
  readonly span = signal<Span | null>(null);
  /** A second trace on the same axis, drawn fainter: a fork, say. */
  readonly other = signal<readonly TraceEvent[] | null>(null);
  readonly #walk: Walk;
  #drawn: Kept | null = null;
  #faint: Kept | null = null;
  /** The run whose first look was chosen. */
  #begun: TraceEvent | undefined;

  constructor(walk: Walk) {
    this.#walk = walk;
  }

  /** The trace of the walk. It subscribes who calls while drawing. */
  get drawn(): Drawn {
    this.#drawn = this.#draw(this.#walk.events.value, this.#drawn);
    return this.#drawn;
  }

  /** The second trace; null where there is none. */
  get faint(): Drawn | null {
    const events = this.other.value;
    this.#faint = events === null ? null : this.#draw(events, this.#faint);
    return this.#faint;
  }

  /** What is seen now. */
  get seen(): Span {
    const { axis } = this.drawn;
    return this.span.value === null ? axis.whole : within(axis, this.span.value);
  }

  /** Where the present step is on the axis. */
  get presentX(): number {
    return this.drawn.axis.xs[this.#walk.position.value - 1] ?? 0;
  }

  /** Chooses what is seen of a run at first: all, or what can be read where that needs more room. */
  begin(width: number): void {
    const { axis, marks } = this.drawn;
    const [first] = marks.events;
    if (first === this.#begun || width === 0) return;
    this.#begun = first;
    const all = axis.whole.to - axis.whole.from;
    const isTight = width / all < LEAST_ROOM && marks.events.length <= NOT_LONG;
    const span = { from: this.presentX - width / FIRST_ROOM / 5, to: 0 };
    this.span.value =
      isTight && axis.measure === 'steps'
        ? within(axis, { ...span, to: span.from + width / FIRST_ROOM })
        : null;
  }

  /** Keeps the present step in sight. */
  follow(): void {
    if (this.span.peek() === null) return;
    this.span.value = following(this.drawn.axis, this.seen, this.presentX);
  }

  /** Closer or farther. @param at what stays where it is; the present step if nothing is said */
  zoom(factor: number, at = this.presentX): void {
    this.show(zoomed(this.drawn.axis, this.seen, factor, at));
  }

  /** To one side. @param by a part of what is seen */
  pan(by: number): void {
    this.show(panned(this.drawn.axis, this.seen, by));
  }

  /** Shows a part of the axis. */
  show(span: Span): void {
    const { axis } = this.drawn;
    const mended = within(axis, span);
    const isAll = mended.to - mended.from >= axis.whole.to - axis.whole.from;
    this.span.value = isAll ? null : mended;
  }

  /** Shows all of it. */
  whole(): void {
    this.span.value = null;
  }

  /** Counts otherwise; the same events stay in sight, as far as they can. */
  measureBy(measure: Measure): void {
    const { from, to } = this.seen;
    const { xs } = this.drawn.axis;
    const isAll = this.span.peek() === null;
    const ends = [from, to].map((x) => xs.findIndex((one) => one >= x));
    batch(() => {
      this.measure.value = measure;
      if (isAll) return;
      const { axis } = this.drawn;
      const [first = 0, last = 0] = ends;
      this.show({
        from: axis.xs[Math.max(0, first)] ?? 0,
        to: axis.xs[last === -1 ? axis.xs.length - 1 : last] ?? 0,
      });
      this.follow();
    });
  }

  /** To the next step of the same row, or the one before. */
  alongRow(by: 1 | -1): void {
    this.#walk.pause();
    const next = nextOfRow(this.drawn.marks, this.#walk.position.peek() - 1, by);
    if (next !== null) this.#walk.seek(next + 1);
  }

  #draw(events: readonly TraceEvent[], known: Kept | null): Kept {
    const measure = this.measure.value;
    const isSame = known?.events === events;
    if (isSame && known.measure === measure) return known;
    const marks = isSame ? known.marks : Marks.of(events, known?.marks);
    return { events, measure, marks, axis: axisOf(events, measure) };
  }
}

const timelines = new WeakMap<Walk, Timeline>();

/** What is seen of a walk. */
export function timelineOf(walk: Walk): Timeline {
  let one = timelines.get(walk);
  if (one === undefined) {
    one = new Timeline(walk);
    timelines.set(walk, one);
  }
  return one;
}

/** The keys of a trace, for the views that show one. */
export function timelineShortcuts(walkOf: (session: Session) => Walk): Shortcut[] {
  const key = (
    keys: readonly string[],
    label: Shortcut['label'],
    run: (timeline: Timeline) => void,
  ): Shortcut => ({ keys, label, run: (session) => run(timelineOf(walkOf(session))) });
  return [
    key(['+', '='], 'timeline.key.closer', (one) => one.zoom(ZOOM)),
    key(['-'], 'timeline.key.farther', (one) => one.zoom(1 / ZOOM)),
    key(['0'], 'timeline.key.whole', (one) => one.whole()),
    key([','], 'timeline.key.left', (one) => one.pan(-PAN)),
    key(['.'], 'timeline.key.right', (one) => one.pan(PAN)),
    key(['j'], 'timeline.key.row-next', (one) => one.alongRow(1)),
    key(['k'], 'timeline.key.row-back', (one) => one.alongRow(-1)),
    key(['x'], 'timeline.key.measure', (one) =>
      one.measureBy(one.measure.peek() === 'steps' ? 'time' : 'steps'),
    ),
    key(['l'], 'timeline.key.list', (one) => {
      one.drawnAs.value = one.drawnAs.peek() === 'list' ? 'trace' : 'list';
    }),
  ];
}

/** As the buttons do it. */
export const zoomOnce = (timeline: Timeline, by: 1 | -1): void =>
  timeline.zoom(by === 1 ? ZOOM : 1 / ZOOM);
