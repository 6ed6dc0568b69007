/**
 * What a stranger's loop is like, on the whole screen of the stepper: its figures, and its findings,
 * each with a key that leads to its step.
 * @module
 */

import stringWidth from 'string-width';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import { cut, pad } from '../trace/columns.js';
import type { TraceEvent } from '../trace/event.js';
import { type Summary, Summing } from '../watch/summary.js';
import { describeFigures, describeFinding, watchSpeaker } from '../watch/words.js';
import { pc } from './colours.js';
import type { Size } from './keys.js';
import { stepperSpeaker } from './stepper-say.js';
import { wrap } from './wrap.js';

/** As many findings have a key at a time: 1 to 9. */
const KEYS = 9;

/** Figures, and so many of the findings as there is room for. */
export class FiguresScreen {
  readonly #summary: Summary;
  readonly #places: readonly number[];
  readonly #language: Language;
  /** The findings that are shown: from, and behind the last. */
  #from = 0;
  #to = 0;

  /** @param events those that are known by now */
  constructor(events: readonly TraceEvent[], language: Language = DEFAULT_LANGUAGE) {
    const summing = new Summing();
    for (const event of events) summing.fold(event);
    this.#summary = summing.summary();
    // a trace may begin in the middle, and then a seq is no place
    const placeOf = new Map(events.map(({ seq }, i) => [seq, i + 1]));
    this.#places = this.#summary.findings.map(({ seq }) => placeOf.get(seq) ?? 1);
    this.#language = language;
  }

  /** @returns the position that a key leads to; `stay` where it shows more; null where it leads back */
  press(text: string): number | 'stay' | null {
    if (text === 'f' && this.#to < this.#places.length) {
      this.#from = this.#to;
      return 'stay';
    }
    const at = this.#from + Number(text) - 1;
    return /^[1-9]$/.test(text) && at < this.#to ? (this.#places[at] ?? null) : null;
  }

  /** Exactly as many lines as there are rows. */
  draw({ columns, rows }: Size): string[] {
    const say = watchSpeaker(this.#language);
    const figures = describeFigures(this.#summary, this.#language);
    const column = Math.max(...figures.map(([name]) => stringWidth(name)));
    const lines = figures.map(([name, value]) => line(columns, ` ${pad(name, column)}`, value));
    const { findings } = this.#summary;
    const head = say(findings.length === 0 ? 'findings.none' : 'findings');
    const all = [...lines, '', cut(` ${head}`, columns)];
    this.#to = this.#from;
    for (const finding of findings.slice(this.#from, this.#from + KEYS)) {
      const words = wrap(describeFinding(finding, this.#language), Math.max(1, columns - 5));
      const isFirst = this.#to === this.#from; // on the smallest screen one has a key
      if (!isFirst && all.length + words.length > rows - 1) break;
      const key = String(++this.#to - this.#from);
      all.push(...words.map((part, n) => cut(` ${n === 0 ? key : ' '}  ${part}`, columns)));
    }
    const hasMore = this.#to < findings.length;
    const foot = stepperSpeaker(this.#language)(hasMore ? 'figures.more' : 'figures.back');
    const shown = Array.from({ length: Math.max(0, rows - 1) }, (_, i) => all[i] ?? '');
    return [...shown, pc.dim(cut(` ${foot}`, columns))].slice(-Math.max(0, rows));
  }
}

/** It is cut before it is painted. */
function line(columns: number, name: string, value: string): string {
  const fits = stringWidth(`${name}  ${value}`) <= columns;
  return fits ? `${pc.dim(name)}  ${value}` : cut(`${name}  ${value}`, columns);
}
