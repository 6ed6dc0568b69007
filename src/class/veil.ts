/**
 * Draws a veil over what a class says, before a trace of the room goes anywhere: to the projector, to a
 * page or into a file. Of a vote, of progress and of a hello no more is seen than that it was one; bytes of
 * which nobody can say yet what they are show their header alone.
 *
 * Of a frame that is veiled, the payload is another text of the same length under the same masking key,
 * so that every view reads the bytes as it reads others, and the key gives nothing away.
 * @module
 */

import { fromUtf8, toUtf8 } from '../bytes.js';
import type { Fd } from '../net/net.js';
import type { TraceEvent } from '../trace/event.js';
import { isControl, Opcode } from '../websocket/frame.js';
import { classTypeOf } from './messages.js';

/** What is known of one connection's bytes. */
interface Stream {
  /** The request is not whole yet; frames; or bytes that nobody reads. */
  phase: 'request' | 'frames' | 'unread';
  /** The end of the request so far, or the header of a frame so far. */
  begun: number[];
  /** Payload bytes of a frame that are still to come, and where the key stands for the first of them. */
  rest: number;
  /** Whether those are hidden, and their masking key. */
  hides: boolean;
  key: readonly number[];
  at: number;
}

/** A header, and where its payload is. */
interface Head {
  readonly fin: boolean;
  readonly rsv: boolean;
  readonly opcode: number;
  /** Four bytes; zeros where nothing is masked. */
  readonly key: readonly number[];
  readonly payloadLength: number;
}

const SPACE = 0x20;
const NO_KEY = [0, 0, 0, 0];

/** One for a trace. */
export class Veil {
  readonly #streams = new Map<Fd, Stream>();

  /** The event as it may be seen. Each is to come here once, in order. */
  over(event: TraceEvent): TraceEvent {
    switch (event.step) {
      case 'accept':
        this.#streams.set(event.fd, newStream());
        return event;
      case 'disconnect': {
        const stream = this.#streams.get(event.fd);
        if (stream !== undefined) stream.phase = 'unread';
        return event;
      }
      case 'recv':
        return { ...event, bytes: this.#received(event.fd, event.bytes) };
      case 'parse':
        return { ...event, bytes: veiled(event.bytes, newStream('frames')) };
      default:
        return event;
    }
  }

  #received(fd: Fd, bytes: Uint8Array): Uint8Array {
    const stream = this.#streams.get(fd) ?? newStream('unread');
    return veiled(bytes, stream);
  }
}

function newStream(phase: Stream['phase'] = 'request'): Stream {
  return { phase, begun: [], rest: 0, hides: false, key: NO_KEY, at: 0 };
}

/** The bytes as they may be seen; the stream is taken on. */
function veiled(bytes: Uint8Array, stream: Stream): Uint8Array {
  const seen = new Uint8Array(bytes); // a copy: the slice of Node's Buffer would be the server's own bytes
  let at = 0;
  if (stream.phase === 'request') at = behindRequest(bytes, stream);
  while (stream.phase === 'frames' && at < bytes.length) {
    at = stream.rest > 0 ? payload(seen, at, stream) : header(seen, at, stream);
  }
  if (stream.phase === 'unread') seen.fill(0, at);
  return seen;
}

/** @returns where the frames begin */
function behindRequest(bytes: Uint8Array, stream: Stream): number {
  for (const [i, byte] of bytes.entries()) {
    if (byte !== 0x0d) stream.begun.push(byte);
    if (stream.begun.length > 2) stream.begun.shift();
    if (stream.begun.length < 2 || stream.begun.some((one) => one !== 0x0a)) continue;
    stream.begun = [];
    stream.phase = 'frames';
    return i + 1;
  }
  return bytes.length;
}

/** Takes one byte of a header; at its end it is known what of the payload may be seen. */
function header(seen: Uint8Array, at: number, stream: Stream): number {
  stream.begun.push(seen[at] ?? 0);
  const head = headOf(stream.begun);
  if (head === null) return at + 1;
  stream.begun = [];
  const next = at + 1;
  const { opcode, key, payloadLength } = head;
  if (payloadLength > Number.MAX_SAFE_INTEGER) {
    stream.phase = 'unread';
    return next;
  }
  stream.rest = payloadLength;
  stream.key = key;
  stream.at = 0;
  const isWhole = next + payloadLength <= seen.length;
  const mayHide = !isControl(opcode) && opcode !== Opcode.binary;
  stream.hides = mayHide && !(isWhole && head.fin && !head.rsv && opcode === Opcode.text);
  if (!mayHide || stream.hides) return next;
  const type = classTypeOf(textOf(seen.subarray(next, next + payloadLength), key));
  if (type === null) return next;
  const shown = placeholder(type, payloadLength);
  for (const [i, byte] of shown.entries()) seen[next + i] = byte ^ (key[i % 4] ?? 0);
  return next;
}

/** Takes what there is of a payload. */
function payload(seen: Uint8Array, at: number, stream: Stream): number {
  const end = Math.min(seen.length, at + stream.rest);
  if (stream.hides) {
    for (let i = at; i < end; i++) seen[i] = SPACE ^ (stream.key[(stream.at + i - at) % 4] ?? 0);
  }
  stream.at += end - at;
  stream.rest -= end - at;
  return end;
}

/** Null while it is not whole. @see RFC 6455 5.2 */
function headOf(bytes: readonly number[]): Head | null {
  const [first = 0, second] = bytes;
  if (second === undefined) return null;
  const masked = second >= 0b1000_0000;
  const short = second & 0b0111_1111;
  const extended = short === 126 ? 2 : short === 127 ? 8 : 0;
  const length = 2 + extended + (masked ? 4 : 0);
  if (bytes.length < length) return null;
  const digits = bytes.slice(2, 2 + extended);
  return {
    fin: first >= 0b1000_0000,
    rsv: (first & 0b0111_0000) !== 0,
    opcode: first & 0b0000_1111,
    key: masked ? bytes.slice(2 + extended, length) : NO_KEY,
    payloadLength: extended === 0 ? short : digits.reduce((sum, digit) => sum * 256 + digit, 0),
  };
}

function textOf(masked: Uint8Array, key: readonly number[]): string {
  const bytes = Uint8Array.from(masked, (byte, i) => byte ^ (key[i % 4] ?? 0));
  return fromUtf8(bytes) ?? '';
}

/** `{"type":"vote"   }`, as long as what it stands for. */
function placeholder(type: string, length: number): Uint8Array {
  const begin = `{"type":${JSON.stringify(type)}`;
  return toUtf8(`${begin.padEnd(length - 1)}}`).subarray(0, length);
}
