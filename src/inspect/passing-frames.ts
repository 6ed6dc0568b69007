/**
 * Frames of one direction as their bytes pass by: in any pieces, and without keeping more than the
 * beginning of a long payload. Drives the parser that the server runs, notes its problems and goes on.
 * @module
 */

import { closeProblem, utf8Problem } from '../websocket/closing.js';
import type { DeflateParameters } from '../websocket/deflate-offer.js';
import { type FrameHeader, isControl, Opcode, type Role } from '../websocket/frame.js';
import { mask } from '../websocket/mask.js';
import { type Ask, newStream, parseFrame, type StreamState } from '../websocket/parser.js';
import type { Problem } from '../websocket/problem.js';
import { Utf8Checker } from '../websocket/utf8.js';
import { Closing } from './closed.js';
import { type PassingInflated, PassingInflater } from './passing-inflater.js';
import { type Exact, exactLengthAt } from './read-frame.js';

/** A frame with a longer payload, in bytes, is told from its beginning. */
export const KEPT_LENGTH = 65_536;

/** Two bytes, a length of eight and a masking key. */
const LONGEST_HEADER = 14;

/** A frame: whole, or the beginning of one that is too long to keep or that the stream ends within. */
export interface PassingFrame {
  readonly kind: 'frame';
  readonly from: Role;
  readonly header: FrameHeader;
  /** The payload's length, exactly. */
  readonly length: Exact;
  /** Whether permessage-deflate has compressed the message that it belongs to. */
  readonly compressed: boolean;
  /** Unmasked; at most `KEPT_LENGTH` bytes of it. */
  readonly payload: Uint8Array;
  /** The payload as text, where it is a piece of a text message that is not compressed. */
  readonly text: string | null;
  /** What the compressed message that ends here becomes; null where none ends, or it cannot be inflated. */
  readonly inflated: PassingInflated | null;
  /** The frame as it came; null when it is told from its beginning. */
  readonly bytes: Uint8Array | null;
  readonly problems: readonly Problem[];
}

/** A problem that showed after its frame was told: deep in a long text. */
export interface PassingProblem {
  readonly kind: 'problem';
  readonly from: Role;
  readonly problem: Problem;
}

/** The stream ends within a frame. */
export interface PassingRest {
  readonly kind: 'rest';
  readonly from: Role;
  /** Bytes of the header or, where that is whole, of the payload that are here. */
  readonly have: number;
  /** The payload's length; null when the header is not whole. */
  readonly payloadLength: Exact | null;
}

/** A message under way. */
interface Message {
  readonly isText: boolean;
  readonly compressed: boolean;
  readonly checker: Utf8Checker;
  /** Carries a character from one frame into the next. */
  decoder: ReturnType<typeof newDecoder>;
  bad: boolean;
  /** The payloads of a compressed one, as far as all of them are here. */
  pieces: Uint8Array[] | null;
  length: number;
}

/** Takes a stream in any pieces and tells its frames. */
export class PassingFrames {
  readonly #stream: StreamState;
  #parser: ReturnType<typeof parseFrame>;
  #ask: Ask;
  /** The value of the field being read, and how many bytes of it, or of the payload, are here. */
  #value = 0;
  #have = 0;
  /** The frame as it came, as far as it is kept. */
  #kept = new Uint8Array(LONGEST_HEADER);
  #keptLength = 0;
  #headerLength = 0;
  #problems: Problem[] = [];
  #message: Message | null = null;
  #isTold = false;
  readonly #closing = new Closing();
  readonly #deflate: DeflateParameters | null;
  /** Made for the first message that is compressed: most streams have none. */
  #inflater: PassingInflater | null = null;

  /**
   * @param from who sends it
   * @param deflate what was agreed on of permessage-deflate, or may be; null where RSV1 has no meaning
   */
  constructor(from: Role, deflate: DeflateParameters | null) {
    this.#stream = newStream(from, { rsv1: deflate !== null });
    this.#deflate = deflate;
    this.#parser = parseFrame(this.#stream);
    this.#ask = this.#begin();
  }

