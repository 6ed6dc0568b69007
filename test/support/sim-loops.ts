/** A room on several loops of a simulated network, with a broker between them, in virtual time. */

import { LIFE_MS } from '../../src/broker/directory.js';
import { LINK_LIMITS } from '../../src/broker/link.js';
import { SharedRoom } from '../../src/broker/shared-room.js';
import { SimBroker, type SimBrokerOptions } from '../../src/broker/sim-broker.js';
import { fromUtf8Lossy } from '../../src/bytes.js';
import type { ServerOptions } from '../../src/chat/limits.js';
import { readServerMessage, type ServerMessage } from '../../src/chat/vocabulary.js';
import { type SimHost, SimNet } from '../../src/net/sim.js';
import type { BrokerStep, TraceEvent } from '../../src/trace/event.js';
import { runLoop } from '../../src/trace/loop.js';
import { FrameDecoder } from '../../src/websocket/decoder.js';
import { request } from './room.js';
import { SimPeer } from './sim-room.js';

/** Longer than a loop lives unheard, and than a broker may be silent. */
export const LONG_MS = LIFE_MS + LINK_LIMITS.silenceMs + 5_000;

/** How a loop is made. */
export interface SimLoopOptions {
  password?: string | null;
  user?: string | null;
  maxOutbox?: number;
  limits?: ServerOptions;
}

/** One loop of the room. */
export class SimLoop {
  readonly host: SimHost;
  readonly room: SharedRoom;
  readonly events: TraceEvent[] = [];
  /** Settled when its loop has ended. */
  running: Promise<void> = Promise.resolve();
  #isDead = false;

  constructor(host: SimHost, id: string, options: SimLoopOptions) {
    this.host = host;
    this.room = new SharedRoom(host, {
      loop: id,
      dial: () => host.connect({ host: 'broker', port: 6379 }),
      where: 'redis://broker:6379',
      ...options,
    });
  }

  async open(): Promise<void> {
    const opened = await this.room.open();
    const listening = await this.room.listen({ host: '', port: 8080 });
    const watcher = (event: TraceEvent): Promise<void> | undefined => {
      this.events.push(event);
      return this.#isDead ? new Promise(() => {}) : undefined;
    };
    this.running = runLoop(this.host, this.room, watcher, [...opened, ...listening]);
  }

  /** What it did with the broker. */
  did(what: BrokerStep['do']): string[] {
    return this.events.flatMap((event) =>
      event.step === 'broker' && event.do === what ? [event.message] : [],
    );
  }

  /** Its process dies: nothing of it runs any more, and the kernel closes what was open. */
  kill(): void {
    this.#isDead = true;
    this.host.pause();
    for (const fd of this.host.openFds) this.host.reset(fd);
  }

  async stop(): Promise<void> {
    this.room.stop();
    await this.running;
  }
}

/** Someone in a loop, and what was said to them. */
export class SimMember extends SimPeer {
  readonly heard: ServerMessage[] = [];
  readonly #decoder = new FrameDecoder('server');
  #isOpen = false;

  /** What came since last asked. */
  news(): ServerMessage[] {
    let bytes = this.receive();
    if (!this.#isOpen && bytes.length > 0) {
      const text = Buffer.from(bytes).toString('latin1');
      const end = text.indexOf('\r\n\r\n');
      if (end < 0) throw new Error('bug: half an answer to a handshake');
      bytes = bytes.subarray(end + 4);
      this.#isOpen = true;
    }
    const came = this.#decoder
      .feed(bytes)
      .filter(({ opcode }) => opcode === 1)
      .map(({ payload }) => readServerMessage(fromUtf8Lossy(payload)))
      .filter((message) => message !== null);
    this.heard.push(...came);
    return came;
  }

  /** The texts of people that came since last asked: `Ada: hello`. */
  texts(): string[] {
    return this.news().flatMap((one) =>
      one.type === 'user' ? [`${one.from}: ${one.content}`] : [],
    );
  }

  /** The list as it was last told. */
  get list(): string[] {
    this.news();
    const last = this.heard.findLast((one) => one.type === 'login' || one.type === 'logout');
    return last !== undefined && 'user_list' in last ? last.user_list : [];
  }

  /** What the room itself has said, all of it. */
  get system(): string[] {
    this.news();
    return this.heard.flatMap((one) => (one.type === 'system' ? [one.content] : []));
  }
}

/** A world of its own. */
export class SimLoops {
  readonly sim: SimNet;
  broker: SimBroker;
  readonly brokerHost: SimHost;
  readonly loops: SimLoop[] = [];
  #machines = 0;
  readonly #options: SimBrokerOptions;
  readonly #idOf: (n: number) => string;

  private constructor(seed: number, options: SimBrokerOptions, idOf: (n: number) => string) {
    this.#idOf = idOf;
    this.sim = new SimNet({ seed, driven: true, jitterMs: 1 });
    this.brokerHost = this.sim.host('broker', { address: '10.0.9.1' });
    this.#options = options;
    this.broker = new SimBroker(this.brokerHost, options);
  }

  /** Opens a broker and so many loops. @param idOf names the loops, 1 for the first */
  static async open(
    count = 2,
    {
      seed = 1,
      broker = {},
      idOf = (n) => `${n}`.padStart(16, '0'),
      ...options
    }: SimLoopOptions & {
      seed?: number;
      broker?: SimBrokerOptions;
      idOf?: (n: number) => string;
    } = {},
  ): Promise<SimLoops> {
    const world = new SimLoops(seed, broker, idOf);
    await world.startBroker();
    for (let i = 0; i < count; i++) await world.addLoop(options);
    return world;
  }

  /** Starts the broker, or another in its place with nothing in it. */
  async startBroker(): Promise<void> {
    this.broker = new SimBroker(this.brokerHost, this.#options);
    await this.broker.listen({ host: '', port: 6379 });
    void runLoop(this.brokerHost, this.broker);
  }

  async addLoop(options: SimLoopOptions = {}): Promise<SimLoop> {
    const n = this.loops.length + 1;
    const host = this.sim.host(`loop${n}`, { address: `10.0.0.${n}` });
    const loop = new SimLoop(host, this.#idOf(n), options);
    const opening = loop.open();
    await this.#until(opening);
    this.loops.push(loop);
    return loop;
  }

  /** Connects to a loop and logs in. */
  async join(loop: SimLoop, name: string): Promise<SimMember> {
    const machine = this.sim.host(`machine${++this.#machines}`, {
      address: `10.0.1.${this.#machines}`,
    });
    const connecting = machine.connect({ host: loop.host.name, port: 8080 });
    await this.pass(10);
    const member = new SimMember(machine, await connecting);
    member.send(request());
    member.say({ type: 'login', content: name });
    await this.pass(10);
    return member;
  }

  /** Lets time pass. */
  pass(ms: number): Promise<void> {
    return this.sim.run(this.sim.now() + ms);
  }

  async #until(promise: Promise<void>): Promise<void> {
    let isOver = false;
    const over = promise.finally(() => {
      isOver = true;
    });
    over.catch(() => {});
    for (let i = 0; i < 1_000 && !isOver; i++) await this.pass(10);
    return over;
  }
}
