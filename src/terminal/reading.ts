/**
 * The text of a lesson as lines of a terminal: what Markdown a lesson uses, and no more. Comments, which
 * hold the answer and the marks of computed numbers, are left out.
 * @module
 */

import { resolve } from 'node:path';
import stringWidth from 'string-width';
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
  const body = text.replaceAll('\r\n', '\n').replace(/^---\n.*?\n---\n/s, '');
  // a comment that stands alone takes its line with it, and no more
  const shown = body.replace(/^<!--.*?-->\n/gms, '').replace(/<!--.*?-->/gs, '');
  return shown
    .split(/^(?=## )/m)
    .map((part) => linesOf(part.trim(), options))
    .filter((lines) => lines.length > 0);
}

function linesOf(markdown: string, options: ReadingOptions): string[] {
  const lines: string[] = [];
  for (const block of blocksOf(markdown)) {
    if (lines.length > 0) lines.push('');
    lines.push(...linesOfBlock(block, options));
  }
  return lines;
}

/** What empty lines part; a program between fences is one block. */
function blocksOf(markdown: string): string[] {
  return markdown
    .split(/^(```.*?^```)$/ms)
    .flatMap((part) => (part.startsWith('```') ? [part] : part.split(/\n{2,}/)))
    .map((block) => block.replace(/^\n+|\s+$/g, ''))
    .filter((block) => block !== '');
}

function linesOfBlock(block: string, options: ReadingOptions): string[] {
  const { columns } = options;
  if (block.startsWith('```')) {
    const inner = block.split('\n').slice(1, -1);
    return inner.flatMap((line) => (line === '' ? [''] : codeLines(`  ${line}`, columns)));
  }
  if (block.startsWith('    ')) return block.split('\n').map((line) => pc.bold(line));
  if (block.startsWith('#')) return [pc.bold(block.replace(/^#+ /, ''))];
  if (block.startsWith('|')) return tableOf(block, options);
  if (block.startsWith('![')) return [];
  return itemsOf(block).flatMap(({ mark, text }) => {
    const indent = ' '.repeat(mark.length);
    const wrapped = wrap(inline(text, options), columns - mark.length);
    return wrapped.map((line, i) => `${i === 0 ? mark : indent}${line}`);
  });
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

/** The items of a list with their marks; a paragraph is one without, whatever its lines begin with. */
function itemsOf(block: string): { mark: string; text: string }[] {
  if (!/^(?:-|\d+\.) /.test(block)) return [{ mark: '', text: block }];
  const items = block.split(/\n(?=(?:-|\d+\.) )/);
  return items.map((item) => {
    const [, mark = '', text = ''] = /^((?:- (?:\w\) )?|\d+\. )?)(.*)$/s.exec(item) ?? [];
    return { mark: mark === '' ? '' : `  ${mark}`, text };
  });
}

function tableOf(block: string, options: ReadingOptions): string[] {
  const rows = block
    .split('\n')
    .filter((line) => !/^\|[\s|:-]+\|$/.test(line))
    .map((line) => line.replace(/^\| ?| ?\|$/g, '').split(/ ?(?<!\\)\| ?/))
    .map((cells) => cells.map((cell) => inline(cell.trim().replaceAll('\\|', '|'), options)));
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

/** The head of a column in front of a cell, with the colon of its language. */
function headOf(head: string): string {
  return /\p{sc=Han}/u.test(head) ? `${head}：` : `${head}: `;
}

/** A text without the marks of emphasis and code; a link to a file is followed by its path. */
function inline(text: string, { folder, pathOf }: ReadingOptions): string {
  return text
    .replace(/(?<=[\p{sc=Han}，。：；？！）”])\n(?=[\p{sc=Han}（“])/gu, '') // Chinese has no spaces
    .replace(/\[([^\]]*)\]\(([^)\s]*)\)/g, (_, name: string, target: string) => {
      const words = name.replace(/\s+/g, ' ');
      if (/^\w+:/.test(target)) return `${words} (${target})`;
      const [path = ''] = target.split('#');
      return path === '' ? words : `${words} (${pathOf(resolve(folder, path))})`;
    })
    .replace(/\*\*(.+?)\*\*/gs, '$1')
    .replace(/`([^`]+)`/g, '$1');
}
