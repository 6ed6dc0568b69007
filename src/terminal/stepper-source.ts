/**
 * The source of a step on the screen of the stepper: its TypeScript and its PHP, below or beside each other.
 * @module
 */

import { pad } from '../trace/columns.js';
import type { CallStep, TraceEvent } from '../trace/event.js';
import { printable } from '../trace/text.js';
import { argumentLines } from './call-lines.js';
import { pc } from './colours.js';
import { fill, line, rule, type Span } from './lines.js';
import type { SourceLines } from './sources.js';
import type { StepperSay } from './stepper-say.js';
import type { StrangerSource } from './stranger-source.js';

/** The lines of a step. */
export interface Sources {
  /** Its TypeScript; null where it has none. */
  source: SourceLines | null;
  /** Its PHP; null where it has none. */
  php: SourceLines | null;
  /** Of a stranger's loop that was told with its lines: that of the step, null where it has none. */
  own?: StrangerSource | null;
}

/** The line of a stranger's step, in the middle of those around it. */
export function ownSource(
  own: StrangerSource | null,
  columns: number,
  rows: number,
  say: StepperSay,
): string[] {
  if (rows === 0) return [];
  if (own === null) return [rule(say('own.title'), columns), soft(say('own.none'), columns)];
  const { place, lines } = own;
  const title = rule(say('own.at', { file: printable(place.file), line: place.line }), columns);
  if (lines === null) return [title, soft(say('own.unread'), columns)];
  const room = rows - 1;
  const last = Math.max(0, lines.length - room);
  const first = Math.max(0, Math.min(place.line - 1 - (room >> 1), last));
  const shown = lines.slice(first, first + room).map((code, i) => {
    const number = first + i + 1;
    const isIt = number === place.line;
    const digits = `${isIt ? '>' : ' '}${String(number).padStart(4)}  `;
    return line(columns, [digits, isIt ? pc.yellow : pc.dim], isIt ? [code, pc.bold] : code);
  });
  return [title, ...shown];
}

function soft(text: string, columns: number): string {
  return line(columns, [`       ${text}`, pc.dim]);
}

/** Exactly as many lines as its parts have rows. @param isWide whether the two stand beside each other */
export function sourceParts(
  event: TraceEvent | null,
  columns: number,
  rows: { readonly source: number; readonly php: number },
  { source, php }: Sources,
  isWide: boolean,
  say: StepperSay,
): string[] {
  const first = (width: number) => {
    const title = event?.step === 'call' ? say('source.yours') : 'TypeScript';
    return fill(codeLines(title, source, event, width, rows.source, say), rows.source);
  };
  // PHP has no line for what a student wrote: what that was given stands there
  const second = (width: number, count: number) =>
    event?.step === 'call'
      ? fill(callPart(event, width, count, say), count)
      : fill(codeLines('PHP', php, event, width, count, say), count);
  if (!isWide) return [...first(columns), ...second(columns, rows.php)];
  const half = Math.floor((columns - 1) / 2);
  const right = second(columns - half - 1, rows.source);
  return first(half).map((text, i) => `${pad(text, half)} ${right[i] ?? ''}`);
}

/** What a function of a student's was given. */
function callPart(event: CallStep, columns: number, rows: number, say: StepperSay): string[] {
  if (rows === 0) return [];
  const title = rule(
    say('call.args', { name: printable(event.name), n: event.args.length }),
    columns,
  );
  const lines = argumentLines(event, columns, rows - 1, say);
  return [title, ...lines.map((text) => line(columns, text))];
}

/** Why a step has no line of source. */
function sayNone(event: TraceEvent | null, say: StepperSay): string {
  if (event?.step === 'call') return say('source.notHere');
  if (event?.step === 'act') return say('source.client');
  if (event?.step === 'arrive') return say('source.network');
  return say('source.none');
}

function codeLines(
  language: string,
  source: SourceLines | null,
  event: TraceEvent | null,
  columns: number,
  rows: number,
  say: StepperSay,
): string[] {
  if (rows === 0) return [];
  if (source === null) {
    return [rule(language, columns), soft(sayNone(event, say), columns)];
  }
  const { file, line: first, text } = source;
  const shown = text.slice(0, rows - 1);
  const isPart = text.length > shown.length;
  const part = say('source.part', { shown: shown.length, lines: text.length });
  const more = isPart ? ` ${part}` : '';
  return [
    rule(`${language} ${file}:${first}${more}`, columns),
    ...shown.map((code, i) =>
      line(columns, [`${String(first + i).padStart(5)}  `, pc.dim], paintCode(code)),
    ),
  ];
}

/** A comment steps back behind the code. */
function paintCode(code: string): Span {
  return /^\s*(\/\/|\/?\*)/.test(code) ? [code, pc.dim] : code;
}
