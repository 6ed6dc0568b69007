/**
 * Pictures made of letters, in HTML outside of the page: columns stay columns in Chinese, too.
 * @module
 */

import { WIDE } from '../src/page/shared/wide.js';

/** Sets each letter of an HTML text that takes two columns in an element `.wide`. */
export function inColumns(html: string): string {
  // every second piece is what the text is split at
  const pieces = html.split(WIDE);
  return pieces.map((piece, i) => (i % 2 === 0 ? piece : `<b class="wide">${piece}</b>`)).join('');
}
