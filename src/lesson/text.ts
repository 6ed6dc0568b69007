/**
 * The text of a lesson as a model: what Markdown a lesson uses, and no more. Of this the terminal makes
 * lines and the page its elements, each in its own way. Comments, which hold the answer and marks, are
 * left out, but for what they mark: a number that the lesson computes, an output, an excerpt.
 * @module
 */

/** Words of a line: plain, of a program or stressed; a number with its name; a link with its target. */
export type Inline =
  | readonly [kind: '' | 'code' | 'strong', text: string]
  | readonly [kind: 'number', text: string, name: string]
  | readonly [kind: 'link', text: string, target: string];

/** A line of a program: words, each a keyword, comment, string, number, function, type, variable or plain. */
export type CodeLine = readonly (readonly [
  kind: 'k' | 'c' | 's' | 'n' | 'f' | 't' | 'v' | '',
  text: string,
])[];

/** A part of a text. */
export type Block =
  | { readonly kind: 'heading'; readonly words: readonly Inline[] } // within a section
  | { readonly kind: 'paragraph'; readonly words: readonly Inline[] }
  | { readonly kind: 'list'; readonly items: readonly ListItem[] }
  | { readonly kind: 'table'; readonly rows: readonly (readonly (readonly Inline[])[])[] } // the head first
  /** A program, or what one prints; `language` as behind the fence. */
  | {
      readonly kind: 'code';
      readonly language: string;
      readonly text: string;
      /** What the comment in front says: `output: demo`, `excerpt: src/chat/door.ts#handshake`. */
      readonly mark: string | null;
      /** Its lines with their words coloured; where whoever made the model knew colours. */
      readonly lines?: readonly CodeLine[];
    }
  /** A picture: what it shows, the file, and what is in that where it is drawn by an SVG. */
  | {
      readonly kind: 'picture';
      readonly about: string;
      readonly path: string;
      readonly svg?: string;
    }
  /** A command to be typed. */
  | { readonly kind: 'command'; readonly text: string };

/** An item of a list, with its mark: `- `, `- a) `, `1. `. */
export interface ListItem {
  readonly mark: string;
  readonly words: readonly Inline[];
}

/** What stands under a heading. */
export interface Section {
  /** `Investigate`, or the lesson's own title for what stands before the first. */
  readonly heading: string;
  readonly blocks: readonly Block[];
}

/** What is so in the terminal only stands between these two marks. */
const IN_TERMINAL = /<!-- in the terminal -->.*?<!-- everywhere -->/gs;

/** What is so in the page only stands in a mark, which no other reader shows. */
const IN_PAGE = /<!-- in the page\n(.*?)-->/gs;

/**
 * The sections of a lesson.md.
 *
 * @param text with its front matter or without
 * @param place a page runs no command, so what leads to one is left out
 */
