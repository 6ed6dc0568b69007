/**
 * The servers of lesson 1: a board of news behind plain HTTP, and one that pushes. The HTTP is as
 * short as HTTP may be, and no model of a server.
 */

import {
  type Address,
  type Fd,
  FdSet,
  HeadReader,
  type Net,
  type Program,
  type Ready,
  Server,
  type Step,
} from 'loopscope';

/** Each request has the same length: the number is how many pieces of news the reader has. */
export const requestFor = (have: number): string =>
  `GET /after/${String(have).padStart(3, '0')} HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n`;

/** The head of every answer; the body is as long as it says. */
export const headFor = (length: number): string =>
  `HTTP/1.1 200 OK\r\nContent-Length: ${String(length).padStart(5, '0')}\r\n\r\n`;

const RECV_LENGTH = 65_536;
const encoder = new TextEncoder();

/** The WebSocket way: whoever has shaken hands gets everything, at once. */
export class Pusher extends Server {
  readonly #net: Net;

  constructor(net: Net) {
    super(net, { *opened() {}, *received() {}, *left() {} });
    this.#net = net;
  }

  tell(text: string): void {
    this.members.broadcastText(text);
    this.#net.interrupt(); // the loop waits in select, and this comes from outside
  }
}

/** The HTTP way: an answer for each request, at once or when there is news. */
export class Board implements Program {
  readonly read = new FdSet();
  readonly write = new FdSet();
  watched = false;
  readonly #net: Net;
  readonly #isPending: boolean;
  readonly #news: string[] = [];
  /** Readers by descriptor: what they have sent of a request. */
  readonly #readers = new Map<Fd, HeadReader>();
  /** Whose request has no answer yet, and how many pieces of news each has. */
  readonly #asking = new Map<Fd, number>();
  #listener: Fd = -1;
  #stopping = false;

  /** @param isPending whether a request is left without an answer until there is news */
  constructor(net: Net, isPending: boolean) {
    this.#net = net;
    this.#isPending = isPending;
  }

  async listen(address: Address): Promise<Step[]> {
    const fd = await this.#net.listen(address);
    this.#listener = fd;
    this.read.add(fd);
    return [
      { step: 'socket', fd, domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 'SOL_TCP' },
      { step: 'bind', fd, ...this.#net.getsockname(fd) },
      { step: 'listen', fd, backlog: 511 },
    ];
  }

  tell(text: string): void {
    this.#news.push(text);
    this.#net.interrupt();
  }

  stop(): void {
    this.#stopping = true;
    this.#net.interrupt();
  }

  timeoutMs(): null {
    return null;
  }

  *turn(ready: Ready): Generator<Step, void, void> {
    for (const fd of ready.read) {
      if (fd === this.#listener) yield* this.#accept(fd);
      else yield* this.#recv(fd);
    }
    for (const [fd, have] of this.#asking) {
      if (this.#isPending && have === this.#news.length) continue; // it stays pending
      const body = this.#news.slice(have).join('');
      const bytes = encoder.encode(headFor(encoder.encode(body).length) + body);
      this.#asking.delete(fd);
      const taken = this.#net.send(fd, bytes);
      yield { step: 'send', fd, length: bytes.length, taken };
    }
    if (this.#stopping) for (const fd of [...this.read]) this.#close(fd);
  }

  *#accept(listener: Fd): Generator<Step> {
    const fd = this.#net.accept(listener);
    this.read.add(fd);
    this.#readers.set(fd, new HeadReader());
    yield { step: 'accept', listener, fd, ...this.#net.getpeername(fd) };
  }

  *#recv(fd: Fd): Generator<Step> {
    const bytes = this.#net.recv(fd, RECV_LENGTH);
    yield { step: 'recv', fd, bytes };
    if (bytes.length === 0) {
      yield { step: 'disconnect', fd, cause: 'fin' };
      this.#close(fd);
      return;
    }
    const head = this.#readers.get(fd)?.feed(bytes);
    if (head === null || head === undefined) return;
    this.#readers.set(fd, new HeadReader());
    this.#asking.set(fd, Number(/^GET \/after\/(\d+) /.exec(head.startLine)?.[1]));
  }

  #close(fd: Fd): void {
    this.#net.close(fd);
    this.read.delete(fd);
    this.#readers.delete(fd);
    this.#asking.delete(fd);
  }
}
