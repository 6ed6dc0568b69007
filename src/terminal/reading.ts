/**
 * The text of a lesson as lines of a terminal.
 * @module
 */

import { resolve } from 'node:path';
import stringWidth from 'string-width';
import { type Block, type Inline, sectionsOf } from '../lesson/text.js';
import { cut, pad } from '../trace/columns.js';
import { pc } from './colours.js';
import { wrap } from './wrap.js';

/** How a text is shown. */
export interface ReadingOptions {
  /** The width of a line. */
  readonly columns: number;
  /** The folder of the lesson, which its links start from. */
  readonly folder: string;
  /** Writes the path of a file as one would type it. */
  readonly pathOf: (path: string) => string;
}

/** The pages of a lesson: what stands before the first `##`, then a page for each. */
export function pagesOf(text: string, options: ReadingOptions): string[][] {
  return sectionsOf(text).map(({ heading, blocks }) => {
    const parts = blocks.map((block) => linesOfBlock(block, options));
    const head = heading === '' ? [] : [pc.bold(heading)];
    const shown = [head, ...parts].filter((lines) => lines.length > 0);
    return shown.flatMap((lines, i) => (i === 0 ? lines : ['', ...lines]));
  });
}

function linesOfBlock(block: Block, options: ReadingOptions): string[] {
  const { columns } = options;
  switch (block.kind) {
    case 'code':
      return block.text
        .split('\n')
        .flatMap((line) => (line === '' ? [''] : codeLines(`  ${line}`, columns)));
    case 'command':
      return block.text.split('\n').map((line) => pc.bold(`    ${line}`));
    case 'heading':
      return [pc.bold(inline(block.words, options))];
    case 'picture':
      return [];
    case 'table':
      return tableOf(block.rows, options);
    case 'list':
      return block.items.flatMap(({ mark, words }) => itemOf(`  ${mark}`, words, options));
    case 'paragraph':
      return itemOf('', block.words, options);
    default:
      return block satisfies never;
  }
}

/** An item of a list behind its mark; a paragraph has none. */
function itemOf(mark: string, words: readonly Inline[], options: ReadingOptions): string[] {
  const indent = ' '.repeat(mark.length);
  const wrapped = wrap(inline(words, options), options.columns - mark.length);
  return wrapped.map((line, i) => `${i === 0 ? mark : indent}${line}`);
}

/** A line of a program, broken before a word where it does not fit; what follows stands further in. */
function codeLines(line: string, columns: number): string[] {
  const lines: string[] = [];
  const indent = ' '.repeat(Math.min(line.search(/\S|$/) + 4, columns >> 1));
  let rest = line;
  while (stringWidth(rest) > columns) {
    const fits = cut(rest, columns + 1).slice(0, -1); // without the ellipsis
    const space = fits.lastIndexOf(' ');
    const at = space > rest.search(/\S/) ? space : fits.length;
    lines.push(rest.slice(0, at).trimEnd());
    rest = indent + rest.slice(at).trimStart();
  }
  return [...lines, rest];
}

function tableOf(
  cells: readonly (readonly (readonly Inline[])[])[],
  options: ReadingOptions,
): string[] {
  const rows = cells.map((row) => row.map((words) => inline(words, options)));
  const widths = (rows[0] ?? []).map((_, i) => {
    return Math.max(...rows.map((cells) => stringWidth(cells[i] ?? '')));
  });
  const total = widths.reduce((sum, width) => sum + width + 2, 0);
  if (total > options.columns) {
    const [[, ...heads] = [], ...others] = rows; // too wide: each cell of a row below the first, by name
    return others.flatMap(([first = '', ...cells]) => [
      `  ${first}`,
      ...cells.flatMap((cell, i) => {
        const lines = wrap(`${headOf(heads[i] ?? '')}${cell}`, options.columns - 4);
        return lines.map((line) => `    ${line}`);
      }),
    ]);
  }
  return rows.map((cells, row) => {
    const line = `  ${cells.map((cell, i) => pad(cell, widths[i] ?? 0)).join('  ')}`.trimEnd();
    return row === 0 ? pc.bold(line) : line;
  });
}

const HAN = /\p{sc=Han}/u;

/** The head of a column in front of a cell, with the colon of its language. */
function headOf(head: string): string {
  return HAN.test(head) ? `${head}：` : `${head}: `;
}

/** A text and where it leads, in the brackets of its language. */
function beside(text: string, place: string): string {
  return HAN.test(text) ? `${text}（${place}）` : `${text} (${place})`;
}

/** Words as plain text; a link to a file is followed by its path. */
function inline(words: readonly Inline[], { folder, pathOf }: ReadingOptions): string {
  const texts = words.map(([kind, text, target = '']) => {
    if (kind !== 'link') return text;
    if (/^\w+:/.test(target)) return beside(text, target);
    const [path = ''] = target.split('#');
    return path === '' ? text : beside(text, pathOf(resolve(folder, path)));
  });
  return texts.join('');
}
