/**
 * What panes are drawn from that are out of sight, or only heard: they follow a walk where it rests. Whoever
 * scrubs through a thousand steps does not see them, and would wait for each.
 * @module
 */

import { effect, type Signal, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import type { TraceEvent } from '../../trace/event.js';
import type { View } from '../../trace/view.js';
import { isPrinting } from '../shared/print.js';
import type { Walk } from './walk.js';

/** What is shown of a walk. */
export interface Shown {
  readonly view: View;
  /** The trace that the view is of. */
  readonly events: readonly TraceEvent[];
}

/** A walk rests where it has not moved for so long. */
const REST_MS = 150;

/**
 * What is shown in a box: the present step while it is in sight, or on its way to paper; else the step at
 * which the walk has rested last.
 *
 * @param box none for what is only heard
 */
export function useShown(walk: Walk, box: RefObject<HTMLElement | null> | null): Shown {
  // a peek: to be drawn again at each step is what is not wanted
  const shown = useSignal<Shown>({ view: walk.view.peek(), events: walk.events.peek() });
  const isSeen = useSignal(box !== null);
  useLayoutEffect(() => watchSight(box?.current ?? null, isSeen), [box]);
  useLayoutEffect(() => follow(walk, isSeen, shown), [walk]);
  return shown.value;
}

/** The present step. Whoever calls it while drawing is drawn again at the next. */
export function presentOf(walk: Walk): Shown {
  return { view: walk.view.value, events: walk.events.value };
}

function follow(walk: Walk, isSeen: Signal<boolean>, shown: Signal<Shown>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = effect(() => {
    const present = presentOf(walk);
    const isAtOnce = isSeen.value || isPrinting.value;
    clearTimeout(timer);
    const { view, events } = shown.peek();
    if (view === present.view && events === present.events) return;
    const show = (): void => {
      shown.value = present;
    };
    if (isAtOnce) show();
    else timer = setTimeout(show, REST_MS);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

function watchSight(box: HTMLElement | null, isSeen: Signal<boolean>): (() => void) | undefined {
  if (box === null) return undefined;
  const observer = new IntersectionObserver((entries) => {
    isSeen.value = entries.at(-1)?.isIntersecting ?? true;
  });
  observer.observe(box);
  return () => observer.disconnect();
}
