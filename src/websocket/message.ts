/**
 * Messages, RFC 6455 section 5.4: one frame or several, with control frames in between.
 * @module
 */

import type { ByteTools } from '../bytes.js';
import { type Frame, isControl, Opcode } from './frame.js';

const EMPTY = new Uint8Array(0);

/** A whole message, as its sender meant it. */
export class Message {
  /** `Opcode.text` or `Opcode.binary`. */
  readonly opcode: number;
  /** The payloads of its frames, joined. */
  readonly payload: Uint8Array;
  /** Whether the payload is still compressed (RFC 7692); a connection gives it inflated. */
  readonly compressed: boolean;
  /** Its memory with room for the header of a frame: so a long one can go out from where it lies. @internal */
  readonly room: Uint8Array | null;

  constructor(
    opcode: number,
    payload: Uint8Array,
    compressed = false,
    room: Uint8Array | null = null,
  ) {
    this.opcode = opcode;
    this.payload = payload;
    this.compressed = compressed;
    this.room = room;
  }

  /** A text as a message. */
  static ofText(text: string): Message {
    return new Message(Opcode.text, encoder.encode(text));
  }

  /** Whether it is text, which was found to be UTF-8. */
  get isText(): boolean {
    return this.opcode === Opcode.text;
  }

  /** The payload as text; made when it is asked for, since an echo never asks. */
  get text(): string {
    return decoder.decode(this.payload);
  }
}

const encoder = new TextEncoder();

/** A byte order mark is a character like any other: `ignoreBOM` keeps it. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Joins the frames of a good stream into messages. What order they may have is the parser's to check. */
export class MessageAssembler {
  readonly #tools: ByteTools | null;
  /** The opcode of the message being joined; null between messages. */
  #opcode: number | null = null;
  #compressed = false;
  #frames = 0;
  /** Room for the payloads so far, and how many of its bytes they fill. */
  #room: Uint8Array = EMPTY;
  #length = 0;

  constructor(tools: ByteTools | null = null) {
    this.#tools = tools;
  }

  /** Frames so far of the message that is being joined; 0 between messages. */
  get frames(): number {
    return this.#frames;
  }

  /** Takes the next frame. @returns the message that it ends, null when it ends none */
  push(frame: Frame): Message | null {
    if (isControl(frame.opcode)) return null;
    if (frame.fin && this.#opcode === null) {
      return new Message(frame.opcode, frame.payload, frame.rsv1, frame.room ?? null);
    }
    if (this.#opcode === null) this.#compressed = frame.rsv1;
    this.#opcode ??= frame.opcode;
    this.#frames++;
    this.#append(frame.payload);
    if (!frame.fin) return null;
    const payload = this.#memory(this.#length);
    payload.set(this.#room.subarray(0, this.#length));
    const message = new Message(this.#opcode, payload, this.#compressed);
    this.#opcode = null;
    this.#frames = 0;
    this.#room = EMPTY;
    this.#length = 0;
    return message;
  }

  #memory(length: number): Uint8Array {
    return this.#tools?.allocate(length) ?? new Uint8Array(length);
  }

  /** Copied, not kept in a list: a million frames of one byte would cost a hundred times their bytes. */
  #append(payload: Uint8Array): void {
    const length = this.#length + payload.length;
    if (length > this.#room.length) {
      const room = this.#memory(Math.max(length, 2 * this.#room.length));
      room.set(this.#room.subarray(0, this.#length));
      this.#room = room;
    }
    this.#room.set(payload, this.#length);
    this.#length = length;
  }
}
