/**
 * Plays a scenario: its clients are sockets of any network, its server any that listens. After
 * each step the server is left until it is idle; what the clients got by then belongs to the step.
 * @module
 */

import { fromHex, joinBytes, toHex, toUtf8 } from '../bytes.js';
import { type Fd, FdSet, type Net, SocketError } from '../net/net.js';
import { Outbox } from '../net/outbox.js';
import { failingWith } from '../texts/errors.js';
import { encodeTextFrame } from '../websocket/frame.js';
import type { Connected, Opponent, OpponentState } from './opponent.js';
import type { Action, Scenario } from './scenario.js';
import { runsOf, type WireEvent } from './wire.js';

/** The masking key of all scripted clients: that of the RFC's own example (RFC 6455 5.7). */
export const SCENARIO_MASKING_KEY = 0x37fa213d;

/** The request of all scripted handshakes, with the key of RFC 6455 1.3. */
export const SCENARIO_REQUEST = [
  'GET / HTTP/1.1',
  'Host: 127.0.0.1:8080',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Version: 13',
  '\r\n',
].join('\r\n');

/** A server that died, was not idle in time, or sent without end: at which step, and what had come until then. */
export class PlayError extends Error {
  /** `PlayError`. */
  override readonly name = 'PlayError';
  /** What the clients had got. */
  readonly wire: readonly WireEvent[];
  /** `busy`: it was not idle in time; `endless`: it sent more than was to be taken. */
  readonly why: 'died' | 'busy' | 'endless';

  constructor(message: string, wire: readonly WireEvent[], why: PlayError['why']) {
    super(message);
    this.wire = wire;
    this.why = why;
  }
}

/** How long a flood waits for an answer before it asks whether the server stands still. */
const ANSWER_MS = 20;

/**
 * Bytes that all clients of a scenario keep at most. The longest flood that ships brings four million;
 * a server that sends without end would fill the memory.
 */
export const MOST_RECEIVED = 64 * 2 ** 20;

/** How a scenario is played. */
export interface PlayOptions {
  /** Milliseconds that the server has for each step. Default 10,000. */
  timeoutMs?: number;
  /**
   * What the clients are expected to get, from another server say. A step is over when all of that has
   * come in it, whatever bytes they are, and the server has taken all that was sent; whether it is idle is
   * asked only where nothing is expected. That takes longer than to play a step.
   */
  expected?: readonly WireEvent[] | undefined;
  /** Bytes that all clients take together at most. Default `MOST_RECEIVED`. */
  mostReceived?: number | undefined;
  /** Called before each action, with the bytes that it sends, if any. */
  onAct?: (action: Action, bytes: Uint8Array) => void;
  /** Called behind the last step, while the clients are still connected: what follows is no part of it. */
  atEnd?: () => Promise<void> | void;
}

/**
 * Plays a scenario to its end, and closes its clients.
 *
 * @param net the clients' own network
 * @returns what the clients got, by step, in the order of connecting
 * @throws PlayError when the server dies, does not become idle, or sends more than `MOST_RECEIVED`
 * @throws SocketError connect ECONNREFUSED and the like
 */
export async function play(
  scenario: Scenario,
  net: Net,
  opponent: Opponent,
  options: PlayOptions = {},
): Promise<WireEvent[]> {
  const player = new Player(net, opponent, options);
  try {
    const last = scenario.steps.length - 1;
    for (const [i, actions] of scenario.steps.entries()) await player.step(actions, i === last);
    await options.atEnd?.();
    return player.wire;
  } finally {
    player.closeAll();
  }
}

/** A client that does what the scenario says. */
class ScriptedClient implements Connected {
  readonly client: string;
  readonly fd: Fd;
  readonly port: number;
  readonly outbox = new Outbox();
  readonly chunks: Uint8Array[] = [];
  sent = 0;
  received = 0;
  reading = true;
  /** Until when what it sends is on its way, on the network's clock; null for no delay. */
  lateUntil: number | null = null;
  ended: Connected['ended'] = null;
  endedByServer: Connected['endedByServer'] = null;
  /** The server's end has not been told yet. */
  endIsNew = false;

