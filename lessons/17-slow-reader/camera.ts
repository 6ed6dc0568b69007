/**
 * A camera: a server that sends a picture to all its clients at every tick, and keeps for each what
 * its socket does not take. Made for lesson 17.
 */

import {
  type Address,
  type Fd,
  FdSet,
  type Net,
  Outbox,
  type Program,
  type Ready,
  type Step,
} from 'loopscope';

/** A camera, as a program for the loop. */
export class Camera implements Program {
  readonly read = new FdSet();
  readonly write = new FdSet();
  watched = false;
  /** What waits for each client. */
  readonly outboxes = new Map<Fd, Outbox>();
  /** Ticks up to now. */
  ticks = 0;
  readonly #net: Net;
  readonly #picture = new Uint8Array(64_000);
  readonly #tickMs: number;
  readonly #limit: number;
  #listener: Fd = -1;

  /** @param limit bytes that may wait for a client; who is further behind has to go */
  constructor(net: Net, tickMs: number, limit: number) {
    this.#net = net;
    this.#tickMs = tickMs;
    this.#limit = limit;
  }

  /** Opens the listening socket. @returns its address */
  async listen(address: Address): Promise<Address> {
    this.#listener = await this.#net.listen(address);
    this.read.add(this.#listener);
    return this.#net.getsockname(this.#listener);
  }

  timeoutMs(): number | null {
    if (this.read.size === 0) return null; // it has ended
    return Math.max(0, (this.ticks + 1) * this.#tickMs - this.#net.now());
  }

  *turn({ read: ready }: Ready): Generator<Step, void, void> {
    for (const listener of ready) {
      const fd = this.#net.accept(listener);
      this.outboxes.set(fd, new Outbox());
      yield { step: 'accept', listener, fd, ...this.#net.getpeername(fd) };
    }
    if (this.timeoutMs() === 0) this.#shoot();
    for (const [fd, outbox] of this.outboxes) yield* this.#send(fd, outbox);
  }

  /** Ends it. */
  stop(): void {
    for (const fd of [...this.outboxes.keys(), this.#listener]) this.#close(fd);
  }

  #shoot(): void {
    this.ticks = Math.floor(this.#net.now() / this.#tickMs);
    for (const outbox of this.outboxes.values()) outbox.push(this.#picture);
  }

  *#send(fd: Fd, outbox: Outbox): Generator<Step> {
    // #region lesson-send
    const { length } = outbox;
    if (length === 0) return;
    yield { step: 'send', fd, length, taken: outbox.flush(this.#net, fd) };
    if (outbox.length > 0) this.write.add(fd);
    else this.write.delete(fd);
    if (outbox.length > this.#limit) {
      yield { step: 'disconnect', fd, cause: 'limit' };
      this.#close(fd);
    }
    // #endregion
  }

  #close(fd: Fd): void {
    this.#net.reset(fd); // what still waits is not for sending
    this.outboxes.delete(fd);
    this.read.delete(fd);
    this.write.delete(fd);
  }
}
