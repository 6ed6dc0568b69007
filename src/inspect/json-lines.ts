/**
 * What is told of some streams as NDJSON: a line for each handshake and each frame, with everything that a
 * program needs, as it comes. Its length is in proportion to the input's: what follows from the key and the
 * payload, byte by byte and character by character, is left out. The form is that of inspection-lines.schema.json.
 * @module
 */

import type {
  FrameInspection,
  HandshakeInspection,
  OriginalRead,
  Rest,
  Span,
} from './inspection.js';
import type { Told } from './inspection-stream.js';

/** The lines of one stream, by its number in the output. */
export class StreamLines {
  readonly #stream: number;
  #frames = 0;
  #problems = 0;

  constructor(stream: number) {
    this.#stream = stream;
  }

  /** The line that opens it. */
  open(name: string, note: string | undefined): string {
    return this.#line({ kind: 'stream', name, note });
  }

  /** The line of what an `InspectionStream` tells. */
  told(told: Told): string {
    if (told.kind === 'frame') {
      this.#frames++;
      this.#problems += told.frame.problems.length;
      return this.#line({ kind: 'frame', ...frameValue(told.frame, told.bytes.length) });
    }
    if (told.kind === 'rest') return this.#line({ kind: 'rest', ...spanned(told.rest) });
    this.#problems += told.handshake.problems.length;
    return this.#line({ kind: 'handshake', ...spanned(told.handshake) });
  }

  /** The line of a message of a HAR, in its JSON form. */
  message(value: object): string {
    return this.#line({ kind: 'message', ...value });
  }

  /** The lines behind its bytes: what the original would read, and how much there was. */
  *end(original: readonly OriginalRead[]): Generator<string> {
    for (const read of original) yield this.#line({ kind: 'original', ...read });
    yield this.#line({ kind: 'end', frames: this.#frames, problems: this.#problems });
  }

  #line({
    kind,
    ...values
  }: { readonly kind: string } & Readonly<Record<string, unknown>>): string {
    return `${JSON.stringify({ kind, stream: this.#stream, ...values })}\n`;
  }
}

/** A line of what is to be known of the whole input. */
export function noteLine(note: string): string {
  return `${JSON.stringify({ kind: 'note', note })}\n`;
}

/** @param kept bytes of it that are here */
function frameValue(frame: FrameInspection, kept: number): object {
  const { direction, offset, length, time, header, payload, message, problems, spans } = frame;
  const known = { direction, offset, length, time, header, payload, message, problems };
  return { ...known, ...(kept < length ? { kept } : {}), spans: spans.map(withoutParts) };
}

/** Those of a head are its lines and what they hold: they stay. */
function spanned({ spans, ...whole }: HandshakeInspection | Rest): object {
  const isHead = 'accept' in whole;
  return { ...whole, spans: isHead ? spans : spans.map(withoutParts) };
}

/** The parts are made when they are asked for, so they are not. */
function withoutParts({ field, start, end, bits, meaning, section }: Span): object {
  return { field, start, end, bits, meaning, section };
}
