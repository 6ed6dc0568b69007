/**
 * What is said of the student's parts once they have played.
 * @module
 */

import { PARTS, partOf } from '../../mine/parts.js';
import type { Fault } from '../../mine/your-parts.js';
import { describeStep } from '../../trace/text.js';
import { printable } from '../../trace/text.js';
import { language } from '../language.js';
import { say } from '../texts.js';
import type { OwnOutcome, Unloaded } from './worker-words.js';

/** A sentence for each part that fell out or could not be taken; one where none is the student's. */
export function saysOfOwn(own: OwnOutcome | null): string[] {
  if (own === null) return [];
  const { taken, unloaded, faults } = own;
  const [first] = PARTS;
  if (taken.length === 0 && unloaded.length === 0) {
    return [say('mine.none', { lesson: String(first?.lesson) })];
  }
  return [...unloaded.map(saysOfUnloaded), ...faults.map(saysOfFault)];
}

/** Why a part could not be taken. */
export function saysOfUnloaded({ part, why, values }: Unloaded): string {
  const shown = Object.entries(values).map(([name, text]) => [name, printable(text)]);
  const reason = say(`mine.unloaded.${why}`, Object.fromEntries(shown));
  return say('mine.unloaded', { lesson: String(partOf(part).lesson), reason });
}

/** What a part did wrong. */
export function saysOfFault(fault: Fault): string {
  return say('mine.fault', { what: printable(describeStep(fault, language.value)) });
}
