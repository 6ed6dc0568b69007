/**
 * A small broker for a host of a simulated network: of Redis what a room on several loops uses, and
 * nothing else. It is a program for the loop like any other, and obeys the same rules of delay and loss.
 * @module
 */

import { fromUtf8Lossy, toUtf8 } from '../bytes.js';
import { Listener } from '../chat/listener.js';
import { type Address, type Fd, FdSet, type Net, type Ready, SocketError } from '../net/net.js';
import { Outbox } from '../net/outbox.js';
import type { Step } from '../trace/event.js';
import type { Program } from '../trace/loop.js';
import { RespDecoder, type RespValue } from './resp.js';

/** The queue of its listener, as Redis has it. */
const BACKLOG = 511;
/** The longest text that Redis takes. */
const MAX_TEXT = 512 << 20;

/** How a simulated broker is made. */
export interface SimBrokerOptions {
  /** What everyone has to say first. Default: nothing. */
  password?: string;
}

/** A connection to it. */
interface Guest {
  readonly decoder: RespDecoder;
  readonly outbox: Outbox;
  readonly channels: Set<string>;
  isKnown: boolean;
}

/** A text under a key, and until when it is there, in milliseconds. */
interface Kept {
  readonly text: string;
  readonly until: number;
}

/**
 * A broker, as a program for {@link runLoop}. It knows HELLO, SUBSCRIBE, PUBLISH, SET with PX, DEL, SADD, SREM,
 * SMEMBERS, MGET and PEXPIRE, in RESP3; on disk it keeps nothing.
 *
 * @see Redis, the commands by name
 */
export class SimBroker implements Program {
  watched = false;
  readonly read = new FdSet();
  readonly write = new FdSet();
  readonly #net: Net;
  readonly #password: string | null;
  readonly #guests = new Map<Fd, Guest>();
  readonly #texts = new Map<string, Kept>();
  readonly #sets = new Map<string, Set<string>>();
  readonly #listener: Listener;

  constructor(net: Net, { password }: SimBrokerOptions = {}) {
    this.#net = net;
    this.#listener = new Listener(net, this.read);
    this.#password = password ?? null;
  }

  /** Opens the listening socket. @returns the steps that this took */
  listen(address: Address): Promise<Step[]> {
    return this.#listener.open(address, BACKLOG);
  }

  /** It dies: every connection is reset, and what it kept is lost. */
  kill(): void {
    for (const fd of [...this.#guests.keys()]) this.#drop(fd);
    this.#listener.close();
    this.#texts.clear();
    this.#sets.clear();
    this.#net.interrupt();
  }

  timeoutMs(): number | null {
    return null;
  }

  *turn(ready: Ready): Generator<Step, void, void> {
    for (const fd of ready.read) {
      if (fd === this.#listener.fd) yield this.#accept(fd);
      else yield* this.#serve(fd);
    }
    for (const [fd, { outbox }] of this.#guests) {
      const { length } = outbox;
      try {
        const taken = outbox.flush(this.#net, fd);
        if (length > 0) yield { step: 'send', fd, length, taken };
      } catch (error) {
        if (!(error instanceof SocketError)) throw error;
        this.#drop(fd);
        continue;
      }
      if (outbox.length > 0) this.write.add(fd);
      else this.write.delete(fd);
    }
  }

  #accept(listener: Fd): Step {
    const fd = this.#net.accept(listener);
    this.read.add(fd);
    this.#guests.set(fd, {
      decoder: new RespDecoder({ maxText: MAX_TEXT, maxTexts: MAX_TEXT }),
      outbox: new Outbox(),
      channels: new Set(),
      isKnown: this.#password === null,
    });
    return { step: 'accept', listener, fd, ...this.#net.getpeername(fd) };
  }

  *#serve(fd: Fd): Generator<Step> {
    const guest = this.#guests.get(fd);
    if (guest === undefined) return;
    try {
      const bytes = this.#net.recv(fd, 65_536);
      yield { step: 'recv', fd, bytes };
      if (bytes.length === 0) {
        this.#drop(fd);
        return;
      }
      guest.decoder.feed(bytes);
    } catch (error) {
      if (!(error instanceof SocketError)) throw error;
      if (error.code !== 'EAGAIN') this.#drop(fd);
      return;
    }
    for (let came = guest.decoder.next(); came !== null; came = guest.decoder.next()) {
      const [name = '', ...rest] = textsOf(came.value);
      guest.outbox.push(toUtf8(this.#answer(guest, name.toUpperCase(), rest)));
    }
  }

  #drop(fd: Fd): void {
    this.#guests.delete(fd);
    this.read.delete(fd);
    this.write.delete(fd);
    this.#net.reset(fd);
  }

  /** What a command does, and its answer. */
  #answer(guest: Guest, name: string, args: readonly string[]): string {
    const [key = '', ...rest] = args;
    if (name === 'HELLO') return this.#greet(guest, rest);
    if (!guest.isKnown) return '-NOAUTH\r\n';
    switch (name) {
      case 'SUBSCRIBE':
        guest.channels.add(key);
        return `>3\r\n${bulk('subscribe')}${bulk(key)}:${guest.channels.size}\r\n`;
      case 'PUBLISH':
        return `:${this.#publish(key, rest[0] ?? '')}\r\n`;
      case 'SET':
        this.#texts.set(key, { text: rest[0] ?? '', until: this.#net.now() + Number(rest[2]) });
        return '+OK\r\n';
      case 'DEL':
        return `:${this.#texts.delete(key) ? 1 : 0}\r\n`;
      case 'SADD':
        this.#sets.set(key, new Set([...(this.#sets.get(key) ?? []), ...rest]));
        return ':1\r\n';
      case 'SREM':
        for (const one of rest) this.#sets.get(key)?.delete(one);
        return ':1\r\n';
      case 'SMEMBERS': {
        const members = [...(this.#sets.get(key) ?? [])];
        return `~${members.length}\r\n${members.map(bulk).join('')}`;
      }
      case 'MGET':
        return `*${args.length}\r\n${args.map((one) => this.#get(one)).join('')}`;
      case 'PEXPIRE':
        return ':1\r\n'; // a set of loops that outlives them is done no harm by
      default:
        return `-ERR unknown command '${name}'\r\n`;
    }
  }

  #greet(guest: Guest, [auth, , password]: readonly string[]): string {
    guest.isKnown ||= auth === 'AUTH' && password === this.#password;
    if (guest.isKnown) return `%1\r\n${bulk('proto')}:3\r\n`;
    if (auth === undefined) return '-NOAUTH\r\n';
    return '-WRONGPASS\r\n';
  }

  /** @returns how many heard it */
  #publish(channel: string, text: string): number {
    const push = toUtf8(`>3\r\n${bulk('message')}${bulk(channel)}${bulk(text)}`);
    const hearers = [...this.#guests.values()].filter(({ channels }) => channels.has(channel));
    for (const { outbox } of hearers) outbox.push(push);
    return hearers.length;
  }

  #get(key: string): string {
    const kept = this.#texts.get(key);
    return kept === undefined || kept.until <= this.#net.now() ? '_\r\n' : bulk(kept.text);
  }
}

function bulk(text: string): string {
  return `$${toUtf8(text).length}\r\n${text}\r\n`;
}

function textsOf(value: RespValue): string[] {
  if (!Array.isArray(value)) return [];
  return value.map((one) => (one instanceof Uint8Array ? fromUtf8Lossy(one) : ''));
}
