/**
 * Lines of a terminal that are cut before they are painted, so that none is longer than its columns.
 * @module
 */

import stringWidth from 'string-width';
import { cut } from '../trace/columns.js';
import { pc } from './colours.js';

/** Text and how it is painted. A line is made of these, so that it is cut before it is painted. */
export type Span = string | readonly [text: string, paint: (text: string) => string];

/** Makes a line of at most so many columns. */
export function line(columns: number, ...spans: readonly Span[]): string {
  let left = columns;
  let made = '';
  for (const span of spans) {
    const [text, paint] = typeof span === 'string' ? [span, (same: string) => same] : span;
    const fits = clip(text, left);
    left -= stringWidth(fits);
    if (fits !== '') made += paint(fits);
  }
  return made;
}

/** A line across, which begins with a title. */
export function rule(title: string, columns: number): string {
  return line(columns, [ruled(`── ${title} `, columns), pc.dim]);
}

/** Goes on as a line across, up to so many columns. */
export function ruled(text: string, columns: number): string {
  return text + '─'.repeat(Math.max(0, columns - stringWidth(text)));
}

/** Cuts to so many columns, none included. */
export function clip(text: string, columns: number): string {
  return columns <= 0 ? '' : cut(text, columns);
}

/** The columns of the widest text, and at least so many. */
export function widest(least: number, ...texts: readonly string[]): number {
  return Math.max(least, ...texts.map((text) => stringWidth(text)));
}

/** Exactly so many lines. */
export function fill(lines: readonly string[], rows: number): string[] {
  return Array.from({ length: Math.max(0, rows) }, (_, i) => lines[i] ?? '');
}
