/**
 * The fields of an inspection as a tree to walk through: units (a request, an answer, a frame, what
 * is not whole), their fields, the parts of those. Only what lies within a window of the bytes is
 * made, since a payload may have a million parts.
 * @module
 */

import type {
  Bits,
  Finding,
  FrameTime,
  Inspection,
  Span,
  Stretch,
} from '../../inspect/inspection.js';
import { type Letter, letterOf } from '../../inspect/letters.js';
import { lastFrom } from '../../inspect/listing.js';

/** A stretch of bytes. */
export interface Range {
  /** The first. */
  readonly start: number;
  /** Behind the last. */
  readonly end: number;
}

/** A field, or a part of one. */
export interface FieldNode extends Range {
  /** `6`, or `6.0.2` for a part of a part: the same for the same bytes. */
  readonly id: string;
  /** Its name. */
  readonly field: string;
  /** The name of the field at the top that it is of. */
  readonly top: string;
  /** The letter of that field. */
  readonly letter: Letter;
  /** One sentence with its numbers. */
  readonly meaning: string;
  /** Where the RFC says so. */
  readonly section: string;
  /** Its bits, where it is made of some. */
  readonly bits: readonly Bits[];
  /** Its parts that begin within the window. */
  readonly parts: readonly FieldNode[];
}

/** What is read as one. */
export interface ByteUnit extends Range {
  /** What it is. */
  readonly kind: 'request' | 'answer' | 'frame' | 'rest';
  /** The frame's opcode by its name; for the rest, the sentence that says what is missing. */
  readonly name: string;
  /** When it came, where that is known. */
  readonly time: FrameTime | undefined;
  /** Which rules it breaks. */
  readonly problems: readonly Finding[];
  /** Its fields that touch the window. */
  readonly fields: readonly FieldNode[];
}

/** Parts lie in one another at most so deep. */
const DEEPEST = 6;

/** The units that touch a window. */
export function unitsWithin(inspection: Inspection, window: Range): ByteUnit[] {
  const { handshakes, frames, rest } = inspection;
  const units: ByteUnit[] = [];
  const add = (
    kind: ByteUnit['kind'],
    name: string,
    { offset, length, time }: Stretch & { time?: FrameTime | undefined },
    problems: readonly Finding[],
    spans: () => readonly Span[],
  ): void => {
    const range = { start: offset, end: offset + length };
    if (!touch(range, window)) return;
    const letter = kind === 'frame' || kind === 'rest' ? null : 'H';
    const fields = spans()
      .filter((span) => touch(span, window))
      .map((span) =>
        nodeOf(span, String(span.start), span.field, letter ?? letterOf(span.field), window, 0),
      );
    units.push({ kind, name, ...range, time, problems, fields });
  };
  for (const one of handshakes) {
    add(one.direction === 'client' ? 'request' : 'answer', '', one, one.problems, () => one.spans);
  }
  // of half a million frames only those around the window are asked
  for (let i = Math.max(0, lastFrom(frames, window.start)); i < frames.length; i++) {
    const frame = frames[i];
    if (frame === undefined || frame.offset >= window.end) break;
    add('frame', frame.header.opcodeName, frame, frame.problems, () => frame.spans);
  }
  if (rest !== null) add('rest', rest.meaning, rest, [], () => rest.spans);
  return units;
}

/** The field or part that a byte is of: the shortest; of equals the one further up. */
export function innermost(units: readonly ByteUnit[], offset: number): FieldNode | null {
  let found: FieldNode | null = null;
  const visit = (nodes: readonly FieldNode[]): void => {
    for (const node of nodes) {
      if (!holds(node, offset)) continue;
      if (found === null || node.end - node.start < found.end - found.start) found = node;
      visit(node.parts);
    }
  };
  visit(units.find((unit) => holds(unit, offset))?.fields ?? []);
  return found;
}

/** The field at the top that a byte is of. */
export function fieldAt(units: readonly ByteUnit[], offset: number): FieldNode | null {
  const unit = units.find((one) => holds(one, offset));
  return unit?.fields.find((field) => holds(field, offset)) ?? null;
}

/** A field or part by its id. */
export function nodeById(units: readonly ByteUnit[], id: string): FieldNode | null {
  const find = (nodes: readonly FieldNode[]): FieldNode | null => {
    for (const node of nodes) {
      if (node.id === id) return node;
      const part = id.startsWith(`${node.id}.`) ? find(node.parts) : null;
      if (part !== null) return part;
    }
    return null;
  };
  return find(units.flatMap(({ fields }) => fields));
}

function nodeOf(
  span: Span,
  id: string,
  top: string,
  letter: Letter,
  window: Range,
  depth: number,
): FieldNode {
  const { field, start, end, meaning, section, bits = [] } = span;
  const parts: FieldNode[] = [];
  for (const [i, part] of (depth < DEEPEST ? (span.parts ?? []) : []).entries()) {
    if (touch(part, window)) parts.push(nodeOf(part, `${id}.${i}`, top, letter, window, depth + 1));
  }
  return { id, field, top, letter, start, end, meaning, section, bits, parts };
}

function holds({ start, end }: Range, offset: number): boolean {
  return offset >= start && offset < end;
}

function touch(a: Range, b: Range): boolean {
  return a.start < b.end && b.start < a.end;
}
