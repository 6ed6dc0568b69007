/**
 * Whether a lesson's folder has the shape that every lesson has.
 * @module
 */

import { existsSync } from 'node:fs';
import { basename, join, posix } from 'node:path';
import ts from 'typescript';
import { answersIn, frontMatterOf, readIn, wrongAnswersIn } from './files.js';
import { readMarkdown } from './markdown.js';

const FILES = [
  'lesson.md',
  'demo.ts',
  'exercise.ts',
  'check.ts',
  'solution.ts',
  'messages.en.yaml',
];

/** The parts of a text, in this order. */
const PARTS = ['Predict', 'Run', 'Investigate', 'Modify', 'Make'];
/** Parts that only some lessons have, where they fit. */
const SOME_PARTS = ['In PHP', 'Where the picture breaks'];

const MOST_DEMO_LINES = 60;

/** What the programs of a lesson import of the package. */
const PACKAGE = /^loopscope(\/lesson)?$/;

/** What is wrong with a lesson's shape, one sentence each. */
export function shapeProblems(folder: string): string[] {
  return [
    ...FILES.filter((path) => !existsSync(join(folder, path))).map((path) => `there is no ${path}`),
    ...frontMatterProblems(folder),
    ...headingProblems(folder),
    ...predictionProblems(folder),
    ...makeProblems(folder),
    ...demoProblems(folder),
    ...exerciseProblems(folder),
    ...importProblems(folder),
    ...browserProblems(folder),
    ...checkProblems(folder),
  ];
}

function numberOf(folder: string): number {
  return Number(basename(folder).slice(0, 2));
}

function frontMatterProblems(folder: string): string[] {
  const matter = frontMatterOf(folder);
  if (matter === null) return ['lesson.md has no front matter that can be read'];
  const { title, minutes, needs, ideas, learnt, networks, why, ...others } = matter;
  const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';
  const isList = (value: unknown, fits: (one: unknown) => boolean): boolean =>
    Array.isArray(value) && value.every(fits) && new Set(value).size === value.length;
  const isNetworks = isList(networks, (one) => one === 'sim' || one === 'real');
  const count = isNetworks ? (networks as unknown[]).length : 0;
  const rules: [boolean, string][] = [
    [isText(title), 'title: a text'],
    [Number.isInteger(minutes), 'minutes: a whole number'],
    [(minutes as number) >= 5 && (minutes as number) <= 30, 'minutes: 5 to 30'],
    [
      isList(needs, (one) => Number.isInteger(one) && (one as number) < numberOf(folder)),
      'needs: the numbers of earlier lessons',
    ],
    [isList(ideas, isText) && (ideas as unknown[]).length > 0, 'ideas: one text or more'],
    [isText(learnt) && /^[^\n]+\.$/.test(String(learnt)), 'learnt: a sentence'],
    [count > 0, 'networks: sim, real, or both'],
    [count === 2 ? why === undefined : isText(why), 'why: a sentence, for one network only'],
    [Object.keys(others).length === 0, `nothing else, and not ${Object.keys(others).join(', ')}`],
  ];
  return rules.filter(([holds]) => !holds).map(([, rule]) => `front matter wants ${rule}`);
}

function headingProblems(folder: string): string[] {
  const { headings, prose } = readMarkdown(readIn(folder, 'lesson.md'));
  const [first, ...others] = headings;
  const problems: string[] = [];
  if (first?.level !== 1 || !first.text.startsWith(`Lesson ${numberOf(folder)}: `)) {
    problems.push(`lesson.md should begin with "# Lesson ${numberOf(folder)}: …"`);
  }
  if (others.some(({ level }) => level === 1)) problems.push('lesson.md has two titles');
  const parts = others.filter(({ level }) => level === 2).map(({ text }) => text);
  const main = parts.filter((part) => !SOME_PARTS.includes(part));
  if (main.join() !== PARTS.join()) {
    problems.push(`the parts should be ${PARTS.join(', ')}, and are ${main.join(', ')}`);
  }
  if (new Set(parts).size !== parts.length) problems.push('lesson.md has a part twice');
  const opening = prose.slice(first?.line ?? 0, (others[0]?.line ?? 1) - 1).join('');
  if (opening.trim() === '') problems.push('lesson.md has no opening');
  return problems;
}

/** The lines of a part of the text. */
function partOf(folder: string, part: string): string {
  const text = readIn(folder, 'lesson.md');
  return new RegExp(`^## ${part}\\n(.*?)(?=^## |$(?![^]))`, 'ms').exec(text)?.[1] ?? '';
}

