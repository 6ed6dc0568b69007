/**
 * One end of a simulated TCP connection: a send buffer, a receive buffer, FIN and RST, and the wire
 * to the other end. How a connection comes to be is in sim-accept.ts.
 *
 * Bytes stay in the sender's buffer until they are in the receiver's, and no more are under way than
 * the receiver has room for. What is simpler than TCP: an acknowledgement and a new window are known
 * to the other end at once, since their delay would change when something happens, and never what.
 * @module
 */

import { socketError } from './failure.js';
import type { Address, Fd, SocketError, SocketOption } from './net.js';
import { ByteQueue } from './sim-bytes.js';
import { type Line, Wire, type WireEnd } from './sim-wire.js';

/** What comes in over the wire, for `arrive`. */
export type ArrivalKind = 'bytes' | 'fin' | 'reset';

/** The kernel at one end: it keeps the readiness, and the ports. */
export interface Kernel {
  /** The host's name. */
  readonly name: string;
  /** SO_SNDBUF of a new connection, in bytes. */
  readonly sendBuffer: number;
  /** SO_RCVBUF of a new connection, in bytes. */
  readonly receiveBuffer: number;
  /** Whether a close that throws bytes away sends RST. */
  readonly resetUnread: boolean;
  /** The connection had nothing to recv, and now has bytes, FIN or an error. */
  becameReadable(connection: SimConnection): void;
  /** The connection may have room to send, or has an error. */
  becameWritable(connection: SimConnection): void;
  /** Something came in that a program will see. */
  arrived(connection: SimConnection, kind: ArrivalKind, length: number): void;
  /** The kernel forgets the connection; who closed first has to wait in TIME_WAIT. */
  forget(connection: SimConnection, timeWait: boolean): void;
}

/** The most that one segment carries on an Ethernet. Here it only says which windows are announced. */
const MSS = 1_460;
const NO_BYTES = new Uint8Array(0);

/** One end of a connection. */
export class SimConnection implements WireEnd {
  readonly kernel: Kernel;
  readonly wire: Wire;
  readonly local: Address;
  readonly peer: Address;
  /** Its number; -1 until it has one. */
  fd: Fd = -1;
  /** Until then: the listener in whose queue it waits. */
  queuedAt: Fd = -1;
  #sendBuffer: number;
  #receiveBuffer: number;
  #other: SimConnection = this;
  readonly #unread = new ByteQueue();
  readonly #unsent = new ByteQueue();
  /** Sent, and not yet in the other end's receive buffer. */
  #inFlight = 0;
  #fin: 'no' | 'wanted' | 'sent' | 'arrived' = 'no';
  /** Our FIN went out before theirs came in: "closed actively", so TIME_WAIT is ours (RFC 9293 3.6.1). */
  #closedFirst = false;
  #finReceived = false;
  #error: string | null = null;
  /** No program has it any more; the kernel may still have to send. */
  #closed = false;
  /** The kernel has forgotten it. */
  #over = false;

  constructor(line: Line, direction: 'up' | 'down', kernel: Kernel, local: Address, peer: Address) {
    this.wire = new Wire(line, direction, this);
    this.kernel = kernel;
    this.local = local;
    this.peer = peer;
    this.#sendBuffer = kernel.sendBuffer;
    this.#receiveBuffer = kernel.receiveBuffer;
  }

  /** Makes two of them the ends of one connection. */
  static join(a: SimConnection, b: SimConnection): void {
    a.#other = b;
    b.#other = a;
    a.wire.lead(b);
    b.wire.lead(a);
  }

  /** Which connection it is, in its world. */
  get number(): number {
    return this.wire.line.number;
  }

  get hostName(): string {
    return this.kernel.name;
  }

  /** Bytes, FIN or an error. */
  get readable(): boolean {
    return this.#unread.length > 0 || this.#finReceived || this.#error !== null;
  }

  /** Room, or an error that `send` would throw without waiting. */
  get writable(): boolean {
    return this.#room > 0 || this.#fin !== 'no' || this.#error !== null;
  }

