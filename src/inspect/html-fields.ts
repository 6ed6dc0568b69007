/**
 * The fields of a frame or a handshake as a nested list, for the HTML of an inspection. Each field
 * has an id that depends on nothing but the input: `s6` begins at byte 6, `s6-0-2` is a part of it.
 * @module
 */

import { escaped, rfcLink } from './html-markup.js';
import type { Bits, Span } from './inspection.js';
import { type Letter, letterOf, runsOf } from './letters.js';
import type { InspectionSay } from './words.js';

/** Bytes of a field that are drawn, and the parts that begin within them. */
const MOST_BYTES = 256;
/** A field longer than this has too many parts to make them all. */
const LONGEST_EXPLAINED = 65_536;
/** So many parts of one kind are open at the beginning. */
const FEW = 8;

/** The letters, in the order of the legend. */
export const LETTERS: readonly Letter[] = ['H', 'F', 'L', 'K', 'P'];

/** Offset behind the last byte of a field that is drawn. */
export function drawnEnd({ start, end }: Span): number {
  return Math.min(end, start + MOST_BYTES);
}

/** The id of a field at the top. */
export function fieldId(prefix: string, span: Span): string {
  return `${prefix}s${span.start}`;
}

/** What drawing a field costs, in bytes: some of its parts have to be made and are not drawn. */
export function costOf(span: Span): number {
  const length = span.end - span.start;
  return drawnEnd(span) - span.start + (length > LONGEST_EXPLAINED ? 0 : Math.ceil(length / 16));
}

/** The id of the innermost field for each drawn byte: the shortest, of equals the one further up. */
export function innermostIds(prefix: string, span: Span): string[] {
  const drawn = drawnEnd(span) - span.start;
  const ids = new Array<string>(drawn).fill(fieldId(prefix, span));
  const lengths = new Array<number>(drawn).fill(span.end - span.start);
  const visit = (inner: Span, id: string): void => {
    for (const [index, part] of shownParts(inner, drawnEnd(span))) {
      const partId = `${id}-${index}`;
      const length = part.end - part.start;
      const end = Math.min(part.end, drawnEnd(span)) - span.start;
      for (let i = part.start - span.start; i < end; i++) {
        if (length >= (lengths[i] as number)) continue;
        lengths[i] = length;
        ids[i] = partId;
      }
      visit(part, partId);
    }
  };
  visit(span, fieldId(prefix, span));
  return ids;
}

/** Writes the fields at the top, one list. */
export function* fieldsHtml(
  prefix: string,
  spans: readonly Span[],
  label: string,
  say: InspectionSay,
): Generator<string> {
  yield `<ul class="fields" aria-label="${escaped(label)}">\n`;
  for (const span of spans) {
    const letter = letterOf(span.field);
    const id = fieldId(prefix, span);
    yield `<li id="${id}" class="${letter}" data-bytes="${span.start} ${span.end}">`;
    yield `<p class="line"><b class="badge">${letter}</b> ${nameLink(prefix, span)} `;
    yield `<span class="range">${escaped(rangeWords(span, say))}</span> ${rfcLink(span.section)}</p>`;
    yield `<p class="says">${escaped(span.meaning)}</p>`;
    if (span.bits !== undefined) yield bitsHtml(span.bits, span, say);
    yield* partsHtml(prefix, span, id, drawnEnd(span), say);
    yield '</li>\n';
  }
  yield '</ul>\n';
}

/** Parts of one kind stand behind a line that opens them; a part alone stands as it is. */
function* partsHtml(
  prefix: string,
  span: Span,
  id: string,
  end: number,
  say: InspectionSay,
): Generator<string> {
  if (span.end - span.start > LONGEST_EXPLAINED) {
    yield `<p class="left">${escaped(say('html.too-many'))}</p>`;
    return;
  }
  const all = span.parts ?? [];
  const runs = runsOf(shownParts(span, end), ([, part]) => part.field);
  if (runs.length === 0) return;
  yield '<ul>';
  for (const run of runs) {
    const [first] = run as [[number, Span]];
    if (run.length === 1) {
      yield* partHtml(prefix, first[1], `${id}-${first[0]}`, end, say);
      continue;
    }
    const { field } = first[1];
    const whole = all.reduce((sum, part) => sum + (part.field === field ? 1 : 0), 0);
    const words =
      whole > run.length
        ? say('html.run.part', { field, n: run.length, whole })
        : say('html.run', { field, n: whole });
    yield `<li class="run"><details${whole <= FEW ? ' open' : ''}>`;
    yield `<summary>${escaped(words)}</summary><ul>`;
    for (const [index, part] of run) yield* partHtml(prefix, part, `${id}-${index}`, end, say);
    yield '</ul>';
    const left = whole - run.length;
    if (left > 0) yield `<p class="left">${escaped(say('html.parts-left', { n: left }))}</p>`;
    yield '</details></li>';
  }
  yield '</ul>';
}

function* partHtml(
  prefix: string,
  part: Span,
  id: string,
  end: number,
  say: InspectionSay,
): Generator<string> {
  yield `<li id="${id}" data-bytes="${part.start} ${part.end}">${nameLink(prefix, part)} `;
  yield `<span class="says">${escaped(part.meaning)}</span>`;
  yield* partsHtml(prefix, part, id, end, say);
  yield '</li>';
}

/** The parts whose first byte is drawn, with their places among all. */
function shownParts(span: Span, end: number): [number, Span][] {
  if (span.end - span.start > LONGEST_EXPLAINED) return [];
  const shown: [number, Span][] = [];
  for (const [index, part] of (span.parts ?? []).entries()) {
    if (part.start < end) shown.push([index, part]);
  }
  return shown;
}

function nameLink(prefix: string, { field, start }: Span): string {
  return `<a class="name" href="#${prefix}b${start}">${escaped(field)}</a>`;
}

function rangeWords({ start, end }: Span, say: InspectionSay): string {
  if (end - start === 1) return say('html.byte', { n: start });
  return say('html.range', { first: start, last: end - 1 });
}

/** The bits as boxes, as wide as they are many. */
function bitsHtml(bits: readonly Bits[], { start }: Span, say: InspectionSay): string {
  let names = '';
  let values = '';
  for (const { name, mask, value } of bits) {
    const width = mask.toString(2).replaceAll('0', '').length;
    const digits = value.toString(2).padStart(width, '0');
    const number = width === 1 ? '' : ` <span class="number">= ${value}</span>`;
    names += `<th scope="col" class="w${width}">${escaped(name)}</th>`;
    values += `<td>${digits}${number}</td>`;
  }
  const caption = escaped(say('html.bits', { n: start }));
  return `<table class="bits"><caption>${caption}</caption><tr>${names}</tr><tr>${values}</tr></table>`;
}
