/**
 * The load driver, in a process of its own: raw node:net, frames made before, one buffer for all that
 * comes in. It compares every byte with what must come, and counts: a figure is only given when every
 * client got every frame.
 *
 *     driver.ts '{"kind":"echo","ports":[8080],"clients":100,"idle":0,"outstanding":8,"login":false,"unfinished":false}'
 */

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { ACCEPT, type Kind, LOGIN, messagesOf, requestOf, twice } from './messages.js';

/** What a driver does. */
export interface Load {
  /** What is sent, and what must come back. */
  kind: Kind;
  /** Where the server listens, on the loopback; of several processes, each client in turn takes the next. */
  ports: number[];
  /** Clients that take part. */
  clients: number;
  /** Clients that connect, and then do nothing. */
  idle: number;
  /** Messages under way at a time: of the one sender in a broadcast, else of each client. */
  outstanding: number;
  /** Whether a broadcast's sender has to say its name first. */
  login: boolean;
  /** Whether each client begins a message of which the last byte never comes. */
  unfinished: boolean;
}

/** What came of it. */
export interface Delivered {
  /** Frames that came in, all of them checked. */
  frames: number;
  /** Seconds from the first byte sent to the last received. */
  seconds: number;
  /** CPU time of the driver in microseconds. */
  cpu: number;
}

/** Clients that connect at a time: the queue of the PHP server holds no more. */
const CONNECTING = 8;
/** Silence after which all that a server says to a new client has been said. */
const QUIET_MS = 200;

const load = JSON.parse(process.argv[2] ?? '') as Load;
const { asks, answers } = messagesOf(load.kind);
const request = requestOf(load.kind);
const [askLength, answerLength] = [asks[0]?.length ?? 0, answers[0]?.length ?? 0];
const [allAsks, allAnswers] = [twice(asks), twice(answers)];
const period = answers.length * answerLength;

/** A run that is being measured; null between runs: what comes then is a greeting, and not counted. */
let run: Run | null = null;
let lastGreeting = 0;

/** One client: what it has sent and received since the beginning. */
class Client {
  readonly #socket: Socket;
  sent = 0;
  /** Bytes of answers. */
  received = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** Sends the next messages of the rotation, in one write. */
  send(count: number): void {
    const from = (this.sent % asks.length) * askLength;
    this.#socket.write(allAsks.subarray(from, from + count * askLength));
    this.sent += count;
  }

  /** Says the sender's name. It is no part of the rotation: what it brings is a greeting. */
  login(): void {
    this.#socket.write(LOGIN);
  }

  /** Compares what came with what must come. @returns how many frames it completes */
  take(buffer: Uint8Array, length: number): number {
    const before = Math.floor(this.received / answerLength);
    for (let at = 0; at < length; ) {
      const place = this.received % period;
      const count = Math.min(length - at, allAnswers.length - place);
      if (
        Buffer.compare(buffer.subarray(at, at + count), allAnswers.subarray(place, place + count))
      )
        throw new Error(`wrong bytes came at byte ${this.received} of a client's answers`);
      this.received += count;
      at += count;
    }
    return Math.floor(this.received / answerLength) - before;
  }

  /** Sends the first message but for its last byte. */
  begin(): void {
    this.#socket.write(allAsks.subarray(0, askLength - 1));
  }

  cutOff(): void {
    this.#socket.resetAndDestroy();
  }
}

/** Messages go out until the time is over; the run ends when all that they bring has come. */
class Run {
  readonly #clients: Client[];
  readonly #ends: number;
  /** By message of the rotation: who has got it, in a broadcast. */
  readonly #got = new Uint32Array(asks.length);
  frames = 0;
  #due = 0;
  finished = (): void => {};

  constructor(clients: Client[], ms: number) {
    this.#clients = clients;
    this.#ends = performance.now() + ms;
  }

  start(): void {
    const senders = load.kind === 'broadcast' ? this.#clients.slice(-1) : this.#clients;
    for (const client of senders) this.#send(client, load.outstanding);
  }