  constructor(client: string, fd: Fd, port: number) {
    this.client = client;
    this.fd = fd;
    this.port = port;
  }

  get isOpen(): boolean {
    return this.ended !== 'close' && this.ended !== 'reset';
  }
}

const NONE = new FdSet();

class Player {
  readonly wire: WireEvent[] = [];
  readonly #net: Net;
  readonly #opponent: Opponent;
  readonly #timeoutMs: number;
  readonly #mostReceived: number;
  readonly #onAct: PlayOptions['onAct'];
  readonly #expected: readonly WireEvent[];
  readonly #clients = new Map<string, ScriptedClient>();
  readonly #read = new FdSet();
  readonly #write = new FdSet();
  #step = -1;
  #received = 0;
  #paused = false;

  constructor(net: Net, opponent: Opponent, options: PlayOptions) {
    this.#net = net;
    this.#opponent = opponent;
    this.#timeoutMs = options.timeoutMs ?? 10_000;
    this.#mostReceived = options.mostReceived ?? MOST_RECEIVED;
    this.#onAct = options.onAct;
    this.#expected = options.expected ?? [];
  }

  async step(actions: readonly Action[], isLast: boolean): Promise<void> {
    this.#step++;
    const late = this.#late();
    for (const action of actions) await this.#act(action);
    await this.#arrive(isLast ? this.#late() : late);
    await this.#settle(this.#expectedNow());
    this.#record(actions.some((action) => action.do === 'flood'));
  }

  /** The clients whose bytes are still on their way. */
  #late(): ScriptedClient[] {
    return [...this.#clients.values()].filter(({ lateUntil }) => lateUntil !== null);
  }

