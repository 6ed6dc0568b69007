/**
 * Which rows of a long list are worth drawing: those that are seen, and a few around them.
 * @module
 */

import { type Signal, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { isPrinting } from './print.js';

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
  /** A class for the element that scrolls: whether it is printed whole. */
  paper: 'on-paper-whole' | '';
}

const SPARE = 8;
/** A longer list is printed as it stands: nobody wants a thousand pages. */
const MOST_PRINTED = 500;

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
  const show = (): void => {
    const box = ref.current;
    if (box === null || current < 0) return;
    const top = (topRem + current * rowRem) * rem();
    const height = rowRem * rem();
    const isSeen =
      top >= box.scrollTop + topRem * rem() && top + height * 2 <= box.scrollTop + box.clientHeight;
    if (!isSeen) box.scrollTop = top - box.clientHeight / 2;
  };
  useLayoutEffect(show, [current, rowRem, topRem, rows]);
  const onResize = useRef(show);
  onResize.current = () => {
    show(); // larger letters have moved the current row away
    onScroll();
  };
  useEffect(() => {
    if (ref.current === null) return undefined;
    const observer = new ResizeObserver(() => onResize.current());
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, []);
  const paper = rows <= MOST_PRINTED ? 'on-paper-whole' : '';
  if (isPrinting.value && paper !== '') return { ref, onScroll, from: 0, to: rows, paper };
  const [top, height] = seen.value;
  const from = Math.max(0, Math.floor((top - topRem) / rowRem) - SPARE);
  const to = Math.min(rows, from + Math.ceil(height / rowRem) + 2 * SPARE);
  return { ref, onScroll, from, to, paper };
}
