/**
 * The other end: one WebSocket connection in the client role, as a program for the loop. Its four
 * handlers have the names that a page knows.
 * @module
 */

import { Deadlines } from '../net/deadlines.js';
import { type Fd, FdSet, type Net, type Ready, SocketError } from '../net/net.js';
import { Outbox } from '../net/outbox.js';
import type { Step } from '../trace/event.js';
import type { Program } from '../trace/loop.js';
import { ClientHandshake } from '../websocket/client-handshake.js';
import { type Close, CloseCode } from '../websocket/closing.js';
import { Connection, type Received } from '../websocket/connection.js';
import type { Compression, DeflateOptions } from '../websocket/deflate.js';
import { makeKey } from '../websocket/handshake.js';
import type { Message } from '../websocket/message.js';

/** What a client does when something happens, and where its randomness comes from. */
export interface ClientOptions {
  /** The handshake is done; messages may be sent. */
  onopen?(): void;
  /** A whole message came. */
  onmessage?(message: Message): void;
  /** Something went wrong; `onclose` follows. */
  onerror?(reason: string): void;
  /** The connection is over; 1006 when no Close frame ended it. Called once. */
  onclose?(close: Close): void;
  /** Fills the array with bytes that nobody can foretell (RFC 6455 5.3, 10.3). Default: the Web's own. */
  random?(bytes: Uint8Array<ArrayBuffer>): void;
  /** The longest message taken, in bytes. Default 1 MiB. */
  maxMessageLength?: number;
  /** Milliseconds for the handshake, and for the server to answer our Close. Default 10,000. */
  timeoutMs?: number;
  /** Offers permessage-deflate, and compresses when the server agrees. Default: not offered. */
  deflate?: Compression | null;
}

/** One WebSocket connection in the client role. */
export class WebSocketClient implements Program {
  readonly read = new FdSet();
  readonly write = new FdSet();
  watched = false;
  readonly #net: Net;
  readonly #options: ClientOptions;
  readonly #handshake: ClientHandshake;
  /** Made anew when the handshake has agreed on compression. */
  #connection: Connection;
  readonly #newConnection: (deflate: DeflateOptions | null) => Connection;
  readonly #deadlines: Deadlines<'handshake' | 'close'>;
  readonly #outbox = new Outbox();
  readonly #fd: Fd;
  #open = false;
  #ended: Close | null = null;
  /** Nothing more can go out. */
  #lost = false;

