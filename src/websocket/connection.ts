/**
 * An open WebSocket connection with no I/O, for either role: what came in becomes messages and
 * the frames that answer it; what shall go out becomes bytes. The caller moves the bytes.
 * @module
 */

import type { ByteTools } from '../bytes.js';
import { failing } from '../texts/errors.js';
import { type Close, CloseCode, decodeClose, encodeClose, utf8Problem } from './closing.js';
import { FrameDecoder } from './decoder.js';
import { type DeflateOptions, Deflater, Inflater } from './deflate.js';
import { type Frame, Opcode, type Role } from './frame.js';
import { FRAME_PARTS, type FrameParts } from './frame-parts.js';
import { Message, MessageAssembler } from './message.js';
import { type Problem, ProtocolError, problemOf } from './problem.js';
import { Utf8Checker } from './utf8.js';

/** How far the closing handshake is (RFC 6455 7.1). */
export type ConnectionState = 'open' | 'closing' | 'closed';

/** What one frame of the peer, or its first problem, amounts to. */
export type Received = ReceivedFrame | ReceivedClose | ReceivedProblem;

/** A frame came that goes on with the conversation. */
export interface ReceivedFrame {
  /** Says which of the three it is. */
  kind: 'frame';
  /** The frame. */
  frame: Frame;
  /** The message that the frame ends; null when it ends none. */
  message: Message | null;
  /** The pong that answers a ping; else null. */
  reply: Uint8Array | null;
}

/** The peer's Close came. When `reply` is sent, TCP is to be closed. */
export interface ReceivedClose {
  /** Says which of the three it is. */
  kind: 'close';
  /** The frame. */
  frame: Frame;
  /** What it says. */
  close: Close;
  /** Our own Close; null when that went out before. */
  reply: Uint8Array | null;
}

/** The peer broke the protocol. When `reply` is sent, TCP is to be closed. */
export interface ReceivedProblem {
  /** Says which of the three it is. */
  kind: 'problem';
  /** The rule that was broken. */
  problem: ProtocolError;
  /** A Close with the right code; null when our Close went out before. */
  reply: Uint8Array | null;
}

/** A frame was to be sent when our Close had gone out (RFC 6455 5.5.1). */
export class ClosingError extends Error {
  /** `ClosingError`. */
  override readonly name = 'ClosingError';
}

/** How a connection behaves. */
export interface ConnectionOptions {
  /** The longest message taken, in bytes; of a compressed one, what comes out. Default 1 MiB. */
  maxMessageLength?: number;
  /** The most frames of one message; no limit by default. */
  maxFragments?: number;
  /** A client's source of masking keys: unsigned 32-bit numbers that nobody can foretell (5.3). */
  maskingKey?: () => number;
  /** That permessage-deflate was agreed on; without it nothing is compressed, nor may be. */
  deflate?: DeflateOptions | null;
  /** What the machine does faster with bytes: memory, and the check of UTF-8; `nodeBytes` is Node's. */
  tools?: ByteTools | null;
  /** What reads and writes frames, where that is not the kit's own. @internal */
  parts?: FrameParts;
}

/** Frames that are decoded at a time: who takes them one by one does not wait for all of a recv. */
const AT_A_TIME = 64;

/** One end of a connection, after the handshake. */
export class Connection {
  readonly #decoder: FrameDecoder;
  readonly #messages: MessageAssembler;
  readonly #tools: ByteTools | null;
  readonly #encode: FrameParts['encode'];
  readonly #maskingKey: (() => number) | null;
  readonly #maxMessageLength: number;
  readonly #maxFragments: number;
  readonly #deflater: Deflater | null;
  readonly #inflater: Inflater | null;
  #state: ConnectionState = 'open';
  #hasMore = false;

