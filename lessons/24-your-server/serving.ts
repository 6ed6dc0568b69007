/**
 * The server whose turn is the exercise's, and its table of outboxes. Made for lesson 24.
 */

import { type Fd, FdSet, type Net, SocketError, type Step } from 'loopscope';
import type { Server } from './exercise.js';

const NONE = new FdSet();

/** A server that says what each client says to everyone. */
export class Relay implements Server {
  readonly listener: Fd;
  readonly outboxes = new Map<Fd, Uint8Array>();
  readonly read: FdSet;
  readonly write = new FdSet();
  protected readonly net: Net;
  protected readonly note: (step: Step) => void;

  constructor(net: Net, listener: Fd, note: (step: Step) => void) {
    this.net = net;
    this.listener = listener;
    this.note = note;
    this.read = new FdSet([listener]);
  }

  get clients(): Fd[] {
    return [...this.outboxes.keys()];
  }

  accept(): void {
    const { listener } = this;
    const fd = this.net.accept(listener);
    this.outboxes.set(fd, new Uint8Array(0));
    this.read.add(fd);
    this.note({ step: 'accept', listener, fd, ...this.net.getpeername(fd) });
  }

  recv(fd: Fd): Uint8Array {
    const bytes = this.net.recv(fd, 4_096);
    this.note({ step: 'recv', fd, bytes });
    return bytes;
  }

  leave(fd: Fd): void {
    this.net.close(fd);
    this.outboxes.delete(fd);
    this.read.delete(fd);
    this.write.delete(fd);
    this.note({ step: 'disconnect', fd, cause: 'fin' });
  }

  send(fd: Fd, bytes: Uint8Array): number {
    if (bytes.length === 0) return 0;
    try {
      const taken = this.net.send(fd, bytes);
      this.note({ step: 'send', fd, length: bytes.length, taken, bytes });
      return taken;
    } catch (error) {
      if (error instanceof SocketError && error.code === 'EAGAIN') return 0;
      throw error;
    }
  }

  async sendAll(fd: Fd, bytes: Uint8Array): Promise<void> {
    for (let sent = 0; sent < bytes.length; ) {
      sent += this.send(fd, bytes.subarray(sent));
      if (sent < bytes.length) await this.stands(fd);
    }
  }

  /** Waits for one client alone, as a blocking send does. */
  protected async stands(fd: Fd): Promise<void> {
    const began = this.net.now();
    await this.net.select(NONE, new FdSet([fd]), NONE, null);
    const took = this.net.now() - began;
    const reason = 'there is no room in its send buffer';
    this.note({ step: 'block', fd, syscall: 'send', reason, took });
  }
}