  /** Takes the next piece; what it makes whole is told. The piece is not changed and not kept. */
  *feed(bytes: Uint8Array): Generator<PassingFrame | PassingProblem> {
    let at = 0;
    for (;;) {
      // a long payload is told where its kept part ends, however its bytes are cut
      const length =
        this.#have < KEPT_LENGTH ? Math.min(this.#ask.length, KEPT_LENGTH) : this.#ask.length;
      const piece = bytes.subarray(at, at + length - this.#have);
      at += piece.length;
      this.#have += piece.length;
      this.#keep(piece);
      if (this.#ask.ask !== 'payload') {
        for (const byte of piece) this.#value = this.#value * 256 + byte;
      } else if (piece.length > 0) {
        yield* this.#takePayload(piece, this.#ask.header);
      }
      if (this.#have === this.#ask.length) yield* this.#resume();
      else if (at === bytes.length) return;
    }
  }

  /** Whether a frame has begun and is not whole. */
  get isWithinFrame(): boolean {
    return this.#ask.ask === 'payload' || this.#keptLength > 0;
  }

  /** Ends the stream: what it breaks off within is told. */
  *end(): Generator<PassingFrame | PassingRest> {
    const { from } = this.#stream;
    if (this.#ask.ask === 'payload') {
      const { header } = this.#ask;
      if (!this.#isTold) yield this.#tell(header, false);
      const payloadLength = exactLengthAt(this.#kept);
      yield { kind: 'rest', from, have: this.#have, payloadLength };
    } else if (this.#keptLength > 0) {
      yield { kind: 'rest', from, have: this.#keptLength, payloadLength: null };
    }
  }

  *#takePayload(piece: Uint8Array, header: FrameHeader): Generator<PassingFrame | PassingProblem> {
    const problem = this.#check(piece, header);
    if (problem !== null) {
      if (this.#isTold) yield { kind: 'problem', from: this.#stream.from, problem };
      else this.#problems.push(problem);
    }
    const isLong = header.payloadLength > KEPT_LENGTH && this.#have >= KEPT_LENGTH;
    if (isLong && !this.#isTold) yield this.#tell(header, false);
  }

  /** Checks a piece of a payload that may be text. */
  #check(piece: Uint8Array, { opcode, maskingKey }: FrameHeader): Problem | null {
    const message = this.#message;
    if (isControl(opcode) || message === null || !isReadable(message)) return null;
    let plain = piece;
    if (maskingKey !== null) {
      plain = new Uint8Array(piece); // a copy, which slice makes of no Buffer
      mask(plain, maskingKey, this.#have - piece.length);
    }
    const bad = message.checker.push(plain);
    message.bad = bad >= 0;
    return bad < 0 ? null : utf8Problem(bad, message.checker, 'text');
  }

  /** Hands the parser what it asked for, and goes on to its next ask. */
  *#resume(): Generator<PassingFrame | PassingProblem> {
    for (let next = this.#parser.next(this.#value); ; next = this.#parser.next(0)) {
      if (next.done) {
        yield* this.#finish(next.value);
        return;
      }
      if (!('ask' in next.value)) {
        this.#problems.push(next.value);
        continue;
      }
      this.#ask = next.value;
      this.#value = 0;
      this.#have = 0;
      if (next.value.ask === 'payload') yield* this.#openPayload(next.value.header);
      return;
    }
  }

  *#openPayload(header: FrameHeader): Generator<PassingFrame> {
    this.#openMessage(header);
    const whole = new Uint8Array(this.#keptLength + Math.min(header.payloadLength, KEPT_LENGTH));
    whole.set(this.#kept.subarray(0, this.#keptLength));
    this.#kept = whole;
    this.#headerLength = this.#keptLength;
    // such a length is a mistake: its end, where frames are told, would not come
    if (header.payloadLength > Number.MAX_SAFE_INTEGER) yield this.#tell(header, false);
  }

  *#finish(header: FrameHeader): Generator<PassingFrame | PassingProblem> {
    const { from } = this.#stream;
    if (header.payloadLength === 0) {
      this.#openMessage(header);
      this.#headerLength = this.#keptLength;
    }
    const problem = this.#problemAtEnd(header);
    if (problem !== null && this.#isTold) yield { kind: 'problem', from, problem };
    else if (problem !== null) this.#problems.push(problem);
    if (!this.#isTold) yield this.#tell(header, true);
    if (!isControl(header.opcode) && header.fin) this.#message = null;
    this.#parser = parseFrame(this.#stream);
    this.#ask = this.#begin();
  }

  #problemAtEnd({ opcode, fin }: FrameHeader): Problem | null {
    // 5.4: what is checked is the message; a fragment may end within a character
    const message = this.#message;
    if (isControl(opcode) || !fin || message === null || !isReadable(message)) return null;
    return message.checker.complete ? null : utf8Problem(-1, message.checker, 'text');
  }

  #openMessage({ opcode, rsv1 }: FrameHeader): void {
    if (isControl(opcode)) return;
    if (opcode === Opcode.continuation) {
      if (this.#stream.opcode === null) this.#message = null;
      return;
    }
    this.#message = {
      isText: opcode === Opcode.text,
      compressed: rsv1 && this.#stream.rsv1,
      checker: new Utf8Checker(),
      decoder: newDecoder(),
      bad: false,
      pieces: rsv1 && this.#stream.rsv1 ? [] : null,
      length: 0,
    };
  }

  #tell(header: FrameHeader, isWhole: boolean): PassingFrame {
    this.#isTold = true;
    const { from } = this.#stream;
    const bytes = this.#kept.slice(0, this.#keptLength);
    const payload = bytes.slice(this.#headerLength);
    if (header.maskingKey !== null) mask(payload, header.maskingKey);
    const problems = [...this.#problems];
    if (header.opcode === Opcode.close && isWhole) {
      const problem = closeProblem(payload);
      if (problem !== null) problems.push(problem);
    }
    const late = this.#closing.next(header.opcode);
    if (late !== null) problems.push(late);
    const message = isControl(header.opcode) ? null : this.#message;
    let text: string | null = null;
    if (message?.isText && !message.compressed) {
      text = message.decoder.decode(payload, { stream: !isWhole || !header.fin });
      if (!isWhole) message.decoder = newDecoder(); // the frame's last characters pass unread
    }
    const compressed = message?.compressed ?? false;
    const inflated = compressed ? this.#inflate(header, payload, isWhole, problems) : null;
    const length = exactLengthAt(bytes);
    const known = {
      kind: 'frame',
      from,
      header,
      length,
      compressed,
      payload,
      text,
      problems,
    } as const;
    return { ...known, inflated, bytes: isWhole ? bytes : null };
  }

  /** Inflates the message that ends with a frame; one that is too long to keep is lost. */
  #inflate(
    { fin }: FrameHeader,
    payload: Uint8Array,
    isWhole: boolean,
    problems: Problem[],
  ): PassingInflated | null {
    const message = this.#message;
    if (message === null) return null;
    message.length += payload.length;
    if (!isWhole || message.length > KEPT_LENGTH) message.pieces = null;
    message.pieces?.push(payload);
    if (!fin && isWhole) return null;
    this.#inflater ??= new PassingInflater(this.#stream.from, this.#deflate);
    return this.#inflater.message(message.pieces, message, problems);
  }

  /** Asks for the first field of the next frame. */
  #begin(): Ask {
    this.#value = 0;
    this.#have = 0;
    this.#kept = new Uint8Array(LONGEST_HEADER);
    this.#keptLength = 0;
    this.#problems = [];
    this.#isTold = false;
    const { value } = this.#parser.next(0);
    if (value === undefined || !('ask' in value))
      throw new Error('bug: a frame begins with an ask');
    return value;
  }

  #keep(piece: Uint8Array): void {
    const fits = piece.subarray(0, this.#kept.length - this.#keptLength);
    this.#kept.set(fits, this.#keptLength);
    this.#keptLength += fits.length;
  }
}

function isReadable({ isText, compressed, bad }: Message): boolean {
  return isText && !compressed && !bad;
}

function newDecoder() {
  return new TextDecoder('utf-8', { ignoreBOM: true });
}
