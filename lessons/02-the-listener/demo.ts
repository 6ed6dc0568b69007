/**
 * A listener comes to be, its queue fills up, and it is opened again on the same port.
 */

import { type Fd, type SocketError, Tape } from 'loopscope';
import { keepTrace, openNetworks } from 'loopscope/lesson';

const { world, server, client, address } = openNetworks({ network: 'sim' });
const tape = new Tape(() => server.now());
const note = tape.record.bind(tape);
world?.onArrive((host, step) => host.name === 'server' && note(step));

// 1. Four calls make a listener. On a `Net` they are one: create, option, bind, listen.
const backlog = 9;
const listener = await server.listen(address, { backlog, reuseAddress: true });
note({ step: 'socket', fd: listener, domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 'SOL_TCP' });
note({ step: 'setsockopt', fd: listener, level: 'SOL_SOCKET', option: 'SO_REUSEADDR', value: 1 });
note({ step: 'bind', fd: listener, ...server.getsockname(listener) });
note({ step: 'listen', fd: listener, backlog });
console.log(`fd ${listener} listens on ${address.host}:${address.port}, backlog ${backlog}\n`);

// 2. Twelve clients connect. The server is busy, and does not call accept.
const count = 12;
const clients = client('clients');
const theirs: Fd[] = [];
for (let i = 1; i <= count; i++) void clients.connect(address).then((fd) => theirs.push(fd));
const tell = async (what: string): Promise<void> => {
  await world?.settle(); // until nothing is under way any more
  console.log(`${what}: ${theirs.length} are connected, ${count - theirs.length} wait outside`);
};
await tell(`${count} clients call connect`);

// 3. It accepts three, one after the other.
const accepted: Fd[] = [];
for (let i = 1; i <= 3; i++) {
  const fd = server.accept(listener);
  note({ step: 'accept', listener, fd, ...server.getpeername(fd) });
  accepted.push(fd);
  await tell(`accept gives fd ${fd}`);
}

// 4. The server ends, then its clients; and it is started again on the same port.
for (const fd of [...accepted, listener]) server.close(fd);
for (const fd of theirs) clients.close(fd);
await world?.settle();
const restart = async (reuseAddress: boolean): Promise<string> => {
  try {
    server.close(await server.listen(address, { backlog, reuseAddress }));
    return 'it listens';
  } catch (error) {
    return (error as SocketError).code;
  }
};
console.log(`\nrestart without SO_REUSEADDR: ${await restart(false)}`);
console.log(`restart with SO_REUSEADDR: ${await restart(true)}`);
await world?.run(server.now() + 60_000);
console.log(`a minute later, without it: ${await restart(false)}`);
keepTrace(tape.events);
