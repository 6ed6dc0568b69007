/**
 * Says a text of a table in a language: `{name}` stands for a value, and what a number decides is
 * written as ICU has it, `{n, plural, one {# byte} other {# bytes}}`. Numbers and plurals are those of
 * `Intl`. Nothing else is worked out here, and no table is known here.
 * @module
 */

import { betweenThings, DEFAULT_LANGUAGE, type Language, tagOf } from './language.js';

/** What stands in the braces. A text stands as it is, a number is written as the language has it. */
export type Values = Readonly<Record<string, string | number>>;

/** A list is said with what the language puts between its things. */
export type List = readonly (string | number)[];

/** What may be said: values, and lists of them. */
export type Sayable = Readonly<Record<string, string | number | List>>;

/** Texts by key. */
export type Texts<Key extends string = string> = Readonly<Record<Key, string>>;

/** The same texts in several languages; what a language lacks is said in English. */
export type Tables<Key extends string = string> = {
  readonly en: Texts<Key>;
} & { readonly [Other in Exclude<Language, 'en' | 'xx-test'>]?: Partial<Texts<Key>> };

/** Says a text. */
export type Say<Key extends string = string> = (key: Key, values?: Sayable) => string;

/** How numbers are written. */
export interface SayOptions {
  /** Whether thousands are set apart; where numbers are to be copied they stand as they are. Default true. */
  grouping?: boolean;
}

/** The texts of some tables in one language. */
export function speaker<Key extends string>(
  tables: Tables<Key>,
  language: Language = DEFAULT_LANGUAGE,
  options: SayOptions = {},
): Say<Key> {
  const table: Partial<Texts<Key>> =
    (tables as Partial<Record<Language, Partial<Texts<Key>>>>)[language] ?? {};
  const voice = voiceOf(language, options);
  const english = voiceOf(DEFAULT_LANGUAGE, options);
  return (key, values = {}) => {
    const own = table[key];
    if (own !== undefined) return fillIn(own, values, voice);
    const said = fillIn(tables.en[key], values, english);
    return language === 'xx-test' ? stretched(said) : said;
  };
}

/** The same for each language, made once: for who says much. */
export function speakers<Key extends string>(
  tables: Tables<Key>,
  options: SayOptions = {},
): (language?: Language) => Say<Key> {
  const made = new Map<Language, Say<Key>>();
  return (language = DEFAULT_LANGUAGE) => {
    let say = made.get(language);
    if (say === undefined) {
      say = speaker(tables, language, options);
      made.set(language, say);
    }
    return say;
  };
}

/**
 * Fills in one English text as it goes on the wire, into an error's message or into a trace: numbers
 * are written as they are.
 */
export function fill(text: string, values: Sayable = {}): string {
  return fillIn(text, values, voiceOf(DEFAULT_LANGUAGE, { grouping: false }));
}

/** How a language writes numbers, and which form a noun has behind one. */
interface Voice {
  number(value: number): string;
  list(things: List): string;
  plural(value: number): Intl.LDMLPluralRule;
}

const voices = new Map<string, Voice>();

function voiceOf(language: Language, { grouping = true }: SayOptions): Voice {
  const key = `${language} ${grouping}`;
  let voice = voices.get(key);
  if (voice === undefined) {
    voice = new IntlVoice(language, grouping);
    voices.set(key, voice);
  }
  return voice;
}

/** Numbers whose plural is kept: small ones come again and again. */
const MOST_PLURALS = 1_024;

/** Loads what it needs of Intl when that is needed first: it takes longer than the rest of a help. */
class IntlVoice implements Voice {
  readonly #tag: string;
  readonly #between: string;
  readonly #grouping: boolean;
  #format: Intl.NumberFormat | null = null;
  #rules: Intl.PluralRules | null = null;
  /** To ask Intl takes longer than all the rest of a sentence. */
  readonly #plurals = new Map<number, Intl.LDMLPluralRule>();

  constructor(language: Language, grouping: boolean) {
    this.#tag = tagOf(language);
    this.#between = betweenThings(language);
    this.#grouping = grouping;
  }

