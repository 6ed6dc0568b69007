/**
 * What a terminal prints, in its columns: a Chinese character takes two, whichever font draws it.
 * @module
 */

import type { JSX } from 'preact';
import { WIDE } from './wide.js';

/** A text in columns. */
export function Columns({ text }: { text: string }): JSX.Element {
  // every second piece is what the text is split at
  return (
    <>{text.split(WIDE).map((piece, i) => (i % 2 === 0 ? piece : <b class="wide">{piece}</b>))}</>
  );
}
