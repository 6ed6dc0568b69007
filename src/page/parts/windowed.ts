/**
 * Which rows of a long list are worth drawing: those that are seen, and a few around them.
 * @module
 */

import { type Signal, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

/** A list that scrolls, of rows that are all as high as each other. */
export interface Windowed<Box extends HTMLElement> {
  /** For the element that scrolls. */
  ref: RefObject<Box | null>;
  /** For its `onScroll`. */
  onScroll: () => void;
  /** The first row to draw. */
  from: number;
  /** Behind the last row to draw. */
  to: number;
}

const SPARE = 8;

/**
 * Draws part of a list.
 *
 * @param rows how many there are
 * @param rowRem how high each is, in rem
 * @param current the row to keep in sight; -1 for none
 * @param topRem what stands above the first row
 */
export function useWindow<Box extends HTMLElement>(
  rows: number,
  rowRem: number,
  current: number,
  topRem = 0,
): Windowed<Box> {
  const ref = useRef<Box>(null);
  const seen: Signal<readonly [top: number, height: number]> = useSignal([0, 900] as const);
  const rem = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const onScroll = (): void => {
    const { scrollTop = 0, clientHeight = 0 } = ref.current ?? {};
    seen.value = [scrollTop / rem(), clientHeight / rem()];
  };
  useEffect(() => {
    if (ref.current === null) return undefined;
    const observer = new ResizeObserver(onScroll);
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    const box = ref.current;
    if (box === null || current < 0) return;
    const top = (topRem + current * rowRem) * rem();
    const height = rowRem * rem();
    const isSeen =
      top >= box.scrollTop + topRem * rem() && top + height * 2 <= box.scrollTop + box.clientHeight;
    if (!isSeen) box.scrollTop = top - box.clientHeight / 2;
  }, [current, rowRem, topRem, rows]);
  const [top, height] = seen.value;
  const from = Math.max(0, Math.floor((top - topRem) / rowRem) - SPARE);
  return { ref, onScroll, from, to: Math.min(rows, from + Math.ceil(height / rowRem) + 2 * SPARE) };
}
