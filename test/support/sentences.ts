/**
 * Reads sources and finds what looks like a sentence outside the tables of texts: string literals,
 * templates and JSX texts with two words in a row.
 * @module
 */

import ts from 'typescript';
import type { Sources } from './floors.js';

/** Stands for a value in a template. */
const HOLE = '\ufffc';

/** A word, a space, and a word or a value, or the other way round. */
const SENTENCE = new RegExp(
  `[\\p{L}\\p{M}]{2}[,;:.!?]? [\\p{L}${HOLE}]|${HOLE}[,;:]? \\p{L}{2}`,
  'u',
);

/** Attributes of JSX that hold no words for people. */
const CODE_ATTRIBUTES =
  /^(class|className|style|d|viewBox|transform|points|rel|sandbox|role|key|id)$/;

/** What a literal is handed to when it is a selector, a pattern or a name. */
const CODE_CALLS =
  /(querySelector(All)?|matches|closest|classList\.\w+|RegExp|matchMedia|startsWith|endsWith|includes|split|join|getElementById)$/;

/** Markup, attributes, code of CSS and the first line of HTTP: they are taken out before a look. */
const NO_WORDS = [
  /<code>.*?<\/code>/g,
  /<[^<>]*>/g,
  /[\w:-]+="[^"]*"/g,
  /<[^<>]*$|^[^<>]*>/g,
  /HTTP\/1\.1 \d+ [A-Z][A-Za-z ]+/g,
  /--?[\w-]+ \S+/g,
];

/** A line of a request or an answer: its words are those of HTTP. */
const HTTP_LINE =
  /^(?:(?:Upgrade|Connection|Host|Origin|Date|Allow|Via|Cookie|Authorization|[A-Z]\w*(?:-[A-Z]\w*)+): \S+(?:[,;] \S+)*|[A-Z]+ \S+ HTTP\/1\.1)$/;

/** A command as it is typed, and the name before what a command complains of. */
const COMMAND_LINE = /^(npx loopscope |npm start |loopscope: )/;

/** A table of texts: `problems.en.ts`. */
export function isTable(path: string): boolean {
  return /(^|\/)texts(\/[\w-]+)?\.[a-z]{2}\.tsx?$/.test(path);
}

/** A comma, a colon or brackets between two values. */
const GLUE = new RegExp(`${HOLE}[,;:] ${HOLE}|${HOLE} \\(${HOLE}\\)`);

/** Values that are put together with the punctuation of English, as `path: text`: a table may say how. */
export function gluedTexts(sources: Sources): string[] {
  return [...sources]
    .filter(([path]) => !isTable(path))
    .flatMap(([path, text]) =>
      literalsIn(path, text, ({ parent }, literal) =>
        isJoin(parent) ? /^[,;:] $/.test(literal) : GLUE.test(literal),
      ).map((found) => `${path}: ${found}`),
    );
}

/** Whether it is the call of `join`, one of whose arguments we have. */
function isJoin(node: ts.Node | undefined): boolean {
  return (
    node !== undefined && ts.isCallExpression(node) && /\bjoin$/.test(node.expression.getText())
  );
}

/** Every sentence that stands in no table, as `path: text`. */
export function strayTexts(sources: Sources): string[] {
  return [...sources]
    .filter(([path]) => !isTable(path))
    .flatMap(([path, text]) => sentencesIn(path, text).map((found) => `${path}: ${found}`));
}

function sentencesIn(path: string, text: string): string[] {
  return literalsIn(path, text, (_, literal) => isSentence(literal), isForPrograms);
}

/** The literals of a file that are wanted, each in one line; what is passed over is so with all in it. */
function literalsIn(
  path: string,
  text: string,
  isWanted: (node: ts.Node, literal: string) => boolean,
  isPassedOver: (node: ts.Node) => boolean = () => false,
): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isPassedOver(node)) return;
    const literal = literalText(node);
    if (literal !== null && isWanted(node, literal)) {
      found.push(literal.replaceAll(HOLE, '…').replace(/\s+/g, ' ').trim().slice(0, 120));
    }
    ts.forEachChild(node, visit);
  };
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind));
  return found;
}

/** The text of a literal, with a sign for each value in it. */
function literalText(node: ts.Node): string | null {
  if (ts.isTemplateExpression(node)) {
    return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join(HOLE);
  }
  return ts.isStringLiteralLike(node) || ts.isJsxText(node) ? node.text : null;
}

function isSentence(text: string): boolean {
  if (text.startsWith('bug: ') || COMMAND_LINE.test(text)) return false;
  const lines = text.split('\n').filter((line) => !HTTP_LINE.test(line.trim()));
  const words = NO_WORDS.reduce((left, pattern) => left.replace(pattern, ' '), lines.join('\n'));
  return SENTENCE.test(words.replace(/\s+/g, ' '));
}

/** What no person reads: modules' names, types, keys, class names, selectors, raw code. */
function isForPrograms(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return true;
  if (ts.isTypeNode(node)) return true;
  if (ts.isJsxAttribute(node)) return CODE_ATTRIBUTES.test(node.name.getText());
  const { parent } = node;
  if (parent === undefined || literalText(node) === null) return false;
  if (ts.isTaggedTemplateExpression(parent)) return true;
  if (ts.isPropertyAssignment(parent) && parent.name === node) return true;
  if (ts.isElementAccessExpression(parent) || ts.isCaseClause(parent)) return true;
  return ts.isCallExpression(parent) && CODE_CALLS.test(parent.expression.getText());
}
