/**
 * The parts of a lesson's text, as its headings name them in each language.
 * @module
 */

import type { Language } from '../texts/language.js';
import { parts } from '../texts/parts.en.js';
import { parts as zh } from '../texts/parts.zh.js';
import { speakers } from '../texts/say.js';

/** A part, by its key. */
export type Part = keyof typeof parts;

/** All parts in order; those about PHP and about where the picture breaks stand where they fit. */
export const PARTS: readonly Part[] = [
  'Predict',
  'Run',
  'Investigate',
  'Php',
  'Modify',
  'Limits',
  'Make',
];

const speak = speakers({ en: parts, zh });

/** The heading of a part in a text of this language. @param language what the text is written in */
export function headingOf(part: Part, language: Language): string {
  return speak(language === 'xx-test' ? 'en' : language)(part);
}
