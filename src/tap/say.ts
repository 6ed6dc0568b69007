/**
 * What the tap says, in a language.
 * @module
 */

import type { Language } from '../texts/language.js';
import { type Say, speaker } from '../texts/say.js';
import { tap } from '../texts/tap.en.js';
import { tap as tapZh } from '../texts/tap.zh.js';

/** Says what the tap says. */
export type TapSay = Say<keyof typeof tap>;

/** The tap's texts; what it counts is copied, so thousands are not set apart. */
export function tapSpeaker(language: Language): TapSay {
  return speaker({ en: tap, zh: tapZh }, language, { grouping: false });
}
