/**
 * What passes the tap as lines for a terminal: who, which way, what. Each is cut or wrapped to its
 * width; a line that begins with `!` tells a broken rule.
 * @module
 */

import stringWidth from 'string-width';
import { fromUtf8Lossy, toHex } from '../bytes.js';
import type { Finding } from '../inspect/inspection.js';
import type { Passing, PassingHandshake, PassingHttp, PassingOther } from '../inspect/passing.js';
import type { PassingFrame, PassingRest } from '../inspect/passing-frames.js';
import type { PassingInflated } from '../inspect/passing-inflater.js';
import { pc } from '../terminal/colours.js';
import { describeError } from '../texts/errors.js';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import { cut, pad } from '../trace/columns.js';
import { printable } from '../trace/text.js';
import { describeCloseCode } from '../websocket/close-codes.js';
import { decodeClose } from '../websocket/closing.js';
import { Opcode, opcodeName, type Role } from '../websocket/frame.js';
import { describeProblem, type Problem } from '../websocket/problem.js';
import { describeReason } from '../websocket/reason.js';
import { MOST_CONNECTIONS, type Told } from './connection.js';
import { type TapSay, tapSpeaker } from './say.js';
import { whyNoTls } from './tls.js';

/** Columns of the time and the number; who it comes from stands behind them, and then what is said. */
const MARGIN = 14;

/** The columns of who; more where the words of a language are longer. */
const WHO = 9;

const EXTENSION = 'permessage-deflate';

/** Bytes of a payload that are shown when it is no text. */
const MOST_BYTES = 16;

/** Lines of a payload that are shown. */
const MOST_LINES = 3;

/** What is said at once: one line, lines below it, and what is wrong. */
interface Saying {
  readonly from: Role | null;
  readonly text: string;
  /** Cut to the width each. */
  readonly below?: readonly string[];
  /** Wrapped to the width. */
  readonly problems?: readonly string[];
}

/**
 * Writes what the tap tells as lines, without their newlines.
 *
 * @param now milliseconds since the tap began
 * @param width columns of a line
 * @param language what is said in; what passed stays as it was
 */
export function tapLines(
  told: Told,
  now: number,
  width: number,
  language: Language = DEFAULT_LANGUAGE,
): string[] {
  const say = tapSpeaker(language);
  const arrows: Record<Role, string> = {
    client: `${say('client')} → `,
    server: `← ${say('server')} `,
  };
  const margin = MARGIN + widest(WHO, arrows.client, arrows.server);
  const room = width - margin;
  const { from, text, below = [], problems = [] } = new Teller(room, say, language).saying(told);
  const time = (now / 1000).toFixed(3).padStart(8);
  const number = `#${told.number}`.padEnd(4);
  const paint = from === null ? pc.bold : from === 'client' ? pc.cyan : pc.magenta;
  const who = paint(pad(from === null ? '' : arrows[from], margin - MARGIN));
  const lines = [`${pc.dim(`${time} ${number}`)} ${who}${cut(text, room)}`.trimEnd()];
  for (const line of below) lines.push(' '.repeat(margin) + cut(line, room));
  for (const problem of problems) {
    const wrapped = wrap(problem, room).map((line, i) => `${i === 0 ? '! ' : '  '}${line}`);
    lines.push(...wrapped.map((line) => ' '.repeat(margin - 2) + pc.red(line)));
  }
  return lines;
}

/** The columns of the widest text, and at least so many. */
function widest(least: number, ...texts: readonly string[]): number {
  return Math.max(least, ...texts.map((text) => stringWidth(text)));
}

/** Says it in one language, in lines of so many columns. */
class Teller {
  readonly #room: number;
  readonly #say: TapSay;
  readonly #language: Language;

  constructor(room: number, say: TapSay, language: Language) {
    this.#room = room;
    this.#say = say;
    this.#language = language;
  }

