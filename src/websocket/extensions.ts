/**
 * The field `Sec-WebSocket-Extensions` of RFC 6455 section 9.1, taken apart. What an extension means
 * is not its business.
 * @module
 */

import { trimSpace } from './http.js';

/** One extension of the field. */
export interface Extension {
  /** Its name, `permessage-deflate` for one. */
  readonly name: string;
  /** Its parameters in order, each with its value; null for one without. A name may come twice. */
  readonly parameters: readonly (readonly [name: string, value: string | null])[];
}

const TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
/** The text in front of the first `;` or `,` that does not stand in quotes. */
const PIECE = /(?:[^;,"]|"(?:[^"\\]|\\.)*")*/y;
const NAME = new RegExp(`^${TOKEN}$`);
const PARAMETER = new RegExp(
  `^(${TOKEN})(?:[ \\t]*=[ \\t]*(?:(${TOKEN})|"((?:[^"\\\\]|\\\\.)*)"))?$`,
);

/**
 * Reads the field.
 *
 * @param field its value; those of several lines joined by commas, which is the same (9.1)
 * @returns the extensions in order; null for what does not have the form of 9.1
 */
export function parseExtensions(field: string): Extension[] | null {
  const extensions: Extension[] = [];
  const elements = splitField(field);
  if (elements === null) return null;
  for (const pieces of elements) {
    const [name = '', ...rest] = pieces;
    if (name === '' && rest.length === 0) continue; // a list may have empty elements (RFC 9110 5.6.1)
    if (!NAME.test(name)) return null;
    const parameters = rest.map(readParameter);
    if (!parameters.every((parameter) => parameter !== null)) return null;
    extensions.push({ name, parameters });
  }
  return extensions;
}

/** The elements of the list, each cut at its semicolons; null for a quote that has no end. */
function splitField(field: string): string[][] | null {
  const elements: string[][] = [[]];
  for (let at = 0; ; at++) {
    PIECE.lastIndex = at;
    const piece = PIECE.exec(field)?.[0] ?? '';
    elements.at(-1)?.push(trimSpace(piece));
    at += piece.length;
    if (at === field.length) return elements;
    if (field[at] === ',') elements.push([]);
    else if (field[at] !== ';') return null;
  }
}

function readParameter(text: string): [string, string | null] | null {
  const [, name, token, quoted] = PARAMETER.exec(text) ?? [];
  if (name === undefined) return null;
  if (quoted === undefined) return [name, token ?? null];
  // 9.1: "the value after quoted-string unescaping MUST conform to the 'token' ABNF"
  const value = quoted.replace(/\\(.)/g, '$1');
  return NAME.test(value) ? [name, value] : null;
}
