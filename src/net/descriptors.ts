/**
 * The calls on descriptors, which every network has alike: a number is looked up, and the call passed
 * on to the connection or the listener behind it. What these are, and when a number becomes readable,
 * is the network's; when it is no longer so is known here.
 * @module
 */

import { checkLength, checkOption, socketError } from './failure.js';
import { type FdSetSizeOptions, FdTable } from './fd-table.js';
import type { Address, Fd, SocketOption } from './net.js';

/** What a connection is to the table. */
export interface Connection {
  readonly local: Address;
  readonly peer: Address;
  readonly readable: boolean;
  readonly writable: boolean;
  recv(length: number): Uint8Array;
  send(bytes: Uint8Array): number;
  shutdown(): void;
  close(): void;
  reset(): void;
  set(option: SocketOption, value: number): void;
}

/** What a listener is to it. */
export interface Listener {
  readonly local: Address;
  readonly writable: boolean;
  /** Inherited by every connection that is accepted, as on Linux. */
  readonly options: Map<SocketOption, number>;
  close(): void;
}

/** One process's descriptors, and the calls of `Net` that take one. */
export abstract class Descriptors<C extends Connection, L extends Listener> {
  /** Every descriptor by its number. @internal */
  protected readonly table: FdTable<C | L>;
  /** Those that are readable now. Kept at changes of state, so that select costs these. @internal */
  protected readonly readable = new Set<Fd>();

  constructor(options: FdSetSizeOptions) {
    this.table = new FdTable(options);
  }

  /** The number is free again. @internal */
  protected abstract released(fd: Fd): void;

  /** Takes up to `length` bytes that have arrived. @see Net.recv */
  recv(fd: Fd, length: number): Uint8Array {
    const connection = this.#connection('recv', fd);
    checkLength(fd, length);
    const bytes = connection.recv(length);
    if (!connection.readable) this.readable.delete(fd);
    return bytes;
  }

  /** Hands bytes to the connection. @see Net.send */
  send(fd: Fd, bytes: Uint8Array): number {
    return this.#connection('send', fd).send(bytes);
  }

  /** Sends FIN behind what was sent. @see Net.shutdown */
  shutdown(fd: Fd): void {
    this.#connection('shutdown', fd).shutdown();
  }

  /** Gives the descriptor up. @see Net.close */
  close(fd: Fd): void {
    this.#release(fd).close();
  }

  /** Gives the descriptor up with RST. @see Net.reset */
  reset(fd: Fd): void {
    const descriptor = this.#release(fd);
    if (isConnection(descriptor)) descriptor.reset();
    else descriptor.close();
  }

  /** Sets an option of the socket. @see Net.setsockopt */
  setsockopt(fd: Fd, option: SocketOption, value: number): void {
    const descriptor = this.table.require('setsockopt', fd);
    checkOption(fd, option, value);
    if (isConnection(descriptor)) descriptor.set(option, value);
    else descriptor.options.set(option, value);
  }

  /** The other end's address. @see Net.getpeername */
  getpeername(fd: Fd): Address {
    return this.#connection('getpeername', fd).peer;
  }

  /** This end's address. @see Net.getsockname */
  getsockname(fd: Fd): Address {
    return this.table.require('getsockname', fd).local;
  }

  /** The listener of a number. @throws SocketError EBADF, EINVAL @internal */
  protected listener(syscall: string, fd: Fd): L {
    const descriptor = this.table.require(syscall, fd);
    if (!isConnection(descriptor)) return descriptor;
    throw socketError(syscall, 'EINVAL', 'net.connection', { fd });
  }

  #release(fd: Fd): C | L {
    const descriptor = this.table.require('close', fd);
    this.table.release(fd);
    this.readable.delete(fd);
    this.released(fd);
    return descriptor;
  }

  #connection(syscall: string, fd: Fd): C {
    const descriptor = this.table.require(syscall, fd);
    if (isConnection(descriptor)) return descriptor;
    throw socketError(syscall, 'ENOTCONN', 'net.listener', { fd });
  }
}

/** Tells which of the two a descriptor is: from a listener nothing is received. */
function isConnection<C extends Connection, L extends Listener>(
  descriptor: C | L,
): descriptor is C {
  return 'recv' in descriptor;
}
