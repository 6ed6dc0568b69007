/**
 * The bytes of a frame or a handshake as a table of hex and text, for the HTML of an inspection.
 * Each byte has the id `b` and its offset, and is a link to its innermost field.
 * @module
 */

import { toHex } from '../bytes.js';
import { drawnEnd, innermostIds } from './html-fields.js';
import { escaped } from './html-markup.js';
import type { Span } from './inspection.js';
import { letterOf, signOf } from './letters.js';
import type { InspectionSay } from './words.js';

/** Bytes a row. */
const WIDTH = 16;

/** A byte as it is drawn. */
interface Cell {
  readonly offset: number;
  /** The id of its innermost field. */
  readonly field: string;
  /** The letter of its field, and `first` at the field's first byte. */
  readonly look: string;
}

/**
 * Writes the table; what is left out is a row that says so.
 *
 * @param bytes up to the last one of the frame
 */
export function* dumpHtml(
  bytes: Uint8Array,
  prefix: string,
  spans: readonly Span[],
  label: string,
  say: InspectionSay,
): Generator<string> {
  yield `<table class="dump"><caption>${escaped(label)}</caption>\n<thead><tr><th scope="col">${escaped(say('html.offset'))}</th>`;
  for (let i = 0; i < WIDTH; i++) yield `<th scope="col">+${i}</th>`;
  yield `<th scope="col">${escaped(say('html.text'))}</th></tr></thead>\n<tbody>\n`;
  let row: Cell[] = [];
  for (const span of spans) {
    const letter = letterOf(span.field);
    for (const [i, field] of innermostIds(prefix, span).entries()) {
      row.push({
        offset: span.start + i,
        field,
        look: i === 0 ? [letter, 'first'].join(' ') : letter,
      });
      if (row.length < WIDTH) continue;
      yield rowHtml(bytes, prefix, row);
      row = [];
    }
    if (drawnEnd(span) === span.end) continue;
    if (row.length > 0) yield rowHtml(bytes, prefix, row);
    row = [];
    yield gapHtml(drawnEnd(span), span.end, say);
  }
  if (row.length > 0) yield rowHtml(bytes, prefix, row);
  const end = spans.at(-1)?.end ?? 0;
  if (end < bytes.length) yield gapHtml(end, bytes.length, say);
  yield '</tbody></table>\n';
}

function rowHtml(bytes: Uint8Array, prefix: string, row: readonly Cell[]): string {
  let cells = '';
  let text = '';
  for (const { offset, field, look } of row) {
    const hex = toHex(bytes.subarray(offset, offset + 1));
    cells += `<td><a id="${prefix}b${offset}" class="${look}" href="#${field}">${hex}</a></td>`;
    text += `<i class="${look}">${escaped(signOf(bytes[offset] as number))}</i>`;
  }
  cells += '<td></td>'.repeat(WIDTH - row.length);
  const from = row[0]?.offset ?? 0;
  return `<tr><th scope="row">${from}</th>${cells}<td class="text">${text}</td></tr>\n`;
}

function gapHtml(from: number, end: number, say: InspectionSay): string {
  const words = escaped(say('html.gap', { n: end - from, from, last: end - 1 }));
  return `<tr class="gap"><td colspan="${WIDTH + 2}">${words}</td></tr>\n`;
}
