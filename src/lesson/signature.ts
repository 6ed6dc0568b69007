/**
 * Notices an exercise that begins its function otherwise than the lesson hands it out: it was begun with an
 * older kit, say. Reads the texts; what a function does is the check's business.
 * @module
 */

import { functionIn } from '../trace/own-lines.js';

/** How a function begins, in the student's file and in the one that is handed out. */
export interface Signatures {
  readonly yours: string;
  readonly handedOut: string;
}

const EXPORTED = /^export\s+(?:async\s+)?function\s*\*?\s*(\w+)/gm;

/** The first function that begins otherwise; null where all begin alike, or nothing is known. */
export function otherSignature(source: string, handedOut: string): Signatures | null {
  for (const [, name = ''] of handedOut.matchAll(EXPORTED)) {
    const [yours, due] = [signatureIn(source, name), signatureIn(handedOut, name)];
    if (yours === null || due === null || isLike(shapeOf(yours), shapeOf(due))) continue;
    return { yours, handedOut: due };
  }
  return null;
}

/** From the function's first word to where its body begins, in one line; null where that is not seen. */
function signatureIn(source: string, name: string): string | null {
  const { text = [] } = functionIn(source, name) ?? {};
  const end = text.findIndex((line) => /\{\s*$/.test(line) && /\)[^()]*\{\s*$/.test(line));
  if (end === -1 || !/\bfunction\b/.test(text[0] ?? '')) return null;
  const whole = text.slice(0, end + 1).join(' ');
  return whole
    .replace(/\{\s*$/, '')
    .replace(/\s+/g, ' ')
    .replace(/,? \)/, ')')
    .replace('( ', '(')
    .trim();
}

/** Whoever awaits takes what is there at once, too. */
function isLike(yours: string, due: string): boolean {
  const atOnce = due.replace(/^async/, '').replace(/Promise<(.*)>$/, '$1');
  return [due, atOnce].some((shape) => yours === shape || yours === shape.replace(/:.*$/, ''));
}

/** What matters to who calls it: async, a generator, how many it takes, and what it gives, as far as it is said. */
function shapeOf(signature: string): string {
  const [, before = '', given = '', after = ''] =
    /^(?:export )?(.*?)\w+ ?(\(.*\))([^()]*)$/.exec(signature) ?? [];
  const nested = /<[^<>]*>|\[[^[\]]*\]|\{[^{}]*\}|\([^()]*\)(?=.)/g;
  let flat = given.slice(1, -1);
  for (let next = flat.replace(nested, ''); next !== flat; next = flat.replace(nested, '')) {
    flat = next;
  }
  const count = flat.trim() === '' && given.trim() === '()' ? 0 : flat.split(',').length;
  return [before, count, after].join(' ').replace(/\s/g, '');
}
