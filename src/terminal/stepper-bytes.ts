/**
 * The bytes of a step on the screen of the stepper, in hexadecimal and as the signs that they are.
 * @module
 */

import { toUtf8 } from '../bytes.js';
import { signOf } from '../inspect/letters.js';
import type { Step, TraceEvent } from '../trace/event.js';
import { resultLines } from './call-lines.js';
import { pc } from './colours.js';
import { line, rule, type Span } from './lines.js';
import type { StepperSay } from './stepper-say.js';

/** The bytes of a step; what a function of a student's gave. */
export function lastLines(
  event: TraceEvent | null,
  columns: number,
  rows: number,
  say: StepperSay,
): string[] {
  if (event?.step !== 'call' || rows === 0) return byteLines(event, columns, rows, say);
  const isWrong = event.fault !== undefined;
  const title = rule(say(isWrong ? 'call.wrong' : 'call.result'), columns);
  const paint = (text: string): Span => (isWrong ? [text, pc.red] : text);
  const lines = resultLines(event, columns, rows - 1, say);
  return [title, ...lines.map((text) => line(columns, paint(text)))];
}

/** A title, and so many rows of bytes as there is room for. */
function byteLines(
  event: TraceEvent | null,
  columns: number,
  rows: number,
  say: StepperSay,
): string[] {
  if (rows === 0) return [];
  const { what, bytes } = bytesOf(event);
  const { length } = bytes;
  const perRow = columns >= 76 ? 16 : columns >= 42 ? 8 : 4;
  const room = (rows - 1) * perRow;
  const title =
    what === 'none'
      ? sayNoBytes(event, say)
      : say(length > room ? `bytes.${what}.first` : `bytes.${what}`, { length, shown: room });
  const lines = [rule(title, columns)];
  for (let at = 0; at < Math.min(bytes.length, room); at += perRow) {
    const row = bytes.subarray(at, at + perRow);
    const hex = Array.from(row, (byte) => byte.toString(16).padStart(2, '0'));
    const left = hex.slice(0, 8).join(' ');
    const right = hex.slice(8).join(' ');
    const digits = (right === '' ? left : `${left}  ${right}`).padEnd(perRow * 3);
    lines.push(
      line(columns, [`${String(at).padStart(6)}  `, pc.dim], digits, '  ', [
        Array.from(row, signOf).join(''),
        pc.cyan,
      ]),
    );
  }
  return lines;
}

/** A send does not hold what it sent. */
function sayNoBytes(event: Step | null, say: StepperSay): string {
  return event?.step === 'send' ? say('bytes.taken', { taken: event.taken }) : say('bytes.none');
}

function bytesOf(event: Step | null): {
  what: 'all' | 'frame' | 'reply' | 'none';
  bytes: Uint8Array;
} {
  const none = { what: 'none', bytes: new Uint8Array(0) } as const;
  if (event === null) return none;
  switch (event.step) {
    case 'recv':
    case 'act':
    case 'broadcast':
      return event.bytes.length === 0 ? none : { what: 'all', bytes: event.bytes };
    case 'parse':
      return { what: 'frame', bytes: event.bytes };
    case 'deal':
      return { what: 'reply', bytes: toUtf8(event.reply) };
    case 'send':
    case 'socket':
    case 'setsockopt':
    case 'bind':
    case 'listen':
    case 'select':
    case 'accept':
    case 'handshake':
    case 'block':
    case 'disconnect':
    case 'error':
    case 'arrive':
    case 'again':
    case 'fault':
    case 'wake':
    case 'other':
    case 'broker':
    case 'call':
    case 'unknown':
      return none;
    default:
      return event satisfies never;
  }
}
