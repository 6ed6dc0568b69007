/**
 * An open WebSocket connection with no I/O, for either role: what came in becomes messages and
 * the frames that answer it; what shall go out becomes bytes. The caller moves the bytes.
 * @module
 */

import { type Close, CloseCode, decodeClose, encodeClose } from './closing.js';
import { FrameDecoder } from './decoder.js';
import { encodeFrame, type Frame, Opcode, type Role } from './frame.js';
import { type Message, MessageAssembler } from './message.js';
import type { ProtocolError } from './problem.js';

/** How far the closing handshake is (RFC 6455 7.1). */
export type ConnectionState = 'open' | 'closing' | 'closed';

/** What one frame of the peer, or its first problem, amounts to. */
export type Received =
  /** A frame; `message` when it was the last of one, `reply` when it is to be answered at once. */
  | { kind: 'frame'; frame: Frame; message: Message | null; reply: Uint8Array | null }
  /** The peer's Close. `reply` is our own, null when that went out before. Then TCP is closed. */
  | { kind: 'close'; frame: Frame; close: Close; reply: Uint8Array | null }
  /** The peer broke the protocol. `reply` is a Close with the right code. Then TCP is closed. */
  | { kind: 'problem'; problem: ProtocolError; reply: Uint8Array | null };

/** How a connection behaves. */
export interface ConnectionOptions {
  /** The longest message taken, in bytes. Default 1 MiB. */
  maxMessageLength?: number;
  /** A client's source of masking keys: unsigned 32-bit numbers that nobody can foretell (5.3). */
  maskingKey?: () => number;
}

/** One end of a connection, after the handshake. */
export class Connection {
  readonly #decoder: FrameDecoder;
  readonly #messages = new MessageAssembler();
  readonly #maskingKey: (() => number) | null;
  #state: ConnectionState = 'open';

  /**
   * @param role our own role
   * @throws TypeError for a client without a source of masking keys
   */
  constructor(role: Role, options: ConnectionOptions = {}) {
    const { maxMessageLength = 1 << 20, maskingKey } = options;
    if (role === 'client' && maskingKey === undefined) {
      throw new TypeError('a client masks its frames: pass options.maskingKey');
    }
    this.#maskingKey = role === 'client' ? (maskingKey ?? null) : null;
    this.#decoder = new FrameDecoder(role === 'client' ? 'server' : 'client', { maxMessageLength });
  }

  /** `closing` once our Close went out, `closed` once nothing more comes or goes. */
  get state(): ConnectionState {
    return this.#state;
  }

  /**
   * Takes the next bytes from the peer, cut anywhere.
   *
   * @returns what they amount to, in order; nothing behind a Close or a problem
   */
  *receive(bytes: Uint8Array): Generator<Received, void, void> {
    if (this.#state === 'closed') return; // 5.5.1: after both Close frames nothing is processed
    for (const frame of this.#decoder.feed(bytes)) {
      if (frame.opcode === Opcode.close) {
        yield this.#closeReceived(frame);
        return;
      }
      yield { kind: 'frame', frame, message: this.#messages.push(frame), reply: this.#pong(frame) };
    }
    const problem = this.#decoder.problem;
    if (problem !== null) {
      const reply = this.#state === 'open' ? this.close(problem.closeCode, problem.message) : null;
      this.#state = 'closed';
      yield { kind: 'problem', problem, reply };
    }
  }

  /** The bytes of a text message in one frame. */
  text(text: string): Uint8Array {
    return this.#frame(Opcode.text, new TextEncoder().encode(text));
  }

  /** The bytes of a binary message in one frame. */
  binary(payload: Uint8Array): Uint8Array {
    return this.#frame(Opcode.binary, payload);
  }

  /** The bytes of a message of the kind and the content of another. */
  message(message: Message): Uint8Array {
    return this.#frame(message.opcode, message.payload);
  }

  /** The bytes of a ping. @throws RangeError when the payload is longer than 125 bytes (RFC 6455 5.5) */
  ping(payload: Uint8Array = new Uint8Array(0)): Uint8Array {
    if (payload.length > 125) {
      throw new RangeError(`a ping carries at most 125 bytes, not ${payload.length}`);
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

  #closeReceived(frame: Frame): Received {
    const close = decodeClose(frame.payload);
    // 5.5.1: "the endpoint typically echos the status code it received"
    const reply = this.#state === 'open' ? this.close(close.code) : null;
    this.#state = 'closed';
    return { kind: 'close', frame, close, reply };
  }

  #pong(frame: Frame): Uint8Array | null {
    // 5.5.2: "unless it already received a Close frame"; and we send nothing behind our own
    if (frame.opcode !== Opcode.ping || this.#state !== 'open') return null;
    return this.#frame(Opcode.pong, frame.payload);
  }

  #frame(opcode: number, payload: Uint8Array): Uint8Array {
    if (this.#state !== 'open') {
      throw new Error('bug: a frame after our Close; ask the connection for its state first');
    }
    return encodeFrame(opcode, payload, { maskingKey: this.#maskingKey?.() ?? null });
  }
}
