/**
 * Checks a Markdown text against what it tells of: computed numbers, excerpts, output, commands and
 * links. For lessons, the README and the guides.
 *
 * Computed numbers come from the `numbers.ts` beside a text; for a text without one, from
 * `docs/numbers.ts`.
 * @module
 */

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { regionsOf } from '../../../src/trace/regions.js';
import { argumentsOf, commandProblems, commandsOf, type Run, runLoopscopeIn } from './commands.js';
import { playDemo } from './demo.js';
import { fileIn, languageOf } from './files.js';
import { type Filled, fill } from './fill.js';
import { linkProblems } from './links.js';
import { readMarkdown } from './markdown.js';
import { computeNumbers } from './numbers.js';
import { linesOf, ROOT } from './run.js';

/** The comments that mean something; any other is a slip of the pen. */
const MARKS =
  /^(answer: \w, because |excerpt: \S|output: (demo|npx loopscope)|not run: \S|exits \d)/;
/** Between these two stands what the page leaves out (src/lesson/text.ts). */
const BORDERS = ['in the terminal', 'everywhere'];
/** What stands in this, the page alone shows. */
const IN_PAGE = /^in the page\n/;

/** The text that a file ought to have, and what else is wrong with it, one sentence each. */
export async function checkMarkdown(
  path: string,
  run: Run = runLoopscopeIn(languageOf(path)),
): Promise<Filled> {
  const text = readFileSync(path, 'utf8');
  const markdown = readMarkdown(text);
  const filled = await fill(text, {
    number: (name) => numberOf(path, name),
    excerpt: excerptOf,
    output: (what) => outputOf(path, what, run),
  });
  filled.problems.push(
    ...markdown.comments.flatMap(({ line, text: mark, aboveBlock }) => {
      if (BORDERS.includes(mark) || IN_PAGE.test(mark)) return [];
      if (!MARKS.test(mark)) return [`line ${line}: no mark that means anything: ${mark}`];
      if (aboveBlock || mark.startsWith('answer:')) return [];
      return [`line ${line}: there is no code block under: ${mark}`];
    }),
    ...(await commandProblems(commandsOf(markdown), run)),
    ...linkProblems(path, markdown.links),
    ...listProblems(text),
  );
  return filled;
}

const ITEM = /^(?:-|\d+\.) /;

/**
 * Lines of prose that would be read as items of a list, since they begin with a number and a point: in a
 * paragraph, or once the comment behind a computed number is gone.
 */
export function listProblems(text: string): string[] {
  const problems: string[] = [];
  let isCode = false;
  let isList = false;
  let previous = '';
  for (const [i, line] of text.split('\n').entries()) {
    if (line.startsWith('```')) isCode = !isCode;
    if (previous === '') isList = ITEM.test(line);
    const isItem = ITEM.test(line.replace(/<!--.*?-->/g, ''));
    if (isItem && !isCode && !(isList && ITEM.test(line))) {
      problems.push(`line ${i + 1}: begins like an item of a list: wrap it elsewhere`);
    }
    previous = line;
  }
  return problems;
}

const computed = new Map<string, ReturnType<typeof computeNumbers>>();

function numbersIn(file: string): ReturnType<typeof computeNumbers> {
  const numbers = computed.get(file) ?? computeNumbers(file);
  computed.set(file, numbers);
  return numbers;
}

async function numberOf(path: string, name: string): Promise<string | number> {
  const beside = join(dirname(path), 'numbers.ts');
  const file = existsSync(beside) ? beside : join(ROOT, 'docs/numbers.ts');
  if (!existsSync(file)) throw new Error(`there is no numbers.ts for ${name}`);
  const value = (await numbersIn(file)).get(name);
  if (value === undefined) throw new Error(`numbers.ts has no ${name}`);
  return value;
}

/** The names in the `numbers.ts` of a lesson that its text does not use. */
export async function unusedNumbers(path: string): Promise<string[]> {
  const file = join(dirname(path), 'numbers.ts');
  if (!existsSync(file)) return [];
  const used = [...readFileSync(path, 'utf8').matchAll(/<!--=\s*(.*?)\s*-->/g)].map(([, n]) => n);
  return [...(await numbersIn(file)).keys()].filter((name) => !used.includes(name));
}

function excerptOf(path: string, region: string | null): string[] {
  const file = resolve(ROOT, path);
  if (relative(ROOT, file).startsWith(`..${sep}`) || !existsSync(file)) {
    throw new Error(`there is no ${path}`);
  }
  const source = readFileSync(file, 'utf8');
  if (region === null) return linesOf(source);
  const found = regionsOf(source).filter(({ step }) => step === region);
  if (found.length !== 1) throw new Error(`${path} has ${found.length} regions ${region}`);
  return found.flatMap(({ text }) => text);
}

async function outputOf(path: string, what: string, run: Run): Promise<string[]> {
  if (what === 'demo') {
    const english = join(dirname(path), 'demo.ts');
    const own = fileIn(english, languageOf(path));
    const { code, stdout, stderr } = await playDemo(existsSync(own) ? own : english, 'sim');
    if (code !== 0) throw new Error(`the demo ended with ${code}: ${stderr.trim()}`);
    return linesOf(stdout);
  }
  const args = argumentsOf(what);
  if (args === null) throw new Error(`${what}: this takes a shell`);
  const folder = mkdtempSync(join(tmpdir(), 'loopscope-output-'));
  try {
    const { code, stdout, stderr } = await run(args, folder);
    if (code !== 0) throw new Error(`${what}: ended with ${code}: ${stderr.trim()}`);
    return linesOf(stdout);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
