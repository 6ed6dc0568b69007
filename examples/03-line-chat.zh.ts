/**
 * 完全没有 WebSocket 的聊天：普通的 TCP，一行是一条消息。一个 select 循环该有的都在这里：集合、一轮、
 * 每个客户端的缓冲区，还有为慢读者准备的写集合。你的第一行就是你的名字。
 *
 *     npx tsx examples/03-line-chat.zh.ts [--port 8081]     Ctrl-C 停止
 *     nc 127.0.0.1 8081                                     加入它（或者 telnet 127.0.0.1 8081）
 */

import { parseArgs } from 'node:util';
import { type Fd, FdSet, joinBytes, Outbox, printable, SocketError } from 'loopscope';
import { NodeNet } from 'loopscope/node';

/** 一行最多多少字节，一个客户端最多有多少字节在等：超过哪一个，都请它离开。 */
const MAX_LINE = 4_096;
const MAX_WAITING = 1 << 20;
const NEWLINE = 0x0a;

class Client {
  name = '';
  /** 一行的开头，末尾还没到：TCP 想在哪里切就在哪里切。 */
  unfinished = new Uint8Array(0);
  readonly outbox = new Outbox();
}

const net = new NodeNet();
const [read, write, except] = [new FdSet(), new FdSet(), new FdSet()];
const clients = new Map<Fd, Client>();

function tellAll(line: string): void {
  const bytes = new TextEncoder().encode(`${line}\n`);
  for (const [fd, { name, outbox }] of clients) {
    if (name === '') continue; // 还没报名字的，什么也听不到
    outbox.push(bytes);
    write.add(fd); // 什么时候有空位，select 会说
  }
}

function accept(listener: Fd): void {
  const fd = net.accept(listener);
  clients.set(fd, new Client());
  read.add(fd);
}

function leave(fd: Fd): void {
  const name = clients.get(fd)?.name;
  clients.delete(fd);
  read.delete(fd);
  write.delete(fd);
  net.close(fd);
  if (name) tellAll(`* ${name} left`);
}

function readLines(fd: Fd, client: Client): void {
  const bytes = net.recv(fd, 4_096);
  if (bytes.length === 0) {
    leave(fd); // FIN：可读，却没有可读的字节
    return;
  }
  let rest = joinBytes([client.unfinished, bytes]);
  for (let end = rest.indexOf(NEWLINE); end >= 0; end = rest.indexOf(NEWLINE)) {
    // 到这时才解码：被切成两半的字，现在又完整了
    const line = new TextDecoder().decode(rest.subarray(0, end)).replace(/\r$/, '');
    rest = rest.subarray(end + 1);
    deal(client, printable(line)); // 会移动光标的字符，从这里起就没有害处了
  }
  client.unfinished = rest.slice();
  if (rest.length > MAX_LINE) leave(fd);
}

/** 第一行是名字，其余的每一行都说给所有人听。 */
function deal(client: Client, line: string): void {
  if (line.trim() === '') return;
  if (client.name !== '') {
    tellAll(`${client.name}: ${line}`);
  } else {
    client.name = line;
    tellAll(`* ${line} is here`);
  }
}

function writeSome(fd: Fd, { outbox }: Client): void {
  outbox.flush(net, fd);
  if (outbox.length === 0) write.delete(fd); // 不然 select 每次都马上返回，永远如此
}

/** 轮到一个客户端。连接断了，比如来了 RST，结束的只是这个客户端。 */
function look(fd: Fd, act: (fd: Fd, client: Client) => void): void {
  const client = clients.get(fd);
  if (client === undefined) return; // 这一轮里它已经走了
  try {
    act(fd, client);
  } catch (error) {
    if (!(error instanceof SocketError)) throw error;
    leave(fd);
  }
}

async function serve(port: number): Promise<void> {
  const listener = await net.listen({ host: '127.0.0.1', port });
  console.log(`一行一行的聊天开了，Ctrl-C 停止：127.0.0.1:${net.getsockname(listener).port}`);
  let running = true;
  process.once('SIGINT', () => {
    running = false;
    net.interrupt(); // select 返回，没有一个就绪
  });
  read.add(listener);
  while (running) {
    const ready = await net.select(read, write, except);
    // 监听套接字在集合里排第一。它接受连接的时候，这一轮里还没有人离开；新客户端拿到的号码，
    // 就不会是 `ready` 里还属于别人的那个。
    for (const fd of ready.read) {
      if (fd === listener) accept(fd);
      else look(fd, readLines);
    }
    for (const fd of ready.write) look(fd, writeSome);
    for (const [fd, { outbox }] of clients) if (outbox.length > MAX_WAITING) leave(fd);
  }
  for (const fd of [listener, ...clients.keys()]) net.close(fd);
}

try {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '8081' } } });
  await serve(Number(values.port));
} catch (error) {
  if (!(error instanceof SocketError || error instanceof TypeError)) throw error;
  console.error(`line-chat: ${error.message}`);
  process.exitCode = error instanceof SocketError && error.code !== 'EINVAL' ? 1 : 2;
}
