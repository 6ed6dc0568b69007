/**
 * What may still come of a direction behind its Close. The server stops reading there; whoever looks at
 * bytes reads on, and says what should not be.
 * @module
 */

import { isControl, Opcode } from '../websocket/frame.js';
import { type Problem, problemOf } from '../websocket/problem.js';

/** One direction, as far as it has been closed. */
export class Closing {
  #isClosed = false;

  /**
   * Takes the opcode of the next frame.
   *
   * @returns what is wrong with its coming now; a Ping or a Pong may still come
   */
  next(opcode: number): Problem | null {
    const wasClosed = this.#isClosed;
    if (opcode === Opcode.close) this.#isClosed = true;
    if (!wasClosed) return null;
    const rule = { closeCode: 1002, section: '5.5.1', values: {} };
    // 5.5.1: the endpoint that gets a Close sends one back "if it did not previously send" one
    if (opcode === Opcode.close) return problemOf({ code: 'second-close', ...rule });
    // 5.5.1: "MUST NOT send any more data frames after sending a Close frame"
    return isControl(opcode) ? null : problemOf({ code: 'data-after-close', ...rule });
  }
}
