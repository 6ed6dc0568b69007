/**
 * Fills in what a text has from elsewhere: computed numbers, excerpts of sources, output of programs.
 * Where the text says something else, it is stale. Reads no file and runs nothing: that is handed in.
 *
 * - `123<!--= name -->` is a computed number; a text in backquotes is computed as well.
 * - `<!-- excerpt: PATH#REGION -->` stands above a code block with the lines of a region;
 *   without `#REGION`, with those of a whole file.
 * - `<!-- output: WHAT -->` or `<!-- output: WHAT 5-12 -->` stands above a code block with what
 *   `demo` or a command (`npx loopscope …`) prints, or with the lines from 5 to 12 of it.
 * @module
 */

import { readMarkdown } from './markdown.js';

/** Where the pieces come from. */
export interface Sources {
  /** A computed number by its name. @throws Error when there is none, or when it cannot be computed */
  number(name: string): Promise<string | number> | string | number;
  /** The lines of a region, or of a whole file. @throws Error when there is none */
  excerpt(path: string, region: string | null): Promise<readonly string[]> | readonly string[];
  /** What a demo or a command prints. @throws Error when it fails */
  output(what: string): Promise<readonly string[]> | readonly string[];
}

/** A text with its pieces filled in. */
export interface Filled {
  text: string;
  /** What the text said otherwise, one sentence each. */
  stale: string[];
  /** What could not be filled in, one sentence each. */
  problems: string[];
}

/** Fills in a text. */
export async function fill(text: string, sources: Sources): Promise<Filled> {
  const filled = { text, stale: [], problems: [] };
  await fillNumbers(filled, sources);
  await fillBlocks(filled, sources);
  return filled;
}

/** As it stands in prose: 65,536. */
export function written(value: string | number): string {
  return typeof value === 'number' ? value.toLocaleString('en-US') : value;
}

const NUMBER = /(`[^`]*`|[\p{L}\p{N}.,:/_+-]*)<!--=\s*(.*?)\s*-->/gu;

async function fillNumbers(filled: Filled, sources: Sources): Promise<void> {
  const { prose } = readMarkdown(filled.text);
  const lines = filled.text.split('\n');
  for (const [i, line] of prose.entries()) {
    let copied = 0;
    let made = '';
    for (const match of line.matchAll(NUMBER)) {
      const [all, said = '', name = ''] = match;
      const now = await attempt(filled, i + 1, () => sources.number(name));
      if (said === '') filled.problems.push(`line ${i + 1}: no number stands before ${name}`);
      if (now === null || said === '') continue;
      const right = said.startsWith('`') ? `\`${written(now)}\`` : written(now);
      if (said !== right) {
        filled.stale.push(`line ${i + 1}: ${said} is now ${right} (${name})`);
      }
      made += line.slice(copied, match.index) + right + all.slice(said.length);
      copied = match.index + all.length;
    }
    if (copied > 0) lines[i] = made + (lines[i] ?? '').slice(copied);
  }
  filled.text = lines.join('\n');
}

async function fillBlocks(filled: Filled, sources: Sources): Promise<void> {
  const lines = filled.text.split('\n');
  // from the last to the first, so that the lines of those before stay where they are
  for (const { line, marks, lines: said } of readMarkdown(filled.text).blocks.reverse()) {
    const mark = marks.find((text) => /^(excerpt|output):/.test(text));
    if (mark === undefined) continue;
    const now = await attempt(filled, line - 1, () => piece(mark, sources));
    if (now === null) continue;
    if (said.join('\n') !== now.join('\n')) filled.stale.push(`line ${line}: ${mark} has changed`);
    lines.splice(line - 1, said.length, ...now);
  }
  filled.text = lines.join('\n');
}

async function piece(mark: string, sources: Sources): Promise<readonly string[]> {
  const [, kind, rest = ''] = /^(\w+):\s*(.*)$/.exec(mark) ?? [];
  if (kind === 'excerpt') {
    const [path = '', region = null] = rest.split('#');
    return sources.excerpt(path, region);
  }
  const [, what = '', first, last] = /^(.*?)(?: (\d+)(?:-(\d+))?)?$/.exec(rest) ?? [];
  const output = await sources.output(what);
  if (first === undefined) return output;
  const from = Number(first);
  const to = Number(last ?? first);
  if (from < 1 || to < from || to > output.length) {
    throw new Error(`${mark}: there are lines 1 to ${output.length}`);
  }
  return output.slice(from - 1, to);
}

async function attempt<T>(
  { problems }: Filled,
  line: number,
  get: () => Promise<T> | T,
): Promise<T | null> {
  try {
    return await get();
  } catch (error) {
    problems.push(`line ${line}: ${error instanceof Error ? error.message : error}`);
    return null;
  }
}
