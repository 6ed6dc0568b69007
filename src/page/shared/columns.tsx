/**
 * What a terminal prints, in its columns: a Chinese character takes two, whichever font draws it.
 * @module
 */

import type { JSX } from 'preact';

/** What takes two columns in a terminal, but for emoji, which bring their own width. */
const WIDE = /([\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303f\uff01-\uff60])/u;

/** A text in columns. */
export function Columns({ text }: { text: string }): JSX.Element {
  // every second piece is what the text is split at
  return (
    <>{text.split(WIDE).map((piece, i) => (i % 2 === 0 ? piece : <b class="wide">{piece}</b>))}</>
  );
}
