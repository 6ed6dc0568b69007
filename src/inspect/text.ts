/**
 * An inspection as text of 80 columns. Colour is the terminal's: each line says its kind, and the
 * kind is to be seen without colour too.
 * @module
 */

import stringWidth from 'string-width';
import { toHex } from '../bytes.js';
import { printable } from '../trace/text.js';
import { sectionName } from '../websocket/problem.js';
import type { Finding, FrameInspection, Inspection, Span } from './inspection.js';
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
    for (const span of handshake.spans) yield* spanLines(bytes, span, 1);
  }
  for (const frame of frames) {
    yield* head(frameHead(frame));
    yield* problemLines(frame.problems);
    for (const span of frame.spans) yield* spanLines(bytes, span, 1);
  }
  if (rest !== null) {
    yield* head(`Rest at byte ${rest.offset}, ${count(rest.length, 'byte')}`);
    yield* wrapped('rest', rest.meaning, '  ', '  ');
    for (const span of rest.spans) yield* spanLines(bytes, span, 1);
  }
  if (original.length > 0) yield* head('What the PHP original would see');
  for (const { recv, reads, defect } of original) {
    const where = `recv of ${count(recv.length, 'byte')} at byte ${recv.offset}: ${reads}`;
    yield* wrapped('original', `${where}${defect === null ? '' : ` (${defect})`}`, '  ', '    ');
  }
}

/** The same as one text. */
export function inspectionText(bytes: Uint8Array, inspection: Inspection): string {
  let text = '';
  for (const line of inspectionLines(bytes, inspection)) text += `${line.text}\n`;
  return text;
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
  const { start, end, field, bits, meaning, section, parts } = span;
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
  if (parts === undefined) return;
  for (const part of parts.slice(0, MOST_PARTS)) yield* spanLines(bytes, part, depth + 1);
  const more = parts.length - MOST_PARTS;
  if (more > 0) {
    const inner = `${'  '.repeat(depth + 1)}    `;
    yield { kind: 'meaning', text: `${inner}… and ${more} more` };
  }
}

/** Breaks at spaces, and within a word that is wider than a line. */
function* wrapped(
  kind: InspectionLine['kind'],
  text: string,
  first: string,
  next: string,
): Generator<InspectionLine> {
  let line = first;
  let isEmpty = true;
  for (const word of text.split(' ')) {
    if (!isEmpty && stringWidth(line) + 1 + stringWidth(word) > WIDTH) {
      yield { kind, text: line };
      line = next;
      isEmpty = true;
    }
    if (!isEmpty) line += ' ';
    isEmpty = false;
    if (stringWidth(line) + stringWidth(word) <= WIDTH) {
      line += word;
      continue;
    }
    for (const character of word) {
      if (stringWidth(line) + stringWidth(character) > WIDTH) {
        yield { kind, text: line };
        line = next;
      }
      line += character;
    }
  }
  yield { kind, text: line };
}
