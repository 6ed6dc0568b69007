/**
 * 监听套接字变得可读：三个客户端在等，循环每一轮接受一个。
 */

import { describeStep, FdSet, type Net, type Program, runLoop, type TraceEvent } from 'loopscope';
import { keepTrace, openNetworks } from 'loopscope/lesson';

const { address, server, client, language } = openNetworks();

// 1. 一个监听套接字。它不传字节：到它那里来的是连接。
const listener = await server.listen(address, { backlog: 9 });

// 2. 没有人看的时候，三个客户端连上来。它们在监听套接字的队列里等。
const peers: [Net, number][] = [];
for (const name of ['Ada', 'Ming', 'Grace']) {
  const net = client(name);
  peers.push([net, await net.connect(server.getsockname(listener))]);
  console.log(`${name} 连上了，还没有人接受她`);
}

// 3. 循环：每次 accept 得到一个新的描述符，监听套接字还是原来的样子。
const program: Program = {
  watched: true,
  read: new FdSet([listener]),
  write: new FdSet(),
  timeoutMs: () => null,
  *turn(ready) {
    for (const fd of ready.read) {
      if (fd === listener) {
        const accepted = server.accept(listener);
        program.read.add(accepted);
        yield { step: 'accept', listener, fd: accepted, ...server.getpeername(accepted) };
        if (program.read.size === 4) mingSpeaks();
      } else {
        yield { step: 'recv', fd, bytes: server.recv(fd, 2_048) };
        for (const open of [...program.read]) {
          server.close(open);
          program.read.delete(open);
        }
        return;
      }
    }
  },
};

// 4. 都进来了以后，其中一个说话。这和监听套接字没有关系。
function mingSpeaks(): void {
  const [net, fd] = peers[1] as [Net, number];
  net.send(fd, new TextEncoder().encode('hello'));
}

const events: TraceEvent[] = [];
await runLoop(server, program, (event) => {
  events.push(event);
  if (event.step === 'select') console.log(`\n第 ${event.turn} 轮`);
  console.log(`  ${event.step.padEnd(7)} ${describeStep(event, language)}`);
});
for (const [net, fd] of peers) net.close(fd);
keepTrace(events);
