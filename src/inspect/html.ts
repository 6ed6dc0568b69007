/**
 * An inspection as one HTML file that asks nothing of anyone: the bytes beside their fields, linked
 * both ways, for a projector, a telephone, paper and a screen reader. Long inputs are cut, and the
 * page says where.
 * @module
 */

import { sha256 } from '@noble/hashes/sha2.js';
import { toUtf8 } from '../bytes.js';
import { describeDefect } from '../chat/defects.js';
import { DEFAULT_LANGUAGE, type Language, tagOf } from '../texts/language.js';
import { messageBegins, messageHead } from './har-text.js';
import { LETTERS } from './html-fields.js';
import { escaped, withMarkup } from './html-markup.js';
import { scriptOf } from './html-script.js';
import { STYLE } from './html-style.js';
import {
  broken,
  leftOut,
  MOST_LINES,
  problemHtml,
  type Unit,
  unitCost,
  unitHtml,
  unitsOf,
} from './html-units.js';
import type { Inspection, OriginalRead } from './inspection.js';
import type { HarMessage } from './named-streams.js';
import { type InspectionSay, wordsIn } from './words.js';

/** The bytes of one direction, and what there is to say of them. */
export interface InspectedSection {
  /** Which connection and who sent; '' where there is only one. */
  readonly name: string;
  /** What must be known of it beside its bytes. */
  readonly note?: string;
  /** Messages that came without the bytes of their frames, as a HAR has them. */
  readonly messages?: readonly HarMessage[];
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
  /** The language of all that stands around the meanings. Default English. */
  readonly language?: Language;
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
  const { language = DEFAULT_LANGUAGE } = options;
  const say = wordsIn(language);
  const streams = shared(sections, say);
  const title = options.title ?? say('html.title');
  const script = scriptOf(say);
  yield head(title, language, script);
  yield `<header><h1>${escaped(title)}</h1>\n<p class="lead">${escaped(summary(sections, say))}</p>\n`;
  for (const note of options.notes ?? []) yield `<p class="note">${escaped(note)}</p>\n`;
  yield `${legend(say)}</header>\n`;
  if (streams.length > 1) yield contents(streams, say);
  yield '<main>\n';
  yield* problemsHtml(streams, say);
  for (const stream of streams) yield* streamHtml(stream, say, language);
  const made = { command: '<code>loopscope inspect --format html</code>' };
  yield `</main>\n<footer><p>${withMarkup(say('html.made'), made)}</p></footer>\n`;
  yield readout(say);
  yield `<script>${script}</script>\n</body>\n</html>\n`;
}

/** The first messages of a HAR. */
function* messagesHtml(messages: readonly HarMessage[], say: InspectionSay): Generator<string> {
  if (messages.length === 0) return;
  yield '<ul>\n';
  for (const [i, message] of messages.slice(0, MOST_LINES).entries()) {
    const head = escaped(messageHead(message, i + 1, messages[i - 1] ?? null, say));
    yield `<li>${head}<br><code>${escaped(messageBegins(message))}</code></li>\n`;
  }
  yield '</ul>\n';
  const n = messages.length - MOST_LINES;
  if (n > 0) yield `<p>${escaped(say('html.more-messages', { n }))}</p>\n`;
}

function readout(say: InspectionSay): string {
  return `<aside id="readout" class="idle" aria-label="${escaped(say('html.selected'))}"><div role="status" aria-live="polite" aria-atomic="true">
<p id="where">${escaped(say('html.choose'))}</p>
<p id="what">${escaped(say('html.keys'))}</p>
</div></aside>
`;
}

