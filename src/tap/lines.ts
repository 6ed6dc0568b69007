/**
 * What passes the tap as lines for a terminal: who, which way, what. Each is cut or wrapped to its
 * width; a line that begins with `!` tells a broken rule.
 * @module
 */

import stringWidth from 'string-width';
import { toHex } from '../bytes.js';
import { count } from '../inspect/meanings.js';
import type { Passing, PassingHandshake, PassingOther } from '../inspect/passing.js';
import type { PassingFrame, PassingRest } from '../inspect/passing-frames.js';
import { pc } from '../terminal/colours.js';
import { cut } from '../trace/columns.js';
import { printable } from '../trace/text.js';
import { closeCodeName, decodeClose } from '../websocket/closing.js';
import { Opcode, opcodeName, type Role } from '../websocket/frame.js';
import type { Told } from './connection.js';

/** Columns of the time, the number and the direction; what is said begins behind them. */
const MARGIN = 23;
const NO_ONE = ' '.repeat(9);
const ARROWS: Record<Role, string> = { client: 'client → ', server: '← server ' };
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
 */
export function tapLines(told: Told, now: number, width: number): string[] {
  const { from, text, below = [], problems = [] } = saying(told, width - MARGIN);
  const time = (now / 1000).toFixed(3).padStart(8);
  const number = `#${told.number}`.padEnd(4);
  const paint = from === null ? pc.bold : from === 'client' ? pc.cyan : pc.magenta;
  const who = paint(from === null ? NO_ONE : ARROWS[from]);
  const room = width - MARGIN;
  const lines = [`${pc.dim(`${time} ${number}`)} ${who}${cut(text, room)}`.trimEnd()];
  for (const line of below) lines.push(' '.repeat(MARGIN) + cut(line, room));
  for (const problem of problems) {
    const wrapped = wrap(problem, room).map((line, i) => `${i === 0 ? '! ' : '  '}${line}`);
    lines.push(...wrapped.map((line) => ' '.repeat(MARGIN - 2) + pc.red(line)));
  }
  return lines;
}

function saying(told: Told, room: number): Saying {
  switch (told.kind) {
    case 'open':
      return { from: null, text: `a client from ${told.client.host}:${told.client.port}` };
    case 'refused':
      return { from: null, text: 'the client gets RST:', problems: [told.reason] };
    case 'fin':
      return { from: told.from, text: 'FIN' };
    case 'reset':
      return { from: told.from, text: 'RST' };
    case 'end': {
      const { client, server } = told.passed;
      const text = `over: ${count(client, 'byte')} from the client, ${server} from the server`;
      return { from: null, text };
    }
    case 'passing':
      return sayingOf(told.passing, room);
  }
}

function sayingOf(passing: Passing, room: number): Saying {
  const { from } = passing;
  switch (passing.kind) {
    case 'handshake':
      return handshake(passing);
    case 'other':
      return otherThing(passing);
    case 'frame':
      return frame(passing, room);
    case 'problem':
      return { from, text: 'within the frame above:', problems: [ruleText(passing.problem)] };
    case 'rest':
      return { from, text: 'the stream ends too early:', problems: [restText(passing)] };
  }
}

function handshake({ from, line, inspection, deflate }: PassingHandshake): Saying {
  const { key, accept, acceptOk, problems } = inspection;
  const extension = 'permessage-deflate';
  const [what, detail] =
    from === 'client'
      ? ['request', `key ${key ?? 'missing'}${deflate ? `, offers ${extension}` : ''}`]
      : ['answer ', `accept ${accept ?? 'missing'}${acceptOk ? ', right for the key' : ''}`];
  const below = [printable(detail)];
  if (from === 'server' && deflate) below.push(`${extension} is agreed on`);
  return { from, text: `${what} ${printable(line)}`, below, problems: problems.map(ruleText) };
}

function otherThing({ from, reason, length }: PassingOther): Saying {
  const text = `not WebSocket: ${count(length, 'byte')} passed on, and all that follows`;
  return { from, text, below: [printable(reason)] };
}

function frame(told: PassingFrame, room: number): Saying {
  const { from, header, problems } = told;
  const name = opcodeName(header.opcode).padEnd(6);
  const fin = header.fin ? 'fin ' : 'more';
  const masked = header.masked ? 'masked  ' : 'unmasked';
  const length = String(header.payloadLength).padStart(5);
  const text = `${name} ${fin} ${masked} ${length} byte${header.payloadLength === 1 ? ' ' : 's'}`;
  const content = payloadText(told, room);
  const fits = stringWidth(text) + 2 + stringWidth(content) <= room;
  return {
    from,
    text: fits ? `${text}  ${content}` : text,
    below: fits ? [] : fold(content, room),
    problems: problems.map(ruleText),
  };
}

function payloadText({ header, payload, text, compressed }: PassingFrame, room: number): string {
  // enough for the lines that are shown, whatever their characters; what is long is cut there
  if (text !== null) return printable(text.slice(0, 4 * MOST_LINES * room));
  if (compressed) return 'compressed by permessage-deflate';
  if (header.opcode === Opcode.close && payload.length >= 2) {
    const { code, reason } = decodeClose(payload);
    return printable(`${code} ${closeCodeName(code)}${reason === '' ? '' : `: ${reason}`}`);
  }
  const hex = toHex(payload.subarray(0, MOST_BYTES)).replace(/..(?!$)/g, '$& ');
  return header.payloadLength > MOST_BYTES ? `${hex} …` : hex;
}

function ruleText(problem: {
  readonly code: string;
  readonly closeCode: number | null;
  readonly section: string;
  readonly message: string;
}): string {
  const { code, closeCode, section, message } = problem;
  const close = closeCode === null ? '' : `, close code ${closeCode}`;
  return printable(`${code}${close} (RFC 6455 ${section}): ${message}`);
}

function restText({ have, payloadLength }: PassingRest): string {
  return payloadLength === null
    ? `${count(have, 'byte')} of a head are here, and no more`
    : `${have} of the ${count(payloadLength, 'byte')} of a payload are here, and no more`;
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
