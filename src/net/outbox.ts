/**
 * What waits to be sent to one peer: gathered during a turn, handed to the socket in one call.
 * @module
 */

import { type ByteTools, joinBytes } from '../bytes.js';
import { type Fd, type Net, SocketError } from './net.js';

/**
 * Joins lists of byte arrays, and remembers the last: in a broadcast the lists of all clients are
 * alike, so a turn joins them once.
 */
export class Joiner {
  readonly #tools: ByteTools | null;
  #parts: readonly Uint8Array[] = [];
  #joined: Uint8Array = new Uint8Array(0);

  constructor(tools: ByteTools | null = null) {
    this.#tools = tools;
  }

  /** Joins `parts`; the very same arrays as last time give the very same result. */
  join(parts: readonly Uint8Array[]): Uint8Array {
    if (parts.length === 1 && parts[0] !== undefined) return parts[0];
    if (parts.length !== this.#parts.length || !parts.every((part, i) => part === this.#parts[i])) {
      this.#parts = [...parts]; // a copy: the owner of the list may go on with it
      this.#joined = joinBytes(parts, this.#tools);
    }
    return this.#joined;
  }
}

const NOTHING: Uint8Array[] = [];

/** Bytes that are joined at a time: a backlog of MiB is not copied anew with each frame behind it. */
const JOINED = 262_144;

/** A queue of bytes for one descriptor. */
export class Outbox {
  /** What waits alone: in a broadcast each has one part, and to make a list for it is what costs most. */
  #only: Uint8Array | null = null;
  /** What waits where that are several; let go when all is sent: most of the time nothing waits. */
  #parts: Uint8Array[] = NOTHING;
  #length = 0;

  /** Bytes that wait. */
  get length(): number {
    return this.#length;
  }

  /** Puts bytes at the end. They are not copied: do not change them afterwards. */
  push(bytes: Uint8Array): void {
    if (this.#length === 0) {
      this.#only = bytes;
    } else if (this.#only !== null) {
      this.#parts = [this.#only, bytes];
      this.#only = null;
    } else {
      this.#parts.push(bytes);
    }
    this.#length += bytes.length;
  }

  /**
   * Sends what waits, as far as the socket takes it.
   *
   * @param joiner shared by all that is flushed in one turn
   * @returns bytes taken; what is left goes when select reports the descriptor writable
   * @throws SocketError EPIPE, ECONNRESET as `send` does
   */
  flush(net: Net, fd: Fd, joiner: Joiner = new Joiner()): number {
    const bytes = this.#only;
    if (bytes === null || this.#length === 0) return this.#flushParts(net, fd, joiner);
    const taken = sendSome(net, fd, bytes);
    this.#length -= taken;
    if (taken > 0) this.#only = taken === bytes.length ? null : bytes.subarray(taken);
    return taken;
  }

  #flushParts(net: Net, fd: Fd, joiner: Joiner): number {
    let sent = 0;
    while (this.#length > 0) {
      const count = this.#length > JOINED ? this.#first() : this.#parts.length;
      const all = count === this.#parts.length;
      const bytes = joiner.join(all ? this.#parts : this.#parts.slice(0, count));
      const taken = sendSome(net, fd, bytes);
      sent += taken;
      this.#length -= taken;
      if (taken < bytes.length) {
        const rest = taken === 0 ? bytes : bytes.subarray(taken);
        if (all) this.#parts = [rest];
        else this.#parts.splice(0, count, rest);
        break;
      }
      this.#parts = all ? NOTHING : this.#parts.slice(count);
    }
    return sent;
  }

  /** How many parts are joined at a time. */
  #first(): number {
    let length = 0;
    let count = 0;
    for (const part of this.#parts) {
      length += part.length;
      if (count > 0 && length > JOINED) break;
      count++;
    }
    return count;
  }
}

/** Sends as much as there is room for, which may be nothing. */
function sendSome(net: Net, fd: Fd, bytes: Uint8Array): number {
  try {
    return net.send(fd, bytes);
  } catch (error) {
    if (error instanceof SocketError && error.code === 'EAGAIN') return 0;
    throw error;
  }
}
