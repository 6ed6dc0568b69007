/**
 * An inspection as JSON, piece by piece: one line a frame, so that a long input needs no text that
 * is longer than a string can be. The form is that of inspection.schema.json.
 * @module
 */

import type { FormName } from './forms.js';
import {
  EXPLAINED,
  type FrameInspection,
  type HandshakeInspection,
  type Inspection,
  isOmitting,
  type Rest,
  type Span,
} from './inspection.js';
import type { InspectionTextOptions } from './text.js';
import { type InspectionSay, wordsIn } from './words.js';

/** How an inspection is written as JSON. */
export interface InspectionJsonOptions extends InspectionTextOptions {
  /** The form in which the bytes stood as text, where they did. */
  readonly form?: FormName;
}

/** Characters of a piece, as far as one frame is not longer. */
const PIECE = 65_536;

/**
 * Writes an inspection; all pieces joined are one JSON object, without a newline at the end. Its keys
 * and codes are the same in every language.
 */
export function* inspectionJson(
  inspection: Inspection,
  { language, form }: InspectionJsonOptions = {},
): Generator<string> {
  let piece = form === undefined ? '{' : `{"form": ${JSON.stringify(form)},\n`;
  for (const text of texts(inspection, wordsIn(language))) {
    piece += text;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

function* texts(inspection: Inspection, say: InspectionSay): Generator<string> {
  const { frames, handshakes, original, rest } = inspection;
  yield '"frames": [';
  yield* elements(frames, frameValue);
  yield '],\n"handshakes": [';
  yield* elements(handshakes, explained);
  yield '],\n"original": [';
  yield* elements(original, (read) => read);
  yield `],\n"rest": ${JSON.stringify(rest === null ? null : explained(rest))}`;
  if (isOmitting(inspection))
    yield `,\n"omitted": ${JSON.stringify(say('omitted', { explained: EXPLAINED }))}`;
  yield '}';
}

function* elements<T>(list: readonly T[], value: (element: T) => object): Generator<string> {
  let between = '\n';
  for (const element of list) {
    yield `${between}${JSON.stringify(value(element))}`;
    between = ',\n';
  }
}

/** A frame without asking for spans that are not written. */
function frameValue(frame: FrameInspection): object {
  const { direction, offset, length, time, header, payload, message, problems } = frame;
  const spans = offset < EXPLAINED ? frame.spans.map(spanValue) : undefined;
  return { direction, offset, length, time, header, payload, message, spans, problems };
}

function explained(whole: HandshakeInspection | Rest): object {
  return { ...whole, spans: whole.offset < EXPLAINED ? whole.spans.map(spanValue) : undefined };
}

function spanValue(span: Span): object {
  const { field, start, end, bits, meaning, section } = span;
  const parts = end <= EXPLAINED ? span.parts?.map(spanValue) : undefined;
  return { field, start, end, bits, meaning, section, parts };
}
