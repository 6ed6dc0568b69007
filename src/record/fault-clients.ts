/**
 * Clients that behave badly, played against a server that runs: what it does is seen from its calls,
 * and from here. Nobody knows what it speaks: each asks for a WebSocket, and what is no answer to that
 * is taken for lines.
 * @module
 */

import { joinBytes, toUtf8 } from '../bytes.js';
import { type Address, type Fd, FdSet, type Net, SocketError } from '../net/net.js';
import { encodeTextFrame } from '../websocket/frame.js';
import type { Fault } from './fault-names.js';

/** What was seen of a server: a key of the texts `fault.saw.…`, and its values. */
export interface Sighting {
  readonly code: SightingCode;
  readonly values: Readonly<Record<string, number>>;
}

/** What may be seen. */
export type SightingCode =
  | 'absent'
  | 'hung-up'
  | 'served'
  | 'unserved'
  | 'mute'
  | 'silent.kept'
  | 'silent.ended'
  | 'split.answered'
  | 'split.early'
  | 'split.ended'
  | 'split.silent'
  | 'split.other'
  | 'slow.queued'
  | 'slow.stood'
  | 'slow.ended'
  | 'resets'
  | 'slower';

/** Milliseconds that an answer may take, under strace and on a busy machine. */
const ANSWER_MS = 2_000;

/** Milliseconds in which nothing more comes, when all has come. */
const QUIET_MS = 150;

/** Milliseconds in which the server sees that the last client has left. */
const LEAVING_MS = 300;

/** Milliseconds that a slow reader reads nothing once nobody else is served either. */
const SLOW_MS = 3_000;

/** Milliseconds that a silent client says nothing. */
const SILENT_MS = 3_000;

/** Messages that are said past a slow reader, and the bytes of each: more than the buffers of a connection hold. */
const MESSAGES = 1_000;
const MESSAGE = 8_000;