  /** Takes up to `length` bytes. Bytes come before FIN and before an error, and both stay. */
  recv(length: number): Uint8Array {
    if (this.#unread.length === 0) return this.#recvNothing();
    const bytes = this.#unread.take(length);
    // RFC 9293 3.8.6.2.2: a window is announced from the lesser of one segment and half the buffer
    const worthwhile = Math.min(MSS, this.#receiveBuffer / 2);
    if (this.#window >= worthwhile) this.#other.#transmit();
    return bytes;
  }

  /** Takes what the send buffer has room for. */
  send(bytes: Uint8Array): number {
    if (this.#error !== null) throw this.#broken('send', this.#error);
    if (this.#fin !== 'no') {
      throw socketError('send', 'EPIPE', 'net.shut-down', { fd: this.fd });
    }
    if (bytes.length === 0) return 0;
    const room = this.#room;
    if (room <= 0) {
      const queued = this.#unsent.length + this.#inFlight;
      const values = { fd: this.fd, queued, sendBuffer: this.#sendBuffer };
      throw socketError('send', 'EAGAIN', 'net.no-room', values);
    }
    const taken = bytes.length <= room ? bytes : bytes.subarray(0, room);
    if (this.#unsent.length === 0 && taken.length <= this.#other.#window - this.#inFlight) {
      this.#put(taken);
    } else {
      this.#unsent.push(taken);
      this.#transmit();
    }
    return taken.length;
  }

  /** Sends FIN behind what was sent. */
  shutdown(): void {
    if (this.#fin !== 'no') return;
    this.#fin = 'wanted';
    this.kernel.becameWritable(this);
    this.#transmit();
  }

  /** The program gives it back: what was sent goes out, then FIN. */
  close(): void {
    if (this.#unread.length > 0 && this.kernel.resetUnread) {
      // RFC 9293 3.6.1: "SHOULD send a RST to show that data was lost"
      this.reset();
      return;
    }
    this.#closed = true;
    this.#unread.clear();
    if (this.#fin === 'no') this.#fin = 'wanted';
    this.#transmit();
    this.#forgetIfDone();
  }

  /** The program gives it back and sends RST: what is not under way yet is lost. */
  reset(): void {
    this.#closed = true;
    this.#sendReset();
  }

  /** Sets an option whose value was checked. */
  set(option: SocketOption, value: number): void {
    if (option === 'SO_SNDBUF') {
      this.#sendBuffer = value;
      if (this.writable) this.kernel.becameWritable(this);
    }
    if (option === 'SO_RCVBUF') {
      this.#receiveBuffer = value;
      this.#other.#transmit();
    }
    // SO_REUSEADDR matters to bind alone; SO_KEEPALIVE and TCP_NODELAY are about what is not modelled
  }

  bytesArrive(bytes: Uint8Array): void {
    const other = this.#other;
    if (this.#over) return;
    other.#inFlight -= bytes.length;
    if (this.#closed) {
      // RFC 9293 3.6.1: the same "if new data is received after CLOSE is called"
      this.#sendReset();
      return;
    }
    const first = !this.readable;
    this.#unread.push(bytes);
    this.kernel.arrived(this, 'bytes', bytes.length);
    if (first) this.kernel.becameReadable(this);
    if (!other.#closed) other.kernel.becameWritable(other);
  }

  finArrives(): void {
    if (this.#over) return;
    this.#finReceived = true;
    this.#other.#fin = 'arrived';
    if (!this.#closed) {
      this.kernel.arrived(this, 'fin', 0);
      this.kernel.becameReadable(this);
    }
    this.#forgetIfDone();
    this.#other.#forgetIfDone();
  }

  resetArrives(): void {
    if (this.#over) return;
    this.#error = 'ECONNRESET';
    this.#forget(false);
    if (this.#closed) return;
    this.kernel.arrived(this, 'reset', 0);
    this.kernel.becameReadable(this);
    this.kernel.becameWritable(this);
  }

  /** What is free in the send buffer. */
  get #room(): number {
    return this.#sendBuffer - this.#unsent.length - this.#inFlight;
  }

  /** What is free in the receive buffer; what is under way has to fit in too. */
  get #window(): number {
    return this.#receiveBuffer - this.#unread.length;
  }

  /** Sends what the other end has room for; behind the last byte, FIN. */
  #transmit(): void {
    while (this.#unsent.length > 0) {
      const window = this.#other.#window - this.#inFlight;
      if (window <= 0) return;
      this.#put(this.#unsent.take(window));
    }
    if (this.#fin !== 'wanted' || this.#over) return;
    this.#fin = 'sent';
    this.#closedFirst = !this.#finReceived;
    this.wire.fin();
  }

  #put(bytes: Uint8Array): void {
    this.#inFlight += bytes.length;
    this.wire.bytes(bytes);
  }

  #sendReset(): void {
    if (!this.#over) this.wire.reset();
    this.#forget(false);
  }

  #recvNothing(): Uint8Array {
    if (this.#finReceived) return NO_BYTES;
    if (this.#error !== null) throw this.#broken('recv', this.#error);
    throw socketError('recv', 'EAGAIN', 'net.no-bytes', { fd: this.fd });
  }

  #forgetIfDone(): void {
    const bothAreDone = this.#fin === 'arrived' && this.#finReceived;
    if (bothAreDone && this.#closed) this.#forget(this.#closedFirst);
  }

  #forget(timeWait: boolean): void {
    if (this.#over) return;
    this.#over = true;
    this.#unsent.clear();
    if (this.#closed) this.#unread.clear();
    this.kernel.forget(this, timeWait);
  }

  #broken(syscall: string, code: string): SocketError {
    const { host, port } = this.peer;
    return socketError(syscall, code, 'net.lost', { fd: this.fd, host, port: String(port) });
  }
}
