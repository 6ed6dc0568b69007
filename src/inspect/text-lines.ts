/**
 * Lines of 80 columns: what is wider is broken at spaces, within Chinese, and within a word that is wider
 * than a line.
 * @module
 */

import stringWidth from 'string-width';
import { unbroken } from '../trace/columns.js';

/** A line, and what it is: `problem` lines begin with `!`. */
export interface InspectionLine {
  /** What it is about: how it is painted. */
  readonly kind: 'head' | 'bytes' | 'bits' | 'meaning' | 'problem' | 'original' | 'rest';
  /** The line, without its newline. */
  readonly text: string;
}

const WIDTH = 80;
const ASCII = /^[\x20-\x7e]*$/;

/** Words, and the pieces of Chinese ones, which have no space in front of them. */
function* piecesOf(text: string): Generator<{ space: string; word: string }> {
  for (const word of text.split(' ')) {
    if (ASCII.test(word)) yield { space: ' ', word };
    else
      for (const [i, piece] of unbroken(word).entries())
        yield { space: i === 0 ? ' ' : '', word: piece };
  }
}

/** Breaks at spaces, within Chinese, and within a word that is wider than a line. */
export function* wrapped(
  kind: InspectionLine['kind'],
  text: string,
  first: string,
  next: string,
): Generator<InspectionLine> {
  // a column a character: most lines are such, and many fit
  if (first.length + text.length <= WIDTH && ASCII.test(text)) {
    yield { kind, text: first + text };
    return;
  }
  let line = first;
  let used = first.length; // an indent is plain
  let isEmpty = true;
  for (const { space, word } of piecesOf(text)) {
    const columns = stringWidth(word);
    if (!isEmpty && used + space.length + columns > WIDTH) {
      yield { kind, text: line };
      line = next;
      used = next.length;
      isEmpty = true;
    }
    if (!isEmpty) {
      line += space;
      used += space.length;
    }
    isEmpty = false;
    if (used + columns <= WIDTH) {
      line += word;
      used += columns;
      continue;
    }
    for (const character of word) {
      const columns = stringWidth(character);
      if (used + columns > WIDTH) {
        yield { kind, text: line };
        line = next;
        used = next.length;
      }
      line += character;
      used += columns;
    }
  }
  yield { kind, text: line };
}
