/**
 * Lesson 8, a solution.
 */

import { joinBytes } from 'loopscope';
import { type Head, type Reader, textOf } from './exercise.js';

export { textOf };

/** Reads the fields of a head. */
export function parseFields(lines: readonly string[]): Map<string, string> {
  const fields = new Map<string, string>();
  let name = '';
  for (const line of lines) {
    if (/^[ \t]/.test(line)) {
      fields.set(name, `${fields.get(name)} ${line.trim()}`);
      continue;
    }
    const colon = line.indexOf(':');
    name = line.slice(0, colon).toLowerCase();
    fields.set(name, line.slice(colon + 1).trim());
  }
  return fields;
}

/** Takes the next bytes of a request. */
export function takeBytes(
  reader: Reader,
  bytes: Uint8Array,
  maxLength: number,
): Head | 'more' | 'too long' {
  reader.bytes = joinBytes([reader.bytes, bytes]);
  const text = textOf(reader.bytes);
  const end = text.indexOf('\r\n\r\n');
  const length = end === -1 ? text.length : end + 4;
  if (length > maxLength) return 'too long';
  if (end === -1) return 'more';
  const [startLine = '', ...lines] = text.slice(0, end).split('\r\n');
  return { startLine, fields: parseFields(lines), rest: reader.bytes.slice(length) };
}
