/**
 * socket_select as PHP has it: it changes the arrays that it is given, and keeps their keys.
 */

import { AF_INET, SOCK_STREAM, SOL_TCP, type Socket, socketFunctions } from 'loopscope';
import { openNetworks } from 'loopscope/lesson';

type Sockets = Record<string, Socket>;
const { address, server, client } = openNetworks();
const php = socketFunctions(server);
const keys = (sockets: Sockets): string => Object.keys(sockets).join(' ') || 'nothing';

/** One call: what the array held before it, what came back, and what the array holds now. */
async function select(what: string, read: Sockets, write: Sockets, seconds: number | null) {
  const given = `${keys(read)}; ${keys(write)}`;
  const returned = await php.socket_select(read, write, null, seconds);
  console.log(what);
  console.log(`  read and write before  ${given}`);
  console.log(`  returned               ${returned}`);
  console.log(`  read and write after   ${keys(read)}; ${keys(write)}`);
}

// 1. A listener, and two clients that are accepted and silent.
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

// 2. Nobody speaks. 0 seconds do not wait: they ask how things stand.
await select('Nobody has spoken:', { ...sockets }, {}, 0);

// 3. Each call gets a copy of the table: what is not ready is taken out of it.
const read = { ...sockets };
peers.get('ming')?.();
await select('\nMing speaks:', read, {}, null);

// 4. The mistake: the array of the call before is used again. Ada speaks, and is not heard.
peers.get('ada')?.();
await php.socket_select({ ada: sockets.ada as Socket }, null, null, null); // until it has arrived
await select('\nAda speaks, and the array is that of the call before:', read, {}, null);

// 5. With a fresh copy both are there. Nobody has read, so Ming is reported again.
await select('\nThe same with a fresh copy:', { ...sockets }, {}, null);

// 6. Two arrays: the number counts the sockets of both.
await select('\nWho can be written to?', { ...sockets }, { ada: sockets.ada as Socket }, null);

for (const socket of Object.values(sockets)) php.socket_close(socket);
