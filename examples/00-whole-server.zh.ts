/**
 * 一眼能看完的完整聊天服务器：一个循环在 select 里等，然后处理每个就绪的套接字；顺序和各步的名字都跟
 * PHP 原版一样。字节变成消息、消息变成字节，用的是这个包的编解码；别的全在这里。
 *
 *     npx tsx examples/00-whole-server.zh.ts [--port 8080]   Ctrl-C 停止
 *     npx loopscope chat --name Ada                          加入它
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

/** 套接字表里的一行。 */
class Client {
  handshake: ServerHandshake | null = new ServerHandshake();
  readonly connection = new Connection('server');
  outbox = new Outbox();
  isLeaving = false; // 最后的字节发完，连接就关掉

  constructor(readonly fd: Fd) {}
}

export class WholeServer {
  readonly #clients = new Map<Fd, Client>(); // 按连接的先后
  readonly #names = new Map<Client, string>(); // 按登录的先后
  readonly #read = new FdSet();
  readonly #write = new FdSet();

  constructor(readonly net: Net) {}

  /** 一轮一轮，永不停下。 */
  async run(listener: Fd): Promise<never> {
    this.#read.add(listener);
    for (;;) {
      const ready = await this.net.select(this.#read, this.#write, new FdSet(), null);
      for (const fd of ready.read) {
        const client = this.#clients.get(fd); // 没有：这一轮里它已经关掉了
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
    } catch {} // RST：不会再有字节来，和 FIN 之后一样
    if (bytes.length === 0) this.#disconnect(client);
    else if (client.handshake !== null) this.#shakeHands(client, client.handshake, bytes);
    else this.#parse(client, bytes);
  }

  #shakeHands(client: Client, handshake: ServerHandshake, bytes: Uint8Array): void {
    const answer = handshake.feed(bytes);
    if (answer === null) return; // TCP 是字节流：请求可能分几段来
    this.#queue(client, answer.bytes);
    if ('key' in answer) {
      client.handshake = null;
      this.#tell(client, { type: 'handshake', content: 'done' });
      this.#parse(client, answer.rest);
    } else this.#disconnect(client);
  }

  #parse(client: Client, bytes: Uint8Array): void {
    for (const received of client.connection.receive(bytes)) {
      if (received.reply !== null) this.#queue(client, received.reply); // pong，或者关闭帧
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
    if (client.connection.state !== 'open') return; // 我们的关闭帧之后，什么都不再发
    this.#queue(client, client.connection.text(JSON.stringify(message)));
  }

  #queue({ fd, outbox }: Client, bytes: Uint8Array): void {
    outbox.push(bytes);
    this.#write.add(fd);
  }

  /** 在一轮的末尾；套接字没收下的就等着，由 select 看着什么时候又有空位。 */
  #send(client: Client): void {
    const { fd, outbox } = client;
    try {
      outbox.flush(this.net, fd);
    } catch {
      if (!client.isLeaving) this.#disconnect(client);
      client.outbox = new Outbox(); // RST：还在等的，谁也收不到了
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
    console.log(`聊天室开了，Ctrl-C 停止：ws://127.0.0.1:${port}`);
    process.on('SIGINT', () => process.exit()); // 还开着的，由内核关掉
    await new WholeServer(net).run(listener);
  } catch (error) {
    if (!(error instanceof SocketError || error instanceof TypeError)) throw error;
    console.error(`whole-server: ${error.message}`);
    process.exitCode = error instanceof SocketError && error.code !== 'EINVAL' ? 1 : 2;
  }
}
