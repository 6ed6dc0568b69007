/**
 * The inspection of one direction as JSON, written while its bytes come: one line a frame, so that a
 * long input needs no text that is longer than a string can be, and no memory for what was told. The
 * form is that of inspection.schema.json.
 * @module
 */

import type { FormName } from './forms.js';
import {
  EXPLAINED,
  type FrameInspection,
  type HandshakeInspection,
  type Inspection,
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
 * An inspection as JSON, piece by piece; all pieces joined are one object, without a newline at the end.
 * Its keys and codes are the same in every language.
 */
export function* inspectionJson(
  { frames, handshakes, original, rest }: Inspection,
  options: InspectionJsonOptions = {},
): Generator<string> {
  const json = new InspectionJson(options);
  yield json.open();
  for (const handshake of handshakes) json.handshake(handshake);
  for (const frame of frames) yield json.frame(frame);
  if (rest !== null) json.rest(rest);
  yield* json.end(original.filter(({ recv }) => recv.offset < EXPLAINED));
}

/**
 * Writes an inspection while it is made.
 * @internal
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

  /** What an `InspectionStream` tells: of a frame its line, for the rest stands behind the frames. */
  told(told: Told): string {
    if (told.kind === 'frame') return this.frame(told.frame, told.bytes.length);
    if (told.kind === 'handshake') this.handshake(told.handshake);
    else this.rest(told.rest);
    return '';
  }

  /** @param kept bytes of it that are here */
  frame(frame: FrameInspection, kept = frame.length): string {
    this.#pass(frame);
    const between = this.#frames++ === 0 ? '\n' : ',\n';
    return `${between}${JSON.stringify(frameValue(frame, kept))}`;
  }

  handshake(handshake: HandshakeInspection): void {
    this.#pass(handshake);
    this.#handshakes.push(handshake);
  }

  rest(rest: Rest): void {
    this.#pass(rest);
    this.#rest = rest;
  }

  #pass({ offset, length }: { readonly offset: number; readonly length: number }): void {
    this.#isOmitting ||= offset + length > EXPLAINED;
  }

  /** What stands behind the last frame. */
  *end(original: readonly OriginalRead[]): Generator<string> {
    yield '],\n"handshakes": [';
    yield* elements(this.#handshakes.map(explained));
    yield '],\n"original": [';
    yield* elements(original);
    yield `],\n"rest": ${JSON.stringify(this.#rest === null ? null : explained(this.#rest))}`;
    if (this.#isOmitting) {
      yield `,\n"omitted": ${JSON.stringify(this.#say('omitted', { explained: EXPLAINED }))}`;
    }
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
function frameValue(frame: FrameInspection, kept: number): object {
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
