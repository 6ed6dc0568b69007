/**
 * The handshake that some bytes begin with, and what it says of the frames behind it: whether they are
 * compressed, and who sends them.
 * @module
 */

import {
  DEFLATE_DEFAULTS,
  type DeflateParameters,
  readDeflateAnswer,
} from '../websocket/deflate-offer.js';
import { parseExtensions } from '../websocket/extensions.js';
import type { Role } from '../websocket/frame.js';
import { handshakeAt, readAnswer, readRequest } from './handshake.js';
import type { HandshakeInspection, Rest } from './inspection.js';
import type { Meanings } from './meanings.js';

const EXTENSIONS = 'sec-websocket-extensions';

/** The handshake at the beginning of the input. */
export interface Opening {
  readonly handshakes: HandshakeInspection[];
  readonly end: number;
  readonly rest: Rest | null;
  readonly deflate: 'agreed' | 'offered' | null;
  /** What the answer agrees to; what holds without a word when it is not here. */
  readonly parameters: DeflateParameters;
}

/** Reads it, as far as it is here. */
export function readOpening(bytes: Uint8Array, key: string | null, meanings: Meanings): Opening {
  const handshakes: HandshakeInspection[] = [];
  let deflate: Opening['deflate'] = null;
  let parameters = DEFLATE_DEFAULTS;
  let asked: ReadonlyMap<string, string> | null = null;
  let end = 0;
  if (handshakeAt(bytes, 0) === 'request') {
    const head = readRequest(bytes, 0, meanings);
    if ('rest' in head) return { handshakes, end, rest: head.rest, deflate, parameters };
    handshakes.push(head.handshake);
    asked = head.fields;
    if (offersDeflate(head.fields)) deflate = 'offered';
    end = head.handshake.length;
  }
  while (handshakeAt(bytes, end) === 'answer') {
    const head = readAnswer(bytes, end, asked, handshakes[0]?.key ?? key, meanings);
    if ('rest' in head) return { handshakes, end, rest: head.rest, deflate, parameters };
    handshakes.push(head.handshake);
    end += head.handshake.length;
    if (head.isInterim) continue;
    const agreed = agreedIn(head.fields);
    deflate = agreed === false ? null : 'agreed';
    if (agreed !== false) parameters = agreed;
    break;
  }
  return { handshakes, end, rest: null, deflate, parameters };
}

/** What an answer agrees to; where it cannot be read, what holds without a word. */
export function agreedIn(fields: ReadonlyMap<string, string>): DeflateParameters | false {
  if (!offersDeflate(fields)) return false;
  const agreed = readDeflateAnswer(fields.get(EXTENSIONS) ?? '');
  return typeof agreed === 'string' ? DEFLATE_DEFAULTS : agreed;
}

function offersDeflate(fields: ReadonlyMap<string, string>): boolean {
  const extensions = parseExtensions(fields.get(EXTENSIONS) ?? '') ?? [];
  return extensions.some(({ name }) => name === 'permessage-deflate');
}

/** By the handshake, where it has one half only: a masked answer is wrong, and no client. Else by the mask bit. */
export function guessRole(bytes: Uint8Array, { end, handshakes }: Opening): Role {
  const [first, ...others] = handshakes;
  if (first !== undefined && others.every(({ direction }) => direction === first.direction)) {
    return first.direction;
  }
  const second = bytes[end + 1];
  if (second === undefined) return handshakes.at(-1)?.direction ?? 'client';
  return (second & 0b1000_0000) !== 0 ? 'client' : 'server';
}
