/**
 * People in a room with commands, on either network, who act one after the other. Nobody waits for a
 * clock: behind each thing that is said a bell is rung over the same connection, and when all have
 * heard the bell, they have heard what was said before it.
 */

import {
  Random,
  runLoop,
  Server,
  type ServerMessage,
  type TraceEvent,
  WebSocketClient,
} from 'loopscope';
import { openNetworks } from 'loopscope/lesson';
import { type Command, NickRoom } from './nick-room.js';

/** What a bell says; no person does. */
const BELL = '\u0007';

/** Someone in the room, and what was heard since the last time that it was asked. */
interface Person {
  readonly client: WebSocketClient;
  readonly running: Promise<void>;
  heard: ServerMessage[];
}

/** What each person heard, by name. */
export type Heard = Record<string, ServerMessage[]>;

/** A room with people. */
export class Party {
  /** What the room's loop has done. */
  readonly events: TraceEvent[] = [];
  readonly #networks;
  readonly #people = new Map<string, Person>();
  readonly #room: Server;
  #running: Promise<void> = Promise.resolve();
  #url = '';
  /** How many have heard the bell. */
  #rung = 0;
  #settled: () => void = () => {};
  #failed: (error: unknown) => void = () => {};

  private constructor(network: 'sim' | 'real', command: Command) {
    this.#networks = openNetworks({ network });
    const guarded: Command = (names, fd, content) => {
      if (content === BELL) return null;
      try {
        return command(names, fd, content);
      } catch (error) {
        this.#failed(error); // the server itself would only close the connection with 1011
        throw error;
      }
    };
    this.#room = new Server(this.#networks.server, new NickRoom(guarded));
  }

  /** Opens a room. */
  static async open(network: 'sim' | 'real', command: Command): Promise<Party> {
    const party = new Party(network, command);
    const { server, address } = party.#networks;
    const opened = await party.#room.listen(address);
    const bind = opened.find((step) => step.step === 'bind');
    party.#url = `ws://127.0.0.1:${bind?.port}`;
    const watch = (event: TraceEvent): void => void party.events.push(event);
    party.#running = runLoop(server, party.#room, watch, opened);
    return party;
  }

  /** Someone connects and logs in. @returns what everyone heard of it */
  async joins(name: string): Promise<Heard> {
    const net = this.#networks.client(name);
    const random = new Random(this.#people.size);
    let greeted: () => void = () => {};
    const greeting = new Promise<void>((resolve) => {
      greeted = resolve;
    });
    const client = await WebSocketClient.connect(net, this.#url, {
      random: (bytes) => random.fill(bytes),
      onmessage: ({ text }) => {
        const message: ServerMessage = JSON.parse(text);
        if (message.type === 'handshake') greeted();
        else this.#hears(person, message);
      },
    });
    const person: Person = { client, running: runLoop(net, client), heard: [] };
    await greeting;
    this.#people.set(name, person);
    return this.#send(person, { type: 'login', content: name });
  }

  /** Someone says something. @returns what everyone heard of it */
  says(name: string, content: string): Promise<Heard> {
    const person = this.#people.get(name);
    if (person === undefined) throw new Error(`bug: ${name} is not here`);
    return this.#send(person, { type: 'user', content });
  }

  /** Everyone goes, and the room is closed. */
  async end(): Promise<void> {
    this.#room.stop();
    await this.#running;
    for (const { running } of this.#people.values()) await running;
  }

  async #send(person: Person, message: object): Promise<Heard> {
    this.#rung = 0;
    const settled = new Promise<void>((resolve, reject) => {
      this.#settled = resolve;
      this.#failed = reject;
    });
    person.client.send(JSON.stringify(message));
    person.client.send(JSON.stringify({ type: 'user', content: BELL }));
    await settled;
    const heard = [...this.#people].map(([name, one]) => [name, one.heard.splice(0)] as const);
    return Object.fromEntries(heard);
  }

  #hears(person: Person, message: ServerMessage): void {
    if (message.content !== BELL) person.heard.push(message);
    else if (++this.#rung === this.#people.size) this.#settled();
  }
}
