/**
 * What mouse, finger and wheel do to a trace: a click goes to the mark, a drag shows what it spans, one
 * along the strip scrubs; a finger moves what is seen; the wheel moves it too, and with Ctrl comes closer.
 * @module
 */

import type { Signal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { Walk } from '../walk/walk.js';
import { panned, type Span, zoomed } from './axis.js';
import { hitAt, stepAt } from './hit.js';
import { isOnStrip, type Line, placeAt, type Scene, unitAt } from './scene.js';
import type { Timeline } from './state.js';

/** A press shorter than this is a click, in pixels. */
const LEAST_DRAG = 4;
/** A mark of the row that is pointed at is meant as far off as this. */
const NEAR = 12;

/** What the pointer is about. */
export interface Pointed {
  readonly walk: Walk;
  readonly timeline: Timeline;
  readonly screen: RefObject<HTMLElement | null>;
  readonly box: RefObject<HTMLElement | null>;
  readonly scene: RefObject<Scene | null>;
  /** The event under the mouse. */
  readonly pointed: Signal<number | null>;
  /** What a drag has spanned so far. */
  readonly chosen: Signal<readonly [number, number] | null>;
}

interface Press {
  readonly what: 'scrub' | 'choose' | 'move';
  readonly x: number;
  readonly span: Span;
  hasMoved: boolean;
}

/** What the screen of a trace does with a pointer. */
export interface PointerHandlers {
  onPointerDown: (event: PointerEvent) => void;
  onPointerMove: (event: PointerEvent) => void;
  onPointerUp: (event: PointerEvent) => void;
  onPointerCancel: () => void;
  onPointerLeave: () => void;
}

/** The handlers; the wheel is listened for beside them, since it may have to be kept from the page. */
export function usePointer(about: Pointed): PointerHandlers {
  const { screen } = about;
  useEffect(() => {
    const onWheel = (event: WheelEvent): void => turnWheel(about, event);
    const element = screen.current;
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [screen, about.timeline]);
  return useMemo(() => handlersOf(about), [about.timeline]);
}

function handlersOf({ walk, timeline, scene, pointed, chosen }: Pointed): PointerHandlers {
  let press: Press | null = null;
  const seek = (index: number): void => {
    walk.pause();
    walk.seek(index + 1);
  };
  const scrub = (x: number): void => {
    const now = scene.current;
    const line = now?.lines[0];
    if (now === null || line === undefined || line.marks.events.length === 0) return;
    seek(stepAt(line.axis, unitAt(now, x)));
  };
  const end = (): void => {
    press = null;
    chosen.value = null;
  };
  return {
    onPointerDown(event) {
      if (event.button !== 0 || scene.current === null) return;
      const [x, y] = placeOf(event);
      (event.currentTarget as Element).setPointerCapture(event.pointerId);
      const isTouch = event.pointerType === 'touch';
      const what = isOnStrip(scene.current, y) ? 'scrub' : isTouch ? 'move' : 'choose';
      press = { what, x, span: timeline.seen, hasMoved: false };
      pointed.value = null;
      if (what === 'scrub') scrub(x);
    },
    onPointerMove(event) {
      const [x, y] = placeOf(event);
      const now = scene.current;
      if (now === null) return;
      if (press === null) {
        if (event.pointerType !== 'touch') pointed.value = hitIn(now, x, y);
        return;
      }
      press.hasMoved ||= Math.abs(x - press.x) >= LEAST_DRAG;
      if (press.what === 'scrub') scrub(x);
      else if (!press.hasMoved) return;
      else if (press.what === 'choose') chosen.value = [press.x, x];
      else {
        const way = unitAt(now, press.x) - unitAt(now, x);
        timeline.show({ from: press.span.from + way, to: press.span.to + way });
      }
    },
    onPointerUp(event) {
      const [x, y] = placeOf(event);
      const now = scene.current;
      if (press !== null && now !== null && press.what !== 'scrub') {
        const ends = [unitAt(now, press.x), unitAt(now, x)].sort((a, b) => a - b);
        const [from = 0, to = 0] = ends;
        const hit = press.hasMoved ? null : hitIn(now, x, y);
        if (hit !== null) seek(hit);
        else if (press.hasMoved && press.what === 'choose') timeline.show({ from, to });
      }
      end();
    },
    onPointerCancel: end,
    onPointerLeave() {
      pointed.value = null;
    },
  };
}

function placeOf(event: PointerEvent | WheelEvent): [x: number, y: number] {
  const { left, top } = (event.currentTarget as Element).getBoundingClientRect();
  return [event.clientX - left, event.clientY - top];
}

function hitIn(scene: Scene, x: number, y: number): number | null {
  const line: Line | undefined = scene.lines[0];
  if (line === undefined) return null;
  const unit = unitAt(scene, x);
  const near = unitAt(scene, x + NEAR) - unit;
  return hitAt(line.marks, line.axis, line.places, unit, near, placeAt(scene, y));
}

/** A wheel that has nothing to do here is the page's. */
function turnWheel({ timeline, scene, box }: Pointed, event: WheelEvent): void {
  const now = scene.current;
  if (now === null) return;
  const { axis } = timeline.drawn;
  const [x] = placeOf(event);
  const seen = timeline.seen;
  let next = seen;
  if (event.ctrlKey || event.metaKey) {
    const lines = event.deltaMode === 0 ? event.deltaY : event.deltaY * 30;
    next = zoomed(axis, seen, Math.exp(-lines / 300), unitAt(now, x));
    event.preventDefault(); // the page itself would grow
  } else {
    const isAside = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    const { scrollHeight = 0, clientHeight = 0 } = box.current ?? {};
    if (!isAside && scrollHeight > clientHeight) return;
    const way = Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.deltaY;
    next = panned(axis, seen, way / now.width);
    if (next.from !== seen.from) event.preventDefault();
  }
  if (next.from !== seen.from || next.to !== seen.to) timeline.show(next);
}
