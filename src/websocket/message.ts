/**
 * Messages, RFC 6455 section 5.4: one frame or several, with control frames in between.
 * @module
 */

import { joinBytes } from '../bytes.js';
import { type Frame, isControl, Opcode } from './frame.js';

/** A whole message, as its sender meant it. */
export class Message {
  /** `Opcode.text` or `Opcode.binary`. */
  readonly opcode: number;
  /** The payloads of its frames, joined. */
  readonly payload: Uint8Array;

  constructor(opcode: number, payload: Uint8Array) {
    this.opcode = opcode;
    this.payload = payload;
  }

  /** Whether it is text, which the decoder has found to be UTF-8. */
  get isText(): boolean {
    return this.opcode === Opcode.text;
  }

  /** The payload as text; made when it is asked for, since an echo never asks. */
  get text(): string {
    return decoder.decode(this.payload);
  }
}

/** A byte order mark is a character like any other: `ignoreBOM` keeps it. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Joins the frames of a good stream into messages. What order they may have is the parser's to check. */
export class MessageAssembler {
  #opcode: number | null = null;
  #parts: Uint8Array[] = [];

  /** Takes the next frame. @returns the message that it ends, null when it ends none */
  push(frame: Frame): Message | null {
    if (isControl(frame.opcode)) return null;
    const opcode = this.#opcode ?? frame.opcode;
    if (frame.fin && this.#parts.length === 0) return new Message(opcode, frame.payload);
    this.#parts.push(frame.payload);
    this.#opcode = frame.fin ? null : opcode;
    if (!frame.fin) return null;
    const payload = joinBytes(this.#parts);
    this.#parts = [];
    return new Message(opcode, payload);
  }
}
