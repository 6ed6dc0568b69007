/**
 * The listening socket of a server: how it is opened, and when it is watched. What becomes of those
 * who connect is the server's business.
 * @module
 */

import { type Address, type Fd, type FdSet, type Net, SocketError } from '../net/net.js';
import type { Step } from '../trace/event.js';

/** Milliseconds until accept is tried again when there were no descriptors, and nobody has left. */
const RETRY_MS = 1_000;

/** A listening socket, or none yet. */
export class Listener {
  readonly #net: Net;
  readonly #read: FdSet;
  #fd: Fd | null = null;
  /** Set while accept has failed for want of a descriptor. */
  #full: { clients: number; until: number } | null = null;

  /** @param read the set in which it is watched */
  constructor(net: Net, read: FdSet) {
    this.#net = net;
    this.#read = read;
  }

  /** Its descriptor; null while there is none. */
  get fd(): Fd | null {
    return this.#fd;
  }

  /** Opens it. @returns the steps that this took @throws SocketError bind EADDRINUSE and the like */
  async open(address: Address, backlog: number): Promise<Step[]> {
    // #region socket
    const fd = await this.#net.listen(address, { backlog });
    this.#fd = fd;
    this.#read.add(fd);
    return [
      { step: 'socket', fd, domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 'SOL_TCP' },
      // #endregion
      // #region setsockopt
      { step: 'setsockopt', fd, level: 'SOL_SOCKET', option: 'SO_REUSEADDR', value: 1 },
      // #endregion
      // #region bind
      { step: 'bind', fd, ...this.#net.getsockname(fd) },
      // #endregion
      // #region listen
      { step: 'listen', fd, backlog },
      // #endregion
    ];
  }

  /**
   * Takes the first connection out of the queue.
   *
   * @param clients how many are served
   * @returns its descriptor; null when none is to be had now
   */
  accept(listener: Fd, clients: number): Fd | null {
    // #region lesson-emfile
    try {
      return this.#net.accept(listener);
    } catch (error) {
      if (!(error instanceof SocketError)) throw error;
      if (error.code === 'EMFILE') {
        // who waits stays in the queue, so to go on watching would spin: not before one has left
        this.#full = { clients, until: this.#net.now() + RETRY_MS };
      }
      return null;
    }
    // #endregion
  }

  /** When it is to be watched again though nobody has left; null when it is not waiting for that. */
  get next(): number | null {
    return this.#full?.until ?? null;
  }

  /** Watches it or not. @param clients how many are served @param most how many there may be */
  watch(clients: number, most: number): void {
    if (this.#fd === null) return;
    const full = this.#full;
    if (full !== null && (clients < full.clients || this.#net.now() >= full.until)) {
      this.#full = null;
    }
    if (clients < most && this.#full === null) this.#read.add(this.#fd);
    else this.#read.delete(this.#fd);
  }

  /** Gives it back. */
  close(): void {
    if (this.#fd === null) return;
    this.#read.delete(this.#fd);
    this.#net.close(this.#fd);
    this.#fd = null;
    this.#full = null;
  }
}
