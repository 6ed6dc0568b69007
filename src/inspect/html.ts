/**
 * An inspection as one HTML file that asks nothing of anyone: the bytes beside their fields, linked
 * both ways, for a projector, a telephone, paper and a screen reader. Long inputs are cut, and the
 * page says where.
 * @module
 */

import { sha256 } from '@noble/hashes/sha2.js';
import { DEFECTS } from '../chat/defects.js';
import { LETTERS } from './html-fields.js';
import { escaped } from './html-markup.js';
import { SCRIPT } from './html-script.js';
import { STYLE } from './html-style.js';
import {
  broken,
  leftOut,
  MOST_LINES,
  problemWords,
  type Unit,
  unitCost,
  unitHtml,
  unitsOf,
} from './html-units.js';
import type { Inspection, OriginalRead } from './inspection.js';
import { count } from './meanings.js';

/** The bytes of one direction, and what there is to say of them. */
export interface InspectedSection {
  /** Which connection and who sent; '' where there is only one. */
  readonly name: string;
  /** What must be known of it beside its bytes. */
  readonly note?: string;
  /** The bytes that were inspected. */
  readonly bytes: Uint8Array;
  /** What `inspect` said of them. */
  readonly inspection: Inspection;
}

/** What the page may be told. */
export interface InspectionHtmlOptions {
  /** The page's title; what was inspected, for one. */
  readonly title?: string;
  /** What must be known of the whole input. */
  readonly notes?: readonly string[];
}

/** What is drawn on a page in full, in bytes, shared among its streams. */
const MOST_DRAWN = 16_384;
/** A stream, and the prefix of its ids. */
interface Stream extends InspectedSection {
  readonly prefix: string;
  /** The ids of the units that are drawn. */
  readonly drawn: readonly Unit[];
}

/**
 * Writes a page; all pieces joined are the file. The same input gives the same page and the same
 * ids: byte 12 is `b12` and the field that begins there `s12`, with `d1-` in front for the second
 * of several streams.
 *
 * @param sections one for each direction of each connection
 */
export function* inspectionHtml(
  sections: readonly InspectedSection[],
  options: InspectionHtmlOptions = {},
): Generator<string> {
  const streams = shared(sections);
  const title = options.title ?? 'WebSocket bytes, explained';
  yield head(title);
  yield `<header><h1>${escaped(title)}</h1>\n<p class="lead">${escaped(summary(sections))}</p>\n`;
  for (const note of options.notes ?? []) yield `<p class="note">${escaped(note)}</p>\n`;
  yield `${legend()}</header>\n`;
  if (streams.length > 1) yield contents(streams);
  yield '<main>\n';
  yield* problemsHtml(streams);
  for (const stream of streams) yield* streamHtml(stream);
  yield '</main>\n<footer><p>Made by <code>loopscope inspect --format html</code>.</p></footer>\n';
  yield READOUT;
  yield `<script>${SCRIPT}</script>\n</body>\n</html>\n`;
}

const READOUT = `<aside id="readout" class="idle" aria-label="What is selected"><div role="status" aria-live="polite" aria-atomic="true">
<p id="where">Choose a byte or a field.</p>
<p id="what">The arrow keys go from byte to byte. Enter goes to the field and back. Escape lets go.</p>
</div></aside>
`;

function head(title: string): string {
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(STYLE)}'`,
    `script-src '${hashOf(SCRIPT)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
`;
}

/** The hash of an inline text, as a Content-Security-Policy names it. */
function hashOf(text: string): string {
  return `sha256-${btoa(String.fromCharCode(...sha256(new TextEncoder().encode(text))))}`;
}

/** Shares out what may be drawn: a stream that needs less leaves more to those behind it. */
function shared(sections: readonly InspectedSection[]): Stream[] {
  let left = MOST_DRAWN;
  return sections.map((section, i) => {
    const prefix = sections.length === 1 ? '' : `d${i}-`;
    const share = Math.ceil(left / (sections.length - i));
    let spent = 0;
    const drawn: Unit[] = [];
    for (const unit of unitsOf(section.inspection, prefix)) {
      if (spent >= share) break;
      spent += unitCost(unit);
      drawn.push(unit);
    }
    left = Math.max(0, left - spent);
    return { ...section, prefix, drawn };
  });
}

