/**
 * What an inspection says: frames, handshakes and the rest as spans, each with a meaning. These are
 * the names of the JSON form too; what is made on demand is a getter that JSON.stringify follows.
 * @module
 */

import type { Role } from '../websocket/frame.js';
import type { ProblemCode } from '../websocket/problem.js';

/** Some bits of a span. */
export interface Bits {
  /** `FIN`, `opcode` and so on, as the diagram of RFC 6455 section 5.2 has it. */
  readonly name: string;
  /** Which bits of the span's number, 0b1000_0000 for the first of one byte. */
  readonly mask: number;
  /** What they hold, shifted down to the lowest bit. */
  readonly value: number;
}

/** Some bytes and what they mean. */
export interface Span {
  /** The field's name: for a frame's header the parser's own names. */
  readonly field: string;
  /** Offset of the first byte in this direction's input. */
  readonly start: number;
  /** Offset behind the last byte. */
  readonly end: number;
  /** Its bits, where the field is made of some. */
  readonly bits?: readonly Bits[];
  /** One sentence with this span's own numbers. */
  readonly meaning: string;
  /** The section of RFC 6455, or another RFC by its name. */
  readonly section: string;
  /** Details, made when they are read. They may overlap: one byte is masked and part of a character. */
  readonly parts?: readonly Span[];
}

/** A rule that the bytes break. */
export interface Finding {
  /** Which rule. */
  readonly code: ProblemCode | 'bad-handshake' | 'data-before-answer' | 'beyond-window';
  /** The close code that the RFC asks for; null before the handshake is done, where there is none to send. */
  readonly closeCode: number | null;
  /** The section of RFC 6455 that says so. */
  readonly section: string;
  /** What was seen. */
  readonly message: string;
}

/** A frame's header as far as it was there: null for what the input ends in front of. */
export interface InspectedHeader {
  /** Whether it is its message's last frame. */
  readonly fin: boolean;
  /** The first reserved bit. */
  readonly rsv1: boolean;
  /** The second. */
  readonly rsv2: boolean;
  /** The third. */
  readonly rsv3: boolean;
  /** 0 to 15. */
  readonly opcode: number;
  /** `text`, `close` and so on. */
  readonly opcodeName: string;
  /** Whether a masking key is there. */
  readonly masked: boolean | null;
  /** Four bytes in hex; null when there is none. */
  readonly maskingKey: string | null;
  /** In bytes; its digits where it is more than a number can hold, 2^53 and above. */
  readonly payloadLength: number | string | null;
}

/** What a Close frame says. */
export interface InspectedClose {
  /** The status. */
  readonly code: number;
  /** The code's name, `going away` for one. */
  readonly name: string;
  /** The reason, with U+FFFD for what is no UTF-8. */
  readonly reason: string;
}

/** A payload, unmasked. */
export interface InspectedPayload {
  /** The bytes, unmasked. */
  readonly hex: string;
  /** In hex, what the compressed message that ends here becomes, where it was inflated: at most its first MiB. */
  readonly inflated?: string;
  /** The text, where the frame is of text and its bytes are whole UTF-8; that of the inflated message. */
  readonly text?: string;
  /** The value, where a whole message is JSON. */
  readonly json?: unknown;
  /** What a Close frame with a code says. */
  readonly close?: InspectedClose;
}

/** Where a frame stands in a message of several. */
export interface MessagePlace {
  /** Offset of the message's first frame. */
  readonly offset: number;
  /** The how-manieth frame of the message this is, from 1. */
  readonly frame: number;
  /** Payload bytes of the message up to here, this frame included. */
  readonly length: number;
  /** The whole text, at the last frame of a text message. */
  readonly text?: string;
}

/** When a frame was whole, where a capture or a file says so. */
export interface FrameTime {
  /** The time as RFC 3339 has it, UTC, with as many decimals as the capture knows. */
  readonly at: string;
  /** Seconds since the one before it in this direction, with its sign; absent at the first. */
  readonly after?: string;
}

