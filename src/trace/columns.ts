/**
 * Text by the columns that it takes on a terminal: Chinese characters and emoji take two each.
 * @module
 */

import stringWidth from 'string-width';

/** Made when it is needed first, and once: that takes longer than to cut. */
let segmenter: Intl.Segmenter | undefined;

/** Cuts a text to so many columns; what was cut shows as an ellipsis. */
export function cut(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  if (columns < 1) return '';
  let kept = '';
  let used = 1; // the ellipsis
  segmenter ??= new Intl.Segmenter();
  for (const { segment } of segmenter.segment(text)) {
    used += stringWidth(segment);
    if (used > columns) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** Fills a text up with spaces to so many columns. */
export function pad(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - stringWidth(text)));
}

/** What no line of Chinese begins with, and what none ends in. */
const CLOSING = '，。、；：！？）》」』】”';
const OPENING = '（《「『【“';

/** Between two Chinese characters, or one and another, a line may break; not before or behind these. */
const BREAK = new RegExp(
  `(?<=[\\p{sc=Han}${CLOSING}])(?![${CLOSING}…,.;:!?)\\]%'"])|(?<![${OPENING}(\\['"])(?=[\\p{sc=Han}${OPENING}])`,
  'u',
);

/** The pieces of a word between which a line may end: one, but for Chinese, which has no spaces to break at. */
export function unbroken(word: string): string[] {
  return word.split(BREAK);
}