  /**
   * @param role our own role
   * @throws TypeError for a client without a source of masking keys
   */
  constructor(role: Role, options: ConnectionOptions = {}) {
    const { maxMessageLength = 1 << 20, maskingKey, deflate = null, tools = null } = options;
    const { parts = FRAME_PARTS } = options;
    if (role === 'client' && maskingKey === undefined) {
      throw failing(TypeError, 'websocket.no-masking-key');
    }
    this.#maskingKey = role === 'client' ? (maskingKey ?? null) : null;
    const from = role === 'client' ? 'server' : 'client';
    this.#decoder = new FrameDecoder(from, {
      rsv1: deflate !== null,
      maxMessageLength,
      tools,
      parts,
    });
    this.#messages = new MessageAssembler(tools);
    this.#tools = tools;
    this.#encode = parts.encode;
    this.#maxMessageLength = maxMessageLength;
    this.#maxFragments = options.maxFragments ?? Number.POSITIVE_INFINITY;
    this.#deflater = deflate && new Deflater(deflate, role);
    this.#inflater = deflate && new Inflater(deflate.compression.inflate, deflate.parameters, from);
  }

  /** `closing` once our Close went out, `closed` once nothing more comes or goes. */
  get state(): ConnectionState {
    return this.#state;
  }

  /** Whether something waits behind what `receive` gave last. */
  get hasMore(): boolean {
    return this.#hasMore;
  }

  /**
   * Takes the next bytes from the peer, cut anywhere.
   *
   * @param mine whether nobody else needs the bytes: a long payload is then unmasked where it lies
   * @returns what they amount to, in order, worked out one by one: take them all, at once or later,
   *   before the next bytes. Nothing comes behind a Close or a problem
   */
  *receive(bytes: Uint8Array, mine = false): Generator<Received, void, void> {
    if (this.#state === 'closed') return; // 5.5.1: after both Close frames nothing is processed
    const decoder = this.#decoder;
    for (let at = 0; at < bytes.length && decoder.problem === null; ) {
      const frames = decoder.feed(bytes, at, AT_A_TIME, mine);
      at = decoder.taken;
      const goesOn = at < bytes.length || decoder.problem !== null;
      let left = frames.length;
      for (const frame of frames) {
        const received = this.#take(frame);
        this.#hasMore = received.kind === 'frame' && (--left > 0 || goesOn);
        yield received;
        if (received.kind !== 'frame') return;
      }
    }
    const { problem } = decoder;
    this.#hasMore = false;
    if (problem !== null) yield this.#failed(problem);
  }

  #take(frame: Frame): Received {
    if (frame.opcode === Opcode.close) return this.#closeReceived(frame);
    let message = this.#messages.push(frame);
    if (this.#messages.frames >= this.#maxFragments) {
      return this.#failed(tooManyFragments(this.#maxFragments));
    }
    if (message?.compressed) {
      const inflated = this.#inflated(message);
      if (!(inflated instanceof Message)) return this.#failed(new ProtocolError(inflated));
      message = inflated;
    }
    return { kind: 'frame', frame, message, reply: this.#pong(frame) };
  }

  /** The bytes of a text message in one frame. @throws ClosingError when our Close went out */
  text(text: string): Uint8Array {
    return this.message(Message.ofText(text));
  }

  /** The bytes of a binary message in one frame. @throws ClosingError when our Close went out */
  binary(payload: Uint8Array): Uint8Array {
    return this.message(new Message(Opcode.binary, payload));
  }

  /** The bytes of a message like another. @throws ClosingError when our Close went out */
  message(message: Message): Uint8Array {
    const { opcode, payload, room } = message;
    return this.compressed(message) ?? this.#frame(opcode, payload, false, room);
  }

  /**
   * The bytes of a message compressed; null when it goes out as it is, because that was not agreed
   * on or does not pay. Then one frame may serve many clients.
   */
  compressed({ opcode, payload }: Message): Uint8Array | null {
    // not behind our Close: the other end would miss what later messages look back at
    const deflater = this.#state === 'open' ? this.#deflater : null;
    const compressed = deflater?.deflate(payload) ?? null;
    return compressed && this.#frame(opcode, compressed, true);
  }

  /** The bytes of a ping. @throws RangeError when the payload is longer than 125 bytes (RFC 6455 5.5) */
  ping(payload: Uint8Array = new Uint8Array(0)): Uint8Array {
    if (payload.length > 125) {
      throw failing(RangeError, 'websocket.long-ping', { length: payload.length });
    }
    return this.#frame(Opcode.ping, payload);
  }

  /**
   * The bytes of a Close; from then on nothing else is to be sent (RFC 6455 5.5.1).
   *
   * @param code one that may go over the wire; 1005 for an empty Close
   * @param reason cut to 123 bytes of UTF-8
   */
  close(code: number = CloseCode.normal, reason = ''): Uint8Array {
    const bytes = this.#frame(Opcode.close, encodeClose(code, reason));
    this.#state = 'closing';
    return bytes;
  }

  /** The message as its sender meant it, or what is wrong with it. */
  #inflated({ opcode, payload }: Message): Message | Problem {
    if (this.#inflater === null) throw new Error('bug: a compressed message, and no deflate');
    const inflated = this.#inflater.inflate(payload, this.#maxMessageLength);
    if (!(inflated instanceof Uint8Array)) return inflated;
    if (opcode === Opcode.text) {
      const checker = new Utf8Checker(this.#tools);
      const bad = checker.push(inflated);
      if (bad >= 0 || !checker.complete) return utf8Problem(bad, checker, 'inflated');
    }
    return new Message(opcode, inflated);
  }

  #failed(problem: ProtocolError): Received {
    const reply = this.#state === 'open' ? this.close(problem.closeCode, problem.message) : null;
    this.#state = 'closed';
    return { kind: 'problem', problem, reply };
  }

  #closeReceived(frame: Frame): Received {
    // #region lesson-close
    const close = decodeClose(frame.payload);
    // 5.5.1: "the endpoint typically echos the status code it received"
    const reply = this.#state === 'open' ? this.close(close.code) : null;
    this.#state = 'closed';
    return { kind: 'close', frame, close, reply };
    // #endregion
  }

  #pong(frame: Frame): Uint8Array | null {
    // #region lesson-pong
    // 5.5.2: "unless it already received a Close frame"; and we send nothing behind our own
    if (frame.opcode !== Opcode.ping || this.#state !== 'open') return null;
    return this.#frame(Opcode.pong, frame.payload);
    // #endregion
  }

  #frame(
    opcode: number,
    payload: Uint8Array,
    rsv1 = false,
    room: Uint8Array | null = null,
  ): Uint8Array {
    if (this.#state !== 'open') {
      throw failing(ClosingError, 'websocket.closing');
    }
    const maskingKey = this.#maskingKey?.() ?? null;
    return this.#encode(opcode, payload, { rsv1, maskingKey, tools: this.#tools, room });
  }
}

/** Empty frames cost no bytes of a message's length, so their number has a limit of its own. */
function tooManyFragments(limit: number): ProtocolError {
  return new ProtocolError(
    problemOf({
      code: 'too-many-fragments',
      closeCode: CloseCode.policyViolation,
      section: '7.4.1',
      values: { limit },
    }),
  );
}
