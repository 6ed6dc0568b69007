/**
 * What a trace or the wire holds in English, said in a language: what broke a rule, why a server
 * turned someone away or let it go, why a loop stands still, why a broker is lost. Read back out of the tables.
 * @module
 */

import { errors } from '../texts/errors.en.js';
import { errors as errorsZh } from '../texts/errors.zh.js';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import { problems } from '../texts/problems.en.js';
import { problems as problemsZh } from '../texts/problems.zh.js';
import { restate } from '../texts/recognise.js';
import { room } from '../texts/room.en.js';
import { room as roomZh } from '../texts/room.zh.js';
import { describeReason } from '../websocket/reason.js';

/** Why a recv that blocks stands still: the reason of its `block`, as a trace holds it. */
export const NOTHING_SENT: string = room['block.recv'];

/** What a ProtocolError puts around a problem. */
const PROTOCOL_ERROR = /^(\d{4}: )(.*)( \(RFC \d+ [\d.]+\))$/s;

/**
 * Says an English text of a trace in a language; one that is of no table stays as it is.
 *
 * @param english the message of an `error`, the reason of a refusal, of a Close or of a `block`
 */
export function describeEnglish(english: string, language: Language = DEFAULT_LANGUAGE): string {
  if (language === DEFAULT_LANGUAGE) return english;
  const [, before, problem, behind] = PROTOCOL_ERROR.exec(english) ?? [];
  if (problem !== undefined) {
    return `${before}${restate({ en: problems, zh: problemsZh }, problem, language)}${behind}`;
  }
  const said = restate({ en: room, zh: roomZh }, english, language);
  if (said !== english) return said;
  const reason = describeReason(english, language);
  return reason === english ? restate({ en: errors, zh: errorsZh }, english, language) : reason;
}
