/**
 * A frame explained: its header, its payload and its spans, made when they are read. What is known
 * is worked out once, while the input is read; nothing here reads bytes in another way.
 * @module
 */

import { isControl, opcodeName, type Role } from '../websocket/frame.js';
import { mask } from '../websocket/mask.js';
import { type CaptureTime, dateOf, secondsBetween } from './capture-time.js';
import type {
  Bits,
  Finding,
  FrameInspection,
  FrameTime,
  InspectedHeader,
  InspectedPayload,
  MessagePlace,
  Span,
} from './inspection.js';
import type { Meanings } from './meanings.js';
import { type Inflated, type PayloadFacts, payloadSpan, payloadValue } from './payload.js';
import { exactLengthIn, type ReadField, type ReadFrame, type Window } from './read-frame.js';

/** What all frames of a direction have in common. */
export interface FrameSource extends Window {
  readonly direction: Role;
  /** Whether permessage-deflate was agreed on, or only offered, or may have been, as far as can be seen. */
  readonly deflate: 'agreed' | 'offered' | 'perhaps' | null;
  readonly meanings: Meanings;
}

/** What the stream around a frame says of it. */
export interface FrameContext {
  /** Whether the frame is a piece of a compressed message. */
  readonly compressed: boolean;
  /** Whether it is a piece of a text message. */
  readonly isText: boolean;
  /** Bytes of a character that the frame before began. */
  readonly carried: Uint8Array;
  /** Position in the message of the first byte that is no UTF-8; -1 when there is none. */
  readonly badAt: number;
  /** Where it stands in a message of several frames. */
  readonly place: Omit<MessagePlace, 'text'> | null;
  /** The message's text, worked out when it is asked for. */
  readonly messageText: (() => string | null) | null;
  /** What a compressed message has become, at its last frame. */
  readonly inflated: Inflated | null;
}

/** One frame of the input. */
export class InspectedFrame implements FrameInspection {
  readonly #source: FrameSource;
  readonly #read: ReadFrame;
  readonly #context: FrameContext;
  /** When its last byte came, and that of the one before it. @internal */
  times: readonly [at: CaptureTime, before: CaptureTime | null] | null = null;

  /** @internal */
  constructor(source: FrameSource, read: ReadFrame, context: FrameContext) {
    this.#source = source;
    this.#read = read;
    this.#context = context;
  }

  get direction(): Role {
    return this.#source.direction;
  }

  get offset(): number {
    return this.#read.offset;
  }

  get length(): number {
    return this.#read.end - this.#read.offset;
  }

  get time(): FrameTime | undefined {
    if (this.times === null) return undefined;
    const [at, before] = this.times;
    const after = before === null ? {} : { after: secondsBetween(before, at) };
    return { at: dateOf(at), ...after };
  }

