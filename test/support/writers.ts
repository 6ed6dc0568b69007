/**
 * Reads sources and says where one writes to the terminal, or makes markup out of text, that is not
 * among those who may.
 * @module
 */

import ts from 'typescript';
import type { Sources } from './floors.js';

/** What may be asked of a standard stream by everyone: it writes nothing. */
const HARMLESS = ['isTTY', 'columns', 'rows', 'on', 'off', 'removeAllListeners'];

/** What makes markup or code out of a text. */
const MARKUP = new Set([
  'innerHTML',
  'outerHTML',
  'insertAdjacentHTML',
  'dangerouslySetInnerHTML',
  'setHTMLUnsafe',
  'createContextualFragment',
  'DOMParser',
  'srcdoc',
  'srcDoc',
]);

/** The same, and the terminal, in a program that is a text: a script of a page or of a worker. */
const IN_A_TEXT =
  /\.(inner|outer)HTML\s*\+?=|insertAdjacentHTML\(|document\.write|console\.\w+\(|\/dev\/(stdout|stderr|tty)/;

/** Says who writes without being named. */
export function writerProblems(sources: Sources, named: readonly string[]): string[] {
  return [...sources]
    .filter(([path]) => !named.includes(path))
    .flatMap(([path, text]) => rawWrites(path, text).map((what) => `${path} writes by ${what}`));
}

function rawWrites(path: string, text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const what = rawWrite(node);
    if (what !== null) found.push(what);
    ts.forEachChild(node, visit);
  };
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind));
  return found;
}

function rawWrite(node: ts.Node): string | null {
  if (
    ts.isStringLiteralLike(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddleOrTemplateTail(node)
  ) {
    if (ts.isElementAccessExpression(node.parent) && MARKUP.has(node.text)) return node.text;
    return IN_A_TEXT.exec(node.text)?.[0] ?? null;
  }
  if (ts.isCallExpression(node)) return rawCall(node);
  if (!ts.isIdentifier(node)) return null;
  const { text, parent } = node;
  if (text === 'console' && !isName(node)) return text;
  if (MARKUP.has(text)) return text;
  if (text !== 'stdout' && text !== 'stderr') return null;
  if (ts.isBindingElement(parent)) return ofProcess(parent) ? text : null;
  if (!ts.isPropertyAccessExpression(parent) || parent.name !== node) return null;
  if (!/^(globalThis\.)?process$/.test(parent.expression.getText())) return null;
  const asked = parent.parent;
  const isHarmless = ts.isPropertyAccessExpression(asked) && HARMLESS.includes(asked.name.text);
  return isHarmless ? null : text;
}

/** `document.write`, or a write to descriptor 1 or 2. */
function rawCall({ expression, arguments: [first] }: ts.CallExpression): string | null {
  const called = expression.getText();
  if (/\bdocument\.write(ln)?$/.test(called)) return called;
  const isFile = /\b(writeSync|writeFileSync|createWriteStream)$/.test(called);
  return isFile && /^[12]$/.test(first?.getText() ?? '') ? `${called}(${first?.getText()})` : null;
}

/** Whether a name is taken out of `process`, as in `const { stdout } = process`. */
function ofProcess(element: ts.BindingElement): boolean {
  const { parent } = element.parent;
  return ts.isVariableDeclaration(parent) && parent.initializer?.getText() === 'process';
}

/** `{ console: 1 }` and `page.console` are other things than the global. */
function isName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) {
    return parent.name === node && parent.expression.getText() !== 'globalThis';
  }
  return ts.isPropertyAssignment(parent) && parent.name === node;
}
