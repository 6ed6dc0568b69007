/**
 * A whole chat server that one can hold in the hand: one loop that waits in select, and then deals
 * with every socket that is ready, in the order and with the names of the PHP original's steps. Bytes
 * become messages, and messages bytes, in the package's codec; everything else is here.
 *
 *     npx tsx examples/00-whole-server.ts [--port 8080]   stops with Ctrl-C
 *     npx loopscope chat --name Ada                       joins it
 */

import { parseArgs } from 'node:util';
import {
  Connection,
  type Fd,
  FdSet,
  type Net,
  Outbox,
  readClientMessage,
  ServerHandshake,
  type ServerMessage,
  SocketError,
} from 'loopscope';
import { NodeNet } from 'loopscope/node';

/** One row of the table of sockets. */
class Client {
  handshake: ServerHandshake | null = new ServerHandshake();
  readonly connection = new Connection('server');
  outbox = new Outbox();
  isLeaving = false; // its last bytes go out, then its connection is closed

  constructor(readonly fd: Fd) {}
}

export class WholeServer {
  readonly #clients = new Map<Fd, Client>(); // in the order of connecting
  readonly #names = new Map<Client, string>(); // in the order of logging in
  readonly #read = new FdSet();
  readonly #write = new FdSet();

  constructor(readonly net: Net) {}

  /** Goes round for ever. */
  async run(listener: Fd): Promise<never> {
    this.#read.add(listener);
    for (;;) {
      const ready = await this.net.select(this.#read, this.#write, new FdSet(), null);
      for (const fd of ready.read) {
        const client = this.#clients.get(fd); // none: it was closed earlier in this turn
        if (fd === listener) this.#connect(listener);
        else if (client !== undefined) this.#receive(client);
      }
      for (const client of this.#clients.values()) this.#send(client);
    }
  }

  #connect(listener: Fd): void {
    const fd = this.net.accept(listener);
    this.#clients.set(fd, new Client(fd));
    this.#read.add(fd);
  }

  #receive(client: Client): void {
    let bytes: Uint8Array = new Uint8Array(0);
    try {
      bytes = this.net.recv(client.fd, 65_536);
    } catch {} // RST: no bytes come any more, as behind FIN
    if (bytes.length === 0) this.#disconnect(client);
    else if (client.handshake !== null) this.#shakeHands(client, client.handshake, bytes);
    else this.#parse(client, bytes);
  }

  #shakeHands(client: Client, handshake: ServerHandshake, bytes: Uint8Array): void {
    const answer = handshake.feed(bytes);
    if (answer === null) return; // TCP is a stream: the request may come in pieces
    this.#queue(client, answer.bytes);
    if ('key' in answer) {
      client.handshake = null;
      this.#tell(client, { type: 'handshake', content: 'done' });
      this.#parse(client, answer.rest);
    } else this.#disconnect(client);
  }

  #parse(client: Client, bytes: Uint8Array): void {
    for (const received of client.connection.receive(bytes)) {
      if (received.reply !== null) this.#queue(client, received.reply); // a pong, or a Close
      if (received.kind !== 'frame') this.#disconnect(client);
      else if (received.message?.isText) this.#deal(client, received.message.text);
      else if (received.message) this.#queue(client, client.connection.close(1003, ONLY_TEXT));
    }
  }

  #deal(client: Client, text: string): void {
    const said = readClientMessage(text);
    const from = this.#names.get(client);
    if (typeof said === 'string') this.#tell(client, { type: 'system', content: said });
    else if (said.type === 'login' && from !== undefined) {
      const content = `you are ${from} already: a connection logs in once`;
      this.#tell(client, { type: 'system', content });
    } else if (said.type === 'login') {
      this.#names.set(client, said.content);
      this.#announce('login', said.content);
    } else if (from === undefined) this.#tell(client, { type: 'system', content: LOG_IN });
    else this.#broadcast({ type: 'user', from, content: said.content });
  }

  #disconnect(client: Client): void {
    client.isLeaving = true;
    this.#read.delete(client.fd);
    const name = this.#names.get(client);
    this.#names.delete(client);
    if (name !== undefined) this.#announce('logout', name);
  }

  #announce(type: 'login' | 'logout', content: string): void {
    this.#broadcast({ type, content, user_list: [...this.#names.values()] });
  }

  #broadcast(message: ServerMessage): void {
    for (const client of this.#clients.values()) {
      if (client.handshake === null && !client.isLeaving) this.#tell(client, message);
    }
  }

  #tell(client: Client, message: ServerMessage): void {
    if (client.connection.state !== 'open') return; // nothing goes out behind our Close
    this.#queue(client, client.connection.text(JSON.stringify(message)));
  }

  #queue({ fd, outbox }: Client, bytes: Uint8Array): void {
    outbox.push(bytes);
    this.#write.add(fd);
  }

  /** At the end of the turn; what a socket does not take waits, and select watches for room. */
  #send(client: Client): void {
    const { fd, outbox } = client;
    try {
      outbox.flush(this.net, fd);
    } catch {
      if (!client.isLeaving) this.#disconnect(client);
      client.outbox = new Outbox(); // RST: what waits reaches nobody
    }
    if (client.outbox.length > 0) return;
    this.#write.delete(fd);
    if (!client.isLeaving) return;
    this.#clients.delete(fd);
    this.net.close(fd);
  }
}

const ONLY_TEXT = 'the chat takes text, not binary';
const LOG_IN = 'log in first: {"type":"login","content":"your name"}';

if (process.argv[1]?.includes('00-whole-server')) {
  try {
    const { values } = parseArgs({ options: { port: { type: 'string', default: '8080' } } });
    const net = new NodeNet();
    const listener = await net.listen({ host: '127.0.0.1', port: Number(values.port) });
    const { port } = net.getsockname(listener);
    console.log(`the room is open on ws://127.0.0.1:${port}; Ctrl-C stops it`);
    process.on('SIGINT', () => process.exit()); // and the kernel closes what is open
    await new WholeServer(net).run(listener);
  } catch (error) {
    if (!(error instanceof SocketError || error instanceof TypeError)) throw error;
    console.error(`whole-server: ${error.message}`);
    process.exitCode = error instanceof SocketError && error.code !== 'EINVAL' ? 1 : 2;
  }
}
