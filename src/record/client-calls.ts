/**
 * The calls of clients that nobody told what their server speaks: each asks for a WebSocket, and what is no
 * answer to that is taken for lines. What a server that is gone would be told is passed over.
 * @module
 */

import { joinBytes, toUtf8 } from '../bytes.js';
import { type Address, type Fd, FdSet, type Net, SocketError } from '../net/net.js';
import { encodeTextFrame } from '../websocket/frame.js';

/** Milliseconds that an answer may take, under strace and on a busy machine. */
export const ANSWER_MS = 2_000;

/** Milliseconds in which nothing more comes, when all has come. */
export const QUIET_MS = 150;

/** What a client asks with. */
export const REQUEST = toUtf8(
  [
    'GET / HTTP/1.1',
    'Host: 127.0.0.1',
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version: 13',
    '',
    '',
  ].join('\r\n'),
);

/** A client that is there, and how it speaks. */
export interface Client {
  readonly fd: Fd;
  readonly speaks: 'frames' | 'lines' | 'nothing';
}

/** Their calls. */
export class ClientCalls {
  readonly #net: Net;
  readonly #address: Address;
  /** Whoever waits does so no longer. */
  isStopped = false;
  #said = 0;

  constructor(net: Net, address: Address) {
    this.#net = net;
    this.#address = address;
  }

  /** Milliseconds on the network's clock. */
  now(): number {
    return this.#net.now();
  }

  connect(): Promise<Fd> {
    return this.#net.connect(this.#address);
  }

  close(fd: Fd): void {
    this.#net.close(fd);
  }

  reset(fd: Fd): void {
    this.#net.reset(fd);
  }

  /** Lets some time pass. */
  async pause(ms: number): Promise<void> {
    await this.#net.select(new FdSet(), new FdSet(), new FdSet(), ms);
  }

  /** Connects, and asks for a WebSocket. */
  async enter(): Promise<Client> {
    const fd = await this.connect();
    this.send(fd, REQUEST);
    const heard = await this.hear(fd, ANSWER_MS, 1);
    const said = heard === null || heard === 'end' ? null : heard;
    if (said === null) return { fd, speaks: 'nothing' };
    await this.hear(fd, QUIET_MS);
    return { fd, speaks: statusOf(said) === 101 ? 'frames' : 'lines' };
  }

  /** Says a message, as JSON, which a chat may read; no piece of it is like one of the next. @returns its bytes that were taken */
  async say({ fd, speaks }: Client, length: number): Promise<number> {
    const content = `${++this.#said} `.repeat(length).slice(0, length);
    const text = JSON.stringify({ type: 'user', content });
    const bytes =
      speaks === 'frames' ? encodeTextFrame(text, { maskingKey: 0x37fa213d }) : toUtf8(`${text}\n`);
    const taken = this.send(fd, bytes);
    if (taken === bytes.length) return length;
    // what is left goes out where there is room soon: half a frame would be the end of the conversation
    const ready = await this.#net.select(new FdSet(), new FdSet([fd]), new FdSet(), QUIET_MS);
    if (ready.write.length === 0) return 0;
    return this.send(fd, bytes.subarray(taken)) === bytes.length - taken ? length : 0;
  }

  /** What a server that is gone takes of it is nothing. */
  send(fd: Fd, bytes: Uint8Array): number {
    try {
      return this.#net.send(fd, bytes);
    } catch (error) {
      if (error instanceof SocketError) return 0;
      throw error;
    }
  }

  /**
   * What comes within a time.
   *
   * @param enough bytes with which it is content; without, it listens until nothing more comes
   * @returns null for nothing, and `end` where nothing comes any more
   */
  async hear(fd: Fd, ms: number, enough = Infinity): Promise<Uint8Array | 'end' | null> {
    const pieces: Uint8Array[] = [];
    for (let length = 0; length < enough && !this.isStopped; ) {
      const wait = pieces.length === 0 ? ms : QUIET_MS;
      const { read } = await this.#net.select(new FdSet([fd]), new FdSet(), new FdSet(), wait);
      if (read.length === 0) break;
      const bytes = this.#recv(fd);
      if (bytes.length === 0) return pieces.length === 0 ? 'end' : joinBytes(pieces);
      pieces.push(bytes);
      length += bytes.length;
    }
    return pieces.length === 0 ? null : joinBytes(pieces);
  }

  /** Takes all that comes, and keeps nothing. */
  async drain(fd: Fd): Promise<'end' | 'quiet'> {
    while (!this.isStopped) {
      const wait = [new FdSet([fd]), new FdSet(), new FdSet(), 2 * QUIET_MS] as const;
      if ((await this.#net.select(...wait)).read.length === 0) break;
      if (this.#recv(fd).length === 0) return 'end';
    }
    return 'quiet';
  }

  #recv(fd: Fd): Uint8Array {
    try {
      return this.#net.recv(fd, 1 << 16);
    } catch (error) {
      if (error instanceof SocketError) return new Uint8Array(0);
      throw error;
    }
  }
}

/** The status of an answer; null for what is none. */
export function statusOf(bytes: Uint8Array): number | null {
  const [, status] =
    /^HTTP\/1\.[01] (\d{3})/.exec(String.fromCharCode(...bytes.subarray(0, 12))) ?? [];
  return status === undefined ? null : Number(status);
}
