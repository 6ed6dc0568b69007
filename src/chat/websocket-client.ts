/**
 * The other end: one WebSocket connection in the client role, as a program for the loop. Its four
 * handlers have the names that a page knows.
 * @module
 */

import { toUtf8 } from '../bytes.js';
import { Deadlines } from '../net/deadlines.js';
import { type Fd, FdSet, type Net, type Ready, SocketError } from '../net/net.js';
import { Outbox } from '../net/outbox.js';
import type { Step } from '../trace/event.js';
import type { Program } from '../trace/loop.js';
import {
  ClientHandshake,
  type ClientRequest,
  checkRequest,
} from '../websocket/client-handshake.js';
import { type Close, CloseCode } from '../websocket/closing.js';
import { Connection, type Received } from '../websocket/connection.js';
import type { DeflateOptions } from '../websocket/deflate.js';
import { Opcode } from '../websocket/frame.js';
import { makeKey } from '../websocket/handshake.js';
import { Message } from '../websocket/message.js';
import { wrongAnswer } from '../websocket/reason.js';
import {
  type ClientLimits,
  type ClientOptions,
  clientLimitsOf,
  parseWebSocketUrl,
} from './client-options.js';

export type { ClientOptions } from './client-options.js';

/** One WebSocket connection in the client role. */
export class WebSocketClient implements Program {
  readonly read = new FdSet();
  readonly write = new FdSet();
  watched = false;
  readonly #net: Net;
  readonly #options: ClientOptions;
  readonly #limits: ClientLimits;
  readonly #handshake: ClientHandshake;
  /** Made anew when the handshake has agreed on compression. */
  #connection: Connection;
  readonly #newConnection: (deflate: DeflateOptions | null) => Connection;
  readonly #deadlines: Deadlines<'handshake' | 'close'>;
  readonly #outbox = new Outbox();
  /** Bytes of the outbox up to the end of the last pong in it. */
  #untilPong = 0;
  /** The answer to the latest ping, while an earlier one waits for a server that does not read. */
  #latestPong: Uint8Array | null = null;
  readonly #fd: Fd;
  #open = false;
  #protocol = '';
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
    this.#limits = clientLimitsOf(options);
    const { maxMessageLength, maxFragments } = this.#limits;
    const maskingKey = (): number => new DataView(random(4).buffer).getUint32(0);
    this.#newConnection = (deflate) =>
      new Connection('client', { maxMessageLength, maxFragments, maskingKey, deflate });
    this.#connection = this.#newConnection(null);
    this.#handshake = new ClientHandshake({
      ...requestOf(url, options),
      key: makeKey(random(16)),
      maxLength: this.#limits.maxHandshakeLength,
    });
    this.#deadlines = new Deadlines(this.#limits.timeoutMs);
    this.#deadlines.start('handshake', net.now());
    this.#outbox.push(this.#handshake.request);
    this.read.add(fd);
    this.write.add(fd);
  }

  /**
   * Connects. The handshake follows when the loop runs: `runLoop(net, client)`.
   *
   * @param url `ws://HOST:PORT/PATH`
   * @throws TypeError when the URL is none of ws:, or an option cannot stand in a request
   * @throws RangeError for a limit that is none
   * @throws SocketError connect ECONNREFUSED and the like
   */
  static async connect(
    net: Net,
    url: string,
    options: ClientOptions = {},
  ): Promise<WebSocketClient> {
    const parsed = parseWebSocketUrl(url);
    clientLimitsOf(options);
    // what cannot stand in a request is refused before anyone is connected to
    checkRequest(requestOf(parsed, options));
    const host = parsed.hostname.replace(/^\[|\]$/g, '');
    const fd = await net.connect({ host, port: Number(parsed.port || 80) });
    return new WebSocketClient(net, fd, parsed, options);
  }

  /** The subprotocol that the server chose; empty before, and when none was asked for. */
  get protocol(): string {
    return this.#protocol;
  }

  /** Bytes that wait to be sent; they go as fast as the server reads. */
  get bufferedAmount(): number {
    return this.#outbox.length;
  }

  /**
   * Sends a message, once the handshake is done: a string as text, bytes as binary.
   *
   * @returns false when nothing is sent: the connection is not open, or too much waits already
   */
  send(data: string | Uint8Array): boolean {
    const isText = typeof data === 'string';
    const payload = isText ? toUtf8(data) : data;
    if (!this.#takes(payload.length)) return false;
    const message = new Message(isText ? Opcode.text : Opcode.binary, payload);
    this.#push(this.#connection.message(message));
    return true;
  }

  /**
   * Sends a ping; the server's pong comes to `onpong`.
   *
   * @param payload what the pong is to carry, at most 125 bytes
   * @returns false as `send` does
   * @throws RangeError when the payload is longer
   */
  ping(payload: Uint8Array = new Uint8Array(0)): boolean {
    if (!this.#takes(payload.length)) return false;
    this.#push(this.#connection.ping(payload));
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
      this.#pushPong(); // nothing may follow our Close
      this.#push(this.#connection.close(status, reason));
    } else {
      this.#ended = { code: CloseCode.abnormal, reason: wrongAnswer('ended-early') };
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
    if (this.#deadlines.expired(this.#net.now()).length > 0) this.#fail(wrongAnswer('no-answer'));
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
    if (bytes.length === 0) this.#fail(wrongAnswer('no-close'));
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
    this.#protocol = result.protocol;
    this.#open = true;
    this.#deadlines.stop('handshake');
    this.#options.onopen?.();
    if (result.rest.length > 0) this.#decode(result.rest);
  }

  #decode(bytes: Uint8Array): void {
    for (const received of this.#connection.receive(bytes)) {
      if (received.kind === 'frame') this.#answer(received.reply);
      else if (received.reply !== null) this.#outbox.push(received.reply);
      this.#deal(received);
    }
  }

  /** 5.5.3: where pings come faster than the pongs go out, only the latest need be answered. */
  #answer(pong: Uint8Array | null): void {
    if (pong === null) return;
    this.#latestPong = pong;
    const isSlow = this.write.has(this.#fd); // the last flush has left something
    if (!isSlow || this.#untilPong === 0) this.#pushPong();
  }

  #pushPong(): void {
    if (this.#latestPong === null) return;
    this.#outbox.push(this.#latestPong);
    this.#latestPong = null;
    this.#untilPong = this.#outbox.length;
  }

  #deal(received: Received): void {
    switch (received.kind) {
      case 'frame':
        if (received.message !== null) this.#options.onmessage?.(received.message);
        if (received.frame.opcode === Opcode.pong) this.#options.onpong?.(received.frame.payload);
        return;
      case 'close':
        this.#leave(received.close);
        return;
      case 'problem': {
        const reason = wrongAnswer('broke-protocol', { problem: received.problem.message });
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

  #takes(length: number): boolean {
    if (!this.#open || this.#ended !== null || this.#connection.state !== 'open') return false;
    return this.#outbox.length + length <= this.#limits.maxOutbox;
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
        const taken = this.#outbox.flush(this.#net, fd);
        this.#untilPong = Math.max(0, this.#untilPong - taken);
        if (this.#untilPong === 0 && this.#connection.state === 'open') this.#pushPong();
        yield { step: 'send', fd, length, taken };
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

/** What the request says, without its key. */
function requestOf(url: URL, options: ClientOptions): Omit<ClientRequest, 'key'> {
  const { protocols = [], headers = {}, origin, deflate = null } = options;
  const target = `${url.pathname}${url.search}`;
  const asked = { host: url.host, target, protocols, headers, deflate: deflate && {} };
  return origin === undefined ? asked : { ...asked, origin };
}

function messageOf(error: unknown): string {
  if (error instanceof SocketError) return error.message;
  throw error;
}
