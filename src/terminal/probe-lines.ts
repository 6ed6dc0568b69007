/**
 * The report of a probe on a terminal: a line a rule, and the reason below where not all was well.
 * @module
 */

import stringWidth from 'string-width';
import { fromHex } from '../bytes.js';
import { signOf } from '../inspect/letters.js';
import type { Outcome } from '../probe/judge.js';
import type { Manners } from '../probe/manners.js';
import type { CameItem, ProbeReport, Result } from '../probe/probe.js';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import { probe } from '../texts/probe.en.js';
import { probe as probeZh } from '../texts/probe.zh.js';
import { type Say, speaker } from '../texts/say.js';
import { cut, pad } from '../trace/columns.js';
import { Opcode, opcodeName } from '../websocket/frame.js';
import { pc } from './colours.js';
import { wrap } from './wrap.js';

/** Columns of the section and the rule. */
const SECTION = 13;
const RULE = 36;

/** Bytes of what was sent that a line shows. */
const SHOWN = 3;

/** Why a rule was not even asked: these are counted, not listed. */
const NOT_ASKED = ['not-run', 'not-opened', 'declined', 'no-compression'];

const PAINT: Record<Outcome, (text: string) => string> = {
  pass: pc.green,
  noted: pc.yellow,
  fail: pc.red,
  unseen: pc.dim,
};

const OUTCOMES = Object.keys(PAINT) as Outcome[];

type Key = keyof typeof probe;

/** Draws a probe while it runs. */
export class ProbeLines {
  readonly #columns: number;
  readonly #say: Say<Key>;
  /** Columns of the outcome. */
  readonly #mark: number;
  #group: string | null = null;
  /** The reason that stands last: it holds for the rules below too, while it is the same. */
  #lastWhy = '';
  /** Of this group: rules that were not asked, and why. */
  #unasked = { count: 0, why: '' };

