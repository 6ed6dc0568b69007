/**
 * From bytes to spans: the handshake, the frames, what the original would see of them, and the
 * rest. Any bytes can be inspected; what is wrong with them is said and not thrown.
 * @module
 */

import type { Language } from '../texts/language.js';
import { type Compression, Inflater } from '../websocket/deflate.js';
import {
  DEFLATE_DEFAULTS,
  type DeflateParameters,
  readDeflateAnswer,
} from '../websocket/deflate-offer.js';
import { parseExtensions } from '../websocket/extensions.js';
import type { Role } from '../websocket/frame.js';
import { newStream } from '../websocket/parser.js';
import type { InspectedFrame } from './frame.js';
import { handshakeAt, readAnswer, readRequest } from './handshake.js';
import type { HandshakeInspection, Inspection, Rest } from './inspection.js';
import { type Meanings, meaningsIn } from './meanings.js';
import { FrameReader } from './messages.js';
import { originalReads } from './original.js';
import type { Cut, ReadFrame } from './read-frame.js';

const EXTENSIONS = 'sec-websocket-extensions';

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
  /**
   * Inflates compressed messages, the first MiB that comes out of them; without it they are named as
   * such. `nodeCompression.inflate` is Node's.
   */
  readonly inflate?: Compression['inflate'];
  /** The language of the sentences. Default English. */
  readonly language?: Language;
  /** Sentences of one's own; those of the language by default. */
  readonly meanings?: Meanings;
}

/** The handshake at the beginning of the input. */
interface Opening {
  readonly handshakes: HandshakeInspection[];
  readonly end: number;
  readonly rest: Rest | null;
  readonly deflate: 'agreed' | 'offered' | null;
  /** What the answer agrees to; what holds without a word when it is not here. */
  readonly parameters: DeflateParameters;
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
  const { role = 'auto', key = null, deflate, inflate } = options;
  const { meanings = meaningsIn(options.language) } = options;
  const opening = readOpening(bytes, key, meanings);
  const { handshakes, end } = opening;
  const from = role === 'auto' ? guessRole(bytes, opening) : role;
  const agreed = deflate === undefined ? opening.deflate : deflate ? 'agreed' : null;
  const source = { input: bytes, direction: from, deflate: agreed, meanings };
  const inflater = inflate === undefined ? null : new Inflater(inflate, opening.parameters, from);
  const reader = new FrameReader(source, newStream(from, { rsv1: agreed !== null }), inflater);
  const frames: InspectedFrame[] = [];
  let { rest } = opening;
  for (let at = rest === null ? end : bytes.length; at < bytes.length; ) {
    const { frame, read } = reader.read(at);
    at = read.end;
    if (read.cut !== null) rest = restOf(frame, read, read.cut, meanings);
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
        meanings,
      });
    },
    rest,
  };
}

/** Tells whether anything in an inspection breaks a rule. */
export function hasProblems({ frames, handshakes }: Inspection): boolean {
  return [frames, handshakes].some((list) => list.some(({ problems }) => problems.length > 0));
}

function readOpening(bytes: Uint8Array, key: string | null, meanings: Meanings): Opening {
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
    deflate = offersDeflate(head.fields) ? 'agreed' : null;
    const agreed = readDeflateAnswer(head.fields.get(EXTENSIONS) ?? '');
    if (typeof agreed !== 'string') parameters = agreed;
    break;
  }
  return { handshakes, end, rest: null, deflate, parameters };
}

function offersDeflate(fields: ReadonlyMap<string, string>): boolean {
  const extensions = parseExtensions(fields.get(EXTENSIONS) ?? '') ?? [];
  return extensions.some(({ name }) => name === 'permessage-deflate');
}

/** By the mask bit; where that is not here, by the handshake. */
function guessRole(bytes: Uint8Array, { end, handshakes }: Opening): Role {
  const second = bytes[end + 1];
  if (second === undefined) return handshakes.at(-1)?.direction ?? 'client';
  return (second & 0b1000_0000) !== 0 ? 'client' : 'server';
}

/** The frame that the input ends within. One with a problem is shown among the frames, and holds its bytes there. */
function restOf(frame: InspectedFrame, read: ReadFrame, cut: Cut, meanings: Meanings): Rest {
  const shown = frame.problems.length > 0;
  const have = read.end - read.offset;
  const { needs, least } = cut;
  const what =
    cut.field === 'payload'
      ? meanings.restOfPayload({ have, part: cut.have, length: cut.length })
      : cut.have > 0
        ? meanings.restOfHeader({ have, field: cut.field })
        : meanings.restBegun({ have });
  const meaning = meanings.restFrame({ needs, least, what });
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