function head(title: string, language: Language, script: string): string {
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(STYLE)}'`,
    `script-src '${hashOf(script)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="${tagOf(language)}">
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
  return `sha256-${btoa(String.fromCharCode(...sha256(toUtf8(text))))}`;
}

/** Shares out what may be drawn: a stream that needs less leaves more to those behind it. */
function shared(sections: readonly InspectedSection[], say: InspectionSay): Stream[] {
  let left = MOST_DRAWN;
  return sections.map((section, i) => {
    const prefix = sections.length === 1 ? '' : `d${i}-`;
    const share = Math.ceil(left / (sections.length - i));
    let spent = 0;
    const drawn: Unit[] = [];
    for (const unit of unitsOf(section.inspection, prefix, say)) {
      if (spent >= share) break;
      spent += unitCost(unit);
      drawn.push(unit);
    }
    left = Math.max(0, left - spent);
    return { ...section, prefix, drawn };
  });
}

function summary(sections: readonly InspectedSection[], say: InspectionSay): string {
  let [bytes, handshakes, frames, problems] = [0, 0, 0, 0];
  for (const section of sections) {
    const { inspection } = section;
    bytes += section.bytes.length;
    handshakes += inspection.handshakes.length;
    frames += inspection.frames.length;
    for (const { problems: found } of inspection.handshakes) problems += found.length;
    for (const { problems: found } of inspection.frames) problems += found.length;
  }
  return say('html.summary', { bytes, handshakes, frames, problems });
}

function legend(say: InspectionSay): string {
  const items = LETTERS.map((letter) => {
    const words = escaped(say(`html.letter.${letter}`));
    return `<li class="${letter}"><b class="badge">${letter}</b> ${words}</li>`;
  });
  return `<ul class="legend" aria-label="${escaped(say('html.letters'))}">${items.join('')}</ul>\n`;
}

function contents(streams: readonly Stream[], say: InspectionSay): string {
  const items = streams.map(
    ({ prefix, name, bytes }) =>
      `<li><a href="#${prefix}stream">${escaped(name)}</a> <span class="range">${escaped(say('html.bytes', { n: bytes.length }))}</span></li>`,
  );
  return `<nav aria-label="${escaped(say('html.streams'))}"><ul>${items.join('')}</ul></nav>\n`;
}

/** All problems of the page, at its top: those of frames that are not drawn have no link. */
function* problemsHtml(streams: readonly Stream[], say: InspectionSay): Generator<string> {
  const items: string[] = [];
  let all = 0;
  for (const { name, inspection, prefix, drawn } of streams) {
    const ids = new Set(drawn.map(({ id }) => id));
    const where = name === '' ? '' : ` <span class="range">${escaped(name)}</span>`;
    for (const [problems, unit] of broken(inspection, prefix, say)) {
      all += problems.length;
      if (items.length >= MOST_LINES) continue;
      const { id, title } = unit();
      const link = ids.has(id) ? `<a href="#${id}">${escaped(title)}</a>` : escaped(title);
      for (const problem of problems.slice(0, MOST_LINES - items.length)) {
        items.push(`<li>${link}${where}<br>${problemHtml(problem, say)}</li>`);
      }
    }
  }
  if (all === 0) return;
  yield `<section class="problems" aria-labelledby="problems"><h2 id="problems">${escaped(say('html.problems', { n: all }))}</h2>\n`;
  yield `<ul>${items.join('\n')}</ul>\n${leftOut(all, 'html.more-problems', say)}</section>\n`;
}

function* streamHtml(stream: Stream, say: InspectionSay, language: Language): Generator<string> {
  const { prefix, name, note, bytes, inspection, drawn } = stream;
  yield `<section class="stream" aria-labelledby="${prefix}stream">`;
  yield `<h2 id="${prefix}stream">${escaped(name === '' ? say('html.stream') : name)}</h2>\n`;
  if (note !== undefined) yield `<p class="note">${escaped(note)}</p>\n`;
  yield* messagesHtml(stream.messages ?? [], say);
  if (bytes.length === 0) yield `<p class="left">${escaped(say('html.empty'))}</p>\n`;
  for (const unit of drawn) yield* unitHtml(unit, bytes, prefix, say);
  const { handshakes, frames, rest } = inspection;
  const undrawn =
    handshakes.length +
    frames.length +
    (rest === null ? 0 : 1) -
    drawn.reduce((sum, { more = 0 }) => sum + 1 + more, 0);
  const last = drawn.at(-1);
  if (undrawn > 0 && last !== undefined) {
    const from = last.end ?? last.offset + last.length;
    const words = say('html.not-drawn', { n: undrawn, from, last: bytes.length - 1 });
    yield `<p class="left">${escaped(words)}</p>\n`;
  }
  yield* originalHtml(inspection.original, prefix, say, language);
  yield '</section>\n';
}

function* originalHtml(
  reads: readonly OriginalRead[],
  prefix: string,
  say: InspectionSay,
  language: Language,
): Generator<string> {
  if (reads.length === 0) return;
  const heads = ['recv', say('html.taken-for'), say('html.defect')];
  const cells = heads.map((head) => `<th scope="col">${escaped(head)}</th>`).join('');
  yield `<section class="original" aria-labelledby="${prefix}original"><h3 id="${prefix}original">${escaped(say('html.original'))}</h3>\n`;
  yield `<table><thead><tr>${cells}</tr></thead>\n<tbody>`;
  for (const { recv, reads: words, defect } of reads.slice(0, MOST_LINES)) {
    const title = defect === null ? '' : (describeDefect(defect, language)?.title ?? '');
    const which =
      defect === null ? escaped(say('html.no-defect')) : `<b>${defect}</b> ${escaped(title)}`;
    yield `<tr><th scope="row">${escaped(say('html.recv', { ...recv }))}</th><td>${escaped(words)}</td><td>${which}</td></tr>\n`;
  }
  yield `</tbody></table>\n${leftOut(reads.length, 'html.more-recvs', say)}</section>\n`;
}
