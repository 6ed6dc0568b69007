/**
 * An inspection as text of 80 columns. Colour is the terminal's: each line says its kind, and the
 * kind is to be seen without colour too.
 * @module
 */

import { toHex } from '../bytes.js';
import type { Language } from '../texts/language.js';
import { printable } from '../trace/text.js';
import { sectionName } from '../websocket/problem.js';
import { areAlike } from './frame.js';
import {
  EXPLAINED,
  type Finding,
  type FrameInspection,
  type HandshakeInspection,
  type Inspection,
  type OriginalRead,
  type Rest,
  type Span,
  type Stretch,
} from './inspection.js';
import { MOST_EXPLAINED, MOST_NAMED, TextBudget } from './text-budget.js';
import { type InspectionLine, wrapped } from './text-lines.js';
import { headerWords, type InspectionSay, timeWords, wordsIn } from './words.js';

export type { InspectionLine } from './text-lines.js';

/** Bytes of a span that are written out. */
const MOST_BYTES = 16;
/** Parts of a span that are written out. */
const MOST_PARTS = 32;
/** How an inspection is written. */
export interface InspectionTextOptions {
  /** The language of headings and labels; that of the meanings is chosen with `inspect`. Default English. */
  readonly language?: Language;
}

/** Writes an inspection as lines, none wider than 80 columns. */
export function* inspectionLines(
  bytes: Uint8Array,
  inspection: Inspection,
  options: InspectionTextOptions = {},
): Generator<InspectionLine> {
  const { frames, handshakes, original, rest } = inspection;
  const writer = new InspectionWriter(options);
  const of = ({ offset, length }: Stretch) => bytes.subarray(offset, offset + length);
  for (const one of handshakes) yield* writer.handshake(one, of(one));
  for (const frame of frames) yield* writer.frame(frame, of(frame));
  if (rest !== null) yield* writer.rest(rest, of(rest));
  yield* writer.end(original);
}

/** A frame, and those behind it that are like it. */
interface Run {
  readonly first: FrameInspection;
  readonly bytes: Uint8Array;
  readonly isExplained: boolean;
  more: number;
  end: number;
}

/**
 * Writes what is told of one direction as it comes. What it writes is bounded: frames that are alike
 * are written once, those behind what is explained are named, and of those there are so many.
 */
export class InspectionWriter {
  readonly #say: InspectionSay;
  readonly #budget: TextBudget;
  /** Bytes of it that are explained. */
  readonly #explained: number;
  #run: Run | null = null;
  /** Where what was told ends. */
  #end = 0;
  #named = 0;
  #namedProblems = 0;
  #unnamed = 0;
  #unnamedProblems = 0;

  /** @param budget what the streams of an input share */
  constructor({ language }: InspectionTextOptions = {}, budget = new TextBudget()) {
    this.#say = wordsIn(language);
    this.#budget = budget;
    this.#explained = budget.explains ? EXPLAINED : 0;
  }

  /** Tells a request or an answer. @param bytes its own */
  *handshake(handshake: HandshakeInspection, bytes: Uint8Array): Generator<InspectionLine> {
    const say = this.#say;
    const { direction, offset, length } = handshake;
    this.#end = offset + length;
    yield* head(say(direction === 'client' ? 'request' : 'answer', { offset, length }));
    yield* problemLines(handshake.problems, say);
    yield* this.#explain(bytes, handshake);
  }

  /** Takes a frame, which is told when the next is known to be another. @param bytes its own, as far as they are here */
  *frame(frame: FrameInspection, bytes: Uint8Array): Generator<InspectionLine> {
    const end = frame.offset + frame.length;
    const isExplained = frame.offset < this.#explained;
    this.#end = end;
    const run = this.#run;
    if (run !== null && run.isExplained === isExplained && areAlike(run.first, frame)) {
      run.more++;
      run.end = end;
      return;
    }
    yield* this.#endRun();
    this.#run = { first: frame, bytes, isExplained, more: 0, end };
  }

