/**
 * Whether this is the page of one file, which has all its scripts in it and loads none.
 * @module
 */

import { type Language, readLanguage } from '../../texts/language.js';

/** The language of the page of one file, the only one that it speaks; null for the page of several files. */
export const FILE_LANGUAGE: Language | null = languageOfFile();

function languageOfFile(): Language | null {
  // asked once, before the page has added a script of its own
  if (typeof document === 'undefined' || document.querySelector('script[src]') !== null)
    return null;
  return readLanguage(document.documentElement.lang);
}
