/**
 * A trace as a story on a terminal: one line a step, a blank line before each turn.
 * @module
 */

import stringWidth from 'string-width';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import { cut, pad } from '../trace/columns.js';
import type { StepName, TraceEvent } from '../trace/event.js';
import { describeStep, printable } from '../trace/text.js';
import { pc } from './colours.js';
import { stepperSpeaker } from './stepper-say.js';

type Paint = (text: string) => string;

/**
 * Colour says what kind of step it is: waiting, arriving, understanding, answering, going wrong; or time that
 * brought no client on.
 */
export const PAINT: Record<StepName, Paint> = {
  socket: pc.dim,
  setsockopt: pc.dim,
  bind: pc.dim,
  listen: pc.dim,
  select: pc.bold,
  accept: pc.green,
  recv: pc.cyan,
  handshake: pc.green,
  parse: pc.cyan,
  deal: pc.yellow,
  broadcast: pc.magenta,
  send: pc.magenta,
  block: pc.red,
  disconnect: pc.red,
  error: pc.red,
  arrive: pc.dim,
  act: pc.blue,
  again: pc.yellow,
  fault: pc.red,
  wake: pc.blue,
  other: pc.yellow,
  broker: pc.blue,
  call: pc.yellow,
  unknown: pc.dim,
};

/**
 * Writes one event as a line.
 *
 * @param width the line is cut to this many columns; null leaves it whole
 * @param language what is said in; what stood on the wire stays as it was
 */
export function storyLine(
  event: TraceEvent,
  width: number | null,
  language: Language = DEFAULT_LANGUAGE,
): string {
  const say = stepperSpeaker(language);
  const column = Math.max(9, stringWidth(say('turn', { turn: 10 })));
  const turn = pad(event.step === 'select' ? say('turn', { turn: event.turn }) : '', column);
  const name = (event.step === 'unknown' ? printable(event.name) : event.step).padEnd(10);
  const text = describeStep(event, language);
  const room = width === null ? text : cut(text, width - stringWidth(`${turn} ${name} `));
  return `${pc.dim(turn)} ${PAINT[event.step](name)} ${room}`;
}

/** The columns of standard output, or null where it is no terminal and nothing need be cut. */
export function terminalWidth(): number | null {
  return process.stdout.isTTY ? process.stdout.columns : null;
}