  /**
   * Lets late bytes arrive: when their time has come, and all else has been dealt with, so that who is
   * first does not depend on how busy a machine is.
   */
  async #arrive(late: readonly ScriptedClient[]): Promise<void> {
    for (const client of late) {
      await this.#settle();
      for (;;) {
        const left = (client.lateUntil ?? 0) - this.#net.now();
        if (left <= 0) break;
        await this.#net.select(this.#read, NONE, NONE, left);
        await this.#takeWhatCame();
      }
      client.lateUntil = null;
      if (client.isOpen) this.#flush(client);
    }
  }

  /** Tells when all has come that is expected in this step; undefined where nothing is. */
  #expectedNow(): (() => boolean) | undefined {
    const here = this.#expected.filter(({ step }) => step === this.#step);
    if (here.length === 0) return undefined;
    const hasCome = (event: WireEvent): boolean => {
      const client = this.#clients.get(event.client);
      if (client === undefined || 'end' in event) return client?.endIsNew !== false;
      const length = client.chunks.reduce((sum, chunk) => sum + chunk.length, 0);
      return length >= (event.hex.length / 2) * (event.times ?? 1);
    };
    // what it has left unread would be taken together with what the next step sends
    const hasTaken = (): boolean =>
      this.#opponent.hasTaken?.([...this.#clients.values()]) !== false;
    return () => here.every(hasCome) && hasTaken();
  }

  closeAll(): void {
    for (const client of this.#clients.values()) if (client.isOpen) this.#net.close(client.fd);
    if (this.#paused) this.#opponent.resume();
  }

  async #act(action: Action): Promise<void> {
    const bytes = bytesOf(action);
    this.#onAct?.(action, bytes);
    switch (action.do) {
      case 'connect':
        return this.#connect(action.client, action.rcvbuf);
      case 'handshake':
      case 'text':
      case 'send':
        return this.#send(action.client, bytes, action.delayMs);
      case 'pieces':
        for (const piece of action.pieces) {
          this.#send(action.client, hexBytes(piece));
          await this.#settle();
        }
        return;
      case 'flood':
        return this.#flood(action.client, bytes, action.most);
      case 'stop':
        return this.#watch(this.#client(action.client), false);
      case 'read':
        return this.#watch(this.#client(action.client), true);
      case 'close':
      case 'shutdown':
      case 'reset':
        return this.#end(this.#client(action.client), action.do);
      case 'pause':
        this.#paused = true;
        return this.#opponent.pause();
      case 'resume':
        this.#paused = false;
        return this.#opponent.resume();
    }
  }

  async #connect(name: string, rcvbuf: number | undefined): Promise<void> {
    const fd = await this.#net.connect(this.#opponent.address);
    if (rcvbuf !== undefined) this.#net.setsockopt(fd, 'SO_RCVBUF', rcvbuf);
    this.#net.setsockopt(fd, 'TCP_NODELAY', 1);
    const client = new ScriptedClient(name, fd, this.#net.getsockname(fd).port);
    this.#clients.set(name, client);
    this.#read.add(fd);
  }

  #client(name: string): ScriptedClient {
    const client = this.#clients.get(name);
    if (client === undefined) throw new Error(`bug: no client ${name}; checkScenario finds this`);
    return client;
  }

  #send(name: string, bytes: Uint8Array, delayMs?: number): void {
    const client = this.#client(name);
    client.outbox.push(bytes);
    if (delayMs !== undefined) {
      client.lateUntil = Math.max(client.lateUntil ?? 0, this.#net.now() + delayMs);
    }
    this.#flush(client);
  }

  #flush(client: ScriptedClient): void {
    if (client.lateUntil !== null) return; // nothing overtakes what is on its way
    try {
      client.sent += client.outbox.flush(this.#net, client.fd);
    } catch (error) {
      this.#broken(client, error);
    }
    if (client.outbox.length > 0 && client.endedByServer === null) this.#write.add(client.fd);
    else this.#write.delete(client.fd);
  }

  async #flood(name: string, frame: Uint8Array, most: number): Promise<void> {
    const client = this.#client(name);
    for (let i = 0; i < most; i++) {
      const { received } = client;
      this.#send(name, frame);
      // an answer says enough: to ask a server of another process whether it is idle takes longer
      const hasAnswer = (): boolean => client.received > received;
      if ((await this.#settle(hasAnswer)) === 'stalled') return;
    }
  }

  #watch(client: ScriptedClient, reading: boolean): void {
    client.reading = reading;
    if (reading) this.#read.add(client.fd);
    else this.#read.delete(client.fd);
  }

  async #end(client: ScriptedClient, how: 'close' | 'shutdown' | 'reset'): Promise<void> {
    // a FIN lies behind the bytes; an RST takes them along
    if (client.lateUntil !== null && how !== 'reset') await this.#arrive([client]);
    client.ended = how;
    if (how === 'shutdown') {
      this.#net.shutdown(client.fd);
      return;
    }
    this.#read.delete(client.fd);
    this.#write.delete(client.fd);
    if (how === 'close') this.#net.close(client.fd);
    else this.#net.reset(client.fd);
  }

  /**
   * Reads what comes until the server is idle or stands still; a paused one is not waited for.
   *
   * @param isEnough ends it earlier; for this long the server is not asked
   */
  async #settle(isEnough?: () => boolean): Promise<OpponentState> {
    const deadline = this.#net.now() + this.#timeoutMs;
    const askFrom = isEnough === undefined ? 0 : this.#net.now() + ANSWER_MS;
    for (;;) {
      const cameIn = await this.#takeWhatCame();
      if (isEnough?.() === true) return 'idle';
      if (cameIn && this.#net.now() <= deadline) continue;
      if (this.#paused) return 'idle';
      if (this.#net.now() < askFrom) continue;
      const state = await this.#opponent.state([...this.#clients.values()]);
      if (state === 'dead') throw this.#failure('died');
      // while we asked, the last bytes may have come in
      if (state !== 'busy' && !(await this.#takeWhatCame())) return state;
      if (this.#net.now() > deadline) throw this.#failure('busy');
      if (state === 'busy') await this.#net.select(this.#read, this.#write, NONE, 1); // bytes, or a moment
    }
  }

  /** One poll. @returns whether there was anything */
  async #takeWhatCame(): Promise<boolean> {
    const ready = await this.#net.select(this.#read, this.#write, NONE, 0);
    for (const client of this.#clients.values()) {
      if (!client.isOpen) continue; // its number may be another's by now
      if (ready.write.includes(client.fd)) this.#flush(client);
      if (ready.read.includes(client.fd)) this.#receive(client);
    }
    return ready.read.length > 0;
  }

  /** A server that sends without end: nothing of this step is kept, as it would tell nothing. */
  #endless(): PlayError {
    const values = { step: this.#step, mib: this.#mostReceived / 2 ** 20 };
    return failingWith(
      (message) => new PlayError(message, this.wire, 'endless'),
      'play.endless',
      values,
    );
  }

  #failure(why: 'died' | 'busy'): PlayError {
    const died = why === 'died';
    this.#record(false);
    const got = this.wire.filter((event) => event.step === this.#step).length;
    const words = (died && this.#opponent.lastWords?.().trim()) || '';
    const text = !died ? 'play.busy' : words === '' ? 'play.died.silently' : 'play.died';
    const values = { step: this.#step, seconds: this.#timeoutMs / 1_000, words, got };
    const make = (message: string): PlayError => new PlayError(message, this.wire, why);
    return failingWith(make, got === 0 ? text : `${text}.some`, values);
  }

  #receive(client: ScriptedClient): void {
    try {
      const bytes = this.#net.recv(client.fd, 65_536);
      client.received += bytes.length;
      this.#received += bytes.length;
      if (this.#received > this.#mostReceived) throw this.#endless();
      if (bytes.length > 0) client.chunks.push(bytes);
      else this.#endedByServer(client, 'fin');
    } catch (error) {
      this.#broken(client, error);
    }
  }

  #broken(client: ScriptedClient, error: unknown): void {
    if (!(error instanceof SocketError)) throw error;
    if (error.code !== 'EAGAIN') this.#endedByServer(client, 'reset');
  }

  #endedByServer(client: ScriptedClient, how: 'fin' | 'reset'): void {
    client.endedByServer = how;
    client.endIsNew = true;
    this.#read.delete(client.fd);
    this.#write.delete(client.fd);
  }

  /** Writes down what each client got in this step. */
  #record(flooded: boolean): void {
    const step = this.#step;
    for (const { client, chunks } of this.#clients.values()) {
      const bytes = joinBytes(chunks.splice(0));
      if (bytes.length === 0) continue;
      if (!flooded) this.wire.push({ step, client, hex: toHex(bytes) });
      else for (const run of runsOf(bytes)) this.wire.push({ step, client, ...run });
    }
    for (const client of this.#clients.values()) {
      if (!client.endIsNew || client.endedByServer === null) continue;
      client.endIsNew = false;
      this.wire.push({ step, client: client.client, end: client.endedByServer });
    }
  }
}

function textFrame(text: string): Uint8Array {
  return encodeTextFrame(text, { maskingKey: SCENARIO_MASKING_KEY });
}

/** What an action sends; a flood's one frame; nothing for most. */
export function bytesOf(action: Action): Uint8Array {
  switch (action.do) {
    case 'handshake':
      return toUtf8(SCENARIO_REQUEST);
    case 'text':
    case 'flood':
      return textFrame(action.text);
    case 'send':
      return hexBytes(action.hex);
    case 'pieces':
      return joinBytes(action.pieces.map(hexBytes));
    default:
      return new Uint8Array(0);
  }
}

function hexBytes(hex: string): Uint8Array {
  const bytes = fromHex(hex.replace(/\s/g, ''));
  if (bytes === null) throw new Error('bug: no hex; checkScenario finds this');
  return bytes;
}