  /** @param columns of the terminal */
  constructor(columns: number, language: Language = DEFAULT_LANGUAGE) {
    this.#columns = columns;
    this.#say = speaker({ en: probe, zh: probeZh }, language);
    const marks = OUTCOMES.map((outcome) => stringWidth(this.#say(`mark.${outcome}`)));
    this.#mark = 1 + Math.max(...marks);
  }

  /** What the server is like. */
  head(url: string, manners: Manners): string[] {
    const said = mannersOf(manners).map((key) => this.#say(key));
    return [
      pc.bold(url),
      ...said.flatMap((sentence) => this.#indented(sentence, 2)),
      '',
      ...wrap(this.#say('legend'), this.#columns),
    ];
  }

  /** What became of one rule. */
  result(result: Result): string[] {
    const lines: string[] = [];
    if (result.group !== this.#group) {
      lines.push(...this.#endOfGroup(), '', pc.bold(this.#say(`group.${result.group}`)));
      this.#group = result.group;
      this.#lastWhy = '';
    }
    const why = this.#why(result);
    if (result.why !== null && NOT_ASKED.includes(result.why.code)) {
      this.#unasked = { count: this.#unasked.count + 1, why };
      return lines;
    }
    lines.push(...this.#line(result));
    if (why !== '' && why !== this.#lastWhy)
      lines.push(...this.#indented(why, this.#mark + SECTION));
    this.#lastWhy = why;
    return lines;
  }

  /** The sum, and why it ended early. */
  end({ results, counts, stopped }: ProbeReport): string[] {
    const say = this.#say;
    const part = (outcome: Outcome): string => say(`sum.${outcome}`, { n: counts[outcome] });
    const sum = say('sum', {
      n: results.length,
      pass: part('pass'),
      fail: part('fail'),
      noted: part('noted'),
      unseen: part('unseen'),
    });
    const lines = [...this.#endOfGroup(), ''];
    if (stopped !== null) {
      const last = results.find(({ id }) => id === stopped.rule);
      const rule = last === undefined ? '' : this.#rule(last);
      const key = `stopped.${stopped.how}${last === undefined ? '-first' : ''}` as const;
      lines.push(...wrap(say(key, { rule }), this.#columns).map((line) => pc.red(line)));
    }
    return [...lines, ...wrap(sum, this.#columns).map((line) => pc.bold(line))];
  }

  #endOfGroup(): string[] {
    const { count, why } = this.#unasked;
    this.#unasked = { count: 0, why: '' };
    if (count === 0) return [];
    const said = this.#say('unasked', { n: count, why });
    const [first = '', ...others] = this.#indented(said, this.#mark);
    return [`${this.#marked('unseen')}${first.slice(this.#mark)}`, ...others];
  }

  #line(result: Result): string[] {
    const { outcome, section } = result;
    const where = section.replace(/^RFC /, '').padEnd(SECTION);
    const rule = this.#rule(result);
    const wire = this.#wire(result);
    const room = this.#columns - this.#mark - SECTION - RULE - 1;
    const head = `${this.#marked(outcome)}${pc.dim(where)}`;
    // another language may need more room for the rule than the column has
    if (stringWidth(rule) > RULE) {
      return [
        `${head}${cut(rule, this.#columns - this.#mark - SECTION)}`,
        ...this.#indented(wire, this.#mark + SECTION),
      ];
    }
    return [`${head}${pad(rule, RULE)} ${pc.dim(cut(wire, room))}`];
  }

  #marked(outcome: Outcome): string {
    return PAINT[outcome](pad(this.#say(`mark.${outcome}`), this.#mark));
  }

  #rule({ rule }: Result): string {
    return this.#say(`rule.${rule.code}`, rule.values);
  }

  #why({ why }: Result): string {
    return why === null ? '' : this.#say(`why.${why.code}`, why.values);
  }

  /** What was sent and what came, as short as it can be said. */
  #wire({ sent, came, frames, proof }: Result): string {
    const begins = sent.what === 'request' ? signsOf(sent.hex) : sent.hex.slice(0, 2 * SHOWN);
    const out = `${begins}${sent.length > SHOWN ? '…' : ''} ${sent.length}`;
    const told = came.slice(0, 2).map((item) => this.#item(item));
    if (frames > 2 + Number(proof) && came.length > 2) {
      told.splice(1, 1, this.#say('wire.more', { n: frames - 1 - Number(proof) }));
    }
    if (told.length === 0) told.push(this.#say(proof ? 'wire.on' : 'wire.nothing'));
    return this.#say('wire', { out, told });
  }

  #item(item: CameItem): string {
    switch (item.kind) {
      case 'http':
        return item.line.split(' ')[1] ?? item.line;
      case 'frame':
        return [
          opcodeName(item.opcode),
          item.opcode === Opcode.close ? (item.code ?? item.length) : item.length,
        ].join(' ');
      case 'end':
        return item.how === 'fin' ? 'FIN' : item.how === 'reset' ? 'RST' : '…';
    }
  }

  #indented(text: string, by: number): string[] {
    return wrap(text, this.#columns - by).map((line) => `${' '.repeat(by)}${line}`);
  }
}

/** What the server is like, in sentences. */
function mannersOf(manners: Manners): Key[] {
  const { opens, pongs, talks, closes, echoesText, echoesBinary, deflates } = manners;
  if (!opens) return ['manners.opens-not'];
  return [
    pongs ? 'manners.pongs' : talks ? 'manners.talks' : 'manners.mute',
    ...(closes ? [] : (['manners.closes-not'] as const)),
    echoesText && echoesBinary
      ? 'manners.echoes'
      : echoesText
        ? 'manners.echoes-text'
        : 'manners.echoes-not',
    deflates ? 'manners.deflates' : 'manners.deflates-not',
  ];
}

/** The first letters of a request. */
function signsOf(hex: string): string {
  return Array.from(fromHex(hex.slice(0, 2 * SHOWN)) ?? [], signOf).join('');
}
