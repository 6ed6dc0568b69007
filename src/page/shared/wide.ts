/**
 * Which letters take two columns, in a terminal and in whatever is drawn with letters.
 * @module
 */

/** One of them, but for emoji, which bring their own width; what is split by it has them at its odd places. */
export const WIDE =
  /([\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303f\uff01-\uff60])/u;
