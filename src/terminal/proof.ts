/**
 * What was proven of a difference, in lines.
 * @module
 */

import type { Proof } from '../scenario/proof.js';
import { partsAtEnd, proofText } from '../scenario/proof-text.js';
import type { Language } from '../texts/language.js';
import { wireLines } from './comparison.js';
import { sentence } from './wrap.js';

/**
 * Says a proof, and where the two part in the end.
 *
 * @param names of the mirror and of the other server
 * @param isKnown whether it was said already where they part before anything is mended
 */
export function proofLines(
  proof: Proof,
  names: readonly [mirror: string, other: string],
  isKnown: boolean,
  language?: Language,
): string[] {
  const lines = proofText(proof, language).flatMap(({ text, isName }) =>
    sentence(isName ? `      ${text}` : text),
  );
  const rest = partsAtEnd(proof);
  if (rest === null || (isKnown && proof.mends.length === 0)) return lines;
  return [...lines, ...wireLines(rest.difference, ...names, language)];
}
