/**
 * The bytes of one direction as they come, in any pieces, told one by one: the handshake, each frame
 * once it is whole, and what the bytes end within. Of a frame that is too long to keep, its beginning
 * is kept.
 * @module
 */

import { joinBytes } from '../bytes.js';
import type { Language } from '../texts/language.js';
import type { DeflateParameters } from '../websocket/deflate-offer.js';
import type { Role } from '../websocket/frame.js';
import { newStream } from '../websocket/parser.js';
import { ArrivalClock } from './arrival-clock.js';
import type { CaptureTime } from './capture-time.js';
import type { FrameSource, InspectedFrame } from './frame.js';
import { Inflating } from './inflating.js';
import type { HandshakeInspection, Rest } from './inspection.js';
import { type Meanings, meaningsIn } from './meanings.js';
import { FrameReader } from './messages.js';
import { guessRole, readOpening } from './opening.js';
import type { Cut, ReadFrame, Window } from './read-frame.js';
import type { Arrival } from './stored-bytes.js';

const NOTHING = new Uint8Array(0);

/** Bytes of a frame, or of a message's text, that are kept unless another number is given. */
export const MOST_KEPT = 1 << 22;
/** A handshake is waited for up to so many bytes. */
const LONGEST_HANDSHAKE = 1 << 16;
/** So many bytes say whether an answer follows a request. */
const BEGINNING = 16;

/** What may be known beside the bytes. */
export interface InspectOptions {
  /** Who sent the bytes; `auto`, the default, goes by the mask bit of the first frame. */
  readonly role?: Role | 'auto';
  /** The key of the request, when the bytes are those of the answer. */
  readonly key?: string;
  /**
   * Whether permessage-deflate was agreed on, and to what; by default what the handshake in the bytes
   * says. `perhaps`: the handshake is not here, so what looks compressed may be.
   */
  readonly deflate?: boolean | 'perhaps' | DeflateParameters;
  /** Whether the bytes begin within a stream: the first frame may go on with a message. */
  readonly isMiddle?: boolean;
  /** Whether another program put the handshake together, and left fields out: it is not judged for that. */
  readonly isCopy?: boolean;
  /** Where those of the client's bytes end that it sent before all of the answer had come to it. */
  readonly early?: number;
  /** The lengths of the pieces in which the bytes came, for what the original would read. */
  readonly arrivals?: readonly number[];
  /** When each of these pieces came. */
  readonly times?: readonly (CaptureTime | undefined)[];
  /** The language of the sentences. Default English. */
  readonly language?: Language;
  /** Sentences of one's own; those of the language by default. */
  readonly meanings?: Meanings;
}

/** One thing to say; `bytes` are those that it is about, as they came and as far as they are kept. */
export type Told =
  | {
      readonly kind: 'handshake';
      readonly handshake: HandshakeInspection;
      readonly bytes: Uint8Array;
    }
  | { readonly kind: 'frame'; readonly frame: InspectedFrame; readonly bytes: Uint8Array }
  | { readonly kind: 'rest'; readonly rest: Rest; readonly bytes: Uint8Array };

/** A window that is being filled. */
interface Open extends Required<Omit<Window, 'input' | 'passed'>> {
  input: Uint8Array;
  passed: number;
}

/** Takes the bytes of one direction. */
export class InspectionStream {
  readonly #options: InspectOptions;
  readonly #meanings: Meanings;
  readonly #most: number;
  #reader: FrameReader | null = null;
  #from: Role = 'client';
  /** What is here and not told yet; `base` is its offset, `passed` what came behind it and is not kept. */
  #window: Open = { input: NOTHING, base: 0, passed: 0 };
  /** Bytes that are still to be passed over. */
  #toPass = 0;
  /** Whether the handshake is never whole: then nothing is told behind it. */
  #isLost = false;
  readonly #clock: ArrivalClock;

  /** @param most bytes of a frame, or of a message's text, that are kept */
  constructor(options: InspectOptions = {}, most = MOST_KEPT) {
    this.#options = options;
    this.#meanings = options.meanings ?? meaningsIn(options.language);
    this.#most = most;
    this.#clock = new ArrivalClock(options);
  }

  /** Who sends the bytes, as far as they say; known once something was told. */
  get from(): Role {
    return this.#from;
  }

