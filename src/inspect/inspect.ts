/**
 * From bytes to spans: the handshake, the frames, what the original would see of them, and the
 * rest. Any bytes can be inspected; what is wrong with them is said and not thrown.
 * @module
 */

import type { Role } from '../websocket/frame.js';
import { newStream } from '../websocket/parser.js';
import type { InspectedFrame } from './frame.js';
import { handshakeAt, readAnswer, readRequest } from './handshake.js';
import type { HandshakeInspection, Inspection, Rest } from './inspection.js';
import { MEANINGS } from './meanings.js';
import { FrameReader } from './messages.js';
import { originalReads } from './original.js';
import type { Cut, ReadFrame } from './read-frame.js';

/** What may be known beside the bytes. */
export interface InspectOptions {
  /** Who sent the bytes; `auto`, the default, goes by the mask bit of the first frame. */
  readonly role?: Role | 'auto';
  /** The key of the request, when the bytes are those of the answer. */
  readonly key?: string;
  /** Whether permessage-deflate was agreed on; by default what the handshake in the bytes says. */
  readonly deflate?: boolean;
  /** The lengths of the pieces in which the bytes came, for what the original would read. */
  readonly arrivals?: readonly number[];
}

/** The handshake at the beginning of the input. */
interface Opening {
  readonly handshakes: HandshakeInspection[];
  readonly end: number;
  readonly rest: Rest | null;
  readonly deflate: 'agreed' | 'offered' | null;
}

/**
 * Explains the bytes of one direction, every one of them.
 *
 * A request and its answer may stand one behind the other in front of the frames, as people paste
 * them. Time is linear in the bytes; spans and their parts are made when they are read.
 *
 * @param bytes kept, and not to be changed while the inspection is in use
 */
export function inspect(bytes: Uint8Array, options: InspectOptions = {}): Inspection {
  const opening = readOpening(bytes, options.key ?? null);
  const { handshakes, end } = opening;
  const { role = 'auto', deflate } = options;
  const from = role === 'auto' ? guessRole(bytes, opening) : role;
  const agreed = deflate === undefined ? opening.deflate : deflate ? 'agreed' : null;
  const reader = new FrameReader(bytes, newStream(from, { rsv1: agreed !== null }), agreed);
  const frames: InspectedFrame[] = [];
  let { rest } = opening;
  for (let at = rest === null ? end : bytes.length; at < bytes.length; ) {
    const { frame, read } = reader.read(at);
    at = read.end;
    if (read.cut !== null) rest = restOf(frame, read, read.cut);
    if (read.cut === null || frame.problems.length > 0) frames.push(frame);
  }
  return {
    frames,
    handshakes,
    get original() {
      if (handshakes.some(({ direction }) => direction === 'server')) return [];
      if (from === 'server' && handshakeAt(bytes, 0) !== 'request') return [];
      const { arrivals = [] } = options;
      return originalReads({
        input: bytes,
        handshakes,
        frames,
        restAt: rest?.offset ?? null,
        arrivals,
      });
    },
    rest,
  };
}

/** Tells whether anything in an inspection breaks a rule. */
export function hasProblems({ frames, handshakes }: Inspection): boolean {
  return [frames, handshakes].some((list) => list.some(({ problems }) => problems.length > 0));
}

function readOpening(bytes: Uint8Array, key: string | null): Opening {
  const handshakes: HandshakeInspection[] = [];
  let deflate: Opening['deflate'] = null;
  let asked: ReadonlyMap<string, string> | null = null;
  let end = 0;
  if (handshakeAt(bytes, 0) === 'request') {
    const head = readRequest(bytes, 0);
    if ('rest' in head) return { handshakes, end, rest: head.rest, deflate };
    handshakes.push(head.handshake);
    asked = head.fields;
    if (offersDeflate(head.fields)) deflate = 'offered';
    end = head.handshake.length;
  }
  if (handshakeAt(bytes, end) === 'answer') {
    const head = readAnswer(bytes, end, asked, handshakes[0]?.key ?? key);
    if ('rest' in head) return { handshakes, end, rest: head.rest, deflate };
    handshakes.push(head.handshake);
    deflate = offersDeflate(head.fields) ? 'agreed' : null;
    end += head.handshake.length;
  }
  return { handshakes, end, rest: null, deflate };
}

function offersDeflate(fields: ReadonlyMap<string, string>): boolean {
  return /(^|,)[ \t]*permessage-deflate[ \t]*($|[;,])/i.test(
    fields.get('sec-websocket-extensions') ?? '',
  );
}

/** By the mask bit; where that is not here, by the handshake. */
function guessRole(bytes: Uint8Array, { end, handshakes }: Opening): Role {
  const second = bytes[end + 1];
  if (second === undefined) return handshakes.at(-1)?.direction ?? 'client';
  return (second & 0b1000_0000) !== 0 ? 'client' : 'server';
}

/** The frame that the input ends within. One with a problem is shown among the frames, and holds its bytes there. */
function restOf(frame: InspectedFrame, read: ReadFrame, cut: Cut): Rest {
  const shown = frame.problems.length > 0;
  const have = read.end - read.offset;
  const { needs, least } = cut;
  const what =
    cut.field === 'payload'
      ? MEANINGS.restOfPayload({ have: cut.have, length: cut.length })
      : cut.have > 0
        ? MEANINGS.restOfHeader({ field: cut.field })
        : '';
  const meaning = MEANINGS.restFrame({ have, needs, least, what });
  const offset = shown ? read.end : read.offset;
  if (shown) return { offset, length: 0, needs, meaning, spans: [] };
  return {
    offset,
    length: have,
    needs,
    meaning,
    get spans() {
      return frame.spans;
    },
  };
}
