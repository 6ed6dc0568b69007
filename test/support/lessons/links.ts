/**
 * Whether the links of a text lead somewhere. Those into the Web are only read, never fetched.
 * @module
 */

import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { anchorsOf, type Link, readMarkdown } from './markdown.js';

/** What is wrong with the links of the text at `path`, one sentence each. */
export function linkProblems(path: string, links: readonly Link[]): string[] {
  return links.flatMap(({ line, target }) => {
    const problem = problemOf(path, target);
    return problem === null ? [] : [`line ${line}: ${target}: ${problem}`];
  });
}

function problemOf(path: string, target: string): string | null {
  if (/^[a-z][a-z\d+.-]*:/i.test(target)) {
    if (!/^https?:/i.test(target)) return 'is no link into the Web and no path';
    return URL.canParse(target) ? null : 'is not well formed';
  }
  const [to = '', anchor] = target.split('#');
  const file = to === '' ? path : resolve(dirname(path), decodeURIComponent(to));
  if (to.startsWith('/')) return 'begins with /; write it from where the text lies';
  if (!existsSync(file)) return 'does not exist';
  if (anchor === undefined) return null;
  if (!file.endsWith('.md') || statSync(file).isDirectory()) return 'has an anchor, and is no text';
  const { headings } = readMarkdown(readFileSync(file, 'utf8'));
  return anchorsOf(headings).has(decodeURIComponent(anchor)) ? null : 'has no such heading';
}
