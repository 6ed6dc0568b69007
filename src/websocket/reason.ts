/**
 * Why a handshake fails, out of the table: English where it is made, since it goes on the wire; a
 * viewer reads it back and says it in its language.
 * @module
 */

import type { Language } from '../texts/language.js';
import { restate } from '../texts/recognise.js';
import { answers, refusals } from '../texts/refusals.en.js';
import { answers as answersZh, refusals as refusalsZh } from '../texts/refusals.zh.js';
import { fill, type Values } from '../texts/say.js';

/** The key of a reason that a server gives. */
export type RefusalText = keyof typeof refusals;

/** The reason that a server gives. @internal */
export function refusal(text: RefusalText, values?: Values): string {
  return fill(refusals[text], values);
}

/** What a client finds wrong with an answer. @internal */
export function wrongAnswer(text: keyof typeof answers, values?: Values): string {
  return fill(answers[text], values);
}

/**
 * Says the reason of a refused request or of a failed handshake in a language.
 *
 * @param reason English, as it stood on the wire or in a trace
 */
export function describeReason(reason: string, language?: Language): string {
  const said = restate({ en: refusals, zh: refusalsZh }, reason, language);
  return said === reason ? restate({ en: answers, zh: answersZh }, reason, language) : said;
}
