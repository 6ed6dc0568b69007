/**
 * Clients that behave badly, played against a server that runs: what it does is seen from its calls,
 * and from here.
 * @module
 */

import { type Address, type Fd, type Net, SocketError } from '../net/net.js';
import { ANSWER_MS, ClientCalls, QUIET_MS, REQUEST, statusOf } from './client-calls.js';
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

/** Milliseconds in which the server sees that the last client has left. */
const LEAVING_MS = 300;

/** Milliseconds that a slow reader reads nothing once nobody else is served either. */
const SLOW_MS = 3_000;

/** Milliseconds that a silent client says nothing. */
const SILENT_MS = 3_000;

/** Messages that are said past a slow reader, and the bytes of each: more than the buffers of a connection hold. */
const MESSAGES = 1_000;
const MESSAGE = 8_000;

/** Plays a fault's clients, one after the other. */
export class FaultClients {
  readonly #calls: ClientCalls;
  readonly #saw: (sighting: Sighting) => void;

  /** @param saw is told what is seen, as it is seen */
  constructor(net: Net, address: Address, saw: (sighting: Sighting) => void) {
    this.#calls = new ClientCalls(net, address);
    this.#saw = saw;
  }

  /** Says no more; what is under way ends soon. */
  stop(): void {
    this.#calls.isStopped = true;
  }

  /** Plays them to the end. A server that is gone in between ends it early, and is told of. */
  async play(fault: Fault): Promise<void> {
    try {
      await this.#play(fault);
      await this.#calls.pause(LEAVING_MS);
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
    if (!this.#calls.isStopped) this.#saw({ code, values: Object.fromEntries(whole) });
  }

  /** More clients than accept takes. */
  async #crowd(): Promise<void> {
    const fds: Fd[] = [];
    for (let i = 0; i < 6; i++) fds.push(await this.#calls.connect());
    await this.#calls.hear(fds[0] as Fd, ANSWER_MS);
    for (const fd of fds) this.#calls.close(fd);
    await this.#isServing();
  }

  /** Ten messages, for whoever answers or passes them on. */
  async #talk(): Promise<void> {
    const other = await this.#calls.enter();
    const talker = await this.#calls.enter();
    const took: number[] = [];
    for (let i = 0; i < 10 && !this.#calls.isStopped; i++) {
      const began = this.#calls.now();
      await this.#calls.say(talker, 200);
      const heard = await this.#calls.hear(talker.fd, ANSWER_MS, 1);
      if (heard === 'end') break;
      if (heard !== null) took.push(this.#calls.now() - began);
      await this.#calls.hear(talker.fd, QUIET_MS);
      await this.#calls.hear(other.fd, 0, 1);
    }
    const ms = took.reduce((sum, one) => sum + one, 0) / took.length;
    if (took.length === 0) this.#tell('mute');
    else this.#tell('slower', { ms, messages: took.length });
    for (const { fd } of [talker, other]) this.#calls.close(fd);
  }

  async #resets(): Promise<void> {
    const first = await this.#calls.enter();
    await this.#calls.say(first, 200);
    this.#calls.reset(first.fd);
    this.#calls.reset(await this.#calls.connect());
    const half = await this.#calls.connect();
    this.#calls.send(half, REQUEST.subarray(0, 20));
    this.#calls.reset(half);
    this.#tell('resets', { resets: 3 });
    await this.#isServing();
  }

  async #silent(): Promise<void> {
    const began = this.#calls.now();
    const silent = await this.#calls.connect();
    await this.#isServing();
    const heard = await this.#calls.hear(silent, SILENT_MS);
    const ms = this.#calls.now() - began;
    this.#tell(heard === 'end' ? 'silent.ended' : 'silent.kept', { ms });
    this.#calls.close(silent);
  }

  async #split(): Promise<void> {
    const fd = await this.#calls.connect();
    const cuts = [0, 1, 40, REQUEST.length - 2, REQUEST.length];
    for (let piece = 1; piece < cuts.length; piece++) {
      const isLast = piece === cuts.length - 1;
      this.#calls.send(fd, REQUEST.subarray(cuts[piece - 1], cuts[piece]));
      const heard = await this.#calls.hear(fd, isLast ? ANSWER_MS : QUIET_MS, 1);
      const values = { piece, pieces: cuts.length - 1 };
      if (heard === null) continue;
      if (heard === 'end') this.#tell('split.ended', values);
      else {
        const status = statusOf(heard);
        if (status === null) this.#tell('split.other', { ...values, bytes: heard.length });
        else this.#tell(isLast ? 'split.answered' : 'split.early', { ...values, status });
      }
      this.#calls.close(fd);
      return;
    }
    this.#tell('split.silent', { ms: ANSWER_MS });
    this.#calls.close(fd);
  }

  /** One that reads nothing, and another that says much: whoever passes it on has to do something. */
  async #slowReader(): Promise<void> {
    const slow = await this.#calls.enter();
    const talker = await this.#calls.enter();
    await this.#calls.say(talker, 20);
    const answers = (await this.#calls.hear(talker.fd, ANSWER_MS, 1)) !== null;
    let bytes = 0;
    for (let i = 0; i < MESSAGES && !this.#calls.isStopped; i++) {
      const took = await this.#calls.say(talker, MESSAGE);
      bytes += took;
      const heard = await this.#calls.hear(talker.fd, answers ? ANSWER_MS : 0, 1);
      if (heard === 'end') break;
      if (answers ? heard === null : took === 0) {
        await this.#stands(talker.fd, slow.fd, bytes);
        break;
      }
      if (i === MESSAGES - 1) this.#tell('slow.queued', { bytes });
    }
    if ((await this.#calls.drain(slow.fd)) === 'end') this.#tell('slow.ended');
    for (const { fd } of [talker, slow]) this.#calls.close(fd);
    await this.#isServing();
  }

  /** The server takes nothing any more: it is looked at for a while, then set free. */
  async #stands(talker: Fd, slow: Fd, bytes: number): Promise<void> {
    const began = this.#calls.now();
    const freed = await this.#calls.hear(talker, SLOW_MS, 1);
    const ms = this.#calls.now() - began;
    if (freed === null) this.#tell('slow.stood', { bytes, ms });
    await this.#calls.drain(slow);
    await this.#calls.drain(talker);
  }

  /** Whether a client that comes now is heard. */
  async #isServing(): Promise<void> {
    if (this.#calls.isStopped) return;
    const client = await this.#calls.enter();
    if (client.speaks === 'nothing') await this.#calls.say(client, 20);
    const heard =
      client.speaks === 'nothing' ? await this.#calls.hear(client.fd, ANSWER_MS, 1) : [];
    this.#calls.close(client.fd);
    // a server that speaks otherwise hangs up, and is there all the same: then it takes another connection
    if (heard === 'end') this.#calls.close(await this.#calls.connect());
    this.#tell(heard === 'end' ? 'hung-up' : heard === null ? 'unserved' : 'served');
  }
}
