/**
 * Holds a text or a program of another language against the English one: what is not prose has to be
 * the same. A text has the same headings, paragraphs, lists, tables, programs, marks, numbers and links in
 * the same places; a program the same code, and other words only in its comments and its texts.
 * @module
 */

import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { parse as parseYaml } from 'yaml';
import { headingOf, PARTS } from '../../../src/lesson/parts.js';
import type { Language } from '../../../src/texts/language.js';
import { fileIn, languageOf } from './files.js';

/** What a lesson has in each language. */
const LESSON_FILES = ['lesson.md', 'messages.en.yaml', 'demo.ts', 'exercise.ts'];

/** What a lesson lacks in a language, or has otherwise: the first of each file, one sentence each. */
export function lessonParityProblems(folder: string, language: Language): string[] {
  return LESSON_FILES.flatMap((name) => {
    const path = join(folder, name);
    const own = fileIn(path, language);
    if (!existsSync(own)) return [`there is no ${relative(folder, own)}`];
    return parityProblems(path, own);
  });
}

/** A thing that both have. What is free may be another one in another language. */
interface Part {
  readonly what: string;
  readonly isFree?: boolean;
}

/** The first thing in which a file is not as its English one. */
export function parityProblems(english: string, own: string): string[] {
  const [wants, has] = [partsOf(english), partsOf(own)];
  const length = Math.max(wants.length, has.length);
  for (let at = 0; at < length; at++) {
    const [want, have] = [wants[at], has[at]];
    if (want?.what === have?.what || (want?.isFree !== undefined && have?.isFree)) continue;
    const before = at === 0 ? '' : `, behind ${wants[at - 1]?.what}`;
    const [one, other] = [want, have].map((part) => part?.what ?? 'its end');
    return [`${relative(dirname(english), own)} should have ${one}, and has ${other}${before}`];
  }
  return [];
}

function partsOf(path: string): Part[] {
  const text = readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
  if (path.endsWith('.yaml')) return partsOfMessages(text);
  if (path.endsWith('.ts')) return partsOfProgram(text);
  return partsOfText(text, path);
}

/** The keys in order, with the names in braces. */
function partsOfMessages(text: string): Part[] {
  const messages = parseYaml(text) as Record<string, unknown>;
  return Object.entries(messages)
    .filter(([key]) => key !== 'not-shown')
    .map(([key, message]) => {
      const names = [...String(message).matchAll(/\{\w+\}/g)].map(([name]) => name);
      return { what: [key, ...new Set(names.sort())].join(' ') };
    });
}

/** What comments have that is no prose, then the code; a text with Chinese in it is free, and so is its width. */
function partsOfProgram(source: string): Part[] {
  const marks = source.matchAll(/^\s*(?:\/\/ \d+\.|\/?\*+ @(?:param \S+|\w+))/gm);
  const parts: Part[] = [...marks].map(([mark]) => ({ what: mark.trim() }));
  const visit = (node: ts.Node): void => {
    if (ts.isJSDoc(node)) return;
    const isTemplate = ts.isTemplateLiteralToken(node);
    if (ts.isStringLiteral(node) || isTemplate) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
      parts.push({ what: node.text, isFree: isTemplate || /[^\x00-\x7f]/.test(node.text) });
    } else if (node.getChildCount() === 0) {
      parts.push({ what: isWidth(node) ? 'a width' : node.getText() });
    }
    for (const child of node.getChildren()) visit(child);
  };
  visit(ts.createSourceFile('x.ts', source, ts.ScriptTarget.Latest, true));
  return parts;
}

/** Whether a number says to how many characters a text is filled up. */
function isWidth(node: ts.Node): boolean {
  const call = ts.isNumericLiteral(node) && ts.isCallExpression(node.parent) ? node.parent : null;
  return /\.pad(Start|End)$/.test(call?.expression.getText() ?? '');
}

