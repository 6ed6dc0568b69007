/**
 * How a command ends when it cannot do what was asked: one line, one exit code, no stack.
 * @module
 */

import { describeError } from '../texts/errors.js';
import { failures } from '../texts/failures.en.js';
import { failures as failuresZh } from '../texts/failures.zh.js';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import { type List, speaker } from '../texts/say.js';

/** A key of the failures' texts. */
export type FailureKey = keyof typeof failures;

/** A text of a failure: values may be such texts themselves. */
export interface Reason {
  readonly key: FailureKey;
  readonly values?: ReasonValues;
}

/** What stands in it; an error is said as `describeError` does. */
export type ReasonValues = Readonly<Record<string, string | number | List | Reason | Error>>;

/** A reason for a person. Exit code 1: it failed; 2: it was called wrongly. Its message is English. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly exitCode: 1 | 2;
  /** Null where the message is all there is. */
  readonly reason: Reason | null;

  /** Says a text of the table. */
  constructor(key: FailureKey, values: ReasonValues, exitCode?: 1 | 2);
  /** Says what was said elsewhere, or what an error says. */
  constructor(message: string | Error, exitCode?: 1 | 2);
  constructor(text: string | Error, second: ReasonValues | 1 | 2 = 1, third: 1 | 2 = 1) {
    const reason = typeof second === 'number' ? null : { key: text as FailureKey, values: second };
    super(reason === null ? describeError(text) : saidReason(reason), { cause: text });
    this.reason = reason;
    this.exitCode = typeof second === 'number' ? second : third;
  }

  /** The same in a language, for who is told. */
  said(language: Language): string {
    if (this.reason !== null) return saidReason(this.reason, language);
    return describeError(this.cause, language);
  }
}

/** Numbers are ports and the like, so thousands are not set apart. */
export function saidReason(
  { key, values = {} }: Reason,
  language: Language = DEFAULT_LANGUAGE,
): string {
  const filled = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'object' ? saidValue(value, language) : value,
  ]);
  const say = speaker({ en: failures, zh: failuresZh }, language, { grouping: false });
  return say(key, Object.fromEntries(filled));
}

function saidValue(value: List | Reason | Error, language: Language): string | List {
  if (value instanceof Error) return describeError(value, language);
  return 'key' in value ? saidReason(value, language) : value;
}
