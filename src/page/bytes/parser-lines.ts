/**
 * Which line of the parser takes a field: found in the parser's source by the field's name, so
 * that it cannot drift from it.
 * @module
 */

import type { FieldName } from '../../websocket/parser.js';
import type { SourceFile } from '../shared/sources.js';

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
  const lines = source.lines.map(({ number, words }) => ({
    number,
    text: words.map(([, text]) => text).join(''),
  }));
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
