/**
 * 完整的服务器再来一次，课文里写的每个部分是一个函数。这是你的服务器的框架：`npx loopscope mine write`
 * 把你写的放进去。
 *
 *     npx tsx examples/08-server-of-parts.zh.ts [--port 8080]   Ctrl-C 停止
 *     npx loopscope chat --name Ada                             加入它
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

/** 第 5、6、13 课对一个客户端知道什么。 */
interface Row {
  uname: string;
  handshake: boolean;
}

/** 第 14、17 课对它知道什么。 */
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
  } catch {} // RST：不会再有字节来，和 FIN 之后一样
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
    if (answer === null) return; // TCP 是字节流：请求可能分几段来
    send(answer.bytes);
    client.state = 'key' in answer ? 'open' : 'closing';
    frames = 'key' in answer ? answer.rest : new Uint8Array(0);
  }
  if (client.state !== 'open') return;
  for (const received of client.connection.receive(frames)) {
    if (received.reply !== null) send(received.reply); // pong，或者关闭帧
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

/** 第 8 到 12 课、第 15 和 16 课：没有给出的，用这个包的。 */
// #region codec
const codec = codecOf({});
// #endregion

const PING_MS = 30_000;

class ServerOfParts {
  readonly #rows = new Map<Fd, Row>(); // 按连接的先后
  readonly #clients = new Map<Fd, Client>();
  readonly #names = new Map<Fd, string>(); // 按登录的先后
  readonly #read = new FdSet();
  readonly #write = new FdSet();
  readonly #lent: Net; // 广播的东西，到一轮的末尾才发出去

  constructor(readonly net: Net) {
    this.#lent = new ForwardingNet(net, {
      send: (fd, bytes) => {
        this.#clients.get(fd)?.outbox.push(bytes);
        return bytes.length;
      },
    });
  }

  /** 一轮一轮，永不停下。 */
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
    if (!this.#rows.has(fd)) this.#forget(client); // 它走了，描述符也还了
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

  /** 最后的字节还发给它，它再发来的都不算了。 */
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
    for (const _ of steps); // 这些步没有人看
  }

  #tell({ connection, outbox }: Client, message: ServerMessage): void {
    if (connection.state === 'open') outbox.push(connection.text(JSON.stringify(message)));
  }

  #ping(client: Client): void {
    if (client.pingAt > this.net.now()) return;
    client.pingAt = this.net.now() + PING_MS;
    if (client.state === 'open') client.outbox.push(client.connection.ping());
  }

  /** 在一轮的末尾；套接字没收下的就等着，由 select 看着什么时候又有空位。 */
  #send(client: Client): void {
    try {
      drain(this.net, client, this.#write);
    } catch {
      client.outbox = new Outbox(); // RST：还在等的，谁也收不到了
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

/** 放在一个函数里：不是模块的文件不能直接 await，你的文件也可能这样。 */
async function main(): Promise<void> {
  try {
    const { values } = parseArgs({ options: { port: { type: 'string', default: '8080' } } });
    const net = new NodeNet();
    const listener = await net.listen({ host: '127.0.0.1', port: Number(values.port) });
    const { port } = net.getsockname(listener);
    console.log(`聊天室开了，Ctrl-C 停止：ws://127.0.0.1:${port}`);
    process.on('SIGINT', () => process.exit()); // 还开着的，由内核关掉
    await new ServerOfParts(net).run(listener);
  } catch (error) {
    if (!(error instanceof SocketError || error instanceof TypeError)) throw error;
    console.error(`server-of-parts: ${error.message}`);
    process.exitCode = error instanceof SocketError && error.code !== 'EINVAL' ? 1 : 2;
  }
}

void main();
