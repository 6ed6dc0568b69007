/**
 * What the harness needs to know of a Markdown text: its headings, code blocks, comments and links,
 * with their lines. No whole Markdown: what our texts use.
 * @module
 */

/** A heading. */
export interface Heading {
  /** Its line, from 1. */
  line: number;
  /** The number of its `#`. */
  level: number;
  text: string;
}

/** A code block, fenced or indented. */
export interface Block {
  /** The line of its first line of code, from 1. An empty block's: where that would stand. */
  line: number;
  /** What stands behind the fence: `text`; empty for an indented block. */
  language: string;
  lines: string[];
  /** The comments right above it, without their arrows. */
  marks: string[];
}

/** A comment that has a line of its own. */
export interface Comment {
  line: number;
  text: string;
  /** Whether it stands right above a code block. */
  aboveBlock: boolean;
}

/** A link or a picture. */
export interface Link {
  line: number;
  target: string;
}

/** A Markdown text, taken apart. */
export interface Markdown {
  headings: Heading[];
  blocks: Block[];
  comments: Comment[];
  links: Link[];
  /** The lines outside front matter and code blocks; the others are empty. */
  prose: string[];
}

/** Takes a text apart. */
export function readMarkdown(text: string): Markdown {
  const lines = text.split(/\r?\n/);
  const prose = [...lines];
  const blocks: Block[] = [];
  const comments: Comment[] = [];
  let above: Comment[] = [];
  for (let i = skipFrontMatter(lines, prose); i < lines.length; i++) {
    const line = lines[i] ?? '';
    const comment = /^<!--\s*(.*?)\s*-->$/.exec(line)?.[1];
    if (line.trim() === '') continue;
    if (comment !== undefined) {
      above.push({ line: i + 1, text: comment, aboveBlock: false });
      comments.push(above.at(-1) as Comment);
      continue;
    }
    const block = fencedAt(lines, i) ?? indentedAt(lines, i);
    if (block !== null) {
      for (const one of above) one.aboveBlock = true;
      blocks.push({ ...block.block, marks: above.map(({ text }) => text) });
      prose.fill('', i, block.next);
      i = block.next - 1;
    }
    above = [];
  }
  return { headings: headingsOf(prose), blocks, comments, links: linksOf(prose), prose };
}

function skipFrontMatter(lines: readonly string[], prose: string[]): number {
  const end = lines[0] === '---' ? lines.indexOf('---', 1) : -1;
  prose.fill('', 0, end + 1);
  return end + 1;
}

type Found = { block: Omit<Block, 'marks'>; next: number } | null;

function fencedAt(lines: readonly string[], at: number): Found {
  const opening = /^\s*(`{3,}|~{3,})\s*(\S*)/.exec(lines[at] ?? '');
  if (opening === null) return null;
  const [, fence = '', language = ''] = opening;
  let end = at + 1;
  while (end < lines.length && !(lines[end] ?? '').trim().startsWith(fence)) end++;
  return { block: { line: at + 2, language, lines: lines.slice(at + 1, end) }, next: end + 1 };
}

/** An indented block stands behind an empty line, or begins the text. */
function indentedAt(lines: readonly string[], at: number): Found {
  const isCode = (line: string | undefined): boolean => /^ {4}/.test(line ?? '');
  const before = (lines[at - 1] ?? '').trim();
  if (!isCode(lines[at]) || !(before === '' || before.startsWith('<!--'))) return null;
  let end = at + 1;
  while (isCode(lines[end]) || (lines[end]?.trim() === '' && isCode(lines[end + 1]))) end++;
  const code = lines.slice(at, end).map((line) => line.slice(4));
  return { block: { line: at + 1, language: '', lines: code }, next: end };
}

function headingsOf(prose: readonly string[]): Heading[] {
  return prose.flatMap((line, i) => {
    const [, marks = '', text = ''] = /^(#{1,6}) (.*?)\s*$/.exec(line) ?? [];
    return marks === '' ? [] : [{ line: i + 1, level: marks.length, text }];
  });
}

function linksOf(prose: readonly string[]): Link[] {
  return prose.flatMap((line, i) => {
    const visible = line.replace(/`[^`]*`/g, (code) => ' '.repeat(code.length));
    const inline = [...visible.matchAll(/\]\(\s*<?([^\s)>]*)>?[^)]*\)/g)];
    const reference = [...visible.matchAll(/^\[[^\]]+\]:\s+(\S+)/g)];
    return [...inline, ...reference].map(([, target = '']) => ({ line: i + 1, target }));
  });
}

/** The anchors that a page of this text has, as GitHub makes them. */
export function anchorsOf(headings: readonly Heading[]): Set<string> {
  const anchors = new Set<string>();
  for (const { text } of headings) {
    const plain = text.replace(/<!--.*?-->/g, '').toLowerCase();
    const base = plain.replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-');
    let anchor = base;
    for (let n = 1; anchors.has(anchor); n++) anchor = `${base}-${n}`;
    anchors.add(anchor);
  }
  return anchors;
}
