/**
 * Puts a guard into each loop of a student's code, which tells of every pass; loop-count.ts counts them.
 * So the line of a loop without end is known. Runs in a browser too.
 * @module
 */

import { type Node, type Program, parse } from 'acorn';
import { fullAncestor } from 'acorn-walk';
import { BEGINS, PASSES } from './loop-count.js';

/** A text that is put into code before the character at `at`. */
export interface Insertion {
  readonly at: number;
  readonly text: string;
}

/** A loop: all five have a body. */
interface Loop extends Node {
  readonly body: Node;
}

/**
 * Parses JavaScript.
 *
 * @throws SyntaxError with `loc: { line, column }`, the line from 1 and the column from 0
 */
export function parseModule(code: string): Program {
  return parse(code, { ecmaVersion: 'latest', sourceType: 'module', locations: true });
}

/**
 * What to put into a module so that each loop tells of its begin and of its passes. No line moves.
 *
 *     for (const a of b) f(a);
 *     { const __loop0 = __loopBegins(); for (const a of b) { __loopPasses(__loop0, "exercise.ts", 1); f(a); } }
 *
 * @param file what it is called where a loop is told of
 * @returns by `at`; what is to stand first at the same place, first
 */
export function loopGuards(program: Program, file: string): Insertion[] {
  const loops: { loop: Loop; outside: Node }[] = [];
  fullAncestor(program, (node, _, ancestors) => {
    if (!isLoop(node)) return;
    // a label must stay with its loop, or `continue LABEL` is no way to it any more
    let i = ancestors.length - 1;
    while (ancestors[i - 1]?.type === 'LabeledStatement') i--;
    loops.push({ loop: node, outside: ancestors[i] ?? node });
  });
  const fromOutside = loops.sort((a, b) => a.outside.start - b.outside.start);
  const all = fromOutside.flatMap(({ loop, outside }, i) => guardsOf(loop, outside, i, file));
  return all.sort((a, b) => a.at - b.at); // stable: an outer loop's stay before an inner one's
}

function guardsOf({ body, loc }: Loop, outside: Node, i: number, file: string): Insertion[] {
  const name = `__loop${i}`;
  const passes = `${PASSES}(${name},${JSON.stringify(file)},${loc?.start.line ?? 0});`;
  const isBlock = body.type === 'BlockStatement';
  return [
    { at: outside.start, text: `{const ${name}=${BEGINS}();` },
    { at: body.start + (isBlock ? 1 : 0), text: isBlock ? passes : `{${passes}` },
    ...(isBlock ? [] : [{ at: body.end, text: '}' }]),
    { at: outside.end, text: '}' },
  ];
}

function isLoop(node: Node): node is Loop {
  return /^(For|ForIn|ForOf|While|DoWhile)Statement$/.test(node.type);
}