  /** Whether another is the same but for its masking key and its place. */
  isLike(other: InspectedFrame): boolean {
    const [own, its] = [this.#read, other.#read];
    if (own.kept !== its.kept || own.payloadLength !== its.payloadLength) return false;
    if (own.fields[0]?.value !== its.fields[0]?.value) return false;
    if (own.fields[1]?.value !== its.fields[1]?.value) return false;
    if (own.problems.length !== its.problems.length) return false;
    if (own.problems.some(({ code }, i) => code !== its.problems[i]?.code)) return false;
    const bytes = other.bytes;
    return this.bytes.every((byte, i) => byte === bytes[i]);
  }

  get problems(): readonly Finding[] {
    return this.#read.problems;
  }

  get header(): InspectedHeader {
    const { fields, payloadLength } = this.#read;
    const first = fields[0]?.value ?? 0;
    const second = fields[1]?.value;
    const opcode = first & 0b0000_1111;
    const key = fields.find(({ field }) => field === 'masking-key');
    return {
      fin: (first & 0b1000_0000) !== 0,
      rsv1: (first & 0b0100_0000) !== 0,
      rsv2: (first & 0b0010_0000) !== 0,
      rsv3: (first & 0b0001_0000) !== 0,
      opcode,
      opcodeName: opcodeName(opcode),
      masked: second === undefined ? null : (second & 0b1000_0000) !== 0,
      maskingKey: key === undefined ? null : hex32(key.value),
      payloadLength,
    };
  }

  /** The opcode by its name: of many frames this is asked for and nothing else. */
  get opcodeName(): string {
    return opcodeName((this.#read.fields[0]?.value ?? 0) & 0b0000_1111);
  }

  /** Where it stands in its message, without that message's text. */
  get place(): FrameContext['place'] {
    return this.#context.place;
  }

  /** Whether its payload is text that can be read as it stands. */
  get isText(): boolean {
    return this.#context.isText;
  }

  /** What the compressed text that ends here becomes, as far as it is kept; null where none does. */
  get inflatedText(): Uint8Array | null {
    const { inflated, compressed } = this.#context;
    if (!compressed || inflated === null || !inflated.isText) return null;
    return inflated.bytes instanceof Uint8Array ? inflated.bytes : null;
  }

  /** The payload's bytes, unmasked at each reading, as the spans are made. */
  get bytes(): Uint8Array {
    return unmasked(this.#source, this.#read);
  }

  /** Its bytes as they came, as far as they are here. */
  get raw(): Uint8Array {
    const { offset, end, payloadStart, kept } = this.#read;
    const { input, base = 0 } = this.#source;
    return input.subarray(offset - base, Math.min(end, payloadStart + kept) - base);
  }

  get payload(): InspectedPayload {
    return payloadValue(this.#facts());
  }

  get message(): MessagePlace | undefined {
    const { place, messageText } = this.#context;
    if (place === null) return undefined;
    const text = messageText?.() ?? null;
    return text === null ? place : { ...place, text };
  }

  /** Made anew at each reading: those of half a million small frames would not fit where they do. */
  get spans(): readonly Span[] {
    return this.#makeSpans();
  }

  /** The frame in its JSON form. */
  toJSON(): FrameInspection {
    const { direction, offset, length, time, header, payload, message, spans, problems } = this;
    const timed = time === undefined ? {} : { time };
    const placed = message === undefined ? {} : { message };
    return { direction, offset, length, ...timed, header, payload, ...placed, spans, problems };
  }

  #makeSpans(): Span[] {
    const { fields, cut, payloadStart, end } = this.#read;
    const { meanings } = this.#source;
    const spans = fields.map((field) => this.#fieldSpan(field));
    if (cut !== null && cut.field !== 'payload' && cut.have > 0) {
      const meaning = meanings.partOf({ ...cut });
      spans.push({ field: cut.field, start: end - cut.have, end, meaning, section: '5.2' });
    } else if (payloadStart < end) {
      spans.push(payloadSpan(this.#facts()));
    }
    return spans;
  }

  #fieldSpan({ field, start, length, value }: ReadField): Span {
    const end = start + length;
    const { fields, problems } = this.#read;
    const { meanings } = this.#source;
    switch (field) {
      case 'fin-rsv-opcode': {
        const bits = FIRST_BITS[value] ?? [];
        return { field, start, end, bits, meaning: this.#first(value), section: '5.2' };
      }
      case 'mask-length': {
        const masked = (value & 0b1000_0000) !== 0;
        const meaning = meanings.second({ value, masked, length7: value & 0b0111_1111 });
        return { field, start, end, bits: SECOND_BITS[value] ?? [], meaning, section: '5.2' };
      }
      case 'extended-length-16': {
        const meaning = meanings.length16({ length: value, shortest: isShortest(problems) });
        return { field, start, end, meaning, section: '5.2' };
      }
      case 'extended-length-64':
        return { field, start, end, meaning: meanings.length64({ high: value }), section: '5.2' };
      case 'extended-length-continued': {
        const high = fields[2]?.value ?? 0;
        const length = Number(exactLengthIn(fields));
        const numbers = { high, low: value, length, shortest: isShortest(problems) };
        return { field, start, end, meaning: meanings.continued(numbers), section: '5.2' };
      }
      case 'masking-key':
        return { field, start, end, meaning: meanings.key({ hex: hex32(value) }), section: '5.3' };
    }
  }

  #first(value: number): string {
    const opcode = value & 0b0000_1111;
    const { compressed, place } = this.#context;
    const { deflate, meanings } = this.#source;
    return meanings.first({
      value,
      fin: (value & 0b1000_0000) !== 0,
      rsv: (value & 0b0111_0000) >>> 4,
      opcode,
      name: opcodeName(opcode),
      control: isControl(opcode),
      compressed: compressed ? deflate : null,
      place,
    });
  }

  #facts(): PayloadFacts {
    const { end, payloadStart, payloadLength, kept, fields } = this.#read;
    const { isText, compressed, carried, badAt, place, inflated } = this.#context;
    const { meanings } = this.#source;
    const key = fields.find(({ field }) => field === 'masking-key');
    const first = fields[0]?.value ?? 0;
    const bytes = this.bytes;
    return {
      raw: () => (bytes.length === 0 ? bytes : this.raw.subarray(-bytes.length)),
      key: key?.value ?? 0,
      bytes,
      start: kept === 0 ? end : payloadStart, // behind a header that was cut there is no payload
      whole: payloadLength ?? 0,
      opcode: first & 0b0000_1111,
      masked: key !== undefined,
      isText: isText && !compressed,
      isMessage: place === null && (first & 0b1000_0000) !== 0,
      compressed,
      carried,
      badAt,
      inflated,
      meanings,
    };
  }
}

/** Whether two frames are the same but for masking key and place, as of a run that is told once. */
export function areAlike(one: FrameInspection, other: FrameInspection): boolean {
  return one instanceof InspectedFrame && other instanceof InspectedFrame && one.isLike(other);
}

/** The payload of a frame that was read, as far as it is here, unmasked in a copy. */
export function unmasked({ input, base = 0 }: Window, read: ReadFrame): Uint8Array {
  const { payloadStart, kept, fields } = read;
  const key = fields.find(({ field }) => field === 'masking-key');
  const payload = input.subarray(payloadStart - base, payloadStart - base + kept);
  if (key === undefined) return payload;
  const bytes = new Uint8Array(payload); // slice of a Buffer would share
  mask(bytes, key.value);
  return bytes;
}

function isShortest(problems: readonly Finding[]): boolean {
  return !problems.some(({ code }) => code === 'length-not-shortest');
}

/** The bits of each value that the first byte can have: they are the same in every frame. */
const FIRST_BITS = Array.from({ length: 256 }, (_, value): Bits[] => [
  { name: 'FIN', mask: 0b1000_0000, value: (value >>> 7) & 1 },
  { name: 'RSV1', mask: 0b0100_0000, value: (value >>> 6) & 1 },
  { name: 'RSV2', mask: 0b0010_0000, value: (value >>> 5) & 1 },
  { name: 'RSV3', mask: 0b0001_0000, value: (value >>> 4) & 1 },
  { name: 'opcode', mask: 0b0000_1111, value: value & 0b0000_1111 },
]);

/** Those of the second. */
const SECOND_BITS = Array.from({ length: 256 }, (_, value): Bits[] => [
  { name: 'MASK', mask: 0b1000_0000, value: value >>> 7 },
  { name: 'payload length', mask: 0b0111_1111, value: value & 0b0111_1111 },
]);

function hex32(value: number): string {
  return value.toString(16).padStart(8, '0');
}
