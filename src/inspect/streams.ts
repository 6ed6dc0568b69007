/**
 * The streams of a file, whatever it is: bytes as they are or as text, a trace, or a capture.
 * @module
 */

import { failing } from '../texts/errors.js';
import type { Language } from '../texts/language.js';
import type { Role } from '../websocket/frame.js';
import { isCapture } from './capture.js';
import { captureStreams, type NamedStreams } from './capture-streams.js';
import { type FormRead, readForm, textIn } from './forms.js';
import { harStreams, isHar } from './har.js';
import { traceStreams } from './trace-streams.js';
import { type InspectionSay, wordsIn } from './words.js';

/** A text in no form that is known, or a file that must be made another first. */
export class FormError extends Error {
  /** `FormError`. */
  override readonly name = 'FormError';
}

/**
 * Finds the streams of a file: those of a capture or a trace, or else the one that its bytes are,
 * read in the form in which they stand as text where they do. A trace is read as far as it is whole.
 *
 * @param role who sent them, where the file does not say
 * @param language of names and notes; default English
 * @throws CaptureError when nothing of a capture can be read
 * @throws TraceError when the first line of a trace is no event
 * @throws FormError for a text in no form that is known, for gzip and snoop, and for a HAR without a WebSocket
 */
export function streamsInFile(
  file: Uint8Array,
  role: Role | 'auto' = 'auto',
  language?: Language,
): NamedStreams {
  if (isGzip(file)) throw failing(FormError, 'form.gzip');
  if (isSnoop(file)) throw failing(FormError, 'form.snoop');
  if (isCapture(file)) return captureStreams(file, language);
  if (isTrace(file)) return traceStreams(file, language);
  const text = textIn(file);
  if (text !== null && text.trim() !== '') return streamsInText(text, role, language);
  const bytes = text === null ? file : new Uint8Array(0);
  return { streams: [{ name: '', bytes, options: { role } }], notes: [] };
}

/**
 * Reads bytes that stand as text, and says in which form.
 *
 * @param role who sent them
 * @param language of the notes; default English
 * @throws FormError for a text in no form that is known, and for a HAR without a WebSocket
 */
export function streamsInText(
  text: string,
  role: Role | 'auto' = 'auto',
  language?: Language,
): NamedStreams {
  if (isHar(text)) {
    const streams = harStreams(text, wordsIn(language));
    if (streams === null) throw failing(FormError, 'form.har.cut');
    if (streams.length === 0) throw failing(FormError, 'form.har');
    return { streams, notes: [] };
  }
  const read = readForm(text);
  if (read === null) throw failing(FormError, 'form.unknown');
  const { form, parts } = read;
  const streams = parts.map(({ name, bytes }) => ({ name, bytes, options: { role } }));
  return { streams, notes: missingNotes(read, wordsIn(language)), form };
}

/**
 * Whether a file is just bytes, which can be read as they come: no text, nothing packed, nothing
 * that is known by its beginning.
 *
 * @param isWhole whether its beginning is all of it; else it may be cut within a character
 */
export function isPlain(beginning: Uint8Array, isWhole: boolean): boolean {
  if (isGzip(beginning) || isSnoop(beginning) || isTrace(beginning)) return false;
  const cuts = isWhole ? [0] : [0, 1, 2, 3];
  return cuts.every((n) => textIn(beginning.subarray(0, beginning.length - n)) === null);
}

/** Whether a file is packed. */
export function isGzip(file: Uint8Array): boolean {
  return file[0] === 0x1f && file[1] === 0x8b;
}

/** @see RFC 1761 */
function isSnoop(file: Uint8Array): boolean {
  return [...'snoop\0\0\0'].every((letter, i) => file[i] === letter.charCodeAt(0));
}

function missingNotes({ parts }: FormRead, say: InspectionSay): string[] {
  const missing = parts.reduce((sum, part) => sum + part.missing, 0);
  return missing === 0 ? [] : [say('form.missing', { n: missing })];
}

/** Whether the first line is an object with `v`: bytes of a WebSocket are not. */
function isTrace(file: Uint8Array): boolean {
  const text = new TextDecoder().decode(file.subarray(0, 400));
  return /^(\ufeff)?\s*\{\s*"v":\s*1\b/.test(text);
}
