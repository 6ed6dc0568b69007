/**
 * How two servers behave, side by side in lines.
 * @module
 */

import stringWidth from 'string-width';
import type { Behaviour } from '../scenario/behaviour.js';
import { how as texts } from '../texts/how.en.js';
import { how as textsZh } from '../texts/how.zh.js';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import { type Say, speaker } from '../texts/say.js';
import { pad } from '../trace/columns.js';
import { printable } from '../trace/text.js';
import { sentence } from './wrap.js';

/** A side, and what was counted of it. */
export interface Behaving {
  name: string;
  /** Null where it tells nothing. */
  behaviour: Behaviour | null;
  /** Clients that are there at the end. */
  there: number;
  /** That it does not wait is said elsewhere. */
  isKnownRestless?: boolean;
}

/** So many times select may give nothing before it is said: a loop may look at a clock now and then. */
const SPINS = 100;

type SayHow = Say<keyof typeof texts>;

/** Says it: a table, then what is to be mended. @param equal whether the bytes are equal */
export function behaviourLines(
  sides: readonly Behaving[],
  equal: boolean,
  language: Language = DEFAULT_LANGUAGE,
): string[] {
  const say = speaker({ en: texts, zh: textsZh }, language);
  const told = sides.filter(({ behaviour }) => behaviour !== null);
  const columns = told.map((side) => [printable(side.name), ...cellsOf(side, say)]);
  const names = ROWS.map((row) => say(row));
  const widthOf = (cells: readonly string[]): number =>
    Math.max(...cells.map((cell) => stringWidth(cell)));
  const width = widthOf(names);
  const table = ['', ...names].map((name, i) => {
    const cells = columns.map((column) => pad(column[i] ?? '', widthOf(column)));
    return `  ${pad(name, width)}  ${cells.join('  ')}`.trimEnd();
  });
  return [
    say('how.head'),
    ...(told.length === 0 ? [] : table),
    ...sides.flatMap((side) => verdictOf(side, equal, say)).flatMap((line) => sentence(line)),
  ];
}

const ROWS = [
  'how.waitsIn',
  'how.wakeUps',
  'how.forNothing',
  'how.waited',
  'how.other',
  'how.stood',
  'how.callsMade',
  'how.recvs',
  'how.writes',
  'how.leftOpen',
] as const;

/** In the order of the rows. */
function cellsOf({ behaviour, there }: Behaving, say: SayHow): string[] {
  if (behaviour === null) return [];
  const { waitsIn, wakeUps, forNothing, waitedMs, otherMs, stoodMs, recvs, writes } = behaviour;
  const calls = Object.entries(otherMs)
    .map(([call, ms]) => ({ call, ms: Math.round(ms) }))
    .filter(({ ms }) => ms > 0);
  return [
    waitsIn ?? 'select',
    say('how.times', { n: wakeUps }),
    say('how.times', { n: forNothing }),
    say('how.ms', { ms: Math.round(waitedMs) }),
    calls.length === 0
      ? say('how.none')
      : say('how.calls', { calls: calls.map((call) => say('how.call', call)) }),
    say('how.ms', { ms: Math.round(stoodMs) }),
    behaviour.calls === null ? say('how.unseen') : say('how.n', { n: behaviour.calls }),
    sizes(recvs, say),
    sizes(writes, say),
    say('how.held', { open: behaviour.leftOpen, there }),
  ];
}

function sizes(all: readonly number[], say: SayHow): string {
  const least = all.reduce((a, b) => Math.min(a, b), Infinity);
  const most = all.reduce((a, b) => Math.max(a, b), 0);
  return say('how.sizes', { n: all.length, least, most });
}

function verdictOf(one: Behaving, equal: boolean, say: SayHow): string[] {
  const { name, behaviour, there, isKnownRestless = false } = one;
  const side = printable(name);
  if (behaviour === null) return [say('how.unknown', { side })];
  const { forNothing, leftOpen } = behaviour;
  const bytes = say(equal ? 'how.equalBytes' : 'how.otherBytes');
  return [
    ...(forNothing >= SPINS && !isKnownRestless
      ? [say('how.spins', { bytes, side, n: forNothing })]
      : []),
    ...(leftOpen > there ? [say('how.leaks', { side, n: leftOpen - there })] : []),
  ];
}