  /**
   * Takes the next piece; what it makes whole is told.
   *
   * @param bytes kept, and not to be changed while what is told is in use
   * @param arrivals the pieces in which they came, where the options do not say that of all
   */
  *push(bytes: Uint8Array, arrivals: readonly Arrival[] = []): Generator<Told> {
    for (const arrival of arrivals) this.#clock.add(arrival);
    const window = this.#window;
    const passed = Math.min(this.#toPass, bytes.length);
    this.#toPass -= passed;
    window.passed += passed;
    if (this.#toPass > 0) this.#clock.skip();
    if (this.#toPass > 0 || this.#isLost) return;
    if (window.passed > 0) {
      yield* this.#read(false);
      yield* this.push(bytes.subarray(passed));
      return;
    }
    window.input = window.input.length === 0 ? bytes : joinBytes([window.input, bytes]);
    if (this.#reader === null) yield* this.#open(false);
    if (this.#reader !== null) yield* this.#read(false);
  }

  /** Ends the bytes: what they end within is told. */
  *end(): Generator<Told> {
    if (this.#reader === null && !this.#isLost) yield* this.#open(true);
    yield* this.#read(true);
  }

  *#open(isLast: boolean): Generator<Told> {
    const { input } = this.#window;
    const { key = null, deflate, role = 'auto', isMiddle = false, early } = this.#options;
    const meanings = this.#meanings;
    const opening = readOpening(input, key, meanings);
    const { handshakes, end, rest } = opening;
    const isSure = rest === null && input.length - end >= BEGINNING;
    if (!isLast && !isSure && input.length < LONGEST_HANDSHAKE) return;
    const from = role === 'auto' ? guessRole(input, opening) : role;
    this.#from = from;
    for (const read of handshakes) {
      const handshake = this.#options.isCopy === true ? asCopy(read) : read;
      const { offset, length } = handshake;
      this.#clock.next(offset + length);
      yield { kind: 'handshake', handshake, bytes: input.subarray(offset, offset + length) };
    }
    if (rest !== null) {
      yield { kind: 'rest', rest, bytes: input.subarray(rest.offset) };
      this.#isLost = true;
      return;
    }
    const agreed = deflate === undefined ? opening.deflate : agreement(deflate);
    const parameters = typeof deflate === 'object' ? deflate : opening.parameters;
    const source = { input, direction: from, deflate: agreed, meanings };
    const isGuess = agreed === 'perhaps';
    const inflating = new Inflating({ parameters, from, isMiddle, isGuess, meanings });
    const mayGuess = deflate === undefined && handshakes.length === 0;
    const stream = newStream(from, { rsv1: agreed !== null });
    const facts = { most: this.#most, isMiddle, early, mayGuess };
    this.#reader = new FrameReader(source, stream, inflating, facts);
    this.#window = { input: input.subarray(end), base: end, passed: 0 };
  }

  *#read(isLast: boolean): Generator<Told> {
    const reader = this.#reader;
    const window = this.#window;
    const { input, base, passed } = window;
    if (reader === null) return;
    reader.move({ input, base, passed });
    const end = base + input.length + passed;
    let at = base;
    while (at < end) {
      const found = reader.read(at, isLast);
      if (!('frame' in found)) {
        this.#window = { input: input.subarray(at - base), base: at, passed };
        this.#wait(found);
        return;
      }
      const { frame, read } = found;
      at = read.end;
      frame.times = this.#clock.next(at);
      if (read.cut === null || frame.problems.length > 0) {
        yield { kind: 'frame', frame, bytes: frame.raw };
      }
      if (read.cut !== null) {
        const rest = restOf(frame, read, read.cut, this.#meanings);
        yield { kind: 'rest', rest, bytes: rest.length === 0 ? NOTHING : frame.raw };
      }
    }
    this.#window = { input: NOTHING, base: at, passed: 0 };
  }

  /** Of a payload that is too long to keep, what comes behind its beginning is passed over. */
  #wait({ field, needs }: Cut): void {
    const { input, base, passed } = this.#window;
    if (field !== 'payload' || input.length < this.#most) return;
    const kept = new Uint8Array(input.subarray(0, this.#most));
    this.#window = { input: kept, base, passed: passed + input.length - kept.length };
    this.#toPass = typeof needs === 'number' ? needs : Number.POSITIVE_INFINITY;
  }
}

/** A copy in which fields are missing can still have a wrong accept value. */
function asCopy(handshake: HandshakeInspection): HandshakeInspection {
  const isWrong = handshake.accept !== null && handshake.acceptOk === false;
  return isWrong ? handshake : { ...handshake, problems: [] };
}

function agreement(deflate: Exclude<InspectOptions['deflate'], undefined>): FrameSource['deflate'] {
  if (deflate === 'perhaps') return deflate;
  return deflate === false ? null : 'agreed';
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