function summary(sections: readonly InspectedSection[]): string {
  let [bytes, handshakes, frames, problems] = [0, 0, 0, 0];
  for (const section of sections) {
    const { inspection } = section;
    bytes += section.bytes.length;
    handshakes += inspection.handshakes.length;
    frames += inspection.frames.length;
    for (const { problems: found } of inspection.handshakes) problems += found.length;
    for (const { problems: found } of inspection.frames) problems += found.length;
  }
  const parts = [count(bytes, 'byte'), count(handshakes, 'handshake'), count(frames, 'frame')];
  return `${parts.join(', ')}, ${problems === 0 ? 'no problem' : count(problems, 'problem')}.`;
}

function legend(): string {
  const items = Object.entries(LETTERS).map(
    ([letter, words]) =>
      `<li class="${letter}"><b class="badge">${letter}</b> ${escaped(words)}</li>`,
  );
  return `<ul class="legend" aria-label="What the letters mean">${items.join('')}</ul>\n`;
}

function contents(streams: readonly Stream[]): string {
  const items = streams.map(
    ({ prefix, name, bytes }) =>
      `<li><a href="#${prefix}stream">${escaped(name)}</a> <span class="range">${count(bytes.length, 'byte')}</span></li>`,
  );
  return `<nav aria-label="The streams"><ul>${items.join('')}</ul></nav>\n`;
}

/** All problems of the page, at its top: those of frames that are not drawn have no link. */
function* problemsHtml(streams: readonly Stream[]): Generator<string> {
  const items: string[] = [];
  let all = 0;
  for (const { name, inspection, prefix, drawn } of streams) {
    const ids = new Set(drawn.map(({ id }) => id));
    const where = name === '' ? '' : ` <span class="range">${escaped(name)}</span>`;
    for (const [problems, unit] of broken(inspection, prefix)) {
      all += problems.length;
      if (items.length >= MOST_LINES) continue;
      const { id, title } = unit();
      const link = ids.has(id) ? `<a href="#${id}">${escaped(title)}</a>` : escaped(title);
      for (const problem of problems.slice(0, MOST_LINES - items.length)) {
        items.push(`<li>${link}${where}<br>${problemWords(problem)}</li>`);
      }
    }
  }
  if (all === 0) return;
  yield `<section class="problems" aria-labelledby="problems"><h2 id="problems">${count(all, 'problem')}</h2>\n`;
  yield `<ul>${items.join('\n')}</ul>\n${leftOut(all, 'problem')}</section>\n`;
}

function* streamHtml(stream: Stream): Generator<string> {
  const { prefix, name, note, bytes, inspection, drawn } = stream;
  yield `<section class="stream" aria-labelledby="${prefix}stream">`;
  yield `<h2 id="${prefix}stream">${name === '' ? 'Byte by byte' : escaped(name)}</h2>\n`;
  if (note !== undefined) yield `<p class="note">${escaped(note)}</p>\n`;
  if (bytes.length === 0) yield '<p class="left">No bytes.</p>\n';
  for (const unit of drawn) yield* unitHtml(unit, bytes, prefix);
  const { handshakes, frames, rest } = inspection;
  const undrawn = handshakes.length + frames.length + (rest === null ? 0 : 1) - drawn.length;
  const last = drawn.at(-1);
  if (undrawn > 0 && last !== undefined) {
    const from = last.offset + last.length;
    yield `<p class="left">Not drawn, so that the page stays readable: ${count(undrawn, 'frame')} more, bytes ${from} to ${bytes.length - 1}.</p>\n`;
  }
  yield* originalHtml(inspection.original, prefix);
  yield '</section>\n';
}

function* originalHtml(reads: readonly OriginalRead[], prefix: string): Generator<string> {
  if (reads.length === 0) return;
  yield `<section class="original" aria-labelledby="${prefix}original"><h3 id="${prefix}original">What the PHP original would read</h3>\n`;
  yield '<table><thead><tr><th scope="col">recv</th><th scope="col">taken for</th><th scope="col">defect</th></tr></thead>\n<tbody>';
  for (const { recv, reads: words, defect } of reads.slice(0, MOST_LINES)) {
    const title = DEFECTS.find(({ number }) => number === defect)?.title ?? '';
    const which = defect === null ? 'none' : `<b>${defect}</b> ${escaped(title)}`;
    yield `<tr><th scope="row">${count(recv.length, 'byte')} at byte ${recv.offset}</th><td>${escaped(words)}</td><td>${which}</td></tr>\n`;
  }
  yield `</tbody></table>\n${leftOut(reads.length, 'recv')}</section>\n`;
}
