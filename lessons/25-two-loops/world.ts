/**
 * Two loops, each on a machine of its own with one person in it, and a broker between them or none.
 * Made for lesson 25.
 */

import {
  type Address,
  createRoom,
  type Program,
  Random,
  readServerMessage,
  runLoop,
  type ServerMessage,
  SharedRoom,
  SimBroker,
  type SimHost,
  SimNet,
  type Step,
  type TraceEvent,
  UNHURRIED,
  WebSocketClient,
} from 'loopscope';

/** Who is on which loop. */
const PEOPLE = [
  { name: 'Ada', loop: 'loop-a' },
  { name: 'Ming', loop: 'loop-b' },
] as const;
const BROKER: Address = { host: 'broker', port: 6379 };

/** Something that a person has heard. */
export interface Heard {
  /** When, in milliseconds. */
  at: number;
  /** Who. */
  name: string;
  message: ServerMessage;
}

/** What a loop did. */
export interface LoopEvent {
  loop: string;
  event: TraceEvent;
}

/** How a world is made. */
export interface WorldOptions {
  hasBroker: boolean;
  /** From when to when nothing passes between loop-b and the broker, in milliseconds. */
  cut?: readonly [from: number, to: number];
}

/** A world in virtual time. */
export class World {
  readonly heard: Heard[] = [];
  readonly events: LoopEvent[] = [];
  readonly #sim = new SimNet({ seed: 25, jitterMs: 1, driven: true });
  readonly #people = new Map<string, WebSocketClient>();
  readonly #hosts: SimHost[] = [];
  readonly #rooms: { stop(): void }[] = [];
  readonly #running: Promise<void>[] = [];

  private constructor({ cut: [begin, end] = [0, 0] }: WorldOptions) {
    const isCut = (): boolean => this.#sim.now() >= begin && this.#sim.now() < end;
    for (const [from, to] of [
      ['loop-b', 'broker'],
      ['broker', 'loop-b'],
    ] as const) {
      this.#sim.rule(() => (isCut() ? { pieces: [], cut: 'silence' } : undefined), { from, to });
    }
  }

  /** Opens it; Ada and Ming log in, each in a loop. It is over by 500 ms. */
  static async open(options: WorldOptions): Promise<World> {
    const world = new World(options);
    if (options.hasBroker) await world.#openBroker();
    for (const [i, { loop }] of PEOPLE.entries()) await world.#openLoop(loop, i, options.hasBroker);
    for (const [i, { name, loop }] of PEOPLE.entries()) await world.#join(name, loop, i);
    await world.until(500);
    return world;
  }

  /** Lets time pass. */
  until(ms: number): Promise<void> {
    return this.#sim.run(ms);
  }

  says(name: string, content: string): void {
    this.#people.get(name)?.send(JSON.stringify({ type: 'user', content }));
  }

  /** Everyone goes. */
  async end(): Promise<void> {
    for (const room of this.#rooms) room.stop();
    const over = Promise.all(this.#running);
    await this.#pass(3_000, over);
    for (const host of this.#hosts) host.closeAll();
  }

  async #openBroker(): Promise<void> {
    const host = this.#host('broker', '10.0.0.9');
    const broker = new SimBroker(host);
    await broker.listen({ host: '', port: BROKER.port });
    void runLoop(host, broker); // it has no end
  }

  async #openLoop(name: string, number: number, hasBroker: boolean): Promise<void> {
    const host = this.#host(name, `10.0.0.${number + 1}`);
    const { room, opened } = hasBroker
      ? await this.#openShared(host, number)
      : { room: createRoom(host, UNHURRIED), opened: [] };
    this.#rooms.push(room);
    const before = [...opened, ...(await room.listen({ host: '', port: 8080 }))];
    this.#run(host, room, before);
  }

  async #openShared(host: SimHost, number: number): Promise<{ room: SharedRoom; opened: Step[] }> {
    const room = new SharedRoom(host, {
      loop: `${'ab'[number]}`.padStart(16, '0'),
      dial: () => host.connect(BROKER),
      where: `redis://${BROKER.host}:${BROKER.port}`,
      limits: UNHURRIED,
    });
    const opening = room.open();
    await this.#pass(50, opening);
    return { room, opened: await opening };
  }

  async #join(name: string, loop: string, number: number): Promise<void> {
    const host = this.#host(name, `10.0.1.${number + 1}`);
    const random = new Random(25, number); // a page's masks cannot be foretold; here runs have to repeat
    const connecting = WebSocketClient.connect(host, `ws://${loop}:8080`, {
      random: (bytes) => random.fill(bytes),
      onopen: () => this.#people.get(name)?.send(JSON.stringify({ type: 'login', content: name })),
      onmessage: ({ text }) => {
        const message = readServerMessage(text);
        if (message !== null) this.heard.push({ at: this.#sim.now(), name, message });
      },
    });
    await this.#pass(20, connecting);
    const client = await connecting;
    this.#people.set(name, client);
    this.#run(host, client);
    await this.#pass(50);
  }

  #host(name: string, address: string): SimHost {
    const host = this.#sim.host(name, { address });
    this.#hosts.push(host);
    return host;
  }

  #run(host: SimHost, program: Program, before: readonly Step[] = []): void {
    const watcher = (event: TraceEvent): void => {
      this.events.push({ loop: host.name, event });
    };
    this.#running.push(runLoop(host, program, watcher, before));
  }

  async #pass(ms: number, until: Promise<unknown> = Promise.resolve()): Promise<void> {
    await this.#sim.run(this.#sim.now() + ms);
    await until;
  }
}
