/**
 * What was proven of a difference, in sentences, as terminal and page say it.
 * @module
 */

import { describeDefect } from '../chat/defects.js';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import { proof as texts } from '../texts/proof.en.js';
import { proof as textsZh } from '../texts/proof.zh.js';
import { speaker } from '../texts/say.js';
import type { PartingPlace, Proof } from './proof.js';

/** How many of what was not tried are told by number. */
const FEW = 8;

/** A line: a sentence, or below it the name of a mistake. */
export interface ProofLine {
  text: string;
  /** Whether it names a mistake of the sentence above. */
  isName: boolean;
}

/** Says a proof. Where the two part in the end, `partsAtEnd` has; that is shown below. */
export function proofText(proof: Proof, language: Language = DEFAULT_LANGUAGE): ProofLine[] {
  const say = speaker({ en: texts, zh: textsZh }, language, { grouping: false });
  const lines: ProofLine[] = [];
  const add = (text: string, isName = false): void => {
    lines.push({ text, isName });
  };
  if (proof.parts === null) {
    add(say('proof.form'));
    return lines;
  }
  if (proof.mends.length > 0) add(say('proof.head'));
  for (const [i, { defects, parts }] of proof.mends.entries()) {
    const [first = '', second] = defects;
    const until = parts === null ? say('proof.end') : say('proof.until', placeOf(parts));
    if (second === undefined) {
      add(say(i === 0 ? 'proof.one' : 'proof.more', { defect: first, until }));
    } else {
      add(say(i === 0 ? 'proof.pair' : 'proof.pairMore', { first, second, until }));
    }
    for (const defect of defects) {
      const title = describeDefect(defect, language)?.title ?? '';
      add(say('proof.title', { defect, title }), true);
    }
  }
  if (partsAtEnd(proof) !== null) {
    add(say(proof.mends.length === 0 ? 'proof.unexplained' : 'proof.rest'));
    if (!proof.triedAll) add(say('proof.flood'));
  }
  if (proof.untried.length > 0) {
    const sets = proof.untried.slice(0, FEW).map((defects) => defects.join(' + '));
    const n = proof.untried.length - sets.length;
    add(say(n === 0 ? 'proof.untried' : 'proof.untried.more', { sets, n }));
  }
  return lines;
}

/** Where they part with all mended that helps; null where they are equal then. */
export function partsAtEnd({ parts, mends }: Proof): PartingPlace | null {
  const last = mends.at(-1);
  return last === undefined ? parts : last.parts;
}

function placeOf({ difference }: PartingPlace): { byte: number; client: string } {
  return { byte: difference.rightOffset, client: difference.client };
}
