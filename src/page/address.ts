/**
 * The address of what is seen, `#view=loop&scenario=two-clients&seed=7&profile=original&step=42`:
 * read and written by one table of parameters. A bad value is mended, and that is said.
 * @module
 */

import { SCENARIOS } from '../scenario/shipped.js';
import { readLanguage } from '../texts/language.js';
import { printable } from '../trace/text.js';
import { readRules, writeRules } from './play/rules.js';
import { say } from './texts.js';

/** One parameter of the address. Its value is text. */
export interface Parameter {
  /** The value where the address has none; it is not written. */
  readonly fallback: string;
  /** A name that it had before: an old address still means it. */
  readonly formerly?: string;
  /** What a value means: the value itself, tidied; null for one that means nothing. */
  readonly mend: (text: string) => string | null;
}

/** Parameters by name, in the order of writing. */
export type Parameters = Readonly<Record<string, Parameter>>;

/** What an address says. */
export interface PageAddress {
  /** The value of every parameter. */
  values: Readonly<Record<string, string>>;
  /** One sentence for each thing that was wrong, and one for all that are more. */
  notices: readonly string[];
}

/** A parameter that has one of a few values, the first if none is given. */
export function choice(first: string, ...others: string[]): Parameter {
  return {
    fallback: first,
    mend: (text) => (text === first || others.includes(text) ? text : null),
  };
}

/** A parameter that is a whole number. */
export function whole(fallback: number, least: number, most: number): Parameter {
  return {
    fallback: String(fallback),
    mend: (text) => {
      const value = Number(text);
      const fits = /^\d{1,15}$/.test(text) && value >= least && value <= most;
      return fits ? String(value) : null;
    },
  };
}

/** How many steps a second can be played, as the address has them. */
export const SPEEDS = ['0.5', '1', '2', '5', '10', '30'] as const;

/** What the presenter's mode is in an address, and how large its letters are, in pixels. */
export const PRESENTER_SIZES: Readonly<Record<string, number>> = { 20: 20, on: 24, 28: 28 };

/** Rules of a network. */
export const RULES: Parameters[string] = {
  fallback: '',
  mend: (text) => (readRules(text) === null ? null : writeRules(readRules(text) ?? [])),
};

/** What every view has; a view's own parameters stand behind them. */
export const COMMON: Parameters = {
  scenario: choice('two-clients', ...SCENARIOS.keys()),
  seed: whole(0, 0, 0xffff_ffff),
  profile: choice('rfc6455', 'original', 'mine'),
  step: whole(1, 1, 9_999_999),
  speed: choice('2', ...SPEEDS),
  lang: { fallback: '', mend: (text) => (text === '' ? '' : readLanguage(text)) },
  theme: choice('auto', 'light', 'dark'),
  presenter: choice('off', ...Object.keys(PRESENTER_SIZES)),
  pane: choice('stage', 'trace', 'code', 'sockets', 'bytes'),
  /** A recording of the gallery, and which of its loops; 0 for the busiest. */
  recording: { fallback: '', mend: (text) => (/^[\w-]{0,60}$/.test(text) ? text : null) },
  loop: whole(0, 0, 256),
  /** The rules of a world of several machines. */
  network: RULES,
};

/** So many things that are wrong with an address are said one by one. */
const MOST_NOTICES = 5;

/** Reads an address; what it does not know is left out, and said. */
export function readAddress(hash: string, parameters: Parameters): PageAddress {
  const values: Record<string, string> = {};
  for (const [name, { fallback }] of Object.entries(parameters)) values[name] = fallback;
  const former = new Map(Object.entries(parameters).map(([name, one]) => [one.formerly, name]));
  const wrong = new Set<string>();
  for (const [written, text] of new URLSearchParams(hash.replace(/^#/, ''))) {
    const name = former.get(written) ?? written;
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (parameter === undefined) {
      wrong.add(say('address.unknown', { name: short(name) }));
      continue;
    }
    const value = parameter.mend(text);
    values[name] = value ?? parameter.fallback;
    if (value === null) {
      const { fallback } = parameter;
      wrong.add(say('address.mended', { name, text: short(text), value: fallback || '""' }));
    }
  }
  const notices = [...wrong].slice(0, MOST_NOTICES);
  const n = wrong.size - notices.length;
  return { values, notices: n === 0 ? notices : [...notices, say('address.more', { n })] };
}

/** What an address can say of how the page looks, and nothing of what it shows. */
const LOOKS = new Set(['speed', 'lang', 'theme', 'presenter', 'pane']);

/** Whether an address asks for nothing in particular: then the page chooses where a newcomer begins. */
export function asksForNothing(hash: string): boolean {
  return [...new URLSearchParams(hash.replace(/^#/, '')).keys()].every((name) => LOOKS.has(name));
}

/** Writes an address: the view first, then what differs from its fallback. */
export function writeAddress(
  values: Readonly<Record<string, string>>,
  parameters: Parameters,
): string {
  const parts = Object.entries(parameters)
    .filter(([name, { fallback }]) => name === 'view' || (values[name] ?? fallback) !== fallback)
    .map(([name, { fallback }]) => `${name}=${written(values[name] ?? fallback)}`);
  return `#${parts.join('&')}`;
}

/** What means nothing behind the # stays readable: `fork=A@5:cut`. */
function written(text: string): string {
  return encodeURIComponent(text).replace(/%(40|3A)/g, decodeURIComponent);
}

/** Anybody may have written an address: what turns a line round is written out. */
function short(text: string): string {
  const characters = [...text];
  return printable(characters.length > 40 ? `${characters.slice(0, 40).join('')}…` : text);
}
