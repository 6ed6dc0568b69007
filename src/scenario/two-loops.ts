/**
 * Two loops, one room, in one seeded world: three machines and two people on a simulated network, with
 * a partition between one loop and the broker. The same seed gives the same, to the byte.
 * @module
 */

import { SharedRoom } from '../broker/shared-room.js';
import { SimBroker } from '../broker/sim-broker.js';
import { fromUtf8Lossy, joinBytes } from '../bytes.js';
import { UNHURRIED } from '../chat/limits.js';
import { type Fd, SocketError } from '../net/net.js';
import { type SimHost, SimNet } from '../net/sim.js';
import type { Step, TraceEvent } from '../trace/event.js';
import type { MachineEvent, Machines } from '../trace/lamport-machines.js';
import { type Program, runLoop } from '../trace/loop.js';
import type { TraceMaker } from '../trace/maker.js';
import { Tape } from '../trace/tape.js';
import { FrameDecoder } from '../websocket/decoder.js';
import { Opcode } from '../websocket/frame.js';
import { bytesOf } from './play.js';
import type { SimulatedRule } from './simulate.js';

/** Its machines, as they stand beside each other. */
export const MACHINES: Machines = { loops: ['loop-a', 'loop-b'], broker: 'broker' };

/** What the loop of one machine did, and what its people and its network did to it, as a trace of its own. */
export interface MachineTrace {
  /** What made it: its `machine` says which it is. */
  maker: TraceMaker;
  events: readonly TraceEvent[];
}

/** A run of the world. */
export interface TwoLoopsRun {
  /** What all machines and people did, in the order in which it happened. */
  events: MachineEvent[];
  /** The same, and what arrived, one machine after the other. */
  traces: MachineTrace[];
  /** The messages that each person got, as JSON, in order. */
  heard: Map<string, string[]>;
}

/** Two people, and the loops that they are on. */
const PEOPLE = [
  { name: 'Ada', loop: 'loop-a' },
  { name: 'Ming', loop: 'loop-b' },
] as const;
type Name = (typeof PEOPLE)[number]['name'];

/** When what happens, in milliseconds of virtual time. */
const AT = {
  join: 100,
  talk: 400,
  cut: 1_000,
  alone: 1_200,
  heal: 8_000,
  again: 16_000,
  end: 16_500,
};

/**
 * Plays it.
 *
 * @param seed of all that is random
 * @param rules what happens to segments beside the partition; connection 1 is that of loop-a to the broker, 2 that of
 * loop-b, 3 is Ada's and 4 Ming's
 * @throws BrokerLost when a loop does not come to the broker
 */
export async function simulateTwoLoops(
  seed = 0,
  rules: readonly SimulatedRule[] = [],
): Promise<TwoLoopsRun> {
  const world = new TwoLoops(seed, rules);
  await world.play();
  return { events: world.events, traces: world.traces(), heard: world.heard };
}

class TwoLoops {
  readonly events: MachineEvent[] = [];
  readonly heard = new Map<string, string[]>();
  readonly #sim: SimNet;
  readonly #people = new Map<Name, Person>();
  readonly #rooms: SharedRoom[] = [];
  readonly #hosts: SimHost[] = [];
  readonly #running: Promise<void>[] = [];
  readonly #tapes: ReadonlyMap<string, Tape>;

