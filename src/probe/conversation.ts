/**
 * One connection of a probe: sends what it is told, and keeps what came, read as the client's side of
 * RFC 6455 reads it. It judges nothing. What a server may send, and how slowly, has bounds.
 * @module
 */

import { type Address, type Fd, FdSet, type Net, SocketError } from '../net/net.js';
import { Outbox } from '../net/outbox.js';
import { type Agreed, type Came, Reading } from './came.js';

const RECV_LENGTH = 262_144;

/** How many times its patience an unhurried server may take for one answer, as long as something comes. */
const MOST_PATIENCES = 6;

/** Why waiting ended. */
export type Waited = 'done' | 'ended' | 'late';

/** One connection. */
export class Conversation {
  /** Bytes of ours that the network has taken. */
  taken = 0;
  readonly #net: Net;
  readonly #fd: Fd;
  readonly #read: FdSet;
  readonly #nothing = new FdSet();
  readonly #outbox = new Outbox();
  readonly #reading: Reading;
  #isOpen = true;
  /** Nothing more can be sent. */
  #isMute = false;
  /** A send was told of a RST; recv may then tell an end without saying which. */
  #wasReset = false;

  private constructor(net: Net, fd: Fd, agreed: Agreed) {
    this.#net = net;
    this.#fd = fd;
    this.#reading = new Reading(agreed);
    this.#read = new FdSet([fd]);
  }

  /**
   * Connects.
   *
   * @param agreed what inflates, going by the answer to the request; null where nothing is compressed
   * @throws SocketError connect ECONNREFUSED and the like
   */
  static async connect(net: Net, address: Address, agreed: Agreed): Promise<Conversation> {
    return new Conversation(net, await net.connect(address), agreed);
  }

  /** What came so far. */
  get came(): Came {
    return this.#reading.came;
  }

  /** Sends bytes, and takes in meanwhile what comes. */
  async send(bytes: Uint8Array, patienceMs: number): Promise<Waited> {
    this.#outbox.push(bytes);
    this.#flush();
    return this.until(() => this.#outbox.length === 0, patienceMs);
  }

  /** Lets so much time pass, or less when the server ends the connection. */
  async pause(ms: number): Promise<void> {
    const end = this.#net.now() + ms;
    while (this.came.end === null && this.#isOpen) {
      const left = end - this.#net.now();
      await this.#wait(Math.max(0, left));
      if (left <= 0) return;
    }
  }

  /**
   * Waits until something is so.
   *
   * @param patienceMs how long the server may be silent; what comes gives it more, up to a bound
   */
  async until(done: () => boolean, patienceMs: number): Promise<Waited> {
    const latest = this.#net.now() + MOST_PATIENCES * patienceMs;
    let deadline = this.#net.now() + patienceMs;
    for (;;) {
      if (done()) return 'done';
      if (this.came.end !== null || !this.#isOpen) return 'ended';
      const left = Math.min(deadline, latest) - this.#net.now();
      if (left <= 0) return 'late';
      const { bytes } = this.came;
      const waits = this.#outbox.length;
      await this.#wait(left);
      if (this.came.bytes > bytes || this.#outbox.length < waits) {
        deadline = this.#net.now() + patienceMs;
      }
    }
  }

  /** Ends our side; the server's may go on. */
  shutdown(): void {
    this.#quietly(() => this.#net.shutdown(this.#fd));
  }

  /** Ends the connection, if need be with RST. */
  close(how: 'fin' | 'reset' = 'fin'): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    if (how === 'fin') this.#net.close(this.#fd);
    else this.#net.reset(this.#fd);
  }

  async #wait(timeoutMs: number): Promise<void> {
    const sends = this.#outbox.length > 0 && !this.#isMute;
    const write = sends ? this.#read : this.#nothing;
    const ready = await this.#net.select(this.#read, write, this.#nothing, timeoutMs);
    if (ready.write.length > 0) this.#flush();
    if (ready.read.length > 0) this.#receive();
  }

  #flush(): void {
    this.#quietly(() => {
      this.taken += this.#outbox.flush(this.#net, this.#fd);
    });
  }

  /** Where nothing more can be sent, what came before is still to be read, and tells the end. */
  #quietly(action: () => void): void {
    try {
      action();
    } catch (error) {
      if (!(error instanceof SocketError)) throw error;
      this.#isMute = true;
      if (error.code === 'ECONNRESET' && this.came.end === null) this.#wasReset = true;
    }
  }

  #receive(): void {
    let bytes: Uint8Array;
    try {
      bytes = this.#net.recv(this.#fd, RECV_LENGTH);
    } catch (error) {
      if (!(error instanceof SocketError)) throw error;
      if (error.code !== 'EAGAIN') this.came.end = 'reset';
      return;
    }
    this.#reading.push(bytes);
    if (this.#wasReset && this.came.end === 'fin') this.came.end = 'reset';
  }
}
