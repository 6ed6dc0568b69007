/**
 * What was proven of a difference, in lines. The model is scenario/proof.ts, the words are a table's.
 * @module
 */

import { DEFECTS } from '../chat/defects.js';
import type { PartingPlace, Proof } from '../scenario/proof.js';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import { proof as texts } from '../texts/proof.en.js';
import { speaker } from '../texts/say.js';
import { wireLines } from './comparison.js';

/**
 * Says a proof.
 *
 * @param names of the mirror and of the other server
 * @param isKnown whether it was said already where they part before anything is mended
 */
export function proofLines(
  proof: Proof,
  names: readonly [mirror: string, other: string],
  isKnown: boolean,
  language: Language = DEFAULT_LANGUAGE,
): string[] {
  const say = speaker({ en: texts }, language, { grouping: false });
  if (proof.parts === null) return [say('proof.form')];
  const lines = proof.mends.length === 0 ? [] : [say('proof.head')];
  for (const [i, { defects, parts }] of proof.mends.entries()) {
    const [first = '', second] = defects;
    const until = parts === null ? say('proof.end') : say('proof.until', placeOf(parts));
    if (second === undefined) {
      lines.push(say(i === 0 ? 'proof.one' : 'proof.more', { defect: first, until }));
    } else {
      lines.push(say(i === 0 ? 'proof.pair' : 'proof.pairMore', { first, second, until }));
    }
    for (const defect of defects)
      lines.push(say('proof.title', { defect, title: titleOf(defect) }));
  }
  const last = proof.mends.at(-1);
  const rest = last === undefined ? proof.parts : last.parts;
  if (rest === null) return lines;
  lines.push(say(last === undefined ? 'proof.unexplained' : 'proof.rest'));
  if (!proof.triedAll) lines.push(say('proof.flood'));
  return last === undefined && isKnown
    ? lines
    : [...lines, ...wireLines(rest.difference, ...names, language)];
}

function placeOf({ difference }: PartingPlace): { byte: number; client: string } {
  return { byte: difference.rightOffset, client: difference.client };
}

function titleOf(number: string): string {
  return DEFECTS.find((defect) => defect.number === number)?.title ?? '';
}
