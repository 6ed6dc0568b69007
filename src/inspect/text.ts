/**
 * An inspection as text of 80 columns. Colour is the terminal's: each line says its kind, and the
 * kind is to be seen without colour too.
 * @module
 */

import stringWidth from 'string-width';
import { toHex } from '../bytes.js';
import { printable } from '../trace/text.js';
import { sectionName } from '../websocket/problem.js';
import {
  EXPLAINED,
  type Finding,
  type FrameInspection,
  type Inspection,
  isOmitting,
  type Span,
} from './inspection.js';
import { count } from './meanings.js';

/** A line, and what it is: `problem` lines begin with `!`. */
export interface InspectionLine {
  /** What it is about: how it is painted. */
  readonly kind: 'head' | 'bytes' | 'bits' | 'meaning' | 'problem' | 'original' | 'rest';
  /** The line, without its newline. */
  readonly text: string;
}

const WIDTH = 80;
/** Bytes of a span that are written out. */
const MOST_BYTES = 16;
/** Parts of a span that are written out. */
const MOST_PARTS = 32;
const LEFT_OUT = `Left out: what is behind the first ${EXPLAINED} bytes, except for frames and problems`;

/** Writes an inspection as lines, none wider than 80 columns. */
export function* inspectionLines(
  bytes: Uint8Array,
  inspection: Inspection,
): Generator<InspectionLine> {
  const { frames, handshakes, original, rest } = inspection;
  for (const handshake of handshakes) {
    const what = handshake.direction === 'client' ? 'Request' : 'Answer';
    yield* head(`${what} at byte ${handshake.offset}, ${count(handshake.length, 'byte')}`);
    yield* problemLines(handshake.problems);
    yield* explained(bytes, handshake);
  }
  for (const frame of frames) {
    yield* head(frameHead(frame));
    yield* problemLines(frame.problems);
    yield* explained(bytes, frame);
  }
  if (rest !== null) {
    yield* head(`Rest at byte ${rest.offset}, ${count(rest.length, 'byte')}`);
    yield* wrapped('rest', rest.meaning, '  ', '  ');
    yield* explained(bytes, rest);
  }
  if (original.length > 0) yield* head('What the PHP original would see');
  for (const { recv, reads, defect } of original) {
    if (recv.offset >= EXPLAINED) break;
    const where = `recv of ${count(recv.length, 'byte')} at byte ${recv.offset}: ${reads}`;
    yield* wrapped('original', `${where}${defect === null ? '' : ` (${defect})`}`, '  ', '    ');
  }
  if (isOmitting(inspection)) yield* head(LEFT_OUT);
}

/** The same as one text. */
export function inspectionText(bytes: Uint8Array, inspection: Inspection): string {
  let text = '';
  for (const line of inspectionLines(bytes, inspection)) text += `${line.text}\n`;
  return text;
}

/** The spans, without asking for those that are not written. */
function* explained(
  bytes: Uint8Array,
  whole: { readonly offset: number; readonly spans: readonly Span[] },
): Generator<InspectionLine> {
  if (whole.offset >= EXPLAINED) return;
  for (const span of whole.spans) {
    if (span.start < EXPLAINED) yield* spanLines(bytes, span, 1);
  }
}

function head(text: string): Generator<InspectionLine> {
  return wrapped('head', text, '', '  ');
}

function frameHead({ direction, offset, length, header }: FrameInspection): string {
  const { opcodeName, masked, payloadLength } = header;
  const mask = masked === null ? '' : masked ? ', masked' : ', not masked';
  const payload = payloadLength === null ? '' : `, payload ${count(payloadLength, 'byte')}`;
  const who = `from the ${direction}`;
  return `Frame at byte ${offset}, ${count(length, 'byte')} ${who}: ${opcodeName}${mask}${payload}`;
}

function* problemLines(problems: readonly Finding[]): Generator<InspectionLine> {
  for (const { code, closeCode, section, message } of problems) {
    const close = closeCode === null ? '' : `, close code ${closeCode}`;
    const text = `! ${code}${close} (${sectionName(section)}): ${message}`;
    yield* wrapped('problem', printable(text), '', '  '); // it may quote a line of the peer's
  }
}

function* spanLines(bytes: Uint8Array, span: Span, depth: number): Generator<InspectionLine> {
  const { start, end, field, bits, meaning, section } = span;
  const indent = '  '.repeat(depth);
  const shown = toHex(bytes.subarray(start, Math.min(end, start + MOST_BYTES)));
  const written = `${shown.replace(/..(?!$)/g, '$& ')}${end - start > MOST_BYTES ? ' …' : ''}`;
  const source = sectionName(section);
  if (depth === 1) {
    yield { kind: 'bytes', text: `${indent}${String(start).padStart(4)}  ${written}` };
    if (bits !== undefined) {
      const text = bits.map((bit) => `${bit.name} ${bit.value}`).join(', ');
      yield* wrapped('bits', text, '        ', '        ');
    }
    yield* wrapped('meaning', `${field} (${source}): ${meaning}`, '        ', '        ');
  } else {
    const inner = `${indent}    `;
    yield* wrapped('meaning', `- ${field}: ${meaning}`, inner, `${inner}  `);
  }
  const parts = end <= EXPLAINED ? span.parts : undefined; // made when they are asked for
  if (parts === undefined) return;
  for (const part of parts.slice(0, MOST_PARTS)) yield* spanLines(bytes, part, depth + 1);
  const more = parts.length - MOST_PARTS;
  if (more > 0) {
    const inner = `${'  '.repeat(depth + 1)}    `;
    yield { kind: 'meaning', text: `${inner}… and ${more} more` };
  }
}

const ASCII = /^[\x20-\x7e]*$/;

/** Breaks at spaces, and within a word that is wider than a line. */
function* wrapped(
  kind: InspectionLine['kind'],
  text: string,
  first: string,
  next: string,
): Generator<InspectionLine> {
  // a column a character: most lines are such, and many fit
  if (first.length + text.length <= WIDTH && ASCII.test(text)) {
    yield { kind, text: first + text };
    return;
  }
  let line = first;
  let used = first.length; // an indent is plain
  let isEmpty = true;
  for (const word of text.split(' ')) {
    const columns = stringWidth(word);
    if (!isEmpty && used + 1 + columns > WIDTH) {
      yield { kind, text: line };
      line = next;
      used = next.length;
      isEmpty = true;
    }
    if (!isEmpty) {
      line += ' ';
      used++;
    }
    isEmpty = false;
    if (used + columns <= WIDTH) {
      line += word;
      used += columns;
      continue;
    }
    for (const character of word) {
      const columns = stringWidth(character);
      if (used + columns > WIDTH) {
        yield { kind, text: line };
        line = next;
        used = next.length;
      }
      line += character;
      used += columns;
    }
  }
  yield { kind, text: line };
}
