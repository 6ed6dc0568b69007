/**
 * The inspection of one direction as JSON, written while its bytes come: one line a frame, so that a
 * long input needs no text that is longer than a string can be, and no memory for what was told. The
 * form is that of inspection.schema.json.
 * @module
 */

import type { FormName } from './forms.js';
import type { InspectedFrame } from './frame.js';
import {
  EXPLAINED,
  type HandshakeInspection,
  type OriginalRead,
  type Rest,
  type Span,
} from './inspection.js';
import type { Told } from './inspection-stream.js';
import type { InspectionTextOptions } from './text.js';
import { type InspectionSay, wordsIn } from './words.js';

/** How an inspection is written as JSON. */
export interface InspectionJsonOptions extends InspectionTextOptions {
  /** The form in which the bytes stood as text, where they did. */
  readonly form?: FormName;
}

/**
 * Writes one inspection; all that it gives, joined, is one JSON object without a newline at the end.
 * Its keys and codes are the same in every language.
 */
export class InspectionJson {
  readonly #say: InspectionSay;
  readonly #form: FormName | undefined;
  readonly #handshakes: HandshakeInspection[] = [];
  #rest: Rest | null = null;
  #frames = 0;
  #isOmitting = false;

  constructor({ language, form }: InspectionJsonOptions = {}) {
    this.#say = wordsIn(language);
    this.#form = form;
  }

  /** What stands in front of the first frame. */
  open(): string {
    const form = this.#form === undefined ? '' : `"form": ${JSON.stringify(this.#form)},\n`;
    return `{${form}"frames": [`;
  }

  /** The frame that an `InspectionStream` tells; what else it tells stands behind the frames. */
  told(told: Told): string {
    const one =
      told.kind === 'frame' ? told.frame : told.kind === 'rest' ? told.rest : told.handshake;
    this.#isOmitting ||= one.offset + one.length > EXPLAINED;
    if (told.kind === 'handshake') this.#handshakes.push(told.handshake);
    if (told.kind === 'rest') this.#rest = told.rest;
    if (told.kind !== 'frame') return '';
    const frame = JSON.stringify(frameValue(told.frame, told.bytes.length));
    return `${this.#frames++ === 0 ? '\n' : ',\n'}${frame}`;
  }

  /** What stands behind the last frame. */
  *end(original: readonly OriginalRead[]): Generator<string> {
    yield '],\n"handshakes": [';
    yield* elements(this.#handshakes.map(explained));
    yield '],\n"original": [';
    yield* elements(original);
    yield `],\n"rest": ${JSON.stringify(this.#rest === null ? null : explained(this.#rest))}`;
    const omitted = (): string => this.#say('omitted', { explained: EXPLAINED });
    if (this.#isOmitting) yield `,\n"omitted": ${JSON.stringify(omitted())}`;
    yield '}';
  }
}

function* elements(list: readonly object[]): Generator<string> {
  let between = '\n';
  for (const element of list) {
    yield `${between}${JSON.stringify(element)}`;
    between = ',\n';
  }
}

/**
 * A frame without asking for spans that are not written.
 *
 * @param kept bytes of it that are here
 */
function frameValue(frame: InspectedFrame, kept: number): object {
  const { direction, offset, length, time, header, payload, message, problems } = frame;
  const known = { direction, offset, length, time, header, payload, message };
  const spans = offset < EXPLAINED ? frame.spans.map(spanValue) : undefined;
  return { ...known, ...(kept < length ? { kept } : {}), spans, problems };
}

function explained(whole: HandshakeInspection | Rest): object {
  return { ...whole, spans: whole.offset < EXPLAINED ? whole.spans.map(spanValue) : undefined };
}

function spanValue(span: Span): object {
  const { field, start, end, bits, meaning, section } = span;
  const parts = end <= EXPLAINED ? span.parts?.map(spanValue) : undefined;
  return { field, start, end, bits, meaning, section, parts };
}
