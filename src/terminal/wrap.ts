/**
 * Breaks texts into lines of a terminal, and takes out of foreign text what would upset one.
 * @module
 */

import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { unbroken } from '../trace/columns.js';
import { printable } from '../trace/text.js';

/**
 * Breaks a text between words, and Chinese between characters; a word that is longer than a line is broken
 * where the line ends.
 */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    for (const [i, piece] of unbroken(word).entries()) {
      const longer = line === '' || i > 0 ? line + piece : `${line} ${piece}`;
      if (stringWidth(longer) <= columns) {
        line = longer;
        continue;
      }
      if (line !== '') lines.push(line);
      const pieces = broken(piece, columns);
      line = pieces.pop() ?? '';
      lines.push(...pieces);
    }
  }
  return line === '' ? lines : [...lines, line];
}

/** Columns for sentences: those of the terminal, 40 at least; 80 where there is none. */
function sentenceColumns(): number {
  return process.stdout.isTTY ? Math.max(40, process.stdout.columns) : 80;
}

/** Breaks a sentence of ours, which may stand some way in, where the terminal ends; what follows stands further in. */
export function sentence(line: string, columns = sentenceColumns()): string[] {
  if (stringWidth(line) <= columns) return [line];
  const indent = /^ */.exec(line)?.[0] ?? '';
  const lines = wrap(line, columns - indent.length - HANG);
  return lines.map((one, i) => `${indent}${i === 0 ? '' : ' '.repeat(HANG)}${one}`);
}

/** How far in a sentence goes on. */
const HANG = 2;

/** A word in pieces that fit. */
function broken(word: string, columns: number): string[] {
  const pieces = [''];
  for (const { segment } of new Intl.Segmenter().segment(word)) {
    const longer = pieces.at(-1) + segment;
    if (stringWidth(longer) > columns) pieces.push(segment);
    else pieces[pieces.length - 1] = longer;
  }
  return pieces;
}

/**
 * Foreign text without escape sequences; tabs become spaces, other control characters vanish. What
 * would turn the direction of a line, or is not seen, is written out: `\u{202e}`.
 */
export function plain(text: string): string {
  return stripVTControlCharacters(text)
    .replaceAll('\r\n', '\n')
    .replaceAll('\t', '    ')
    .replace(/(?!\n)\p{Cc}/gu, '')
    .split('\n')
    .map(printable)
    .join('\n');
}
