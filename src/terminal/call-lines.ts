/**
 * The values of a call of a student's, as lines for the stepper: what the function was given, and what it gave.
 * @module
 */

import stringWidth from 'string-width';
import { pad } from '../trace/columns.js';
import type { CallStep } from '../trace/event.js';
import { printable } from '../trace/text.js';
import type { StepperSay } from './stepper-say.js';
import { wrap } from './wrap.js';

/** Lines that one value takes where there is room. */
const MOST_LINES = 3;

/** What it was given, in at most so many lines. */
export function argumentLines(
  { args }: CallStep,
  columns: number,
  rows: number,
  say: StepperSay,
): string[] {
  if (args.length <= rows)
    return valueLines(
      args.map((text, i) => [`${i + 1}`, text]),
      columns,
      rows,
    );
  const shown = args.slice(0, Math.max(0, rows - 1)).map((text, i) => [`${i + 1}`, text] as const);
  const more = say('call.more', { n: args.length - shown.length });
  return [...valueLines(shown, columns, rows - 1), ` ${more}`].slice(0, rows);
}

/** What it returned; of one that was wrong, what was held against what too. */
export function resultLines(
  { returned, expected, given, fault }: CallStep,
  columns: number,
  rows: number,
  say: StepperSay,
): string[] {
  const values: [label: string, text: string][] = [];
  // what was held against the other stands together, where there is no room for all three
  if (given === undefined || fault === undefined || rows > 2) {
    values.push([say('call.returned'), returned]);
  }
  if (fault !== undefined && given !== undefined) values.push([say('call.given'), given]);
  if (fault !== undefined && expected !== undefined) values.push([say('call.expected'), expected]);
  return valueLines(values, columns, rows);
}

/** Each value behind its label; those that are long go on below, as far as there is room. */
function valueLines(
  values: readonly (readonly [label: string, text: string])[],
  columns: number,
  rows: number,
): string[] {
  const width = Math.max(0, ...values.map(([label]) => stringWidth(label)));
  const room = Math.max(1, columns - width - 3);
  let left = rows - values.length;
  return values.flatMap(([label, value]) => {
    const text = printable(value);
    const whole = wrap(text, room);
    const most = 1 + Math.max(0, Math.min(left, MOST_LINES - 1, whole.length - 1));
    left -= most - 1;
    const shown =
      most === whole.length
        ? whole
        : [...whole.slice(0, most - 1), whole.slice(most - 1).join(' ')];
    return shown.map((line, i) => ` ${pad(i === 0 ? label : '', width)}  ${line}`);
  });
}