  /** Tells what is not whole. @param bytes its own, as far as they are here */
  *rest(rest: Rest, bytes: Uint8Array): Generator<InspectionLine> {
    yield* this.#endRun();
    this.#end = rest.offset + rest.length;
    yield* head(this.#say('rest', { offset: rest.offset, length: rest.length }));
    yield* wrapped('rest', rest.meaning, '  ', '  ');
    yield* this.#explain(bytes, rest);
  }

  /** Behind all that was told. */
  *end(original: readonly OriginalRead[]): Generator<InspectionLine> {
    const say = this.#say;
    yield* this.#endRun();
    this.#budget.spend(Math.min(this.#end, this.#explained));
    if (this.#unnamed > 0) {
      yield* head(say('unnamed', { n: this.#unnamed, problems: this.#unnamedProblems }));
    }
    if (original.length > 0 && this.#explained > 0) yield* head(say('original'));
    for (const { recv, reads, defect } of original) {
      if (recv.offset >= this.#explained) break;
      const values = { ...recv, reads };
      const text =
        defect === null ? say('recv', values) : say('recv.defect', { ...values, defect });
      yield* wrapped('original', text, '  ', '    ');
    }
    if (this.#explained === 0) yield* head(say('left-out.all', { explained: MOST_EXPLAINED }));
    else if (this.#end > EXPLAINED) yield* head(say('left-out', { explained: EXPLAINED }));
  }

  *#endRun(): Generator<InspectionLine> {
    const run = this.#run;
    this.#run = null;
    if (run === null) return;
    const say = this.#say;
    const { first, bytes, isExplained, more, end } = run;
    if (!isExplained && !this.#mayName(first.problems.length > 0)) {
      this.#unnamed += more + 1;
      if (first.problems.length > 0) this.#unnamedProblems += more + 1;
      return;
    }
    yield* head(frameHead(first, say));
    if (first.time !== undefined) yield* wrapped('rest', timeWords(first.time, say), '  ', '  ');
    yield* problemLines(first.problems, say);
    yield* this.#explain(bytes, first);
    if (more > 0) yield* head(say('like', { n: more, last: end - 1 }));
  }

  #mayName(isProblem: boolean): boolean {
    const named = isProblem ? this.#namedProblems++ : this.#named++;
    return named < MOST_NAMED && this.#budget.names(isProblem);
  }

  /** The spans, without asking for those that are not written. `bytes` begin where it does. */
  *#explain(
    bytes: Uint8Array,
    whole: { readonly offset: number; readonly spans: readonly Span[] },
  ): Generator<InspectionLine> {
    if (whole.offset >= this.#explained) return;
    for (const span of whole.spans) {
      if (span.start < EXPLAINED) yield* spanLines(bytes, whole.offset, span, 1, this.#say);
    }
  }
}

/** The same as one text. */
export function inspectionText(
  bytes: Uint8Array,
  inspection: Inspection,
  options: InspectionTextOptions = {},
): string {
  let text = '';
  for (const line of inspectionLines(bytes, inspection, options)) text += `${line.text}\n`;
  return text;
}

function head(text: string): Generator<InspectionLine> {
  return wrapped('head', text, '', '  ');
}

function frameHead(
  { direction, offset, length, header }: FrameInspection,
  say: InspectionSay,
): string {
  const values = { offset, length, opcode: header.opcodeName };
  const words = headerWords(header, say);
  if (words === null) return say(`frame.${direction}`, values);
  return say(`frame.${direction}.more`, { ...values, header: words });
}

function* problemLines(
  problems: readonly Finding[],
  say: InspectionSay,
): Generator<InspectionLine> {
  for (const { code, closeCode, section, message } of problems) {
    const values = { code, section: sectionName(section), message };
    const text =
      closeCode === null ? say('problem', values) : say('problem.close', { ...values, closeCode });
    yield* wrapped('problem', printable(`! ${text}`), '', '  '); // it may quote a line of the peer's
  }
}

function* spanLines(
  bytes: Uint8Array,
  base: number,
  span: Span,
  depth: number,
  say: InspectionSay,
): Generator<InspectionLine> {
  const { start, end, field, bits, meaning, section } = span;
  const indent = '  '.repeat(depth);
  const shown = toHex(bytes.subarray(start - base, Math.min(end, start + MOST_BYTES) - base));
  const written = `${shown.replace(/..(?!$)/g, '$& ')}${end - start > MOST_BYTES ? ' …' : ''}`;
  const source = sectionName(section);
  if (depth === 1) {
    yield { kind: 'bytes', text: `${indent}${String(start).padStart(4)}  ${written}` };
    if (bits !== undefined) {
      const text = bits.map((bit) => `${bit.name} ${bit.value}`).join(', ');
      yield* wrapped('bits', text, '        ', '        ');
    }
    yield* wrapped('meaning', say('field', { field, source, meaning }), '        ', '        ');
  } else {
    const inner = `${indent}    `;
    yield* wrapped('meaning', say('field.part', { field, meaning }), inner, `${inner}  `);
  }
  const parts = end <= EXPLAINED ? span.parts : undefined; // made when they are asked for
  if (parts === undefined) return;
  for (const part of parts.slice(0, MOST_PARTS))
    yield* spanLines(bytes, base, part, depth + 1, say);
  const more = parts.length - MOST_PARTS;
  if (more > 0) {
    const inner = `${'  '.repeat(depth + 1)}    `;
    yield { kind: 'meaning', text: `${inner}${say('more', { n: more })}` };
  }
}