  constructor(seed: number, rules: readonly SimulatedRule[]) {
    this.#sim = new SimNet({ seed, jitterMs: 1, driven: true });
    const { loops, broker } = MACHINES;
    const now = (): number => this.#sim.now();
    this.#tapes = new Map([...loops, broker].map((name) => [name, new Tape(now)]));
    this.#sim.onArrive(({ name }, step) => this.#tapes.get(name)?.record(step));
    // in the partition nothing passes either way, and nobody is told
    const isCut = (): boolean => this.#sim.now() >= AT.cut && this.#sim.now() < AT.heal;
    this.#sim.rule(() => (isCut() ? { pieces: [], cut: 'silence' } : undefined), {
      from: 'loop-b',
      to: 'broker',
    });
    for (const { rule, where } of rules) this.#sim.rule(rule, where);
  }

  /** One a machine, the broker last. */
  traces(): MachineTrace[] {
    const loops = this.#tapes.size;
    return [...this.#tapes].map(([machine, { events }], i) => {
      const profile = machine === MACHINES.broker ? 'broker' : 'rfc6455';
      const made = { program: 'loopscope', profile, clock: 'virtual', recorder: 'sim' } as const;
      return { maker: { ...made, machine, loop: i + 1, loops }, events };
    });
  }

  async play(): Promise<void> {
    const host = this.#host(MACHINES.broker, '10.0.0.9');
    const broker = new SimBroker(host);
    this.#run(host, broker, await broker.listen({ host: '', port: 6379 }));
    const opening = PEOPLE.map(({ loop }, i) => this.#openLoop(loop, i + 1));
    await this.#until(AT.join, Promise.all(opening));
    const joining = PEOPLE.map(({ name, loop }, i) => this.#join(name, loop, i + 1));
    await this.#until(AT.talk, Promise.all(joining));
    this.#say('Ada', 'hello');
    this.#say('Ming', 'hi');
    await this.#sim.run(AT.alone);
    this.#say('Ming', 'alone');
    await this.#sim.run(AT.again);
    this.#say('Ada', 'again');
    await this.#sim.run(AT.end);
    for (const [name, person] of this.#people) this.heard.set(name, person.heard());
    for (const tape of this.#tapes.values()) tape.stop();
    for (const room of this.#rooms) room.stop();
    const end = Promise.all(this.#running.slice(1)); // the broker's loop is the first, and has no end
    await this.#sim.run(AT.end + 3_000);
    await Promise.race([end, Promise.resolve()]); // who was cut off by a rule has no end either
    broker.kill();
    for (const one of this.#hosts) one.closeAll();
  }

  /** Lets time pass up to a moment, and until something has come about, which rules may make later. */
  async #until(ms: number, coming: Promise<unknown>): Promise<void> {
    let isOver = false;
    const over = (): void => {
      isOver = true;
    };
    coming.then(over, over);
    await this.#sim.run(ms);
    while (!isOver) await this.#sim.run(this.#sim.now() + 10);
    await coming;
  }

  #host(name: string, address: string): SimHost {
    const host = this.#sim.host(name, { address });
    this.#hosts.push(host);
    return host;
  }

  #run(host: SimHost, program: Program, before: readonly Step[] = []): void {
    const watcher = (event: TraceEvent): void => {
      this.#tapes.get(host.name)?.copy(event);
      if (this.#sim.now() < AT.end) this.events.push({ machine: host.name, event });
    };
    this.#running.push(runLoop(host, program, watcher, before));
  }

  async #openLoop(name: string, number: number): Promise<void> {
    const host = this.#host(name, `10.0.0.${number}`);
    const room = new SharedRoom(host, {
      loop: `${number}`.padStart(16, '0'),
      dial: () => host.connect({ host: 'broker', port: 6379 }),
      where: 'redis://broker:6379',
      limits: UNHURRIED,
    });
    this.#rooms.push(room);
    const opened = await room.open();
    this.#run(host, room, [...opened, ...(await room.listen({ host: '', port: 8080 }))]);
  }

  async #join(name: Name, loop: string, number: number): Promise<void> {
    const host = this.#host(name, `10.0.1.${number}`);
    this.#act(name, 'connect', new Uint8Array(0));
    const person = new Person(host, await host.connect({ host: loop, port: 8080 }));
    this.#people.set(name, person);
    this.#send(name, 'handshake', bytesOf({ do: 'handshake', client: name }));
    this.#sendText(name, { type: 'login', content: name });
  }

  #say(name: Name, content: string): void {
    this.#sendText(name, { type: 'user', content });
  }

  #sendText(name: Name, message: object): void {
    const text = JSON.stringify(message);
    this.#send(name, 'text', bytesOf({ do: 'text', client: name, text }));
  }

  #send(name: Name, what: string, bytes: Uint8Array): void {
    this.#act(name, what, bytes);
    this.#people.get(name)?.send(bytes);
  }

  #act(name: Name, what: string, bytes: Uint8Array): void {
    const stamp = { v: 1, seq: 0, turn: 0, t: this.#sim.now() } as const;
    const step: Step = { step: 'act', client: name, do: what, bytes };
    this.events.push({ machine: name, event: { ...stamp, ...step } });
    const { loop } = PEOPLE.find((one) => one.name === name) ?? {};
    if (loop !== undefined) this.#tapes.get(loop)?.record(step);
  }
}

/** A connection of someone who says what is to be said, and listens in the end. */
class Person {
  readonly #host: SimHost;
  readonly #fd: Fd;

  constructor(host: SimHost, fd: Fd) {
    this.#host = host;
    this.#fd = fd;
  }

  /** Says it; to one whose connection was reset, nobody listens. */
  send(bytes: Uint8Array): void {
    try {
      this.#host.send(this.#fd, bytes);
    } catch (error) {
      if (!(error instanceof SocketError)) throw error;
    }
  }

  /** All messages that came, without the answer to the handshake. */
  heard(): string[] {
    const all = this.#received();
    const end = all.findIndex((_, i) => fromUtf8Lossy(all.subarray(i, i + 4)) === '\r\n\r\n');
    if (end < 0) return [];
    const frames = new FrameDecoder('server').feed(joinBytes([all.subarray(end + 4)]));
    return frames
      .filter(({ opcode }) => opcode === Opcode.text)
      .map(({ payload }) => fromUtf8Lossy(payload));
  }

  #received(): Uint8Array {
    try {
      return this.#host.recv(this.#fd, 1 << 20);
    } catch (error) {
      if (!(error instanceof SocketError)) throw error;
      return new Uint8Array(0); // nothing came, or the connection was reset
    }
  }
}
