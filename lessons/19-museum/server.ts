/**
 * The museum's own chat server, a sound one: small, and every step in which an exhibit is wrong is
 * a method that the exhibit overrides. It knows login, talk, ping and Close; what it sends always
 * fits into a socket's buffer. In a turn, whoever is here comes first, and new clients come last.
 */

import {
  type Address,
  type DisconnectCause,
  decodeClose,
  encodeClose,
  encodeFrame,
  type Fd,
  FdSet,
  joinBytes,
  type ListeningProgram,
  type Net,
  Opcode,
  type Ready,
  readClientMessage,
  ServerHandshake,
  type ServerMessage,
  SocketError,
  type Step,
} from 'loopscope';
import { Decoder, type Read } from './decoder.js';

/** A client of the museum's server. */
export interface Guest {
  readonly fd: Fd;
  readonly handshake: ServerHandshake;
  readonly decoder: Decoder;
  isOpen: boolean;
  /** Null until it has logged in. */
  name: string | null;
}

/** What is said in answer to a text, and whether to everyone or to its sender alone. */
export interface Reply {
  readonly json: string;
  readonly toAll: boolean;
}

/** The sound server. */
export class SoundServer implements ListeningProgram {
  readonly read = new FdSet();
  readonly write = new FdSet();
  watched = false;
  protected readonly net: Net;
  /** In the order of connecting. */
  protected readonly guests: Guest[] = [];
  /** What the turn has for each descriptor; it goes out at the turn's end. */
  protected due = new Map<Fd, Uint8Array[]>();
  protected listener: Fd = -1;
  #stopping = false;

  constructor(net: Net) {
    this.net = net;
  }

  async listen(address: Address): Promise<Step[]> {
    this.listener = await this.net.listen(address);
    this.read.add(this.listener);
    const { host, port } = this.net.getsockname(this.listener);
    return [{ step: 'bind', fd: this.listener, host, port }];
  }

  stop(): void {
    this.#stopping = true;
    this.net.interrupt();
  }

  timeoutMs(): null {
    return null;
  }

  *turn(ready: Ready): Generator<Step, void, void> {
    if (this.#stopping) {
      this.#closeAll();
      return;
    }
    for (const fd of ready.read) {
      const guest = this.guests.find((one) => one.fd === fd);
      if (guest !== undefined) yield* this.#receive(guest);
    }
    if (ready.read.includes(this.listener)) yield* this.#accept();
    yield* this.#flush();
  }

  // ---- what the exhibits override

  protected newDecoder(): Decoder {
    return new Decoder();
  }

  /** The frames in what one recv gave. */
  protected framesIn(guest: Guest, bytes: Uint8Array): Iterable<Read> {
    return guest.decoder.feed(bytes);
  }

  /** What is said in answer to a text. */
  protected deal(guest: Guest, text: string): Reply {
    const message = readClientMessage(text);
    if (typeof message === 'string') return toSender(message);
    if (message.type === 'login') {
      guest.name = message.content;
      return this.presence('login', message.content);
    }
    if (guest.name === null) return toSender('log in first');
    return toAll({ type: 'user', from: guest.name, content: message.content });
  }

  /** Watches a new guest. */
  protected watch(fd: Fd): void {
    this.read.add(fd);
  }

  /** The table of descriptors is full: the listener is left alone until someone leaves. */
  protected full(): void {
    this.read.delete(this.listener);
  }

  /** What was due to a descriptor is not, once it is closed: its number may be another's soon. */
  protected forget(fd: Fd): void {
    this.due.delete(fd);
  }

  /** Those to whom the turn's end sends, in order. A copy: who turns out to be gone is taken out. */
  protected recipients(): Iterable<Guest> {
    return [...this.guests];
  }

  protected presence(type: 'login' | 'logout', content: string): Reply {
    const names = this.guests.flatMap(({ name }) => name ?? []);
    return toAll({ type, content, user_list: names });
  }

  // ---- the turn