/** One frame. */
export interface FrameInspection {
  /** Who sent it. */
  readonly direction: Role;
  /** Offset of its first byte in this direction's input. */
  readonly offset: number;
  /** Its bytes, header and payload; those that are there, when the input ends within it. */
  readonly length: number;
  /** When it came, where that is known: when its last byte did. */
  readonly time?: FrameTime | undefined;
  /** The fields in front of the payload. */
  readonly header: InspectedHeader;
  /** The payload. */
  readonly payload: InspectedPayload;
  /** Where it stands in its message, when that has several frames. */
  readonly message?: MessagePlace | undefined;
  /** Its bytes from first to last, without gap or overlap. */
  readonly spans: readonly Span[];
  /** What is wrong with it. */
  readonly problems: readonly Finding[];
}

/** A request or an answer of the opening handshake. */
export interface HandshakeInspection {
  /** Who sent it: a request comes from the client. */
  readonly direction: Role;
  /** Where it begins. */
  readonly offset: number;
  /** How many bytes it has. */
  readonly length: number;
  /** The key of the request, as far as it is known; null when it is not. */
  readonly key: string | null;
  /** The value that the answer has, or for a request the one that it must have. */
  readonly accept: string | null;
  /** Whether the answer's value fits the key; null for a request, and when the key is not known. */
  readonly acceptOk: boolean | null;
  /** Its bytes, line by line. */
  readonly spans: readonly Span[];
  /** What is wrong with it. */
  readonly problems: readonly Finding[];
}

/** A stretch of bytes. */
export interface Stretch {
  /** Where it begins. */
  readonly offset: number;
  /** How many bytes it has. */
  readonly length: number;
}

/** How the PHP original would read one recv. */
export interface OriginalRead {
  /** The bytes that the recv takes. */
  readonly recv: Stretch;
  /** What it makes of them, in one sentence. */
  readonly reads: string;
  /** The defect's number, D01 and so on; null when it reads them as the RFC does. */
  readonly defect: string | null;
}

/** What the input ends within. */
export interface Rest {
  /** Where it begins. */
  readonly offset: number;
  /** Bytes that are here; 0 where a frame with a problem holds them already. */
  readonly length: number;
  /** How many bytes are missing, at the least; digits where that is more than a number can hold. */
  readonly needs: number | string;
  /** One sentence that says so. */
  readonly meaning: string;
  /** The bytes that are here. */
  readonly spans: readonly Span[];
}

/** All that there is to say of one direction's bytes. */
export interface Inspection {
  /** The frames, in order. */
  readonly frames: readonly FrameInspection[];
  /** The handshakes, in order. */
  readonly handshakes: readonly HandshakeInspection[];
  /** What the PHP original would make of the client's bytes, recv by recv. */
  readonly original: readonly OriginalRead[];
  /** What is not whole at the end; null when all is. */
  readonly rest: Rest | null;
}

/**
 * What is written out of an input in full, in bytes. Spans take some hundred times their bytes, so
 * frames behind it are written without spans, and spans that reach beyond it without parts.
 * @internal
 */
export const EXPLAINED = 65_536;

/** A span whose parts are made at the first reading. */
export function withParts(span: Omit<Span, 'parts'>, make: () => readonly Span[]): Span {
  return new SpanWithParts(span, make);
}

/**
 * All of them share one getter: were each given its own, the engine would keep each as a dictionary,
 * which takes six times as long to make. It is no getter of the class, so that copies have it.
 */
class SpanWithParts implements Span {
  static readonly #PARTS = {
    enumerable: true,
    get(this: SpanWithParts): readonly Span[] {
      this.#made ??= this.#make();
      return this.#made;
    },
  };

  // declared alone: the constructor defines them, in the order of JSON, and no bits where there are none
  declare readonly field: string;
  declare readonly start: number;
  declare readonly end: number;
  declare readonly bits?: readonly Bits[];
  declare readonly meaning: string;
  declare readonly section: string;
  declare readonly parts: readonly Span[];
  readonly #make: () => readonly Span[];
  #made: readonly Span[] | undefined;

  constructor(span: Omit<Span, 'parts'>, make: () => readonly Span[]) {
    this.field = span.field;
    this.start = span.start;
    this.end = span.end;
    if (span.bits !== undefined) this.bits = span.bits;
    this.meaning = span.meaning;
    this.section = span.section;
    this.#make = make;
    Object.defineProperty(this, 'parts', SpanWithParts.#PARTS);
  }
}
