/**
 * A frame explained: its header, its payload and its spans, made when they are read. What is known
 * is worked out once, while the input is read; nothing here reads bytes in another way.
 * @module
 */

import { isControl, opcodeName, type Role } from '../websocket/frame.js';
import { mask } from '../websocket/mask.js';
import type {
  Bits,
  Finding,
  FrameInspection,
  InspectedHeader,
  InspectedPayload,
  MessagePlace,
  Span,
} from './inspection.js';
import { MEANINGS } from './meanings.js';
import { type PayloadFacts, payloadSpan, payloadValue } from './payload.js';
import { lengthIn, type ReadField, type ReadFrame } from './read-frame.js';

/** What the stream around a frame says of it. */
export interface FrameContext {
  readonly direction: Role;
  /** Whether permessage-deflate was agreed on, or only offered, as far as can be seen. */
  readonly deflate: 'agreed' | 'offered' | null;
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
}

/** One frame of the input. */
export class InspectedFrame implements FrameInspection {
  readonly #input: Uint8Array;
  readonly #read: ReadFrame;
  readonly #context: FrameContext;
  #payload: Uint8Array | undefined;
  #spans: readonly Span[] | undefined;

  /** @internal */
  constructor(input: Uint8Array, read: ReadFrame, context: FrameContext, payload?: Uint8Array) {
    this.#input = input;
    this.#read = read;
    this.#context = context;
    this.#payload = payload;
  }

  get direction(): Role {
    return this.#context.direction;
  }

  get offset(): number {
    return this.#read.offset;
  }

  get length(): number {
    return this.#read.end - this.#read.offset;
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

  /** The payload's bytes, unmasked. */
  get bytes(): Uint8Array {
    this.#payload ??= unmasked(this.#input, this.#read);
    return this.#payload;
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

  get spans(): readonly Span[] {
    this.#spans ??= this.#makeSpans();
    return this.#spans;
  }

  /** The frame in its JSON form. */
  toJSON(): FrameInspection {
    const { direction, offset, length, header, payload, message, spans, problems } = this;
    const placed = message === undefined ? {} : { message };
    return { direction, offset, length, header, payload, ...placed, spans, problems };
  }

  #makeSpans(): Span[] {
    const { fields, cut, payloadStart, end } = this.#read;
    const spans = fields.map((field) => this.#fieldSpan(field));
    if (cut !== null && cut.field !== 'payload' && cut.have > 0) {
      const meaning = MEANINGS.partOf({ ...cut });
      spans.push({ field: cut.field, start: end - cut.have, end, meaning, section: '5.2' });
    } else if (payloadStart < end) {
      spans.push(payloadSpan(this.#facts()));
    }
    return spans;
  }

  #fieldSpan({ field, start, length, value }: ReadField): Span {
    const span = { field, start, end: start + length };
    const { fields, problems } = this.#read;
    switch (field) {
      case 'fin-rsv-opcode':
        return { ...span, bits: firstBits(value), meaning: this.#first(value), section: '5.2' };
      case 'mask-length': {
        const masked = (value & 0b1000_0000) !== 0;
        const length7 = value & 0b0111_1111;
        const bits = [
          { name: 'MASK', mask: 0b1000_0000, value: masked ? 1 : 0 },
          { name: 'payload length', mask: 0b0111_1111, value: length7 },
        ];
        return {
          ...span,
          bits,
          meaning: MEANINGS.second({ value, masked, length7 }),
          section: '5.2',
        };
      }
      case 'extended-length-16': {
        const meaning = MEANINGS.length16({ length: value, shortest: isShortest(problems) });
        return { ...span, meaning, section: '5.2' };
      }
      case 'extended-length-64':
        return { ...span, meaning: MEANINGS.length64({ high: value }), section: '5.2' };
      case 'extended-length-continued': {
        const high = fields[2]?.value ?? 0;
        const length = lengthIn(fields);
        const numbers = { high, low: value, length, shortest: isShortest(problems) };
        return { ...span, meaning: MEANINGS.continued(numbers), section: '5.2' };
      }
      case 'masking-key':
        return { ...span, meaning: MEANINGS.key({ hex: hex32(value) }), section: '5.3' };
    }
  }

  #first(value: number): string {
    const opcode = value & 0b0000_1111;
    const { compressed, deflate, place } = this.#context;
    return MEANINGS.first({
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
    const { payloadStart, end, payloadLength, fields } = this.#read;
    const { isText, compressed, carried, badAt, place } = this.#context;
    const key = fields.find(({ field }) => field === 'masking-key');
    const from = key?.start ?? 0;
    const first = fields[0]?.value ?? 0;
    const bytes = this.bytes;
    const start = end - bytes.length; // behind a header that was cut there is no payload
    return {
      raw: this.#input.subarray(Math.max(payloadStart, start), end),
      bytes,
      start,
      whole: payloadLength ?? 0,
      opcode: first & 0b0000_1111,
      key: key === undefined ? null : this.#input.subarray(from, from + 4),
      isText: isText && !compressed,
      isMessage: place === null && (first & 0b1000_0000) !== 0,
      compressed,
      carried,
      badAt,
    };
  }
}

/** The payload of a frame that was read, as far as it is here, unmasked in a copy. */
export function unmasked(input: Uint8Array, read: ReadFrame): Uint8Array {
  const { cut, payloadStart, end, fields } = read;
  if (cut !== null && cut.field !== 'payload') return new Uint8Array(0);
  const key = fields.find(({ field }) => field === 'masking-key');
  if (key === undefined) return input.subarray(payloadStart, end);
  const bytes = input.slice(payloadStart, end);
  mask(bytes, key.value);
  return bytes;
}

function isShortest(problems: readonly Finding[]): boolean {
  return !problems.some(({ code }) => code === 'length-not-shortest');
}

function firstBits(value: number): Bits[] {
  const bit = (name: string, mask: number): Bits => ({ name, mask, value: value & mask ? 1 : 0 });
  return [
    bit('FIN', 0b1000_0000),
    bit('RSV1', 0b0100_0000),
    bit('RSV2', 0b0010_0000),
    bit('RSV3', 0b0001_0000),
    { name: 'opcode', mask: 0b0000_1111, value: value & 0b0000_1111 },
  ];
}

function hex32(value: number): string {
  return value.toString(16).padStart(8, '0');
}