const HAN = /\p{sc=Han}/u;
/** A picture made of letters, or what was printed once: no commands. */
const PICTURE = /^(?:```text\n| {4}(?!npx |npm |strace |redis-server ))/;

/** What is no prose, block by block; such a picture may have the words of its language. */
function partsOfText(text: string, path: string): Part[] {
  const [all, yaml] = /^---\n(.*?)\n---\n/s.exec(text) ?? ['', undefined];
  const matter = yaml === undefined ? [] : Object.entries(parseYaml(yaml));
  const parts: Part[] = matter.map(([key, value]) => ({ what: `${key} ${factOf(value)}` }));
  let mark = '';
  for (const block of blocksOf(text.slice(all.length))) {
    const isPicture = PICTURE.test(block) && !/^<!-- (excerpt|output):/.test(mark);
    const what = partOf(block, path, mark);
    parts.push(isPicture ? { what, isFree: HAN.test(block) } : { what });
    mark = block;
  }
  return parts;
}

/** What front matter says in any language; of a text no more than that there is one. */
function factOf(value: unknown): string {
  if (typeof value === 'string') return 'a text';
  const isWord = (one: unknown): boolean => typeof one === 'string' && !/^(sim|real)$/.test(one);
  return Array.isArray(value) && value.some(isWord) ? `${value.length} texts` : String(value);
}

/** What empty lines part; a program between fences is one block. */
function blocksOf(body: string): string[] {
  return body
    .split(/^(```.*?^```)$/ms)
    .flatMap((part) => (part.startsWith('```') ? [part] : part.split(/\n{2,}/)))
    .map((block) => block.replace(/^\n+|\s+$/g, ''))
    .filter((block) => block !== '');
}

function partOf(block: string, path: string, mark: string): string {
  if (block.startsWith('```')) return codeOf(block, /^<!-- (excerpt|output):/.test(mark));
  if (block.startsWith('    ')) return codeOf(block, false);
  const alone = /^<!-- (.*) -->$/s.exec(block)?.[1];
  if (alone !== undefined) return alone.replace(/^(answer: \w|not run).*$/s, '$1');
  return [kindOf(block, languageOf(path)), ...numbersOf(block), ...linksOf(block, path)].join(' ');
}

/** What stands in a program, but for its comments and the language of a file that it runs; what is filled in is held where it comes from. */
function codeOf(block: string, isFilled: boolean): string {
  const [first = ''] = block.split('\n');
  if (isFilled) return first;
  return block.replace(/^(?:#|\/\/).*\n|\s+(?:#|\/\/) .*$|\.[a-z]{2}(?=\.ts$)/gm, '');
}

function kindOf(block: string, language: Language): string {
  const [, level, heading = ''] = /^(#+) (.*)/.exec(block) ?? [];
  if (level !== undefined) {
    const part = PARTS.find((one) => headingOf(one, language) === heading);
    return `${level} ${part ?? 'a heading'}`;
  }
  const lines = block.split('\n');
  if (block.startsWith('|')) {
    const cells = (lines[0] ?? '').replaceAll('\\|', '').split('|').length - 2;
    return `a table of ${lines.length} lines with ${cells} cells`;
  }
  const items = [...block.matchAll(/^ *(- \w\)|-|\d+\.) /gm)].map(([, item]) => item);
  return /^(-|\d+\.) /.test(block) ? `a list ${items.join(' ')}` : 'a paragraph';
}

/** The names of computed numbers; a sentence of another language may have them in another order. */
function numbersOf(block: string): string[] {
  return [...block.matchAll(/<!--=\s*(.*?)\s*-->/g)].map(([, name]) => `=${name}`).sort();
}

/** Where links lead; one into a text or a program leads into that of its own language, where there is one. */
function linksOf(block: string, path: string): string[] {
  const targets = [...block.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  return [...new Set(targets.map((target) => linkOf(target, path)))].sort();
}

function linkOf(target: string, path: string): string {
  const [to = '', anchor] = target.split('#');
  if (to === '') return '#';
  if (/^\w+:/.test(to)) return target;
  if (!/\.(md|ts)$/.test(to)) return target.replace(/\.[a-z]{2}(?=\.(html|svg)$)/, '');
  const language = languageOf(path);
  const file = resolve(dirname(path), to);
  const own = fileIn(file, language);
  const isOther = languageOf(file) !== language && existsSync(own) && own !== path;
  const name = to.replace(/\.[a-z]{2}(?=\.(md|ts)$)/, '');
  return `${name}${anchor === undefined ? '' : '#'}${isOther ? ` (not ${basename(own)})` : ''}`;
}
