/**
 * Keeps the row that a step is about in sight, where a table is longer than its box.
 * @module
 */

import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

/** Of the head of a table, which stays at the top of its box. */
const HEAD_REM = 3;

/** Looks where a box stands. @returns where it is to be scrolled to; null for where it is */
type Look = (box: HTMLElement) => number | null;

/** Boxes to be looked at before the next frame. */
const waiting = new Map<HTMLElement, Look>();

/**
 * Scrolls a box before the next frame. All boxes are looked at together, when every pane has been drawn: a
 * look between two drawings would have the page laid out once more.
 */
export function scrollBeforeFrame(box: HTMLElement, look: Look): void {
  if (waiting.size === 0) requestAnimationFrame(scrollAll);
  waiting.set(box, look);
}

function scrollAll(): void {
  const boxes = [...waiting].map(([box, look]) => [box, look(box)] as const);
  waiting.clear();
  for (const [box, top] of boxes) if (top !== null) box.scrollTop = top;
}

/** Scrolls the box so that its first `.present` is seen. @param changes when it may be another */
export function useInSight(box: RefObject<HTMLElement | null>, changes: readonly unknown[]): void {
  useLayoutEffect(() => {
    if (box.current !== null) scrollBeforeFrame(box.current, toPresent);
  }, changes);
}

function toPresent(box: HTMLElement): number | null {
  const row = box.querySelector('.present');
  if (row === null || box.scrollHeight <= box.clientHeight) return null;
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const top = row.getBoundingClientRect().top - box.getBoundingClientRect().top;
  const isSeen = top >= HEAD_REM * rem && top + row.clientHeight <= box.clientHeight;
  return isSeen ? null : box.scrollTop + top - box.clientHeight / 2;
}
