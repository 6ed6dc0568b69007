/**
 * What is said of the student's parts: what each adds, and how it went once they have played.
 * @module
 */

import { PARTS, type Part, partOf } from '../../mine/parts.js';
import type { Fault } from '../../mine/your-parts.js';
import { describeError } from '../../texts/errors.js';
import { mine } from '../../texts/mine.en.js';
import { mine as mineZh } from '../../texts/mine.zh.js';
import { speakers } from '../../texts/say.js';
import { describeStep, printable } from '../../trace/text.js';
import { language } from '../language.js';
import { comma, say } from '../texts.js';
import type { OwnOutcome, Unloaded } from './worker-words.js';

/** In a view that is about something else. */
const MOST = 3;

/** What each part adds is said in the terminal too. */
const sayPart = speakers({ en: mine, zh: mineZh });

/** What a part does in the room. */
export function saysOfPart({ id }: Part): string {
  return sayPart(language.value)(`part.${id}`);
}

/** A sentence for the first parts that fell out or could not be taken; one where none is the student's. */
export function saysOfOwn(own: OwnOutcome | null): string[] {
  if (own === null) return [];
  const { taken, unloaded, faults } = own;
  if (taken.length === 0 && unloaded.length === 0) {
    return [say('mine.none', { lesson: String(PARTS[0]?.lesson) })];
  }
  const all = [...saysOfAbsent(unloaded), ...saysOfUnloaded(unloaded), ...faults.map(saysOfFault)];
  const n = all.length - MOST;
  return n > 0 ? [...all.slice(0, MOST), say('mine.more', { n })] : all;
}

/** Of which lessons nothing is here, in one sentence; none where all is. */
export function saysOfAbsent(unloaded: readonly Unloaded[]): string[] {
  const absent = unloaded.filter(({ why }) => why === 'absent');
  if (absent.length === 0) return [];
  const lessons = absent.map(({ part }) => partOf(part).lesson).join(comma());
  return [say('mine.absent', { n: absent.length, lessons })];
}

/** Why the others could not be taken, a sentence each. */
export function saysOfUnloaded(unloaded: readonly Unloaded[]): string[] {
  return unloaded.flatMap(({ part, why, values }) => {
    if (why === 'absent') return [];
    const shown = Object.entries(values).map(([name, text]) => [name, printable(text)]);
    const reason = say(`mine.unloaded.${why}`, Object.fromEntries(shown));
    return say('mine.unloaded', { lesson: String(partOf(part).lesson), reason });
  });
}

/** What a part did wrong. */
export function saysOfFault(fault: Fault): string {
  return say('mine.fault', { what: printable(describeStep(fault, language.value)) });
}

/** Why it could not be played. */
export function saysOfFailure(error: unknown): string {
  return say('app.failed', { reason: describeError(error, language.value) });
}
