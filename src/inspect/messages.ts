/**
 * What the frames before say of a frame: the message that it goes on with, its text so far, and the
 * problems that only a message can have. Checks with what the decoder checks with.
 * @module
 */

import { fromUtf8, joinBytes } from '../bytes.js';
import { closeProblem, utf8Problem } from '../websocket/closing.js';
import { isControl, Opcode } from '../websocket/frame.js';
import type { StreamState } from '../websocket/parser.js';
import type { Problem } from '../websocket/problem.js';
import { Utf8Checker } from '../websocket/utf8.js';
import { unfinished } from './characters.js';
import { Closing } from './closed.js';
import { type FrameContext, type FrameSource, InspectedFrame, unmasked } from './frame.js';
import { guessInflated, type Inflating } from './inflating.js';
import type { Finding } from './inspection.js';
import type { Meanings } from './meanings.js';
import type { Inflated } from './payload.js';
import { type Cut, findingOf, type ReadFrame, readFrame, type Window } from './read-frame.js';

const NOTHING = new Uint8Array(0);

/** A frame that belongs to no message. */
const ALONE: FrameContext = {
  compressed: false,
  isText: false,
  carried: NOTHING,
  badAt: -1,
  place: null,
  messageText: null,
  inflated: null,
};

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
  /** Longer than is kept: its pieces are not here. */
  isLong: boolean;
}

/** What is known of the stream that frames are read of. */
interface StreamFacts {
  /** Bytes of a message that are kept for its text. */
  readonly most: number;
  /** Whether the bytes begin within a stream. */
  readonly isMiddle?: boolean | undefined;
  /** Whether what looks compressed may be inflated for a guess: nothing here says what was agreed on. */
  readonly mayGuess?: boolean;
  /** Where those of its bytes end that were sent before the handshake was done. */
  readonly early?: number | undefined;
}

/** Reads the frames of one direction, in order. */
export class FrameReader {
  #source: FrameSource;
  readonly #stream: StreamState;
  readonly #inflating: Inflating;
  readonly #mayGuess: boolean;
  readonly #most: number;
  #message: Message | null = null;
  readonly #closing = new Closing();
  /** Whether what the first frame of data goes on with may be in front of the bytes. */
  #isMiddle: boolean;
  readonly #early: number;

  /**
   * @param stream its `rsv1` says whether RSV1 has a meaning
   */
  constructor(
    source: FrameSource,
    stream: StreamState,
    inflating: Inflating,
    { most, isMiddle = false, early = 0, mayGuess = false }: StreamFacts,
  ) {
    this.#source = source;
    this.#stream = stream;
    this.#inflating = inflating;
    this.#mayGuess = mayGuess;
    this.#most = most;
    this.#isMiddle = isMiddle;
    this.#early = early;
  }

  /** Goes on in another window of the same bytes. */
  move(window: Window): void {
    this.#source = { ...this.#source, ...window };
  }

