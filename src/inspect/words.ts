/**
 * The words around the meanings of an inspection: headings, labels, what is left out.
 * @module
 */

import { inspection } from '../texts/inspection.en.js';
import { type Say, speakers } from '../texts/say.js';
import type { InspectedHeader } from './inspection.js';

/** The key of such a text. */
export type InspectionText = keyof typeof inspection;

/** Says one. */
export type InspectionSay = Say<InspectionText>;

/** The voice of a language; numbers are offsets and lengths, so they stand as they are. */
export const wordsIn = speakers({ en: inspection }, { grouping: false });

/** Whether a frame is masked and how long its payload is, as far as its header is here. */
export function headerWords(
  { masked, payloadLength }: InspectedHeader,
  say: InspectionSay,
): { masked: string; payload: string } {
  return {
    masked: masked === null ? '' : say(masked ? 'masked' : 'unmasked'),
    payload:
      payloadLength === null
        ? ''
        : say(Number.isSafeInteger(payloadLength) ? 'payload' : 'payload.about', {
            length: payloadLength,
          }),
  };
}
