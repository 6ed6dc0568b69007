/**
 * The handshakes and frames of a page, each with its heading, its problems, its bytes and its
 * fields beside them.
 * @module
 */

import { quoted } from './characters.js';
import { areAlike } from './frame.js';
import { dumpHtml } from './html-dump.js';
import { costOf, fieldsHtml } from './html-fields.js';
import { escaped, rfcLink, withMarkup } from './html-markup.js';
import type {
  Finding,
  FrameInspection,
  HandshakeInspection,
  Inspection,
  Span,
} from './inspection.js';
import { headerWords, type InspectionSay, type InspectionText, timeWords } from './words.js';

/** Lines of a handshake, findings and reads of the original that are written out. */
export const MOST_LINES = 64;

/** Frames that are alike are drawn each, unless so many come behind the first. */
const LEAST_RUN = 3;

/** What a frame costs beside its bytes. */
const UNIT_COST = 32;

/** A handshake, a frame or the rest: a stretch of bytes with a heading. */
export interface Unit {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly offset: number;
  readonly length: number;
  readonly problems: readonly Finding[];
  readonly spans: () => readonly Span[];
  /** Frames behind it that are like it, and where the last of them ends. */
  readonly more?: number;
  readonly end?: number;
}

/** All of a stream, in order. */
export function* unitsOf(
  { handshakes, frames, rest }: Inspection,
  prefix: string,
  say: InspectionSay,
): Generator<Unit> {
  for (const handshake of handshakes) yield handshakeUnit(handshake, prefix, say);
  for (let i = 0; i < frames.length; ) {
    const first = frames[i++] as FrameInspection;
    let last = first;
    let more = 0;
    for (; i < frames.length && areAlike(first, frames[i] as FrameInspection); i++, more++) {
      last = frames[i] as FrameInspection;
    }
    const unit = frameUnit(first, prefix, say);
    const end = last.offset + last.length;
    if (more < LEAST_RUN) {
      yield unit;
      i -= more;
    } else
      yield {
        ...unit,
        more,
        end,
        about: [unit.about, say('html.like', { n: more, last: end - 1 })].join(
          say('sentences.and'),
        ),
      };
  }
  if (rest === null) return;
  const { offset, length, meaning } = rest;
  const title = say('html.rest', { offset });
  const place = { id: `${prefix}rest`, title, about: meaning, offset, length, problems: [] };
  yield { ...place, spans: () => rest.spans };
}

function handshakeUnit(handshake: HandshakeInspection, prefix: string, say: InspectionSay): Unit {
  const { direction, offset, length, key, accept, problems } = handshake;
  const values = { key: quoted(key ?? ''), accept: quoted(accept ?? '') };
  const text = keyText(handshake);
  return {
    id: `${prefix}h${offset}`,
    title: say(direction === 'client' ? 'html.request' : 'html.answer', { offset }),
    about: fromWords(handshake, text === null ? null : say(text, values), say),
    offset,
    length,
    problems,
    spans: () => handshake.spans,
  };
}

/** What is said of key and accept value, as far as they are here. */
function keyText({ direction, key, accept, acceptOk }: HandshakeInspection): InspectionText | null {
  if (key === null) return accept === null ? null : 'html.accept';
  if (accept === null) return acceptOk === null ? 'html.key' : 'html.key.fits-not';
  if (direction === 'client') return 'html.must';
  if (acceptOk === null) return 'html.both';
  return acceptOk ? 'html.both.fits' : 'html.both.fits-not';
}

/** @param what is to be said beside it; null for nothing */
function fromWords(
  { direction, length }: Pick<FrameInspection, 'direction' | 'length'>,
  what: string | null,
  say: InspectionSay,
): string {
  if (what === null) return say(`html.from.${direction}`, { length });
  return say(`html.from.${direction}.more`, { length, what });
}

function frameUnit(frame: FrameInspection, prefix: string, say: InspectionSay): Unit {
  const { offset, length, header, problems, time } = frame;
  const timed = time === undefined ? [] : [timeWords(time, say)];
  const about = fromWords(frame, headerWords(header, say), say);
  return {
    id: `${prefix}f${offset}`,
    title: say('html.frame', { offset, opcode: header.opcodeName }),
    about: [about, ...timed, ...placeWords(frame, say)].join(say('sentences.and')),
    offset,
    length,
    problems,
    spans: () => frame.spans,
  };
}

function placeWords({ message }: FrameInspection, say: InspectionSay): string[] {
  if (message === undefined) return [];
  const { offset, frame, length, text } = message;
  const place = say('html.place', { frame, offset, length });
  return text === undefined ? [place] : [place, say('html.whole', { text: quoted(text, 200) })];
}

/** What has problems, its heading made only when it is asked for: there may be very many. */
export function* broken(
  { handshakes, frames }: Inspection,
  prefix: string,
  say: InspectionSay,
): Generator<[problems: readonly Finding[], unit: () => Unit]> {
  for (const handshake of handshakes) {
    const { problems } = handshake;
    if (problems.length > 0) yield [problems, () => handshakeUnit(handshake, prefix, say)];
  }
  for (const frame of frames) {
    const { problems } = frame;
    if (problems.length > 0) yield [problems, () => frameUnit(frame, prefix, say)];
  }
}

/** What drawing a unit costs, in bytes. */
export function unitCost(unit: Unit): number {
  return unit
    .spans()
    .slice(0, MOST_LINES)
    .reduce((sum, span) => sum + costOf(span), UNIT_COST);
}

/** Writes a unit. */
export function* unitHtml(
  unit: Unit,
  bytes: Uint8Array,
  prefix: string,
  say: InspectionSay,
): Generator<string> {
  const { id, title, about, offset, length, problems } = unit;
  yield `<article class="unit" id="${id}" aria-labelledby="${id}-title">`;
  yield `<h3 id="${id}-title">${escaped(title)}</h3>\n<p class="about">${escaped(about)}</p>\n`;
  if (problems.length > 0) {
    const items = problems.map((problem) => `<li>${problemHtml(problem, say)}</li>`);
    yield `<ul class="problem">${items.join('')}</ul>\n`;
  }
  if (length > 0) {
    const all = unit.spans();
    const spans = all.slice(0, MOST_LINES);
    yield '<div class="views">\n';
    yield* dumpHtml(
      bytes.subarray(0, offset + length),
      prefix,
      spans,
      say('html.dump', { first: offset, last: offset + length - 1 }),
      say,
    );
    yield '<div>';
    yield* fieldsHtml(prefix, spans, say('html.fields', { title }), say);
    yield `${leftOut(all.length, 'html.more-lines', say)}</div>\n</div>\n`;
  }
  yield '</article>\n';
}

/** Writes a problem. */
export function problemHtml(
  { code, closeCode, section, message }: Finding,
  say: InspectionSay,
): string {
  const words = closeCode === null ? say('html.problem') : say('html.problem.close', { closeCode });
  const markup: Record<string, string> = {
    code: `<code>${code}</code>`,
    section: rfcLink(section),
    message: escaped(message),
  };
  return `<b class="mark">!</b> ${withMarkup(words, markup)}`;
}

/** Says how many of a long list are not written. */
export function leftOut(
  all: number,
  text: 'html.more-lines' | 'html.more-problems' | 'html.more-recvs',
  say: InspectionSay,
): string {
  if (all <= MOST_LINES) return '';
  return `<p class="left">${escaped(say(text, { n: all - MOST_LINES }))}</p>\n`;
}
