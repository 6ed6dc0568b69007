/**
 * 一个监听套接字是怎么来的，它的队列怎么满的，又怎么在同一个端口上重新打开。
 */

import { type Fd, type SocketError, Tape } from 'loopscope';
import { keepTrace, openNetworks } from 'loopscope/lesson';

const { world, server, client, address } = openNetworks({ network: 'sim' });
const tape = new Tape(() => server.now());
const note = tape.record.bind(tape);
world?.onArrive((host, step) => host.name === 'server' && note(step));

// 1. 四个调用，做成一个监听套接字。在 `Net` 上它们合成一个：创建、选项、bind、listen。
const backlog = 9;
const listener = await server.listen(address, { backlog, reuseAddress: true });
note({ step: 'socket', fd: listener, domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 'SOL_TCP' });
note({ step: 'setsockopt', fd: listener, level: 'SOL_SOCKET', option: 'SO_REUSEADDR', value: 1 });
note({ step: 'bind', fd: listener, ...server.getsockname(listener) });
note({ step: 'listen', fd: listener, backlog });
console.log(`fd ${listener} 在 ${address.host}:${address.port} 上监听，backlog 是 ${backlog}\n`);

// 2. 十二个客户端来连。服务器正忙，不调用 accept。
const count = 12;
const clients = client('clients');
const theirs: Fd[] = [];
for (let i = 1; i <= count; i++) void clients.connect(address).then((fd) => theirs.push(fd));
const tell = async (what: string): Promise<void> => {
  await world?.settle(); // 直到网络上什么也不走了
  console.log(`${what}：${theirs.length} 个连上了，${count - theirs.length} 个在外面等`);
};
await tell(`${count} 个客户端调用 connect`);

// 3. 它一个接一个，接受三个。
const accepted: Fd[] = [];
for (let i = 1; i <= 3; i++) {
  const fd = server.accept(listener);
  note({ step: 'accept', listener, fd, ...server.getpeername(fd) });
  accepted.push(fd);
  await tell(`accept 得到 fd ${fd}`);
}

// 4. 服务器结束，然后是它的客户端；再在同一个端口上启动。
for (const fd of [...accepted, listener]) server.close(fd);
for (const fd of theirs) clients.close(fd);
await world?.settle();
const restart = async (reuseAddress: boolean): Promise<string> => {
  try {
    server.close(await server.listen(address, { backlog, reuseAddress }));
    return '监听成功';
  } catch (error) {
    return (error as SocketError).code;
  }
};
console.log(`\n重新启动，不设 SO_REUSEADDR：${await restart(false)}`);
console.log(`重新启动，设了 SO_REUSEADDR：${await restart(true)}`);
await world?.run(server.now() + 60_000);
console.log(`一分钟之后，不设它：${await restart(false)}`);
keepTrace(tape.events);
