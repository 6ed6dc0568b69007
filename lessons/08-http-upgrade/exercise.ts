/**
 * Lesson 8: read the head of a request, in whatever pieces it comes.
 *
 * A head is the first line, the fields, and an empty line; every line ends with CR LF. The name of a
 * field says the same in capitals and in small letters. No field comes twice here, and every request
 * is well formed: what has to be refused for other reasons is not asked for.
 */

import { todo } from 'loopscope/lesson';

/** What a server keeps of one client whose request is not whole. A new one has no bytes. */
export interface Reader {
  /** Yours: keep here what you need for the next call. */
  bytes: Uint8Array;
}

/** A whole head. */
export interface Head {
  /** `GET / HTTP/1.1`, without CR LF. */
  startLine: string;
  /** What {@link parseFields} makes of the lines behind it. */
  fields: Map<string, string>;
  /** The bytes behind the empty line. They belong to the WebSocket. */
  rest: Uint8Array;
}

/**
 * Reads the fields of a head.
 *
 * A line is `Name: value`. Spaces and tabs around the value do not belong to it. A line that begins
 * with a space or a tab goes on with the value of the line before, with one space between the parts.
 *
 * @param lines the lines behind the first, without CR LF
 * @returns values by name; the names in small letters, the values as they were written
 */
export function parseFields(lines: readonly string[]): Map<string, string> {
  return todo(`read the fields in ${lines.length} lines`);
}

/**
 * Takes the next bytes of a request.
 *
 * @param reader the client's, the same in each call
 * @param bytes what recv gave: one byte, half a head, or a head and more behind it
 * @param maxLength the longest head that is taken, in bytes, the empty line included
 * @returns the head once its empty line is here; before, 'more', and 'too long' as soon as it is
 *   certain
 */
export function takeBytes(
  reader: Reader,
  bytes: Uint8Array,
  maxLength: number,
): Head | 'more' | 'too long' {
  return todo(
    `join ${bytes.length} bytes to ${reader.bytes.length}; at most ${maxLength} are taken`,
  );
}

/** Given: the bytes of a head as text, one character a byte. */
export function textOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
