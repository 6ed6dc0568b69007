/**
 * Reads the imports of source files and says which of them point up.
 * Files come as texts, so that the checker can be checked.
 * @module
 */

import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import ts from 'typescript';

/** From the ground up: a floor may import itself and what comes before it. */
export const FLOORS = [
  'bytes.ts',
  'texts',
  'websocket',
  'net',
  'trace',
  'chat',
  'broker',
  'inspect',
  'scenario',
  'watch',
  'probe',
  'lesson',
  'class',
  'mine',
  'page',
  'terminal',
  'php',
  'tap',
  'record',
  'serve',
  'cli',
];

/** The floors of the command line alone. */
const PROGRAM = ['terminal', 'php', 'tap', 'record', 'serve', 'cli'];

/** What others import: over all floors but the program's own, and under nothing. */
const ENTRANCES = ['index.ts', 'lesson.ts', 'node.ts'];

/** The floors that a page runs. */
const CORE = [
  'bytes.ts',
  'texts',
  'websocket',
  'net',
  'trace',
  'chat',
  'broker',
  'inspect',
  'scenario',
  'watch',
  'probe',
];

/** The files of the floor `net` that are made for Node: node.ts and node-*.ts. */
const NET_FOR_NODE = /^net\/node(-[^/]*)?\.ts$/;

/** Source texts by their path under src, `net/net.ts` for one. */
export type Sources = ReadonlyMap<string, string>;

/** Says which rules the files break, one sentence each. */
export function floorProblems(sources: Sources): string[] {
  return [...sources].flatMap(([path, text]) => {
    const { imports, globals } = whatItUses(text);
    const core = isCore(path);
    return [
      ...(rank(path) === -1 ? [`${path} is on no floor that the test knows`] : []),
      ...imports.flatMap((specifier) => importProblems(path, specifier)),
      ...(core ? globals.map((name) => `${path} is of the core and uses the global ${name}`) : []),
    ];
  });
}

/** Which floors each floor imports, itself left out. */
export function floorImports(sources: Sources): Map<string, Set<string>> {
  const found = new Map(FLOORS.map((floor) => [floor, new Set<string>()]));
  for (const [path, text] of sources) {
    for (const target of targetsOf(sources, path, text)) {
      if (floorOf(target) !== floorOf(path)) found.get(floorOf(path))?.add(floorOf(target));
    }
  }
  return found;
}

/** Whether a page runs a floor. */
export function runsInBrowser(floor: string): boolean {
  return !PROGRAM.includes(floor);
}

/** The way from one file over its imports to a module of Node, the file first; null when there is none. */
export function wayToNode(
  sources: Sources,
  from: string,
  seen = new Set<string>(),
): string[] | null {
  seen.add(from);
  for (const specifier of whatItUses(sources.get(from) ?? '').imports) {
    if (isOfNode(specifier)) return [from, specifier];
    const target = resolve(from, specifier);
    const way = target === null || seen.has(target) ? null : wayToNode(sources, target, seen);
    if (way !== null) return [from, ...way];
  }
  return null;
}

/** The circles among the imports, each as the way around, from the first of its files by name. */
export function circles(sources: Sources): string[][] {
  const targets = new Map(
    [...sources].map(([path, text]) => [path, targetsOf(sources, path, text)] as const),
  );
  const seen = new Set<string>();
  const found: string[][] = [];
  for (const path of [...sources.keys()].sort()) {
    if (seen.has(path)) continue;
    const way = wayBack(targets, path, path, new Set());
    if (way === null) continue;
    for (const member of way) seen.add(member);
    found.push([...way, path]);
  }
  return found;
}

/** The way from one file over its imports to another, without the last; null when there is none. */
function wayBack(
  targets: ReadonlyMap<string, readonly string[]>,
  from: string,
  to: string,
  tried: Set<string>,
): string[] | null {
  for (const target of targets.get(from) ?? []) {
    if (target === to) return [from];
    if (tried.has(target)) continue;
    tried.add(target);
    const way = wayBack(targets, target, to, tried);
    if (way !== null) return [from, ...way];
  }
  return null;
}

/** The files that one imports, of those that are there. */
function targetsOf(sources: Sources, path: string, text: string): string[] {
  return whatItUses(text).imports.flatMap((specifier) => {
    const target = resolve(path, specifier);
    if (target === null) return [];
    return [target, `${target}x`].filter((one) => sources.has(one));
  });
}

function importProblems(path: string, specifier: string): string[] {
  const problems: string[] = [];
  const target = resolve(path, specifier);
  if (target !== null && !mayImport(path, target)) {
    problems.push(`${path} imports ${target}, which is not below it`);
  }
  if (specifier.split('/')[0] === 'loopscope') {
    problems.push(`${path} imports the package by name, which hides the floor`);
  }
  if (isOfNode(specifier) && isCore(path)) {
    problems.push(`${path} is of the core and imports ${specifier}`);
  }
  if (/^(node:)?net$/.test(specifier) && !NET_FOR_NODE.test(path)) {
    problems.push(`${path} imports ${specifier}; only net/node*.ts may`);
  }
  return problems;
}

function mayImport(path: string, target: string): boolean {
  if (ENTRANCES.includes(target)) return false;
  if (ENTRANCES.includes(path)) return !PROGRAM.includes(floorOf(target));
  return rank(target) <= rank(path);
}

/** How high a file is, -1 for one on no floor. */
function rank(path: string): number {
  return ENTRANCES.includes(path) ? FLOORS.length : FLOORS.indexOf(floorOf(path));
}

function floorOf(path: string): string {
  return path.split('/')[0] ?? path;
}

function isCore(path: string): boolean {
  return CORE.includes(floorOf(path)) && !NET_FOR_NODE.test(path);
}

function isOfNode(specifier: string): boolean {
  return specifier.startsWith('node:') || builtinModules.includes(specifier);
}

/** The file under src that a relative import means; null for a package. */
function resolve(from: string, specifier: string): string | null {
  if (!specifier.startsWith('.')) return null;
  return posix.join(posix.dirname(from), specifier).replace(/\.js$/, '.ts');
}

/** What a source takes from outside of it. */
interface Uses {
  imports: string[];
  globals: string[];
}

/** Each source is parsed once, however many rules ask. */
const used = new Map<string, Uses>();

/** The modules that a source imports, in any way that TypeScript has, and the globals of Node that it uses. */
function whatItUses(text: string): Uses {
  const known = used.get(text) ?? parse(text);
  used.set(text, known);
  return known;
}

function parse(text: string): Uses {
  const imports = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
  const globals: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && isGlobalOfNode(node)) globals.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true));
  return { imports, globals };
}

/** `Buffer` or `process`, unless it is only the name of a property: `client.process`, `{ process: 1 }`. */
function isGlobalOfNode(node: ts.Identifier): boolean {
  if (node.text !== 'Buffer' && node.text !== 'process') return false;
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) {
    return parent.expression.getText() === 'globalThis';
  }
  const named = parent as ts.NamedDeclaration;
  return !(
    (ts.isPropertyAssignment(parent) || ts.isClassElement(parent) || ts.isTypeElement(parent)) &&
    named.name === node
  );
}
