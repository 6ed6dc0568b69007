/**
 * Why what stands in a file is not what it should be, as a text of the runner's by its key.
 * @module
 */

import type { Language } from '../texts/language.js';
import type { Values } from '../texts/say.js';
import { speak, type TextKey } from './texts.js';

/** Why a file is not what it should be: a text of the runner's. The message is English. */
export class FileError extends Error {
  /** `FileError`. */
  override readonly name = 'FileError';
  readonly key: TextKey;
  readonly values: Values;

  constructor(key: TextKey, values: Values = {}) {
    super(speak()(key, values));
    this.key = key;
    this.values = values;
  }
}

/** What an error says, in a language if it is one of ours. */
export function whyNot(error: unknown, language?: Language): string {
  if (error instanceof FileError) return speak(language)(error.key, error.values);
  return (error as Error).message;
}