  *#accept(): Generator<Step> {
    const { listener } = this;
    let fd: Fd;
    try {
      fd = this.net.accept(listener);
    } catch (error) {
      if (!(error instanceof SocketError)) throw error;
      if (error.code === 'EMFILE') this.full();
      return;
    }
    const decoder = this.newDecoder();
    const handshake = new ServerHandshake();
    this.guests.push({ fd, handshake, decoder, isOpen: false, name: null });
    this.watch(fd);
    yield { step: 'accept', listener, fd, ...this.net.getpeername(fd) };
  }

  *#receive(guest: Guest): Generator<Step> {
    const { fd } = guest;
    let bytes: Uint8Array;
    try {
      bytes = this.net.recv(fd, 65_536);
    } catch (error) {
      if (!(error instanceof SocketError)) throw error;
      yield* this.#leave(guest, 'reset');
      return;
    }
    yield { step: 'recv', fd, bytes };
    if (bytes.length === 0) yield* this.#leave(guest, 'fin');
    else if (guest.isOpen) yield* this.#parse(guest, bytes);
    else yield* this.#shakeHands(guest, bytes);
  }

  *#shakeHands(guest: Guest, bytes: Uint8Array): Generator<Step> {
    const answer = guest.handshake.feed(bytes);
    if (answer === null) return;
    if (!('key' in answer)) {
      this.queue(guest.fd, answer.bytes);
      yield* this.#leave(guest, 'protocol-error');
      return;
    }
    const { fd } = guest;
    const { key, accept, rest } = answer;
    yield { step: 'handshake', fd, key, accept };
    guest.isOpen = true;
    try {
      this.net.send(fd, joinBytes([answer.bytes, frame('{"type":"handshake","content":"done"}')]));
    } catch (error) {
      if (!(error instanceof SocketError)) throw error;
      yield* this.#leave(guest, 'reset');
      return;
    }
    if (rest.length > 0) yield* this.#parse(guest, rest);
  }

  *#parse(guest: Guest, bytes: Uint8Array): Generator<Step> {
    const { fd } = guest;
    for (const { opcode, text, payload } of this.framesIn(guest, bytes)) {
      if (opcode === Opcode.text) {
        const { json, toAll } = this.deal(guest, text);
        yield { step: 'deal', fd, message: text, reply: json };
        yield* this.#say(toAll ? this.#open : [guest], json);
      } else if (opcode === Opcode.ping) {
        this.queue(fd, encodeFrame(Opcode.pong, payload));
      } else if (opcode === Opcode.close) {
        const { code } = decodeClose(payload);
        this.queue(fd, encodeFrame(Opcode.close, encodeClose(code, '')));
        yield* this.#leave(guest, 'close-frame');
        return;
      }
    }
    if (guest.decoder.problem !== null) yield* this.#leave(guest, 'protocol-error');
  }

  protected queue(fd: Fd, bytes: Uint8Array): void {
    this.due.set(fd, [...(this.due.get(fd) ?? []), bytes]);
  }

  *#say(to: Guest[], json: string): Generator<Step> {
    const bytes = frame(json);
    for (const { fd } of to) this.queue(fd, bytes);
    yield { step: 'broadcast', to: to.map(({ fd }) => fd), bytes };
  }

  *#leave(guest: Guest, cause: DisconnectCause): Generator<Step> {
    const { fd, name } = guest;
    try {
      this.#send(fd, this.due); // its last bytes
    } catch (error) {
      if (!(error instanceof SocketError)) throw error; // it is gone, and so are they
    }
    this.forget(fd);
    this.guests.splice(this.guests.indexOf(guest), 1);
    this.read.delete(fd);
    this.write.delete(fd);
    this.read.add(this.listener);
    this.net.close(fd);
    yield { step: 'disconnect', fd, cause };
    if (name === null) return;
    const { json } = this.presence('logout', name);
    yield* this.#say(this.#open, json);
  }

  get #open(): Guest[] {
    return this.guests.filter(({ isOpen }) => isOpen);
  }

  /** Sends what is due. Who turns out to be gone is a reason to say more, hence the outer loop. */
  *#flush(): Generator<Step> {
    while (this.due.size > 0) {
      const { due } = this;
      this.due = new Map();
      for (const guest of this.recipients()) {
        const { fd } = guest;
        try {
          const length = this.#send(fd, due);
          if (length > 0) yield { step: 'send', fd, length, taken: length };
        } catch (error) {
          if (!(error instanceof SocketError)) throw error;
          yield* this.#leave(guest, 'reset');
        }
      }
    }
  }

  /** @returns how many bytes */
  #send(fd: Fd, due: ReadonlyMap<Fd, Uint8Array[]>): number {
    const bytes = joinBytes(due.get(fd) ?? []);
    return bytes.length === 0 ? 0 : this.net.send(fd, bytes);
  }

  #closeAll(): void {
    for (const fd of this.read) this.net.close(fd);
    for (const set of [this.read, this.write]) for (const fd of [...set]) set.delete(fd);
  }
}

/** The room speaks to one person alone. */
function toSender(content: string): Reply {
  return { json: JSON.stringify({ type: 'system', content }), toAll: false };
}

/** Something for everyone. */
function toAll(message: ServerMessage): Reply {
  return { json: JSON.stringify(message), toAll: true };
}

function frame(json: string): Uint8Array {
  return encodeFrame(Opcode.text, new TextEncoder().encode(json));
}
