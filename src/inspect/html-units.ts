/**
 * The handshakes and frames of a page, each with its heading, its problems, its bytes and its
 * fields beside them.
 * @module
 */

import { quoted } from './characters.js';
import { dumpHtml } from './html-dump.js';
import { costOf, fieldsHtml } from './html-fields.js';
import { escaped, rfcLink } from './html-markup.js';
import type {
  Finding,
  FrameInspection,
  HandshakeInspection,
  Inspection,
  Span,
} from './inspection.js';
import { count } from './meanings.js';

/** Lines of a handshake, findings and reads of the original that are written out. */
export const MOST_LINES = 64;

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
}

/** All of a stream, in order. */
export function* unitsOf(
  { handshakes, frames, rest }: Inspection,
  prefix: string,
): Generator<Unit> {
  for (const handshake of handshakes) yield handshakeUnit(handshake, prefix);
  for (const frame of frames) yield frameUnit(frame, prefix);
  if (rest === null) return;
  const { offset, length, meaning } = rest;
  const title = `Rest at byte ${offset}`;
  const place = { id: `${prefix}rest`, title, about: meaning, offset, length, problems: [] };
  yield { ...place, spans: () => rest.spans };
}

function handshakeUnit(handshake: HandshakeInspection, prefix: string): Unit {
  const { direction, offset, length, key, accept, acceptOk, problems } = handshake;
  const isRequest = direction === 'client';
  let about = `${count(length, 'byte')} from the ${direction}`;
  if (key !== null) about += `, key ${quoted(key)}`;
  if (accept !== null) {
    about += isRequest
      ? `, which must be answered with ${quoted(accept)}`
      : `, accept value ${quoted(accept)}`;
  }
  if (acceptOk !== null) about += acceptOk ? ', which fits' : ', which does not fit';
  return {
    id: `${prefix}h${offset}`,
    title: `${isRequest ? 'Request' : 'Answer'} at byte ${offset}`,
    about: `${about}.`,
    offset,
    length,
    problems,
    spans: () => handshake.spans,
  };
}

function frameUnit(frame: FrameInspection, prefix: string): Unit {
  const { direction, offset, length, header, problems } = frame;
  const { opcodeName, masked, payloadLength } = header;
  const mask = masked === null ? '' : masked ? ', masked' : ', not masked';
  const payload = payloadLength === null ? '' : `, payload ${count(payloadLength, 'byte')}`;
  return {
    id: `${prefix}f${offset}`,
    title: `Frame at byte ${offset}: ${opcodeName}`,
    about: `${count(length, 'byte')} from the ${direction}${mask}${payload}.${placeWords(frame)}`,
    offset,
    length,
    problems,
    spans: () => frame.spans,
  };
}

function placeWords({ message }: FrameInspection): string {
  if (message === undefined) return '';
  const { offset, frame, length, text } = message;
  const place = ` Frame ${frame} of the message that begins at byte ${offset}, ${count(length, 'byte')} so far.`;
  return text === undefined ? place : `${place} The whole message is ${quoted(text, 200)}.`;
}

/** What has problems, its heading made only when it is asked for: there may be very many. */
export function* broken(
  { handshakes, frames }: Inspection,
  prefix: string,
): Generator<[problems: readonly Finding[], unit: () => Unit]> {
  for (const handshake of handshakes) {
    const { problems } = handshake;
    if (problems.length > 0) yield [problems, () => handshakeUnit(handshake, prefix)];
  }
  for (const frame of frames) {
    const { problems } = frame;
    if (problems.length > 0) yield [problems, () => frameUnit(frame, prefix)];
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
export function* unitHtml(unit: Unit, bytes: Uint8Array, prefix: string): Generator<string> {
  const { id, title, about, offset, length, problems } = unit;
  yield `<article class="unit" id="${id}" aria-labelledby="${id}-title">`;
  yield `<h3 id="${id}-title">${escaped(title)}</h3>\n<p class="about">${escaped(about)}</p>\n`;
  if (problems.length > 0) {
    const items = problems.map((problem) => `<li>${problemWords(problem)}</li>`);
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
      `Bytes ${offset} to ${offset + length - 1}`,
    );
    yield '<div>';
    yield* fieldsHtml(prefix, spans, `Fields of ${title}`);
    yield `${leftOut(all.length, 'line')}</div>\n</div>\n`;
  }
  yield '</article>\n';
}

/** Writes a problem. */
export function problemWords({ code, closeCode, section, message }: Finding): string {
  const close = closeCode === null ? '' : `, close code ${closeCode}`;
  return `<b class="mark">!</b> <code>${code}</code>${close}, ${rfcLink(section)}: ${escaped(message)}`;
}

/** Says how many of a long list are not written. */
export function leftOut(all: number, what: string): string {
  if (all <= MOST_LINES) return '';
  return `<p class="left">${count(all - MOST_LINES, `more ${what}`)} left out.</p>\n`;
}
