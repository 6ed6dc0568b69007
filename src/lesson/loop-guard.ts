/**
 * Finds a loop without end by counting: each loop of a student's code tells of every pass, and
 * whoever runs the code hears of it when there were more passes since the last step than any right
 * answer needs. So no clock has to judge, and the line of the loop is known. Runs in a browser too.
 * @module
 */

import { type Node, type Program, parse } from 'acorn';
import { fullAncestor } from 'acorn-walk';

/**
 * A loop that lasts for a quarter of so many passes, without a step, has no end. The right answer that
 * takes most takes 12 thousand from one step to the next; test/lessons/passes.process.test.ts measures.
 */
export const MOST_PASSES = 2_000_000;

/** A loop that has no end, as far as one has counted. */
export interface Endless {
  /** The name of its file. */
  readonly file: string;
  /** Its line, from 1. */
  readonly line: number;
  /** How many passes there were since the last step, of this loop and of those in it. */
  readonly passes: number;
}

/** A text that is put into code before the character at `at`. */
export interface Insertion {
  readonly at: number;
  readonly text: string;
}

/** A loop: all five have a body. */
interface Loop extends Node {
  readonly body: Node;
}

/** What a loop calls when it begins; a global, so that the code needs no import and keeps its lines. */
export const BEGINS = '__loopBegins';

/** What it calls at each pass. */
export const PASSES = '__loopPasses';

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

/**
 * Counts passes from now on. To be called once, before guarded code is imported.
 *
 * @param onEndless is told of the loop that has gone round all the while; it should end the
 *   process or the worker, since what it throws the code can catch
 * @param most passes between two steps
 * @returns to be called at each step: the count begins anew
 */
export function countPasses(onEndless: (endless: Endless) => void, most = MOST_PASSES): () => void {
  const none = { loop: Number.POSITIVE_INFINITY, file: '', line: 0 };
  let begun = 0;
  let passes = 0;
  let begunAtHalf = 0;
  // of the loops that go round in the last quarter, the one that began first contains the others
  let oldest = none;
  const anew = (): void => {
    passes = 0;
    oldest = none;
  };
  const onPass = (loop: number, file: string, line: number): void => {
    passes++;
    if (passes === most / 2) begunAtHalf = begun;
    if (passes < most * 0.75) return;
    if (loop < oldest.loop) oldest = { loop, file, line };
    if (passes < most) return;
    const { loop: first, ...place } = oldest;
    anew();
    // many loops one after the other are long work, and each of them has an end
    if (first < begunAtHalf) onEndless({ ...place, passes: most });
  };
  Object.defineProperty(globalThis, BEGINS, { value: () => begun++ });
  Object.defineProperty(globalThis, PASSES, { value: onPass });
  return anew;
}