function predictionProblems(folder: string): string[] {
  const part = partOf(folder, 'Predict');
  const letters = [...part.matchAll(/^- (\w)\) \S/gm)].map(([, letter]) => letter);
  // not under the question, where everyone would see it who opens the file
  const [, answer] =
    /\n<!-- answer: (\w), because \S[^>]*-->\n$/.exec(readIn(folder, 'lesson.md')) ?? [];
  const problems: string[] = [];
  if (letters.length < 2 || letters.join('') !== 'abcdef'.slice(0, letters.length)) {
    problems.push('Predict should have choices: a), b) and so on');
  }
  if (answer === undefined)
    problems.push('The last line should be "<!-- answer: b, because … -->"');
  else if (!letters.includes(answer)) problems.push(`Predict has no choice ${answer}`);
  return problems;
}

function makeProblems(folder: string): string[] {
  const last = partOf(folder, 'Make')
    .replace(/<!-- answer: .*?-->/s, '')
    .trim()
    .replace(/\n`{3}$/, '')
    .split('\n')
    .at(-1)
    ?.trim();
  const command = `npx loopscope check ${numberOf(folder)}`;
  return last === command ? [] : [`Make should end with: ${command}`];
}

function demoProblems(folder: string): string[] {
  const source = readIn(folder, 'demo.ts');
  const lines = source.trimEnd().split('\n').length;
  const numbers = [...source.matchAll(/^\s*\/\/ (\d+)\. /gm)].map(([, number]) => Number(number));
  return [
    ...(lines > MOST_DEMO_LINES
      ? [`demo.ts has ${lines} lines, more than ${MOST_DEMO_LINES}`]
      : []),
    ...(numbers.length > 0 && numbers.every((number, i) => number === i + 1)
      ? []
      : ['demo.ts should number its steps: // 1. …, // 2. …']),
  ];
}

function exerciseProblems(folder: string): string[] {
  const source = readIn(folder, 'exercise.ts');
  const functions = [...source.matchAll(/^export (?:async )?function\*? \w+/gm)].length;
  const wrong = wrongAnswersIn(folder);
  return [
    ...(functions >= 1 && functions <= 3
      ? []
      : [`exercise.ts exports ${functions} functions, not 1 to 3`]),
    ...(/\btodo\(/.test(source) ? [] : ['exercise.ts leaves nothing to do']),
    ...(wrong.length < 3 ? [`there are ${wrong.length} wrong answers, fewer than 3`] : []),
    ...wrong
      .filter((path) => !/^\/\/ refused: \S+\n/.test(readIn(folder, path)))
      .map((path) => `${path} does not begin with "// refused: KEY"`),
  ];
}

/** The exercise is copied out of the folder. The other answers may take what it gives from it. */
function importProblems(folder: string): string[] {
  return answersIn(folder).flatMap((path) =>
    ts
      .preProcessFile(readIn(folder, path))
      .importedFiles.map(({ fileName }) => fileName)
      .filter((name) => !PACKAGE.test(name))
      .filter((name) => !(path === 'solution.ts' && name === './exercise.js'))
      .filter(
        (name) => !(/^(right|wrong)\//.test(path) && /^\.\.\/(solution|exercise)\.js$/.test(name)),
      )
      .map((name) => `${path} imports ${name}`),
  );
}

/** Demo and check run in a browser too, with all that they import from lessons. */
function browserProblems(folder: string): string[] {
  const problems = new Set<string>();
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const { fileName } of ts.preProcessFile(readIn(folder, path)).importedFiles) {
      if (/^\.{1,2}\//.test(fileName)) {
        visit(posix.join(posix.dirname(path), fileName.replace(/\.js$/, '.ts')));
      } else if (!PACKAGE.test(fileName)) {
        problems.add(`${path} imports ${fileName}`);
      }
    }
  };
  visit('demo.ts');
  visit('check.ts');
  return [...problems];
}

/** A check that looks at a clock or at chance is right today and wrong tomorrow. */
function checkProblems(folder: string): string[] {
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    const text = ts.isPropertyAccessExpression(node) ? node.getText() : '';
    if (/^(Math\.random|Date\.now|performance\.now)$/.test(text)) found.add(text);
    if (ts.isIdentifier(node) && /^(setTimeout|setInterval)$/.test(node.text)) found.add(node.text);
    ts.forEachChild(node, visit);
  };
  const source = readIn(folder, 'check.ts');
  visit(ts.createSourceFile('check.ts', source, ts.ScriptTarget.Latest, true));
  return [...found].map((name) => `check.ts uses ${name}`);
}