  /**
   * Reads the frame at an offset that is within the input.
   *
   * @param isLast whether no more can come; else a frame that is not whole is waited for
   * @returns what it is cut within when the frame is not whole, and more may come
   */
  read(offset: number, isLast: boolean): { frame: InspectedFrame; read: ReadFrame } | Cut {
    if (this.#isMiddle) this.#beginWithin(offset);
    const continues = this.#stream.opcode !== null;
    const read = readFrame(this.#source, offset, this.#stream, this.#source.meanings);
    if (read.cut !== null && !isLast) return read.cut;
    const first = read.fields[0]?.value ?? 0;
    const opcode = first & 0b0000_1111;
    const frame = this.#frame(read, first, continues);
    if (read.cut === null || read.cut.field === 'payload') {
      const late = this.#closing.next(opcode);
      if (late !== null) read.problems.push(findingOf(late, this.#source.meanings));
    }
    if (offset < this.#early) read.problems.push(earlyFinding(this.#source.meanings));
    return { frame, read };
  }

  /** A message that began before the bytes is of some kind, and not compressed as far as can be said. */
  #beginWithin(offset: number): void {
    const { input, base = 0 } = this.#source;
    const opcode = (input[offset - base] ?? 0) & 0b0000_1111;
    if (isControl(opcode)) return;
    this.#isMiddle = false;
    if (opcode !== Opcode.continuation) return;
    this.#stream.opcode = Opcode.binary;
    this.#message = newMessage(offset, false, false);
  }

  #frame(read: ReadFrame, first: number, continues: boolean): InspectedFrame {
    const opcode = first & 0b0000_1111;
    if (read.fields.length === 0 || isControl(opcode)) return this.#control(read, opcode);
    if (opcode === Opcode.continuation && !continues) this.#message = null;
    if (opcode !== Opcode.continuation) this.#message = this.#begin(read, first);
    const message = this.#message;
    if (message === null) return new InspectedFrame(this.#source, read, ALONE);
    return this.#piece(read, (first & 0b1000_0000) !== 0, message);
  }

  #control(read: ReadFrame, opcode: number): InspectedFrame {
    const frame = new InspectedFrame(this.#source, read, ALONE);
    if (opcode === Opcode.close && read.cut === null && read.fields.length > 0) {
      const problem = closeProblem(frame.bytes);
      if (problem !== null) read.problems.push(findingOf(problem, this.#source.meanings));
    }
    return frame;
  }

  #begin(read: ReadFrame, first: number): Message {
    const isText = (first & 0b0000_1111) === Opcode.text;
    const compressed = (first & 0b0100_0000) !== 0 && this.#source.deflate !== null;
    return newMessage(read.offset, isText, compressed);
  }

  #piece(read: ReadFrame, fin: boolean, message: Message): InspectedFrame {
    const { compressed, carried } = message;
    const guess = this.#guess(read, fin, message);
    const isText = message.isText && !compressed && !message.bad && guess === null;
    const isRead = isText || compressed;
    const bytes = isRead ? unmasked(this.#source, read) : undefined;
    const isLast = fin && read.cut === null;
    const isKept = this.#keep(message, read);
    message.frames++;
    message.length += read.end - read.payloadStart;
    let badAt = -1;
    let inflated: Inflated | null = guess;
    if (bytes !== undefined && compressed) {
      if (isKept) message.pieces.push(bytes);
      const pieces = message.isLong ? null : message.pieces;
      inflated = isLast ? this.#inflating.message(pieces, message, read.problems) : null;
    } else if (bytes !== undefined) {
      const isWhole = bytes.length === read.end - read.payloadStart;
      const found = checkText(message, bytes, isLast && isWhole, isKept);
      if (found !== null) {
        read.problems.push(findingOf(found.problem, this.#source.meanings));
        badAt = found.at;
      }
    }
    if (read.kept < read.end - read.payloadStart) message.bad = true; // from here on it is not checked
    const { offset, frames, length } = message;
    const single = fin && frames === 1;
    const context: FrameContext = {
      compressed,
      isText,
      carried,
      badAt,
      place: single ? null : { offset, frame: frames, length },
      messageText: isLast && !single ? wholeText(message, inflated) : null,
      inflated,
    };
    if (fin) this.#message = null;
    return new InspectedFrame(this.#source, read, context);
  }

  /** A message that nobody said was compressed, of one frame that says it is. */
  #guess(read: ReadFrame, fin: boolean, { isText, frames }: Message): Inflated | null {
    const rsv1 = ((read.fields[0]?.value ?? 0) & 0b0100_0000) !== 0;
    const isWhole = read.cut === null && read.kept === read.end - read.payloadStart;
    if (!this.#mayGuess || !rsv1 || !fin || frames > 0 || !isWhole) return null;
    return guessInflated(unmasked(this.#source, read), isText);
  }

  /** Whether a piece is kept for its message's text: not of one that is too long, or not all here. */
  #keep(message: Message, { kept, payloadStart, end }: ReadFrame): boolean {
    const isPassedOver = kept < end - payloadStart;
    if (isPassedOver || message.length + kept > this.#most) message.isLong = true;
    if (message.isLong) message.pieces.length = 0;
    return !message.isLong;
  }
}

function newMessage(offset: number, isText: boolean, compressed: boolean): Message {
  return {
    offset,
    isText,
    compressed,
    checker: new Utf8Checker(),
    pieces: [],
    carried: NOTHING,
    frames: 0,
    length: 0,
    bad: false,
    isLong: false,
  };
}

/** RFC 6455 4.1: the client "MUST wait for a response from the server before sending any further data". */
function earlyFinding(meanings: Meanings): Finding {
  const message = meanings.early();
  return { code: 'data-before-answer', closeCode: null, section: '4.1', message };
}

function checkText(
  message: Message,
  bytes: Uint8Array,
  ends: boolean,
  isKept: boolean,
): { problem: Problem; at: number } | null {
  const { checker } = message;
  const bad = checker.push(bytes);
  if (bad >= 0 || (ends && !checker.complete)) {
    message.bad = true;
    const problem = utf8Problem(bad, checker, 'text');
    return { problem, at: bad >= 0 ? bad : checker.position };
  }
  if (isKept) message.pieces.push(bytes);
  if (!ends) message.carried = unfinished(bytes, message.carried);
  return null;
}

/** How to come by the text of a message of several frames; null where it has none. */
function wholeText(message: Message, inflated: Inflated | null): (() => string | null) | null {
  if (!message.isText || message.bad || message.isLong) return null;
  if (!message.compressed) return () => fromUtf8(joinBytes(message.pieces));
  const bytes = inflated?.bytes;
  if (!(bytes instanceof Uint8Array) || bytes.length < (inflated?.whole ?? 0)) return null;
  return () => fromUtf8(bytes);
}
