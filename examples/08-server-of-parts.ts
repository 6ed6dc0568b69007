/**
 * The whole server once more, with each part that a lesson writes as a function of its own. This is the frame
 * of your server: `npx loopscope mine write` puts what you wrote into it.
 *
 *     npx tsx examples/08-server-of-parts.ts [--port 8080]   stops with Ctrl-C
 *     npx loopscope chat --name Ada                          joins it
 */

import { parseArgs } from 'node:util';
import {
  type Answer,
  type Connection,
  codecOf,
  encodeFrame,
  type Fd,
  FdSet,
  ForwardingNet,
  type Net,
  Opcode,
  Outbox,
  readClientMessage,
  type ServerHandshake,
  type ServerMessage,
  SocketError,
  type Step,
} from 'loopscope';
import { NodeNet } from 'loopscope/node';

/** What lessons 5, 6 and 13 know of a client. */
interface Row {
  uname: string;
  handshake: boolean;
}

/** What lessons 14 and 17 know of it. */
interface Client {
  fd: Fd;
  state: 'handshaking' | 'open' | 'closing';
  handshake: ServerHandshake;
  connection: Connection;
  outbox: Outbox;
  pingAt: number;
}

// #region lesson 5
function acceptClient(net: Net, listener: Fd, clients: Map<Fd, Row>, read: FdSet): Fd {
  const fd = net.accept(listener);
  clients.set(fd, { uname: '', handshake: false });
  read.add(fd);
  return fd;
}
// #endregion

// #region lesson 6
function serveClient(
  net: Net,
  fd: Fd,
  clients: Map<Fd, Row>,
  read: FdSet,
  hear: (fd: Fd, bytes: Uint8Array) => void,
): void {
  let bytes: Uint8Array = new Uint8Array(0);
  try {
    bytes = net.recv(fd, 2_048);
  } catch {} // RST: no bytes come any more, as behind FIN
  if (bytes.length > 0) {
    hear(fd, bytes);
    return;
  }
  clients.delete(fd);
  read.delete(fd);
  net.close(fd);
}
// #endregion

// #region lesson 13
function* broadcast(
  net: Net,
  clients: ReadonlyMap<Fd, Row>,
  _speaker: Fd,
  json: string,
): Generator<Step> {
  const bytes = encodeFrame(Opcode.text, new TextEncoder().encode(json));
  yield { step: 'broadcast', to: [...clients.keys()], bytes };
  for (const fd of clients.keys()) {
    yield { step: 'send', fd, length: bytes.length, taken: net.send(fd, bytes) };
  }
}
// #endregion

// #region lesson 14
function receive(
  client: Client,
  bytes: Uint8Array,
  { send, say }: { send: (bytes: Uint8Array) => void; say: (text: string) => void },
): void {
  let frames = bytes;
  if (client.state === 'handshaking') {
    const answer: Answer | null = client.handshake.feed(bytes);
    if (answer === null) return; // TCP is a stream: the request may come in pieces
    send(answer.bytes);
    client.state = 'key' in answer ? 'open' : 'closing';
    frames = 'key' in answer ? answer.rest : new Uint8Array(0);
  }
  if (client.state !== 'open') return;
  for (const received of client.connection.receive(frames)) {
    if (received.reply !== null) send(received.reply); // a pong, or a Close
    if (received.kind !== 'frame') client.state = 'closing';
    else if (received.message !== null) say(received.message.text);
  }
}

function hearers(clients: readonly Client[]): Client[] {
  return clients.filter(({ state }) => state === 'open');
}
// #endregion

// #region lesson 17
function drain(net: Net, { fd, outbox }: Client, write: FdSet): void {
  outbox.flush(net, fd);
  if (outbox.length > 0) write.add(fd);
  else write.delete(fd);
}
// #endregion

// #region lesson 18
function waitAtMost(now: number, deadlines: readonly number[]): number | null {
  return deadlines.length === 0 ? null : Math.max(0, Math.min(...deadlines) - now);
}
// #endregion

/** Lessons 8 to 12, 15 and 16: what is not given is the package's. */
// #region codec
const codec = codecOf({});
// #endregion

const PING_MS = 30_000;

class ServerOfParts {
  readonly #rows = new Map<Fd, Row>(); // in the order of connecting
  readonly #clients = new Map<Fd, Client>();
  readonly #names = new Map<Fd, string>(); // in the order of logging in
  readonly #read = new FdSet();
  readonly #write = new FdSet();
  readonly #lent: Net; // what a broadcast sends goes out at the end of the turn