const REQUEST = toUtf8(
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

/** Plays a fault's clients, one after the other. */
export class FaultClients {
  readonly #net: Net;
  readonly #address: Address;
  readonly #saw: (sighting: Sighting) => void;
  #stopped = false;

  /** @param saw is told what is seen, as it is seen */
  constructor(net: Net, address: Address, saw: (sighting: Sighting) => void) {
    this.#net = net;
    this.#address = address;
    this.#saw = saw;
  }

  /** Says no more; what is under way ends soon. */
  stop(): void {
    this.#stopped = true;
  }

  /** Plays them to the end. A server that is gone in between ends it early, and is told of. */
  async play(fault: Fault): Promise<void> {
    try {
      await this.#play(fault);
      await this.#net.select(new FdSet(), new FdSet(), new FdSet(), LEAVING_MS);
    } catch (error) {
      if (!(error instanceof SocketError)) throw error;
      this.#tell('absent');
    }
  }

  async #play(fault: Fault): Promise<void> {
    switch (fault) {
      case 'emfile':
        return this.#crowd();
      case 'short-write':
      case 'slow-syscalls':
        return this.#talk();
      case 'reset':
        return this.#resets();
      case 'slow-reader':
        return this.#slowReader();
      case 'silent-client':
        return this.#silent();
      case 'split-handshake':
        return this.#split();
    }
  }

  #tell(code: SightingCode, values: Sighting['values'] = {}): void {
    const whole = Object.entries(values).map(([name, value]) => [name, Math.round(value)]);
    if (!this.#stopped) this.#saw({ code, values: Object.fromEntries(whole) });
  }

  /** More clients than accept takes. */
  async #crowd(): Promise<void> {
    const fds: Fd[] = [];
    for (let i = 0; i < 6; i++) fds.push(await this.#net.connect(this.#address));
    await this.#hear(fds[0] as Fd, ANSWER_MS);
    for (const fd of fds) this.#close(fd);
    await this.#isServing();
  }

  /** Ten messages, for whoever answers or passes them on. */
  async #talk(): Promise<void> {
    const other = await this.#enter();
    const talker = await this.#enter();
    const took: number[] = [];
    for (let i = 0; i < 10 && !this.#stopped; i++) {
      const began = this.#net.now();
      await this.#say(talker, 200);
      const heard = await this.#hear(talker.fd, ANSWER_MS, 1);
      if (heard === 'end') break;
      if (heard !== null) took.push(this.#net.now() - began);
      await this.#hear(talker.fd, QUIET_MS);
      await this.#hear(other.fd, 0, 1);
    }
    const ms = took.reduce((sum, one) => sum + one, 0) / took.length;
    if (took.length === 0) this.#tell('mute');
    else this.#tell('slower', { ms, messages: took.length });
    for (const { fd } of [talker, other]) this.#close(fd);
  }

  async #resets(): Promise<void> {
    const first = await this.#enter();
    await this.#say(first, 200);
    this.#reset(first.fd);
    this.#reset(await this.#net.connect(this.#address));
    const half = await this.#net.connect(this.#address);
    this.#send(half, REQUEST.subarray(0, 20));
    this.#reset(half);
    this.#tell('resets', { resets: 3 });
    await this.#isServing();
  }

  async #silent(): Promise<void> {
    const began = this.#net.now();
    const silent = await this.#net.connect(this.#address);
    await this.#isServing();
    const heard = await this.#hear(silent, SILENT_MS);
    const ms = this.#net.now() - began;
    this.#tell(heard === 'end' ? 'silent.ended' : 'silent.kept', { ms });
    this.#close(silent);
  }

  async #split(): Promise<void> {
    const fd = await this.#net.connect(this.#address);
    const cuts = [0, 1, 40, REQUEST.length - 2, REQUEST.length];
    for (let piece = 1; piece < cuts.length; piece++) {
      const isLast = piece === cuts.length - 1;
      this.#send(fd, REQUEST.subarray(cuts[piece - 1], cuts[piece]));
      const heard = await this.#hear(fd, isLast ? ANSWER_MS : QUIET_MS, 1);
      const values = { piece, pieces: cuts.length - 1 };
      if (heard === null) continue;
      if (heard === 'end') this.#tell('split.ended', values);
      else {
        const status = statusOf(heard);
        if (status === null) this.#tell('split.other', { ...values, bytes: heard.length });
        else this.#tell(isLast ? 'split.answered' : 'split.early', { ...values, status });
      }
      this.#close(fd);
      return;
    }
    this.#tell('split.silent', { ms: ANSWER_MS });
    this.#close(fd);
  }

  /** One that reads nothing, and another that says much: whoever passes it on has to do something. */
  async #slowReader(): Promise<void> {
    const slow = await this.#enter();
    const talker = await this.#enter();
    await this.#say(talker, 20);
    const answers = (await this.#hear(talker.fd, ANSWER_MS, 1)) !== null;
    let bytes = 0;
    for (let i = 0; i < MESSAGES && !this.#stopped; i++) {
      const took = await this.#say(talker, MESSAGE);
      bytes += took;
      const heard = await this.#hear(talker.fd, answers ? ANSWER_MS : 0, 1);
      if (heard === 'end') break;
      if (answers ? heard === null : took === 0) {
        await this.#stands(talker.fd, slow.fd, bytes);
        break;
      }
      if (i === MESSAGES - 1) this.#tell('slow.queued', { bytes });
    }
    if ((await this.#drain(slow.fd)) === 'end') this.#tell('slow.ended');
    for (const { fd } of [talker, slow]) this.#close(fd);
    await this.#isServing();
  }

  /** The server takes nothing any more: it is looked at for a while, then set free. */
  async #stands(talker: Fd, slow: Fd, bytes: number): Promise<void> {
    const began = this.#net.now();
    const freed = await this.#hear(talker, SLOW_MS, 1);
    const ms = this.#net.now() - began;
    if (freed === null) this.#tell('slow.stood', { bytes, ms });
    await this.#drain(slow);
    await this.#drain(talker);
  }

  /** Whether a client that comes now is heard. */
  async #isServing(): Promise<void> {
    if (this.#stopped) return;
    const client = await this.#enter();
    if (client.speaks === 'nothing') await this.#say(client, 20);
    const heard = client.speaks === 'nothing' ? await this.#hear(client.fd, ANSWER_MS, 1) : [];
    this.#close(client.fd);
    // a server that speaks otherwise hangs up, and is there all the same: then it takes another connection
    if (heard === 'end') this.#close(await this.#net.connect(this.#address));
    this.#tell(heard === 'end' ? 'hung-up' : heard === null ? 'unserved' : 'served');
  }

  /** Connects, and asks for a WebSocket. */
  async #enter(): Promise<Client> {
    const fd = await this.#net.connect(this.#address);
    this.#send(fd, REQUEST);
    const heard = await this.#hear(fd, ANSWER_MS, 1);
    const said = heard === null || heard === 'end' ? null : heard;
    if (said === null) return { fd, speaks: 'nothing' };
    await this.#hear(fd, QUIET_MS);
    return { fd, speaks: statusOf(said) === 101 ? 'frames' : 'lines' };
  }

  /** Says a message, as JSON, which a chat may read. @returns its bytes that were taken */
  async #say({ fd, speaks }: Client, length: number): Promise<number> {
    const text = JSON.stringify({ type: 'user', content: 'x'.repeat(length) });
    const bytes =
      speaks === 'frames' ? encodeTextFrame(text, { maskingKey: 0x37fa213d }) : toUtf8(`${text}\n`);
    const taken = this.#send(fd, bytes);
    if (taken === bytes.length) return length;
    // what is left goes out where there is room soon: half a frame would be the end of the conversation
    const ready = await this.#net.select(new FdSet(), new FdSet([fd]), new FdSet(), QUIET_MS);
    if (ready.write.length === 0) return 0;
    return this.#send(fd, bytes.subarray(taken)) === bytes.length - taken ? length : 0;
  }

  /** What a server that is gone takes of it is nothing. */
  #send(fd: Fd, bytes: Uint8Array): number {
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
  async #hear(fd: Fd, ms: number, enough = Infinity): Promise<Uint8Array | 'end' | null> {
    const pieces: Uint8Array[] = [];
    for (let length = 0; length < enough && !this.#stopped; ) {
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
  async #drain(fd: Fd): Promise<'end' | 'quiet'> {
    while (!this.#stopped) {
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

  #close(fd: Fd): void {
    this.#net.close(fd);
  }

  #reset(fd: Fd): void {
    this.#net.reset(fd);
  }
}

/** A client that is there, and how it speaks. */
interface Client {
  readonly fd: Fd;
  readonly speaks: 'frames' | 'lines' | 'nothing';
}

/** The status of an answer; null for what is none. */
function statusOf(bytes: Uint8Array): number | null {
  const [, status] =
    /^HTTP\/1\.[01] (\d{3})/.exec(String.fromCharCode(...bytes.subarray(0, 12))) ?? [];
  return status === undefined ? null : Number(status);
}
