/**
 * Keeps the row that a step is about in sight, where a table is longer than its box.
 * @module
 */

import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

/** Of the head of a table, which stays at the top of its box. */
const HEAD_REM = 3;

/** Scrolls the box so that its first `.present` is seen. @param changes when it may be another */
export function useInSight(box: RefObject<HTMLElement | null>, changes: readonly unknown[]): void {
  useLayoutEffect(() => {
    const { current } = box;
    const row = current?.querySelector('.present');
    if (!current || !row || current.scrollHeight <= current.clientHeight) return;
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    const top = row.getBoundingClientRect().top - current.getBoundingClientRect().top;
    const isSeen = top >= HEAD_REM * rem && top + row.clientHeight <= current.clientHeight;
    if (!isSeen) current.scrollTop += top - current.clientHeight / 2;
  }, changes);
}
