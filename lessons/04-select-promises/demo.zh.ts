/**
 * PHP 里的 socket_select：它会修改交给它的数组，键保持不变。
 */

import { AF_INET, SOCK_STREAM, SOL_TCP, type Socket, socketFunctions } from 'loopscope';
import { openNetworks } from 'loopscope/lesson';

type Sockets = Record<string, Socket>;
const { address, server, client } = openNetworks();
const php = socketFunctions(server);
const keys = (sockets: Sockets): string => Object.keys(sockets).join(' ') || '空';

/** 一次调用：之前数组里有什么，返回了什么，现在数组里有什么。 */
async function select(what: string, read: Sockets, write: Sockets, seconds: number | null) {
  const given = `${keys(read)}；${keys(write)}`;
  const returned = await php.socket_select(read, write, null, seconds);
  console.log(what);
  console.log(`  调用前，读和写  ${given}`);
  console.log(`  返回            ${returned}`);
  console.log(`  调用后，读和写  ${keys(read)}；${keys(write)}`);
}

// 1. 一个监听套接字；两个客户端的连接已经接受，都不说话。
const listener = php.socket_create(AF_INET, SOCK_STREAM, SOL_TCP);
php.socket_bind(listener, address.host, address.port);
await php.socket_listen(listener, 9);
const sockets: Sockets = { listener };
const peers = new Map<string, () => void>();
for (const name of ['ada', 'ming']) {
  const net = client(name);
  const fd = await net.connect(server.getsockname(listener.fd ?? -1));
  peers.set(name, () => net.send(fd, new TextEncoder().encode('hello')));
  await php.socket_select({ listener }, null, null, null);
  const accepted = php.socket_accept(listener);
  if (accepted) sockets[name] = accepted;
}

// 2. 没有人说话。0 秒就是不等：只问一下现在怎么样。
await select('还没有人说话：', { ...sockets }, {}, 0);

// 3. 每次调用都给它表的一份副本：没就绪的会从副本里拿掉。
const read = { ...sockets };
peers.get('ming')?.();
await select('\n小明说话：', read, {}, null);

// 4. 这就是那个错误：又用了上一次调用的数组。Ada 说话，没有人听见。
peers.get('ada')?.();
await php.socket_select({ ada: sockets.ada as Socket }, null, null, null); // 等到她的字节到达
await select('\nAda 说话，数组还是上一次调用的那个：', read, {}, null);

// 5. 换一份新的副本，两人都在。谁也没有读，所以小明再次报告。
await select('\n同样的情况，换一份新的副本：', { ...sockets }, {}, null);

// 6. 两个数组：返回的数把两边的套接字都算上。
await select('\n可以写给谁？', { ...sockets }, { ada: sockets.ada as Socket }, null);

for (const socket of Object.values(sockets)) php.socket_close(socket);
