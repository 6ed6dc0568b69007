/**
 * From bytes to frames, for whoever obeys the RFC: drives the parser, keeps what it asked for,
 * unmasks, checks text and Close payloads, and stops at the first problem. Any cut of the same
 * stream gives the same frames and the same problem.
 * @module
 */

import type { ByteTools } from '../bytes.js';
import { closeProblem, utf8Problem } from './closing.js';
import { type Frame, type FrameHeader, HEADER_ROOM, isControl, Opcode } from './frame.js';
import { FRAME_PARTS, type FrameParts, type TextChecker } from './frame-parts.js';
import {
  type Ask,
  FIN_RSV_OPCODE,
  newStream,
  type PayloadAsk,
  type parseFrame,
  type StreamState,
} from './parser.js';
import { Pieces } from './pieces.js';
import { type Problem, ProtocolError } from './problem.js';

const EMPTY: Uint8Array = new Uint8Array(0);

/** From so many bytes on a payload has room for a header in front: to send it back then copies nothing. */
const ROOM_PAYS_FROM = 4_096;

/** Below this many bytes a loop wins over making a view for `set`. */
const VIEW_PAYS_FROM = 128;

/** How a stream is decoded. */
export interface DecoderOptions {
  /** Whether permessage-deflate was agreed on. Default false. */
  rsv1?: boolean;
  /** The longest message, in bytes. No limit by default. */
  maxMessageLength?: number;
  /** What the machine does faster. */
  tools?: ByteTools | null;
  /** Parts of the reading that another does. @internal */
  parts?: FrameParts;
}

/** Takes a stream in any pieces and gives its frames. */
export class FrameDecoder {
  readonly #stream: StreamState;
  readonly #tools: ByteTools | null;
  readonly #parts: FrameParts;
  /** Null between frames: a quiet connection, of which there may be thousands, needs none. */
  #parser: ReturnType<typeof parseFrame> | null = null;
  #ask: Ask = FIN_RSV_OPCODE;
  /** The value of the field being read, and how many bytes of it, or of the payload, are here. */
  #value = 0;
  #have = 0;
  #payload = EMPTY;
  /** The same memory, with room for a header in front. */
  #room: Uint8Array | undefined;
  /** What is here of a payload that does not come at once. */
  #pieces: Pieces | null = null;
  /** Of the text that has begun; null where none has. */
  #text: TextChecker | null = null;
  #problem: ProtocolError | null = null;
  #taken = 0;
  #mine = false;

  /**
   * @param from who sends the stream: the role of the other end
   * @param options `maxMessageLength` in bytes; no limit by default. `rsv1`: permessage-deflate was
   *   agreed on, so compressed messages may come; their text is checked when they are inflated.
   *   `tools`: what the machine does faster. `parts`: what reads, where that is not the kit's
   */
  constructor(from: StreamState['from'], options: DecoderOptions = {}) {
    this.#stream = newStream(from, options);
    this.#tools = options.tools ?? null;
    this.#parts = options.parts ?? FRAME_PARTS;
  }

  /** The first problem; after it nothing more is decoded. Null as long as the stream is good. */
  get problem(): ProtocolError | null {
    return this.#problem;
  }

  /** Whether a frame, or a fragmented message, is only partly here. */
  get midMessage(): boolean {
    return this.#have > 0 || this.#ask.ask !== 'fin-rsv-opcode' || this.#stream.opcode !== null;
  }

  /** Where the last `feed` stopped: the offset behind the last byte that it took. */
  get taken(): number {
    return this.#taken;
  }

