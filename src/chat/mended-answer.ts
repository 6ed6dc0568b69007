/**
 * What the mirror writes, as a server without some of its mistakes would have written it.
 * @module
 */

import { toUtf8 } from '../bytes.js';
import { encodeFrame, Opcode } from '../websocket/frame.js';
import type { Member, Mends } from './mended-facts.js';
import { build, textOf } from './original.js';
import { phpJsonDecode, phpJsonEncode } from './php-json.js';
import { type PhpArray, type PhpValue, phpList } from './php-values.js';

/** For whom something is written, and among whom. */
export interface Audience {
  to: Member;
  /** All in the mirror's table, in its order. */
  members: readonly Member[];
  /** The mirror tells of one who has left. */
  hasLeft: boolean;
  /** That one was never let in. */
  wasRefused: boolean;
}

/** The head of the original's answer, with its two oddities. */
const ODD_HEAD = /Sec-WebSocket-Version: 13\r\nConnection: Upgrade\r\nSec-WebSocket-Accept:/;
const PLAIN_HEAD = 'Connection: Upgrade\r\nSec-WebSocket-Accept: ';

/** The bytes that go out in place of what the mirror writes in one go: a head or a frame; none to say nothing. */
export function answerFor(bytes: Uint8Array, audience: Audience, mends: Mends): Uint8Array {
  const { to, hasLeft, wasRefused } = audience;
  if (to.isClosing || (hasLeft && wasRefused)) return new Uint8Array(0);
  if (bytes[0] === 0x48 /* H of HTTP */) {
    to.isOpen = true;
    const head = textOf(bytes);
    return toUtf8(mends.has('D32') ? head.replace(ODD_HEAD, PLAIN_HEAD) : head);
  }
  if (mends.has('D15') && !to.isOpen) return new Uint8Array(0);
  const payload = payloadOf(bytes);
  let value = phpJsonDecode(payload);
  if (mends.has('D16') && hasLeft && value instanceof Map && value.get('content') === '') {
    return new Uint8Array(0); // nobody knew that it was there
  }
  value = withUsers(value, audience, mends);
  const encoded = payload.length === 0 ? payload : phpJsonEncode(value) || payload;
  const json = mends.has('D33') ? toUtf8(withoutEscapes(textOf(encoded))) : encoded;
  return mends.has('D24') ? encodeFrame(Opcode.text, json) : build(json);
}

/** The message with another list of who is here. */
function withUsers(value: PhpValue, { members }: Audience, mends: Mends): PhpValue {
  if (!(value instanceof Map)) return value;
  const message: PhpArray = value;
  const list = message.get('user_list');
  if (!(list instanceof Map) || list.size !== members.length) return value;
  const names = [...list.values()];
  let users = members.map((member, i) => ({ member, name: names[i] ?? null }));
  if (mends.has('D34')) {
    const place = ({ login }: Member): number => (login === 0 ? Number.MAX_SAFE_INTEGER : login);
    users = users.sort((a, b) => place(a.member) - place(b.member));
  }
  if (mends.has('D16')) users = users.filter(({ member }) => member.isNamed);
  return new Map([...message, ['user_list', phpList(users.map(({ name }) => name))]]);
}

/** JSON with every character that json_encode escapes without need written out. */
function withoutEscapes(json: string): string {
  const pair = /\\u(d[89ab][\da-f]{2})\\u(d[c-f][\da-f]{2})/;
  const one = /\\u([\da-f]{4})/;
  const all = new RegExp(`\\\\/|${pair.source}|${one.source}|\\\\.`, 'g');
  return json.replace(all, (found, high?: string, low?: string, alone?: string) => {
    if (found === '\\/') return '/';
    if (high !== undefined && low !== undefined) return unit(high) + unit(low);
    const code = Number.parseInt(alone ?? '0', 16);
    const isNeeded = code < 0x80 || (code >= 0xd800 && code < 0xe000);
    return isNeeded ? found : String.fromCharCode(code);
  });
}

function unit(hex: string): string {
  return String.fromCharCode(Number.parseInt(hex, 16));
}

function payloadOf(frame: Uint8Array): Uint8Array {
  const form = (frame[1] ?? 0) & 0b0111_1111;
  return frame.subarray(form === 126 ? 4 : form === 127 ? 10 : 2);
}