  /** A client has got so many frames more. */
  got(client: Client, frames: number): void {
    this.frames += frames;
    if (load.kind === 'broadcast') this.#gotBroadcast(client, frames);
    else if (frames > 0 && performance.now() < this.#ends) this.#send(client, frames);
    if (this.frames === this.#due) this.finished();
  }

  /** A message is under way until the last client has it. */
  #gotBroadcast(client: Client, frames: number): void {
    const last = Math.floor(client.received / answerLength);
    let done = 0;
    for (let number = last - frames; number < last; number++) {
      const place = number % asks.length;
      const count = (this.#got[place] as number) + 1;
      this.#got[place] = count % this.#clients.length;
      if (count === this.#clients.length) done++;
    }
    const sender = this.#clients.at(-1);
    if (done > 0 && sender !== undefined && performance.now() < this.#ends)
      this.#send(sender, done);
  }

  #send(client: Client, count: number): void {
    client.send(count);
    this.#due += count * (load.kind === 'broadcast' ? this.#clients.length : 1);
  }
}

const shared = Buffer.alloc(1 << 18);

/** Connects one client and shakes hands. @param number of the client, from 0 */
async function join(number: number): Promise<Client> {
  let head = '';
  let opened = (): void => {};
  const open = new Promise<void>((resolve) => {
    opened = resolve;
  });
  const onread = {
    buffer: shared,
    callback(length: number, buffer: Uint8Array): boolean {
      if (run !== null) run.got(client, client.take(buffer, length));
      else lastGreeting = performance.now();
      if (!head.includes('\r\n\r\n')) {
        head += Buffer.from(buffer.subarray(0, length)).toString('latin1');
        if (head.includes('\r\n\r\n')) opened();
      }
      return true;
    },
  };
  const port = load.ports[number % load.ports.length] as number;
  const socket = connect({ host: '127.0.0.1', port, noDelay: true, onread });
  const client = new Client(socket);
  await once(socket, 'connect');
  socket.on('close', () => {
    if (process.connected) throw new Error('the server has closed a connection');
  });
  socket.write(request);
  await open;
  if (!/^HTTP\/1.1 101 /.test(head) || !head.includes(ACCEPT))
    throw new Error(`bad answer: ${head}`);
  return client;
}

async function joinAll(count: number): Promise<Client[]> {
  const clients: Client[] = [];
  let begun = 0;
  const some = async (): Promise<void> => {
    for (let number = begun++; number < count; number = begun++) clients.push(await join(number));
  };
  await Promise.all(Array.from({ length: CONNECTING }, some));
  return clients;
}

async function silence(): Promise<void> {
  do await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
  while (performance.now() - lastGreeting < QUIET_MS);
}

async function measure(clients: Client[], ms: number): Promise<Delivered> {
  const cpuBefore = process.cpuUsage();
  const before = performance.now();
  run = new Run(clients, ms);
  const finished = new Promise<void>((resolve) => {
    if (run !== null) run.finished = resolve;
  });
  run.start();
  await finished;
  const seconds = (performance.now() - before) / 1_000;
  const { user, system } = process.cpuUsage(cpuBefore);
  const sent = Math.max(...clients.map((client) => client.sent));
  for (const client of clients) {
    const due = (load.kind === 'broadcast' ? sent : client.sent) * answerLength;
    if (client.received !== due) throw new Error(`a client got ${client.received} of ${due} bytes`);
  }
  return { frames: run.frames, seconds, cpu: user + system };
}

const idle = await joinAll(load.idle);
const clients = await joinAll(load.clients);
if (load.login) clients.at(-1)?.login();
if (load.unfinished) for (const client of clients) client.begin();
await silence();
process.on('message', ({ ms }: { ms: number }) => {
  void measure(clients, ms).then((delivered) => process.send?.(delivered));
});
process.on('disconnect', () => {
  for (const client of [...idle, ...clients]) client.cutOff();
  process.exit();
});
process.send?.('ready');
