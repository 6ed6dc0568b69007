/**
 * What stands on the screen of the stepper beside the steps, said in a language.
 * @module
 */

import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import { type Say, speaker } from '../texts/say.js';
import { stepper } from '../texts/stepper.en.js';
import { stepper as stepperZh } from '../texts/stepper.zh.js';

/** Says what stands on the screen beside the steps. */
export type StepperSay = Say<keyof typeof stepper>;

/** The texts in a language; thousands are not set apart, so that a number fits and is found. */
export function stepperSpeaker(language: Language = DEFAULT_LANGUAGE): StepperSay {
  return speaker({ en: stepper, zh: stepperZh }, language, { grouping: false });
}
