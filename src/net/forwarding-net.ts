/**
 * A network before another one, which passes on every call: to watch what a program asks of its
 * network, or to answer otherwise, one writes the calls that matter and no other.
 * @module
 */

import type { Address, Fd, FdSet, ListenOptions, Net, Ready, SocketOption } from './net.js';

/**
 * Passes on every call of {@link Net}. A class overrides some; or they are given, where they are few:
 *
 * ```ts
 * import { ForwardingNet, SimNet } from 'loopscope';
 *
 * const host = new SimNet().host('server');
 * const net = new ForwardingNet(host, { recv: () => Uint8Array.of(0x48, 0x69) });
 * const listener = await net.listen({ host: 'server', port: 8080 });
 * console.log(listener, net.recv(listener, 2_048)); // 3 Uint8Array(2) [ 72, 105 ]
 * ```
 *
 * The time of day is not passed on: what goes through here is compared, and has to repeat.
 */
export class ForwardingNet implements Net {
  /** What the calls are passed on to. */
  protected readonly net: Net;

  /** @param calls instead of those of the network */
  constructor(net: Net, calls: Partial<Net> = {}) {
    this.net = net;
    Object.assign(this, calls);
  }

  now(): number {
    return this.net.now();
  }

  listen(address: Address, options?: ListenOptions): Promise<Fd> {
    return this.net.listen(address, options);
  }

  connect(address: Address): Promise<Fd> {
    return this.net.connect(address);
  }

  select(read: FdSet, write: FdSet, except: FdSet, timeoutMs?: number | null): Promise<Ready> {
    return this.net.select(read, write, except, timeoutMs);
  }

  interrupt(): void {
    this.net.interrupt();
  }

  accept(listener: Fd): Fd {
    return this.net.accept(listener);
  }

  recv(fd: Fd, length: number): Uint8Array {
    return this.net.recv(fd, length);
  }

  send(fd: Fd, bytes: Uint8Array): number {
    return this.net.send(fd, bytes);
  }

  shutdown(fd: Fd): void {
    this.net.shutdown(fd);
  }

  close(fd: Fd): void {
    this.net.close(fd);
  }

  reset(fd: Fd): void {
    this.net.reset(fd);
  }

  setsockopt(fd: Fd, option: SocketOption, value: number): void {
    this.net.setsockopt(fd, option, value);
  }

  getpeername(fd: Fd): Address {
    return this.net.getpeername(fd);
  }

  getsockname(fd: Fd): Address {
    return this.net.getsockname(fd);
  }
}