export function sectionsOf(text: string, place: 'terminal' | 'page' = 'terminal'): Section[] {
  const body = text.replaceAll('\r\n', '\n').replace(/^---\n.*?\n---\n/s, '');
  const here = place === 'page' ? body.replace(IN_TERMINAL, '').replace(IN_PAGE, '$1') : body;
  return here
    .split(/^(?=##? )/m)
    .map((part): Section => {
      const [, heading = '', rest = ''] = /^##? ([^\n]*)\n?(.*)$/s.exec(part) ?? [null, '', part];
      return { heading, blocks: blocksOf(rest) };
    })
    .filter(({ heading, blocks }) => heading !== '' || blocks.length > 0);
}

/** What empty lines part; a program between fences is one block. */
function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  let mark: string | null = null;
  for (const part of markdown.split(/^(```.*?^```)$/ms)) {
    if (part.startsWith('```')) {
      blocks.push(codeOf(part, mark));
      mark = null;
      continue;
    }
    for (const comment of part.matchAll(/^<!-- ?(.*?) ?-->$/gms)) mark = comment[1] ?? null;
    // a comment that stands alone takes its line with it, and no more
    const shown = part.replace(/^<!--(?!=).*?-->\n/gms, '').replace(/<!--(?!=).*?-->/gs, '');
    const pieces = shown.split(/\n{2,}/).map((piece) => piece.replace(/^\n+|\s+$/g, ''));
    blocks.push(...pieces.filter((piece) => piece !== '').map(blockOf));
  }
  return blocks;
}

function codeOf(fenced: string, mark: string | null): Block {
  const [, language = '', text = ''] = /^```(\w*)[^\n]*\n(.*?)\n?```$/s.exec(fenced) ?? [];
  return { kind: 'code', language, text, mark };
}

function blockOf(piece: string): Block {
  if (piece.startsWith('    ')) {
    return { kind: 'command', text: piece.replace(/^ {4}/gm, '') };
  }
  if (piece.startsWith('### ')) return { kind: 'heading', words: wordsOf(piece.slice(4)) };
  const [, about, path] = /^!\[([^\]]*)\]\(([^)]*)\)$/s.exec(piece) ?? [];
  if (about !== undefined && path !== undefined) return { kind: 'picture', about, path };
  if (piece.startsWith('|')) return { kind: 'table', rows: rowsOf(piece) };
  if (!/^(?:-|\d+\.) /.test(piece)) return { kind: 'paragraph', words: wordsOf(piece) };
  const items = piece.split(/\n(?=(?:-|\d+\.) )/);
  return {
    kind: 'list',
    items: items.map((item) => {
      const [, mark = '', words = ''] = /^((?:- (?:\w\) )?|\d+\. )?)(.*)$/s.exec(item) ?? [];
      return { mark, words: wordsOf(words) };
    }),
  };
}

function rowsOf(table: string): Inline[][][] {
  return table
    .split('\n')
    .filter((line) => !/^\|[\s|:-]+\|$/.test(line))
    .map((line) => line.replace(/^\| ?| ?\|$/g, '').split(/ ?(?<!\\)\| ?/))
    .map((cells) => cells.map((cell) => wordsOf(cell.trim().replaceAll('\\|', '|'))));
}

/** The name of a number that the lesson computes, in a comment behind it, which may be a word: `three<!--= turns -->`. */
const NAME = '(?:<!--= ?(\\w+) ?-->)';

const WORD = new RegExp(
  [
    `\`([^\`]+)\`${NAME}?`,
    '\\*\\*(.+?)\\*\\*',
    `([^\\s\`*[<]+)${NAME}`,
    '\\[([^\\]]*)\\]\\(([^)\\s]*)\\)',
    '[^\\s`*[<]+',
    '.',
  ].join('|'),
  'gs',
);

/** The end of a line in Chinese, which has no spaces. */
const BETWEEN_CHINESE =
  /(?<=[\p{sc=Han}，。、：；？！）”])\n(?=[\p{sc=Han}（“])|(?<=[，。、：；？！])\n|\n(?=[（“])/gu;

/** The words of a paragraph, in one line. */
export function wordsOf(paragraph: string): Inline[] {
  const line = paragraph.replace(BETWEEN_CHINESE, '').replace(/\s+/g, ' ').trim();
  const words: Inline[] = [];
  for (const [all, code, , strong, number, name, link, target] of line.matchAll(WORD)) {
    const last = words.at(-1);
    if (code !== undefined) words.push(['code', code]);
    else if (strong !== undefined) words.push(['strong', plain(strong)]);
    else if (number !== undefined && name !== undefined) words.push(['number', number, name]);
    else if (link !== undefined && target !== undefined) words.push(['link', plain(link), target]);
    else if (last?.[0] === '') words[words.length - 1] = ['', last[1] + all];
    else words.push(['', all]);
  }
  return words;
}

/** Words within others: their marks say nothing. */
function plain(text: string): string {
  return text.replace(/`|\*\*|<!--=.*?-->/g, '');
}
