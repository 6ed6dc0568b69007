/**
 * Errors that can be said in any language: the message is English, made of the table, and which text
 * it is stays beside it for a viewer.
 * @module
 */

import { errors, scenarioFields } from './errors.en.js';
import { errors as errorsZh, scenarioFields as fieldsZh } from './errors.zh.js';
import { DEFAULT_LANGUAGE, type Language } from './language.js';
import { restate } from './recognise.js';
import { fill, speakers, type Values } from './say.js';

/** The key of an error's text. */
export type ErrorText = keyof typeof errors;

/** What an error says, beside what its class puts around it. */
interface Said {
  readonly text: ErrorText;
  readonly values: Values;
  readonly english: string;
}

const known = new WeakMap<Error, Said>();
const sayIn = speakers({ en: errors, zh: errorsZh }, { grouping: false });

/** Makes an error: `throw failing(RangeError, 'net.time-out', { timeoutMs })`. */
export function failing<E extends Error>(
  kind: new (message: string) => E,
  text: ErrorText,
  values: Values = {},
): E {
  return failingWith((message) => new kind(message), text, values);
}

/** The same for an error that is made of more than its message. */
export function failingWith<E extends Error>(
  make: (message: string) => E,
  text: ErrorText,
  values: Values = {},
): E {
  const english = fill(errors[text], values);
  const error = make(english);
  known.set(error, { text, values, english });
  return error;
}

/** Says the text of an error that is not thrown. */
export function sayError(text: ErrorText, values: Values, language?: Language): string {
  return sayIn(language)(text, values);
}

/** Tells whether there is such a text. */
export function isErrorText(text: string): text is ErrorText {
  return Object.hasOwn(errors, text);
}

/**
 * Says what went wrong: an error's message, in a language where it was made of a text.
 *
 * @param error any value that was thrown
 */
export function describeError(error: unknown, language: Language = DEFAULT_LANGUAGE): string {
  if (!(error instanceof Error)) return String(error);
  const said = known.get(error);
  if (said === undefined || language === DEFAULT_LANGUAGE) return error.message;
  const values = said.text === 'scenario.field' ? fieldValues(said.values, language) : said.values;
  return error.message.replace(said.english, () => sayIn(language)(said.text, values));
}

/** What a field should have, and has, where that is a text of ours. */
function fieldValues(values: Values, language: Language): Values {
  const tables = { en: scenarioFields, zh: fieldsZh };
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const isField = name === 'expected' || name === 'received';
      return [name, isField ? restate(tables, String(value), language) : value];
    }),
  );
}
