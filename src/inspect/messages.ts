/**
 * What the frames before say of a frame: the message that it goes on with, its text so far, and the
 * problems that only a message can have. Checks with what the decoder checks with.
 * @module
 */

import { joinBytes } from '../bytes.js';
import { closeProblem, utf8Problem } from '../websocket/closing.js';
import { isControl, Opcode, type Role } from '../websocket/frame.js';
import type { StreamState } from '../websocket/parser.js';
import { Utf8Checker } from '../websocket/utf8.js';
import { decodeText, unfinished } from './characters.js';
import { type FrameContext, InspectedFrame, unmasked } from './frame.js';
import type { Finding } from './inspection.js';
import { type ReadFrame, readFrame } from './read-frame.js';

const NOTHING = new Uint8Array(0);

/** A message under way. */
interface Message {
  readonly offset: number;
  readonly isText: boolean;
  readonly compressed: boolean;
  readonly checker: Utf8Checker;
  readonly pieces: Uint8Array[];
  carried: Uint8Array;
  frames: number;
  length: number;
  bad: boolean;
}

/** Reads the frames of one direction, in order. */
export class FrameReader {
  readonly #input: Uint8Array;
  readonly #stream: StreamState;
  readonly #deflate: FrameContext['deflate'];
  #message: Message | null = null;

  /** @param stream its `rsv1` says whether RSV1 has a meaning */
  constructor(input: Uint8Array, stream: StreamState, deflate: FrameContext['deflate']) {
    this.#input = input;
    this.#stream = stream;
    this.#deflate = deflate;
  }

  /** Reads the frame at an offset that is within the input. */
  read(offset: number): { frame: InspectedFrame; read: ReadFrame } {
    const continues = this.#stream.opcode !== null;
    const read = readFrame(this.#input, offset, this.#stream);
    const first = read.fields[0]?.value ?? 0;
    const opcode = first & 0b0000_1111;
    const direction = this.#stream.from;
    if (read.fields.length === 0 || isControl(opcode)) {
      return this.#control(read, opcode, direction);
    }
    if (opcode === Opcode.continuation && !continues) this.#message = null;
    if (opcode !== Opcode.continuation) this.#message = this.#begin(read, first);
    const message = this.#message;
    if (message === null) {
      const frame = new InspectedFrame(this.#input, read, plain(direction));
      return { frame, read };
    }
    return this.#piece(read, (first & 0b1000_0000) !== 0, message);
  }

  #control(read: ReadFrame, opcode: number, direction: Role) {
    const frame = new InspectedFrame(this.#input, read, plain(direction));
    if (opcode === Opcode.close && read.cut === null && read.fields.length > 0) {
      const problem = closeProblem(frame.bytes);
      if (problem !== null) read.problems.push(problem);
    }
    return { frame, read };
  }

  #begin(read: ReadFrame, first: number): Message {
    return {
      offset: read.offset,
      isText: (first & 0b0000_1111) === Opcode.text,
      compressed: (first & 0b0100_0000) !== 0 && this.#deflate !== null,
      checker: new Utf8Checker(),
      pieces: [],
      carried: NOTHING,
      frames: 0,
      length: 0,
      bad: false,
    };
  }

  #piece(read: ReadFrame, fin: boolean, message: Message) {
    const isText = message.isText && !message.compressed && !message.bad;
    const bytes = isText ? unmasked(this.#input, read) : undefined;
    const { carried } = message;
    message.frames++;
    message.length += bytes?.length ?? payloadHere(read);
    let badAt = -1;
    if (bytes !== undefined) {
      const found = checkText(message, bytes, fin && read.cut === null);
      if (found !== null) {
        read.problems.push(found.problem);
        badAt = found.at;
      }
    }
    const { offset, frames, length } = message;
    const single = fin && frames === 1;
    const ends = isText && fin && !single && !message.bad && read.cut === null;
    const context: FrameContext = {
      direction: this.#stream.from,
      deflate: this.#deflate,
      compressed: message.compressed,
      isText,
      carried,
      badAt,
      place: single ? null : { offset, frame: frames, length },
      messageText: ends ? () => decodeText(joinBytes(message.pieces)) : null,
    };
    if (fin) this.#message = null;
    return { frame: new InspectedFrame(this.#input, read, context, bytes), read };
  }
}

function checkText(
  message: Message,
  bytes: Uint8Array,
  ends: boolean,
): { problem: Finding; at: number } | null {
  const { checker } = message;
  const bad = checker.push(bytes);
  if (bad >= 0 || (ends && !checker.complete)) {
    message.bad = true;
    const problem = utf8Problem(bad, checker, 'the text');
    return { problem, at: bad >= 0 ? bad : checker.position };
  }
  message.pieces.push(bytes);
  message.carried = unfinished(bytes, message.carried);
  return null;
}

/** Bytes of the payload that are in the input. */
function payloadHere({ cut, end, payloadStart }: ReadFrame): number {
  return cut !== null && cut.field !== 'payload' ? 0 : end - payloadStart;
}

/** A frame that belongs to no message. */
function plain(direction: Role): FrameContext {
  return {
    direction,
    deflate: null,
    compressed: false,
    isText: false,
    carried: NOTHING,
    badAt: -1,
    place: null,
    messageText: null,
  };
}