  saying(told: Told): Saying {
    const say = this.#say;
    switch (told.kind) {
      case 'open':
        return { from: null, text: say('open', { ...told.client }) };
      case 'refused':
        return { from: null, text: say('refused'), problems: this.#whyRefused(told) };
      case 'fin':
        return { from: told.from, text: 'FIN' };
      case 'reset':
        return { from: told.from, text: 'RST' };
      case 'end':
        return { from: null, text: say('over', told.passed) };
      case 'passing':
        return this.#passing(told.passing);
      default:
        return told satisfies never;
    }
  }

  #whyRefused({ reason, server }: Extract<Told, { kind: 'refused' }>): string[] {
    if (reason === 'full') return [this.#say('full', { most: MOST_CONNECTIONS })];
    return (
      whyNoTls(reason, server, this.#say) ?? [printable(describeError(reason, this.#language))]
    );
  }

  #passing(passing: Passing): Saying {
    const { from } = passing;
    const say = this.#say;
    switch (passing.kind) {
      case 'handshake':
        return this.#handshake(passing);
      case 'http':
        return this.#http(passing);
      case 'other':
        return this.#other(passing);
      case 'frame':
        return this.#frame(passing);
      case 'problem':
        return { from, text: say('within'), problems: [this.#rule(passing.problem)] };
      case 'rest':
        return { from, text: say('cut'), problems: [this.#rest(passing)] };
      default:
        return passing satisfies never;
    }
  }

  #handshake({ from, line, inspection, deflate }: PassingHandshake): Saying {
    const say = this.#say;
    const { acceptOk, problems } = inspection;
    const [key, accept] = [inspection.key, inspection.accept].map((one) =>
      one === null ? say('missing') : printable(one),
    );
    const values = { key: key ?? '', accept: accept ?? '', extension: EXTENSION };
    const below =
      from === 'client'
        ? [say(deflate ? 'request.key.deflate' : 'request.key', values)]
        : [say(acceptOk ? 'answer.accept.right' : 'answer.accept', values)];
    if (from === 'server' && deflate) below.push(say('answer.deflate', values));
    const text = say(from === 'client' ? 'request' : 'answer', { line: printable(line) });
    return { from, text, below, problems: problems.map((one) => this.#rule(one)) };
  }

  #http({ from, line, body, refused }: PassingHttp): Saying {
    const say = this.#say;
    const values = { line: printable(line), n: typeof body === 'number' ? body : 0 };
    const key =
      typeof body === 'string' ? (`http.${body}` as const) : body === 0 ? 'http' : 'http.length';
    const below = refused === null ? [] : [say('http.refused')];
    return { from, text: say(key, values), below };
  }

  #other({ from, reason, length }: PassingOther): Saying {
    return {
      from,
      text: this.#say('other', { length }),
      below: [printable(describeReason(reason, this.#language))],
    };
  }

  #frame(told: PassingFrame): Saying {
    const { from, header, length, problems } = told;
    const say = this.#say;
    const [fin, more] = [say('frame.fin'), say('frame.more')];
    const [masked, bare] = [say('frame.masked'), say('frame.unmasked')];
    const units = [1, 2].map((n) => say('frame.bytes', { n }));
    const text = [
      opcodeName(header.opcode).padEnd(6),
      pad(header.fin ? fin : more, widest(0, fin, more)),
      pad(header.masked ? masked : bare, widest(0, masked, bare)),
      String(length).padStart(5),
      pad(say('frame.bytes', { n: header.payloadLength }), widest(0, ...units)),
    ].join(' ');
    const room = this.#room;
    const content = this.#payload(told);
    const fits = stringWidth(text) + 2 + stringWidth(content) <= room;
    return {
      from,
      text: fits ? `${text}  ${content}` : text,
      below: fits ? [] : fold(content, room),
      problems: problems.map((one) => this.#rule(one)),
    };
  }

  #payload({ header, payload, text, compressed, inflated }: PassingFrame): string {
    // enough for the lines that are shown, whatever their characters; what is long is cut there
    if (text !== null) return printable(text.slice(0, 4 * MOST_LINES * this.#room));
    if (inflated !== null) return this.#inflated(inflated);
    if (compressed) return this.#say('compressed', { extension: EXTENSION });
    if (header.opcode === Opcode.close && payload.length >= 2) {
      const { code, reason } = decodeClose(payload);
      const meaning = describeCloseCode(code, this.#language);
      return printable(
        this.#say(reason === '' ? 'close' : 'close.reason', { code, meaning, reason }),
      );
    }
    const hex = toHex(payload.subarray(0, MOST_BYTES)).replace(/..(?!$)/g, '$& ');
    return header.payloadLength > MOST_BYTES ? `${hex} …` : hex;
  }

  /** What a compressed message means, of which the frame shows the length as it was sent. */
  #inflated({ length, bytes, isText }: PassingInflated): string {
    const what = isText
      ? printable(fromUtf8Lossy(bytes).slice(0, 4 * MOST_LINES * this.#room))
      : toHex(bytes.subarray(0, MOST_BYTES)).replace(/..(?!$)/g, '$& ');
    return this.#say('inflated', { n: length, what });
  }

  #rule(rule: Problem | Finding): string {
    const { code, closeCode, section } = rule;
    const message =
      'values' in rule
        ? describeProblem(rule as Problem, this.#language)
        : describeReason(rule.message, this.#language);
    const values = { code, section, message };
    return printable(
      closeCode === null
        ? this.#say('problem', values)
        : this.#say('problem.close', { ...values, closeCode: String(closeCode) }),
    );
  }

  #rest({ have, payloadLength }: PassingRest): string {
    if (payloadLength === null) return this.#say('rest.head', { have });
    // 64 bits may be more than a number holds, and then they are a text
    return typeof payloadLength === 'number'
      ? this.#say('rest.payload', { have, length: payloadLength })
      : this.#say('rest.payload.long', { have, length: payloadLength });
  }
}

/** Breaks wherever a line is full: a payload's spaces are its own. The last line is left to be cut. */
function fold(text: string, columns: number): string[] {
  const lines = [''];
  let used = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    used += stringWidth(segment);
    if (used > columns && lines.length < MOST_LINES) {
      lines.push('');
      used = stringWidth(segment);
    }
    lines[lines.length - 1] += segment;
  }
  return lines;
}

/** Breaks at spaces; a word that is wider than a line is cut. */
function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    const joined = `${last} ${word}`;
    if (last !== undefined && stringWidth(joined) <= columns) lines[lines.length - 1] = joined;
    else lines.push(cut(word, columns));
  }
  return lines;
}