  number(value: number): string {
    if (!this.#grouping) return String(value);
    this.#format ??= new Intl.NumberFormat(this.#tag, { maximumFractionDigits: 20 });
    return this.#format.format(value);
  }

  list(things: List): string {
    return things
      .map((thing) => (typeof thing === 'number' ? this.number(thing) : thing))
      .join(this.#between);
  }

  plural(value: number): Intl.LDMLPluralRule {
    const known = this.#plurals.get(value);
    if (known !== undefined) return known;
    this.#rules ??= new Intl.PluralRules(this.#tag);
    const rule = this.#rules.select(value);
    if (this.#plurals.size < MOST_PLURALS) this.#plurals.set(value, rule);
    return rule;
  }
}

/** A piece of a text: as it is, a value, or what a number decides between. */
type Part =
  | string
  | { readonly name: string }
  | { readonly name: string; readonly forms: ReadonlyMap<string, readonly Part[]> };

/** Texts are few and are said often. */
const parsed = new Map<string, readonly Part[]>();

function fillIn(text: string, values: Sayable, voice: Voice): string {
  let parts = parsed.get(text);
  if (parts === undefined) {
    if (!/[{}]/.test(text)) return text;
    parts = new Reader(text).parts();
    parsed.set(text, parts);
  }
  return join(parts, values, voice, null);
}

/** @param counted what `#` stands for */
function join(
  parts: readonly Part[],
  values: Sayable,
  voice: Voice,
  counted: number | null,
): string {
  let said = '';
  for (const part of parts) {
    if (typeof part === 'string') {
      said +=
        counted === null || !part.includes('#')
          ? part
          : part.replaceAll('#', voice.number(counted));
      continue;
    }
    const value = Object.hasOwn(values, part.name) ? values[part.name] : undefined;
    if (value === undefined) said += `{${part.name}}`;
    else if (!('forms' in part)) said += written(value, voice);
    else said += join(formFor(part.forms, Number(value), voice), values, voice, Number(value));
  }
  return said;
}

function written(value: string | number | List, voice: Voice): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? voice.number(value) : voice.list(value);
}

function formFor(
  forms: ReadonlyMap<string, readonly Part[]>,
  value: number,
  voice: Voice,
): readonly Part[] {
  return forms.get(`=${value}`) ?? forms.get(voice.plural(value)) ?? forms.get('other') ?? [];
}

/** How the made-up language says what is English: in brackets, and a third longer. */
export function stretched(text: string): string {
  return `[${text}${'~'.repeat(Math.ceil(text.length / 3))}]`;
}

/** Reads a text. */
class Reader {
  readonly #text: string;
  #at = 0;
  /** How many forms we are in. */
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Up to the end, or to the brace that closes this form. */
  parts(): Part[] {
    const parts: Part[] = [];
    let plain = '';
    while (this.#at < this.#text.length && this.#text[this.#at] !== '}') {
      const part = this.#text[this.#at] === '{' ? this.#braces() : null;
      if (part === null) {
        plain += this.#text[this.#at];
        this.#at++;
        continue;
      }
      if (plain !== '') parts.push(plain);
      plain = '';
      parts.push(part);
    }
    // a brace that closes nothing stands as it is: many texts show JSON
    if (this.#depth === 0 && this.#at < this.#text.length) {
      this.#at++;
      return [...parts, ...joined(`${plain}}`, this.parts())];
    }
    return plain === '' ? parts : [...parts, plain];
  }

  /** What stands in braces; null where they are no more than braces. */
  #braces(): Part | null {
    const rest = this.#text.slice(this.#at);
    const value = /^\{(\w+)\}/.exec(rest);
    if (value !== null) {
      this.#at += value[0].length;
      return { name: value[1] as string };
    }
    const plural = /^\{(\w+), plural,/.exec(rest);
    if (plural === null) return null;
    this.#at += plural[0].length;
    return { name: plural[1] as string, forms: this.#forms() };
  }

  #forms(): Map<string, readonly Part[]> {
    const forms = new Map<string, readonly Part[]>();
    for (;;) {
      const form = /^\s*(=\d+|\w+) \{/.exec(this.#text.slice(this.#at));
      if (form === null) break;
      this.#at += form[0].length;
      this.#depth++;
      forms.set(form[1] as string, this.parts());
      this.#depth--;
      this.#close();
    }
    this.#close();
    if (!forms.has('other')) throw new Error(`bug: a plural without other: ${this.#text}`);
    return forms;
  }

  #close(): void {
    if (this.#text[this.#at] !== '}') throw new Error(`bug: a brace is open in: ${this.#text}`);
    this.#at++;
  }
}

function joined(plain: string, parts: readonly Part[]): Part[] {
  const [first, ...rest] = parts;
  return typeof first === 'string' ? [plain + first, ...rest] : [plain, ...parts];
}
