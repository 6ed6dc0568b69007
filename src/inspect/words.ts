/**
 * The words around the meanings of an inspection: headings, labels, what is left out.
 * @module
 */

import { inspection } from '../texts/inspection.en.js';
import { inspection as inspectionZh } from '../texts/inspection.zh.js';
import type { Language } from '../texts/language.js';
import { type Say, speakers } from '../texts/say.js';
import type { FormName } from './forms.js';
import type { FrameTime, InspectedHeader } from './inspection.js';

/** The key of such a text. */
export type InspectionText = keyof typeof inspection;

/** Says one. */
export type InspectionSay = Say<InspectionText>;

/** The voice of a language; numbers are offsets and lengths, so they stand as they are. */
export const wordsIn = speakers({ en: inspection, zh: inspectionZh }, { grouping: false });

/** Whether a frame is masked and how long its payload is, as far as its header is here; null where it is not. */
export function headerWords(
  { masked, payloadLength: length }: InspectedHeader,
  say: InspectionSay,
): string | null {
  if (masked === null) return null;
  const key = masked ? 'header.masked' : 'header.unmasked';
  if (length === null) return say(key);
  return say(`${key}.${typeof length === 'number' ? 'payload' : 'long'}`, { length });
}

/** When a frame came, and how long after the one before it. */
export function timeWords({ at, after }: FrameTime, say: InspectionSay): string {
  return after === undefined ? say('time', { at }) : say('time.after', { at, after });
}

/** Which form a text was taken for. */
export function formWords(form: FormName, language?: Language): string {
  const say = wordsIn(language);
  return say('form.read', { form: say(`form.${form}`) });
}