  /**
   * Takes the next piece of the stream.
   *
   * @param bytes of any length; they are copied where they are kept, and not changed
   * @param from the offset at which the piece begins
   * @param most frames to give; behind so many the rest is left, from `taken` on
   * @param mine whether nobody else needs the bytes: then they may be kept, and unmasked where they lie
   * @returns the frames that are whole by now and stand before any problem
   */
  feed(bytes: Uint8Array, from = 0, most = Number.POSITIVE_INFINITY, mine = false): Frame[] {
    this.#mine = mine;
    const frames: Frame[] = [];
    let at = from;
    while (this.#problem === null) {
      const taken =
        this.#ask.ask === 'payload'
          ? this.#takePayload(bytes, at, this.#ask)
          : this.#takeField(bytes, at, this.#ask.length);
      at += taken;
      if (this.#problem !== null || this.#have < this.#ask.length) break;
      this.#resume(frames);
      if (frames.length >= most) break;
    }
    this.#taken = at;
    return frames;
  }

  #takeField(bytes: Uint8Array, at: number, length: number): number {
    const end = Math.min(bytes.length, at + length - this.#have);
    for (let i = at; i < end; i++) this.#value = this.#value * 256 + (bytes[i] as number);
    this.#have += Math.max(0, end - at);
    return end - at;
  }

  #takePayload(bytes: Uint8Array, at: number, { length, header }: PayloadAsk): number {
    const count = Math.min(bytes.length - at, length - this.#have);
    if (count === 0) return 0;
    const start = this.#have;
    this.#have += count;
    const piece = this.#keep(bytes, at, count, length - start);
    if (header.maskingKey !== null) this.#parts.mask(piece, header.maskingKey, start);
    if (this.#isText(header)) {
      this.#text ??= new this.#parts.Text(this.#tools);
      const bad = this.#text.push(piece);
      // 8.1: a byte that is no UTF-8 fails the connection; we do not wait for the message's end
      if (bad >= 0) this.#stop(utf8Problem(bad, this.#text, 'text'));
    }
    return count;
  }

  /** Keeps the next piece of a payload, the usual one whole. @returns where it is kept */
  #keep(bytes: Uint8Array, at: number, count: number, left: number): Uint8Array {
    if (count === left && this.#pieces === null) {
      this.#makeRoom(count);
      copy(bytes, at, count, this.#payload);
      return this.#payload;
    }
    this.#pieces ??= new Pieces(this.#tools);
    return this.#pieces.add(bytes.subarray(at, at + count), left, this.#mine);
  }

  #makeRoom(length: number): void {
    if (length < ROOM_PAYS_FROM) {
      this.#payload = this.#memory(length);
    } else {
      this.#room = this.#memory(HEADER_ROOM + length);
      this.#payload = this.#room.subarray(HEADER_ROOM);
    }
  }

  #memory(length: number): Uint8Array {
    return this.#tools?.allocate(length) ?? new Uint8Array(length);
  }

  /** Hands the parser what it asked for, and goes on to its next ask. */
  #resume(frames: Frame[]): void {
    this.#parser ??= this.#begin();
    const result = this.#parser.next(this.#value);
    this.#value = 0;
    if (result.done) {
      this.#finish(result.value, frames);
    } else if ('ask' in result.value) {
      this.#ask = result.value;
      this.#have = 0;
    } else {
      this.#stop(result.value);
    }
  }

  #finish(header: FrameHeader, frames: Frame[]): void {
    if (this.#pieces !== null) {
      this.#makeRoom(header.payloadLength);
      this.#pieces.joinInto(this.#payload);
      this.#pieces = null;
    }
    const frame: Frame = withPayload(header, this.#payload, this.#room);
    this.#payload = EMPTY;
    this.#room = undefined;
    const problem = this.#problemAtEnd(frame);
    if (problem !== null) {
      this.#stop(problem);
      return;
    }
    frames.push(frame);
    this.#parser = null;
    this.#ask = FIN_RSV_OPCODE;
    this.#have = 0;
  }

  #problemAtEnd(frame: Frame): Problem | null {
    if (frame.opcode === Opcode.close) return closeProblem(frame.payload);
    // 5.4: what is checked is the message; a fragment may end within a character
    if (isControl(frame.opcode) || !frame.fin) return null;
    const text = this.#text;
    this.#text = null;
    return text === null || text.complete ? null : utf8Problem(-1, text, 'text');
  }

  /** Whether it is a piece of text that can be read as it comes. */
  #isText({ opcode, rsv1 }: FrameHeader): boolean {
    if (opcode === Opcode.text) return !rsv1;
    const { opcode: continued, compressed } = this.#stream;
    return opcode === Opcode.continuation && continued === Opcode.text && !compressed;
  }

  /** A parser that has asked for the first field. */
  #begin(): ReturnType<typeof parseFrame> {
    const parser = this.#parts.parse(this.#stream);
    parser.next(0);
    return parser;
  }

  #stop(problem: Problem): void {
    this.#problem = new ProtocolError(problem);
    this.#payload = EMPTY;
    this.#room = undefined;
    this.#pieces = null;
  }
}

/** Spelled out: an object of a known shape is made several times faster than an assigned one. */
function withPayload(header: FrameHeader, payload: Uint8Array, room?: Uint8Array): Frame {
  const { fin, rsv1, rsv2, rsv3, opcode, masked, payloadLength, maskingKey } = header;
  return { fin, rsv1, rsv2, rsv3, opcode, masked, payloadLength, maskingKey, payload, room };
}

function copy(from: Uint8Array, at: number, count: number, to: Uint8Array): void {
  if (count >= VIEW_PAYS_FROM) to.set(from.subarray(at, at + count));
  else for (let i = 0; i < count; i++) to[i] = from[at + i] as number;
}
