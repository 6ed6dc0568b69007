/**
 * What came on one connection of a probe, read as the client's side of RFC 6455 reads it. No I/O, and
 * no judgement; how much is kept has bounds.
 * @module
 */

import { isInterim } from '../websocket/client-handshake.js';
import { type Close, decodeClose } from '../websocket/closing.js';
import { FrameDecoder } from '../websocket/decoder.js';
import type { Inflater } from '../websocket/deflate.js';
import { type Frame, isControl, Opcode } from '../websocket/frame.js';
import { type Head, HeadReader, HttpError } from '../websocket/http.js';
import { Message, MessageAssembler } from '../websocket/message.js';
import type { Problem } from '../websocket/problem.js';

/** Bytes that one connection may bring: the largest echo, and as much again. */
const MOST_BYTES = 48 << 20;

/** The longest message that is put together. */
const LONGEST_MESSAGE = 20 << 20;

/** Frames that one connection may bring: small ones take more time than bytes. */
const MOST_FRAMES = 200_000;

/** Frames that are kept for the report; the rest are counted. */
const MOST_KEPT = 1_000;

/** The longest head of an answer. */
const LONGEST_HEAD = 65_536;

/** A frame that came, as a report has it. */
export interface CameFrame {
  /** 0 to 15. */
  opcode: number;
  /** Whether it was its message's last. */
  fin: boolean;
  /** Bytes of its payload. */
  length: number;
  /** The first of them. */
  begins: Uint8Array;
}

/** What came on a connection so far. */
export interface Came {
  /** The answer to the request; null while it is not whole. */
  head: Head | null;
  /** Why the answer cannot be read. */
  noHttp: string | null;
  /** The first frames. */
  frames: CameFrame[];
  /** How many there were. */
  frameCount: number;
  /** Messages, inflated. */
  messages: Message[];
  /** Payloads of pongs, with how many messages and whether a Close came before. */
  pongs: { payload: Uint8Array; behindClose: boolean }[];
  /** The first Close. */
  close: Close | null;
  /** Messages behind the Close. */
  late: number;
  /** The rule that the server broke; nothing is read behind it. */
  problem: Problem | null;
  /** How the connection ended. */
  end: 'fin' | 'reset' | 'flood' | null;
  /** Bytes. */
  bytes: number;
}

/** Finds out from the answer to the request what inflates messages. */
export type Agreed = (head: Head) => Inflater | null;

/** Reads the bytes of a server. */
export class Reading {
  /** What they amount to so far. */
  readonly came: Came = {
    head: null,
    noHttp: null,
    frames: [],
    frameCount: 0,
    messages: [],
    pongs: [],
    close: null,
    late: 0,
    problem: null,
    end: null,
    bytes: 0,
  };
  #reader = new HeadReader(LONGEST_HEAD);
  /** Reads frames once the answer has opened the WebSocket. */
  #decoder: FrameDecoder | null = null;
  readonly #messages = new MessageAssembler();
  readonly #agreed: Agreed;
  #inflater: Inflater | null = null;

  /** @param agreed what inflates, going by the answer to the request; null where nothing is compressed */
  constructor(agreed: Agreed) {
    this.#agreed = agreed;
  }

  /** Takes the next bytes; none are the end. */
  push(bytes: Uint8Array): void {
    const { came } = this;
    came.bytes += bytes.length;
    if (bytes.length === 0) came.end = 'fin';
    else if (came.bytes > MOST_BYTES) came.end = 'flood';
    else if (this.#decoder !== null) this.#decode(this.#decoder, bytes);
    else if (came.head === null && came.noHttp === null) this.#readHead(bytes);
  }

  #readHead(bytes: Uint8Array): void {
    const { came } = this;
    try {
      let head = this.#reader.feed(bytes);
      while (head !== null && isInterim(head.startLine)) {
        this.#reader = new HeadReader(LONGEST_HEAD);
        head = this.#reader.feed(head.rest);
      }
      came.head = head;
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      came.noHttp = error.message;
    }
    if (came.head === null || statusOf(came.head) !== 101) return;
    this.#inflater = this.#agreed(came.head);
    const options = { rsv1: this.#inflater !== null, maxMessageLength: LONGEST_MESSAGE };
    this.#decoder = new FrameDecoder('server', options);
    this.#decode(this.#decoder, came.head.rest);
  }

  #decode(decoder: FrameDecoder, bytes: Uint8Array): void {
    const { came } = this;
    if (came.problem !== null) return;
    for (const frame of decoder.feed(bytes)) {
      this.#count(frame);
      const message = this.#messages.push(frame);
      if (message !== null) this.#keep(message);
      if (came.problem !== null) return;
    }
    came.problem = decoder.problem;
    if (came.frameCount > MOST_FRAMES) came.end = 'flood';
  }

  #count({ opcode, fin, payload }: Frame): void {
    const { came } = this;
    came.frameCount++;
    if (came.frames.length < MOST_KEPT) {
      came.frames.push({ opcode, fin, length: payload.length, begins: payload.slice(0, 32) });
    }
    if (came.close !== null && !isControl(opcode)) came.late++;
    if (opcode === Opcode.pong && came.pongs.length < MOST_KEPT) {
      came.pongs.push({ payload, behindClose: came.close !== null });
    }
    if (opcode === Opcode.close) came.close ??= decodeClose(payload);
  }

  #keep(message: Message): void {
    const { came } = this;
    if (came.messages.length >= MOST_KEPT) return;
    if (!message.compressed || this.#inflater === null) {
      came.messages.push(message);
      return;
    }
    const inflated = this.#inflater.inflate(message.payload, LONGEST_MESSAGE);
    if (inflated instanceof Uint8Array) came.messages.push(new Message(message.opcode, inflated));
    else came.problem = inflated;
  }
}

/** The status of an answer; 0 for what is none. */
export function statusOf({ startLine }: Head): number {
  return Number(/^HTTP\/1\.\d (\d{3})( |$)/.exec(startLine)?.[1] ?? 0);
}
