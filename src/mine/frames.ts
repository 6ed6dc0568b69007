/**
 * Frames, where what reads and writes them may be a student's: the bits of lesson 10, the lengths of 11, the
 * mask of 12, the text of 16. The kit's parser stays the only one: it is given the bytes as a part has
 * read them.
 * @module
 */

import { type ByteTools, joinBytes } from '../bytes.js';
import { encodeFrame, extendedLengthBytes, type FrameOptions } from '../websocket/frame.js';
import type { FrameParts, TextChecker } from '../websocket/frame-parts.js';
import { mask } from '../websocket/mask.js';
import { parseFrame } from '../websocket/parser.js';
import { Utf8Checker } from '../websocket/utf8.js';
import type { YourParts } from './your-parts.js';

/** What reads and writes the frames of one room. */
export function ownFrames(yours: YourParts): FrameParts {
  return {
    *parse(stream) {
      const header = new OwnHeader(yours);
      const parser = parseFrame(stream);
      let next = parser.next(0);
      while (next.done !== true) {
        const asked = next.value;
        const value = yield asked;
        next = parser.next('ask' in asked ? header.read(asked.ask, value) : value);
      }
      return next.value;
    },
    mask: (bytes, key, offset = 0) => unmask(yours, bytes, key, offset),
    Text: class extends OwnText {
      constructor(tools: ByteTools | null) {
        super(yours, tools);
      }
    },
    encode: (opcode, payload, options) => encode(yours, opcode, payload, options),
  };
}

/** What the exercise of lesson 10 gives. */
interface TwoBytes {
  fin: boolean;
  reserved: number;
  opcode: number;
  masked: boolean;
  length: number;
}

/** The header of one frame, field by field. */
class OwnHeader {
  readonly #yours: YourParts;
  #first = 0;
  #high = 0;

  constructor(yours: YourParts) {
    this.#yours = yours;
  }

  /** What the parser is given for a field whose value this is. */
  read(field: string, value: number): number {
    switch (field) {
      case 'fin-rsv-opcode': {
        this.#first = value;
        const { fin, reserved, opcode } = this.#bits(value, 0); // the second has perhaps not come
        return (fin ? 0b1000_0000 : 0) | (reserved << 4) | opcode;
      }
      case 'mask-length': {
        const { masked, length } = this.#bits(this.#first, value);
        if (length <= 125) this.#length(Uint8Array.of(length), length);
        return (masked ? 0b1000_0000 : 0) | length;
      }
      case 'extended-length-16':
        return this.#length(Uint8Array.of(126, value >>> 8, value), value);
      case 'extended-length-64':
        this.#high = value;
        return value;
      case 'extended-length-continued': {
        const length = this.#high * 2 ** 32 + value;
        if (!Number.isSafeInteger(length)) return value; // lesson 11 goes to 2 ** 53 - 1
        return this.#length(bytesOfLength(127, length), length) - this.#high * 2 ** 32;
      }
      default:
        return value;
    }
  }

  #bits(first: number, second: number): TwoBytes {
    return this.#yours.ask('header-bits', 'readTwoBytes', [first, second], {
      fin: (first & 0b1000_0000) !== 0,
      reserved: (first & 0b0111_0000) >>> 4,
      opcode: first & 0b0000_1111,
      masked: (second & 0b1000_0000) !== 0,
      length: second & 0b0111_1111,
    });
  }

  /** Null, for a longer form than is needed, the parser finds by itself. */
  #length(bytes: Uint8Array, length: number): number {
    const isShortest = bytes.length === 1 + extendedLengthBytes(length);
    return this.#yours.ask('lengths', 'readLength', [bytes], isShortest ? length : null) ?? length;
  }
}

/** A length in the form of 9 bytes. */
function bytesOfLength(first: number, length: number): Uint8Array {
  const bytes = new Uint8Array(9);
  bytes[0] = first;
  new DataView(bytes.buffer).setBigUint64(1, BigInt(length));
  return bytes;
}

function unmask(yours: YourParts, bytes: Uint8Array, key: number, offset: number): void {
  // no slice: that of a Buffer, which Node's sockets give, is the same memory
  const [before, handed] = [new Uint8Array(bytes), new Uint8Array(bytes)];
  mask(bytes, key, offset);
  if (!yours.has('unmask')) return;
  const ofKey = new Uint8Array(4);
  new DataView(ofKey.buffer).setUint32(0, key);
  yours.call({
    part: 'unmask',
    name: 'unmask',
    args: [handed, ofKey, offset],
    judge: (returned) => {
      const isKept = before.every((byte, i) => handed[i] === byte);
      if (isKept) return { given: returned, expected: bytes };
      return { given: { returned, bytes: handed }, expected: { returned: bytes, bytes: before } };
    },
  });
}

function encode(
  yours: YourParts,
  opcode: number,
  payload: Uint8Array,
  options?: FrameOptions,
): Uint8Array {
  const bytes = encodeFrame(opcode, payload, options);
  const end = 2 + extendedLengthBytes(payload.length);
  const written = yours.ask('lengths', 'writeLength', [payload.length], bytes.slice(1, end));
  bytes.set(written, 1);
  return bytes;
}

/** A text as it comes: beside the student's function the kit's checker knows which byte is wrong. */
class OwnText implements TextChecker {
  readonly #yours: YourParts;
  readonly #kit: Utf8Checker;
  #kept: Uint8Array = new Uint8Array(0);

  constructor(yours: YourParts, tools: ByteTools | null) {
    this.#yours = yours;
    this.#kit = new Utf8Checker(tools);
  }

  get complete(): boolean {
    return this.#kit.complete;
  }

  get position(): number {
    return this.#kit.position;
  }

  push(piece: Uint8Array): number {
    const bad = this.#kit.push(piece);
    if (piece.length === 0 || !this.#yours.has('utf-8')) return bad;
    const all = joinBytes([this.#kept, piece]);
    const end = this.#kit.complete ? all.length : lastFirstByte(all);
    const [text, kept] = [bad < 0 ? decoder.decode(all.subarray(0, end)) : '', all.slice(end)];
    const args = [new Uint8Array(this.#kept), new Uint8Array(piece)];
    this.#yours.ask('utf-8', 'takeText', args, bad < 0 ? { text, kept } : null);
    this.#kept = kept;
    return bad;
  }
}

/** A byte order mark is a character like any other. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Where the character begins that is not whole. */
function lastFirstByte(bytes: Uint8Array): number {
  let at = bytes.length - 1;
  while (at > 0 && ((bytes[at] as number) & 0b1100_0000) === 0b1000_0000) at--;
  return at;
}