  constructor(readonly net: Net) {
    this.#lent = new ForwardingNet(net, {
      send: (fd, bytes) => {
        this.#clients.get(fd)?.outbox.push(bytes);
        return bytes.length;
      },
    });
  }

  /** Goes round for ever. */
  async run(listener: Fd): Promise<never> {
    this.#read.add(listener);
    for (;;) {
      const deadlines = [...this.#clients.values()].map(({ pingAt }) => pingAt);
      const wait = waitAtMost(this.net.now(), deadlines);
      const ready = await this.net.select(this.#read, this.#write, new FdSet(), wait);
      for (const fd of ready.read) {
        if (fd === listener) this.#connect(listener);
        else if (this.#rows.has(fd)) this.#receive(fd);
      }
      for (const client of this.#clients.values()) this.#ping(client);
      for (const client of this.#clients.values()) this.#send(client);
    }
  }

  #connect(listener: Fd): void {
    const fd = acceptClient(this.net, listener, this.#rows, this.#read);
    const pingAt = this.net.now() + PING_MS;
    const [handshake, connection] = [codec.handshake(), codec.connection()];
    const state = 'handshaking' as const;
    this.#clients.set(fd, { fd, state, handshake, connection, outbox: new Outbox(), pingAt });
  }

  #receive(fd: Fd): void {
    const client = this.#clients.get(fd);
    if (client === undefined) return;
    serveClient(this.net, fd, this.#rows, this.#read, (_, bytes) => this.#hear(client, bytes));
    if (!this.#rows.has(fd)) this.#forget(client); // it has left, and its descriptor is given back
  }

  #hear(client: Client, bytes: Uint8Array): void {
    client.pingAt = this.net.now() + PING_MS;
    let greeted = client.state !== 'handshaking';
    const greet = (): void => {
      if (greeted || client.state !== 'open') return;
      greeted = true;
      this.#tell(client, { type: 'handshake', content: 'done' });
    };
    const say = (text: string): void => {
      greet();
      this.#deal(client, text);
    };
    receive(client, bytes, { send: (answer) => client.outbox.push(answer), say });
    greet();
    if (client.state === 'closing') this.#leave(client);
  }

  #deal(client: Client, text: string): void {
    const said = readClientMessage(text);
    const from = this.#names.get(client.fd);
    if (typeof said === 'string') this.#tell(client, { type: 'system', content: said });
    else if (said.type === 'login' && from !== undefined) {
      const content = `you are ${from} already: a connection logs in once`;
      this.#tell(client, { type: 'system', content });
    } else if (said.type === 'login') {
      this.#names.set(client.fd, said.content);
      const row = this.#rows.get(client.fd);
      if (row !== undefined) row.uname = said.content;
      this.#announce(client.fd, 'login', said.content);
    } else if (from === undefined) this.#tell(client, { type: 'system', content: LOG_IN });
    else this.#say(client.fd, { type: 'user', from, content: said.content });
  }

  /** Its last bytes go out, and nothing that it sends counts any more. */
  #leave(client: Client): void {
    this.#read.delete(client.fd);
    this.#goodbye(client.fd);
  }

  #forget(client: Client): void {
    client.state = 'closing';
    this.#clients.delete(client.fd);
    this.#write.delete(client.fd);
    this.#goodbye(client.fd);
  }

  #goodbye(fd: Fd): void {
    const name = this.#names.get(fd);
    this.#names.delete(fd);
    if (name !== undefined) this.#announce(fd, 'logout', name);
  }

  #announce(fd: Fd, type: 'login' | 'logout', content: string): void {
    this.#say(fd, { type, content, user_list: [...this.#names.values()] });
  }

  #say(speaker: Fd, message: ServerMessage): void {
    const open = [...this.#clients.values()].filter(
      ({ connection: { state } }) => state === 'open',
    );
    const rows = hearers(open).map(({ fd }) => [fd, this.#rows.get(fd) as Row] as const);
    const steps = broadcast(this.#lent, new Map(rows), speaker, JSON.stringify(message));
    for (const _ of steps); // nobody looks at the steps
  }

  #tell({ connection, outbox }: Client, message: ServerMessage): void {
    if (connection.state === 'open') outbox.push(connection.text(JSON.stringify(message)));
  }

  #ping(client: Client): void {
    if (client.pingAt > this.net.now()) return;
    client.pingAt = this.net.now() + PING_MS;
    if (client.state === 'open') client.outbox.push(client.connection.ping());
  }

  /** At the end of the turn; what a socket does not take waits, and select watches for room. */
  #send(client: Client): void {
    try {
      drain(this.net, client, this.#write);
    } catch {
      client.outbox = new Outbox(); // RST: what waits reaches nobody
      this.#leave(client);
      client.state = 'closing';
    }
    if (client.state !== 'closing' || client.outbox.length > 0) return;
    this.#rows.delete(client.fd);
    this.#clients.delete(client.fd);
    this.#write.delete(client.fd);
    this.net.close(client.fd);
  }
}

const LOG_IN = 'log in first: {"type":"login","content":"your name"}';

/** In a function: a file outside of a module, as yours may be, cannot await by itself. */
async function main(): Promise<void> {
  try {
    const { values } = parseArgs({ options: { port: { type: 'string', default: '8080' } } });
    const net = new NodeNet();
    const listener = await net.listen({ host: '127.0.0.1', port: Number(values.port) });
    const { port } = net.getsockname(listener);
    console.log(`the room is open on ws://127.0.0.1:${port}; Ctrl-C stops it`);
    process.on('SIGINT', () => process.exit()); // and the kernel closes what is open
    await new ServerOfParts(net).run(listener);
  } catch (error) {
    if (!(error instanceof SocketError || error instanceof TypeError)) throw error;
    console.error(`server-of-parts: ${error.message}`);
    process.exitCode = error instanceof SocketError && error.code !== 'EINVAL' ? 1 : 2;
  }
}

void main();
