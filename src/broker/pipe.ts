/**
 * One connection to a broker: commands go out together at the end of a turn, answers come back in the
 * order of the commands, pushes between them. It never waits, and knows nothing of rooms.
 * @module
 */

import { type Fd, type Net, SocketError } from '../net/net.js';
import { Outbox } from '../net/outbox.js';
import { failing } from '../texts/errors.js';
import { encodeCommand, RespDecoder, RespError, RespFault, type RespValue } from './resp.js';

/** The connection is over: its message says why. */
export class BrokerLost extends Error {
  /** `BrokerLost`. */
  override readonly name = 'BrokerLost';
}

/** What came: the answer to a command, by the name that it was asked under, or a push. */
export type Came<Name> =
  | { kind: 'answer'; to: Name; value: RespValue }
  | { kind: 'push'; value: RespValue[] };

/** Most bytes that one recv takes. */
const RECV_LENGTH = 65_536;

/** A connection that stands; `Name` is what its owner calls its questions. */
export class Pipe<Name> {
  readonly fd: Fd;
  readonly #net: Net;
  readonly #maxOutbox: number;
  readonly #outbox = new Outbox();
  readonly #decoder = new RespDecoder();
  /** What was asked and not answered yet. */
  readonly #asked: Name[] = [];
  /** Since when nothing has come though something was asked. */
  #quietSince = 0;

  /** @param maxOutbox bytes that may wait for the broker */
  constructor(net: Net, fd: Fd, maxOutbox: number) {
    this.fd = fd;
    this.#net = net;
    this.#maxOutbox = maxOutbox;
  }

  /** Bytes that wait for the broker to take them. */
  get waiting(): number {
    return this.#outbox.length;
  }

  /** Since when an answer lacks and nothing else comes, on the network's clock; null where none lacks. */
  get quietSince(): number | null {
    return this.#asked.length > 0 ? this.#quietSince : null;
  }

  /** Asks; the command goes out with the next `flush`. */
  ask(name: Name, ...command: string[]): void {
    if (this.#asked.length === 0) this.#quietSince = this.#net.now();
    this.#asked.push(name);
    this.tell(...command);
  }

  /** Sends a command that a push answers. */
  tell(...command: string[]): void {
    this.#outbox.push(encodeCommand(...command));
  }

  /**
   * Takes what has come.
   *
   * @returns the bytes; none when nothing was there after all
   * @throws BrokerLost when the connection is over
   */
  recv(): Uint8Array | null {
    let bytes: Uint8Array;
    try {
      bytes = this.#net.recv(this.fd, RECV_LENGTH);
    } catch (error) {
      if (error instanceof SocketError && error.code === 'EAGAIN') return null;
      throw lost(error);
    }
    if (bytes.length === 0) throw failing(BrokerLost, 'broker.ended');
    this.#quietSince = this.#net.now();
    this.#decoder.feed(bytes);
    return bytes;
  }

  /**
   * What came next.
   *
   * @returns null when what was taken holds no more
   * @throws BrokerLost when it is no RESP, or the broker refuses
   */
  next(): Came<Name> | null {
    const message = this.#read();
    if (message === null || message.kind === 'push') return message;
    const to = this.#asked.shift();
    if (to === undefined) throw failing(BrokerLost, 'broker.unasked');
    const { value } = message;
    if (value instanceof RespFault) throw refusal(value);
    return { kind: 'answer', to, value };
  }

  /**
   * Sends what waits, as far as the socket takes it.
   *
   * @returns the bytes that were offered, and those that were taken
   * @throws BrokerLost when the connection is over, or too much waits
   */
  flush(): { length: number; taken: number } {
    const { length } = this.#outbox;
    let taken: number;
    try {
      taken = this.#outbox.flush(this.#net, this.fd);
    } catch (error) {
      throw lost(error);
    }
    if (this.#outbox.length > this.#maxOutbox) {
      throw failing(BrokerLost, 'broker.slow', { most: this.#maxOutbox });
    }
    return { length, taken };
  }

  #read(): ReturnType<RespDecoder['next']> {
    try {
      return this.#decoder.next();
    } catch (error) {
      if (error instanceof RespError) throw new BrokerLost(error.message, { cause: error });
      throw error;
    }
  }
}

function lost(error: unknown): unknown {
  if (!(error instanceof SocketError)) return error;
  return failing(BrokerLost, 'broker.broken', { code: error.code });
}

/** Its words are a stranger's: a few of them are shown, and whoever shows them makes them safe. */
function refusal({ message }: RespFault): BrokerLost {
  if (/unknown command .?HELLO/i.test(message)) return failing(BrokerLost, 'broker.too-old');
  if (/^NOAUTH\b/.test(message)) return failing(BrokerLost, 'broker.password');
  return failing(BrokerLost, 'broker.refused', { message: message.slice(0, 200) });
}
