/**
 * The listener becomes readable: three clients wait to be accepted, and the loop takes one a turn.
 */

import { describeStep, FdSet, type Net, type Program, runLoop, type TraceEvent } from 'loopscope';
import { keepTrace, openNetworks } from 'loopscope/lesson';

const { address, server, client, language } = openNetworks();

// 1. A listening socket. It carries no bytes: at it, connections arrive.
const listener = await server.listen(address, { backlog: 9 });

// 2. Three clients connect while nobody looks. They wait in the listener's queue.
const peers: [Net, number][] = [];
for (const name of ['Ada', 'Ming', 'Grace']) {
  const net = client(name);
  peers.push([net, await net.connect(server.getsockname(listener))]);
  console.log(`${name} is connected, and nobody has accepted her`);
}

// 3. The loop: each accept gives a new descriptor, and the listener stays what it was.
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

// 4. When all are in, one of them speaks. The listener has nothing to do with that.
function mingSpeaks(): void {
  const [net, fd] = peers[1] as [Net, number];
  net.send(fd, new TextEncoder().encode('hello'));
}

const events: TraceEvent[] = [];
await runLoop(server, program, (event) => {
  events.push(event);
  if (event.step === 'select') console.log(`\nturn ${event.turn}`);
  console.log(`  ${event.step.padEnd(7)} ${describeStep(event, language)}`);
});
for (const [net, fd] of peers) net.close(fd);
keepTrace(events);
