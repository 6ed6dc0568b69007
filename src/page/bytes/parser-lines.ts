/**
 * Which line of the parser takes a field: found in the parser's source by the field's name, so
 * that it cannot drift from it.
 * @module
 */

import type { FieldName } from '../../websocket/parser.js';
import { type SourceFile, textOf } from '../shared/sources.js';

/** The parser, by its path in the package. */
export const PARSER_FILE = 'src/websocket/parser.ts';

/** All fields; the compiler finds one that is missing. */
const FIELDS: Readonly<Record<FieldName, true>> = {
  'fin-rsv-opcode': true,
  'mask-length': true,
  'extended-length-16': true,
  'extended-length-64': true,
  'extended-length-continued': true,
  'masking-key': true,
  payload: true,
};

/** The names of all fields that the parser asks for, in its order. */
export const FIELD_NAMES = Object.keys(FIELDS) as FieldName[];

/** Tells whether a span's field is one that the parser asks for. */
export function isFieldName(name: string): name is FieldName {
  return Object.hasOwn(FIELDS, name);
}

/**
 * The line where the parser asks for a field, and is resumed with it.
 *
 * @param source the parser's
 * @returns the line's number
 * @throws Error when the parser asks for it nowhere, or at several lines
 */
export function parserLine(source: SourceFile, field: FieldName): number {
  const lines = source.lines.map((line) => ({ number: line.number, text: textOf(line) }));
  const quoted = `ask: '${field}'`;
  const named = lines.flatMap(
    ({ text }) => /^(?:export )?const (\w+): FieldAsk = \{ (.*?),/.exec(text) ?? [],
  );
  const constant = named[named.indexOf(quoted) - 1];
  const ask = constant === undefined ? `\\{ ${quoted},` : `${constant}\\b`;
  const asks = new RegExp(`\\byield\\s${ask}`);
  const [first, ...others] = lines.filter(({ text }) => asks.test(text));
  if (first === undefined || others.length > 0) {
    throw new Error(
      `bug: ${source.file} asks for ${field} at ${first === undefined ? 0 : 1 + others.length} lines`,
    );
  }
  return first.number;
}

/** The field that a line of the parser asks for; null for every other line. */
export function fieldOfLine(source: SourceFile, line: number): FieldName | null {
  return FIELD_NAMES.find((field) => parserLine(source, field) === line) ?? null;
}

/** What is read as one: a frame, or what is not whole. */
interface Read {
  readonly offset: number;
  readonly length: number;
  readonly spans: readonly {
    readonly field: string;
    readonly start: number;
    readonly end: number;
  }[];
}

/**
 * The bytes that were read as a field: those of the frame that one looks at; where one looks at them
 * already, those of a later frame, and behind the last of the first again.
 *
 * @param at the byte that is looked at
 * @returns the offset of the first; null where there are none
 */
export function bytesReadBy(reads: readonly Read[], field: string, at: number): number | null {
  const spans = reads.flatMap((read) =>
    read.spans
      .filter((span) => span.field === field && span.end > span.start)
      .map((span) => ({ ...span, read })),
  );
  const isOn = ({ start, end }: { start: number; end: number }): boolean => at >= start && at < end;
  const own = spans.find(({ read: { offset, length } }) =>
    isOn({ start: offset, end: offset + length }),
  );
  if (own !== undefined && !isOn(own)) return own.start;
  return (spans.find(({ start }) => start > at) ?? spans[0])?.start ?? null;
}