  private constructor(net: Net, fd: Fd, url: URL, options: ClientOptions) {
    const fill = options.random ?? ((bytes) => crypto.getRandomValues(bytes));
    const random = (length: number): Uint8Array => {
      const bytes = new Uint8Array(length);
      fill(bytes);
      return bytes;
    };
    this.#net = net;
    this.#options = options;
    this.#fd = fd;
    const { maxMessageLength = 1 << 20, deflate: compression = null } = options;
    const maskingKey = (): number => new DataView(random(4).buffer).getUint32(0);
    this.#newConnection = (deflate) =>
      new Connection('client', { maxMessageLength, maskingKey, deflate });
    this.#connection = this.#newConnection(null);
    const key = makeKey(random(16));
    this.#handshake = new ClientHandshake({
      host: url.host,
      target: `${url.pathname}${url.search}`,
      key,
      deflate: compression && {},
    });
    this.#deadlines = new Deadlines(options.timeoutMs ?? 10_000);
    this.#deadlines.start('handshake', net.now());
    this.#outbox.push(this.#handshake.request);
    this.read.add(fd);
    this.write.add(fd);
  }

  /**
   * Connects. The handshake follows when the loop runs: `runLoop(net, client)`.
   *
   * @param url `ws://HOST:PORT/PATH`
   * @throws TypeError when the URL is none of ws:
   * @throws SocketError connect ECONNREFUSED and the like
   */
  static async connect(
    net: Net,
    url: string,
    options: ClientOptions = {},
  ): Promise<WebSocketClient> {
    const parsed = parseUrl(url);
    const host = parsed.hostname.replace(/^\[|\]$/g, '');
    const fd = await net.connect({ host, port: Number(parsed.port || 80) });
    return new WebSocketClient(net, fd, parsed, options);
  }

  /** Sends a text, once the handshake is done. @returns false when the connection is not open */
  send(text: string): boolean {
    if (!this.#open || this.#ended !== null || this.#connection.state !== 'open') return false;
    this.#push(this.#connection.text(text));
    return true;
  }

  /**
   * Begins the closing handshake; before the opening one is done, ends the connection.
   *
   * @param code one that may go over the wire. As of a page, none sends an empty Close, and 1000 when
   *   there is a reason
   * @param reason cut to 123 bytes of UTF-8
   */
  close(code?: number, reason = ''): void {
    if (this.#ended !== null || this.#connection.state !== 'open') return;
    const status = code ?? (reason === '' ? CloseCode.noStatus : CloseCode.normal);
    if (this.#open) {
      this.#push(this.#connection.close(status, reason));
    } else {
      this.#ended = { code: CloseCode.abnormal, reason: 'closed before it was open' };
      this.#lost = true;
    }
    this.#deadlines.start('close', this.#net.now());
    this.#net.interrupt();
  }

  timeoutMs(): number | null {
    const { next } = this.#deadlines;
    return next === null ? null : Math.max(0, next - this.#net.now());
  }

  *turn(ready: Ready): Generator<Step, void, void> {
    if (this.#ended === null && ready.read.length > 0) yield* this.#receive();
    if (this.#deadlines.expired(this.#net.now()).length > 0)
      this.#fail('the server did not answer');
    yield* this.#flush();
    // 5.5.1: our Close goes out too, and behind what waits
    if (this.#ended !== null && (this.#lost || this.#outbox.length === 0)) this.#end(this.#ended);
  }

  *#receive(): Generator<Step> {
    const fd = this.#fd;
    let bytes: Uint8Array;
    try {
      bytes = this.#net.recv(fd, 65_536);
    } catch (error) {
      this.#fail(messageOf(error));
      return;
    }
    yield { step: 'recv', fd, bytes };
    if (bytes.length === 0) this.#fail('the server ended the connection without a Close frame');
    else if (this.#open) this.#decode(bytes);
    else this.#shakeHands(bytes);
  }

  #shakeHands(bytes: Uint8Array): void {
    const result = this.#handshake.feed(bytes);
    if (result === null) return;
    if (!result.open) {
      this.#fail(result.reason);
      return;
    }
    const { deflate: compression = null } = this.#options;
    if (result.deflate !== null && compression !== null) {
      this.#connection = this.#newConnection({ parameters: result.deflate, compression });
    }
    this.#open = true;
    this.#deadlines.stop('handshake');
    this.#options.onopen?.();
    if (result.rest.length > 0) this.#decode(result.rest);
  }

  #decode(bytes: Uint8Array): void {
    for (const received of this.#connection.receive(bytes)) {
      if (received.reply !== null) this.#outbox.push(received.reply);
      this.#deal(received);
    }
  }

  #deal(received: Received): void {
    switch (received.kind) {
      case 'frame':
        if (received.message !== null) this.#options.onmessage?.(received.message);
        return;
      case 'close':
        this.#leave(received.close);
        return;
      case 'problem': {
        const reason = `the server broke the protocol: ${received.problem.message}`;
        this.#leave({ code: CloseCode.abnormal, reason });
        this.#options.onerror?.(reason);
        return;
      }
    }
  }

  /** Nothing more is read; what waits has its time to go out. */
  #leave(close: Close): void {
    this.#ended = close;
    this.read.delete(this.#fd);
    this.#deadlines.start('close', this.#net.now());
  }

  #push(bytes: Uint8Array): void {
    this.#outbox.push(bytes);
    this.#net.interrupt(); // the loop may be waiting in select, and we were called from outside
  }

  *#flush(): Generator<Step> {
    const fd = this.#fd;
    const { length } = this.#outbox;
    if (length > 0) {
      try {
        yield { step: 'send', fd, length, taken: this.#outbox.flush(this.#net, fd) };
      } catch (error) {
        this.#fail(messageOf(error));
      }
    }
    if (this.#outbox.length > 0) this.write.add(fd);
    else this.write.delete(fd);
  }

  #fail(reason: string): void {
    this.#lost = true;
    if (this.#ended !== null) return;
    this.#ended = { code: CloseCode.abnormal, reason };
    this.#options.onerror?.(reason);
  }

  #end(close: Close): void {
    this.#net.close(this.#fd);
    this.read.delete(this.#fd);
    this.write.delete(this.#fd);
    this.#deadlines.stop('handshake');
    this.#deadlines.stop('close');
    this.#options.onclose?.(close);
  }
}

function parseUrl(url: string): URL {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw new TypeError(`${url} is no URL; give one like ws://127.0.0.1:8080`);
  }
  if (parsed.protocol !== 'ws:') {
    throw new TypeError(`${url} begins with ${parsed.protocol}; only ws: is spoken here`);
  }
  return parsed;
}

function messageOf(error: unknown): string {
  if (error instanceof SocketError) return error.message;
  throw error;
}
