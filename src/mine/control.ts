/**
 * A connection whose control frames may be a student's: lesson 15.
 * @module
 */

import { CloseCode } from '../websocket/closing.js';
import { Connection, type ConnectionOptions, type Received } from '../websocket/connection.js';
import { isControl } from '../websocket/frame.js';
import type { FrameParts } from '../websocket/frame-parts.js';
import type { YourParts } from './your-parts.js';

/** A server's end, which asks for each control frame. */
export class OwnConnection extends Connection {
  readonly #yours: YourParts;

  constructor(yours: YourParts, parts: FrameParts, options: ConnectionOptions) {
    super('server', { ...options, parts });
    this.#yours = yours;
  }

  override *receive(bytes: Uint8Array, mine = false): Generator<Received, void, void> {
    const all = super.receive(bytes, mine);
    for (;;) {
      const closeSent = this.state !== 'open';
      const next = all.next();
      if (next.done === true) return;
      yield this.#answered(next.value, closeSent);
    }
  }

  override close(code: number = CloseCode.normal, reason = ''): Uint8Array {
    const bytes = super.close(code, reason);
    const args = [code === CloseCode.noStatus ? null : code, reason];
    return new Uint8Array(this.#yours.ask('control-frames', 'closeFrame', args, bytes));
  }

  #answered(received: Received, closeSent: boolean): Received {
    if (received.kind === 'problem' || !isControl(received.frame.opcode)) return received;
    const { room: _, ...header } = received.frame;
    const frame = { ...header, payload: new Uint8Array(header.payload) };
    const expected = { bytes: received.reply, closeTcp: received.kind === 'close' };
    const args = [frame, closeSent];
    const { bytes } = this.#yours.ask('control-frames', 'answer', args, expected);
    return { ...received, reply: bytes === null ? null : new Uint8Array(bytes) };
  }
}
