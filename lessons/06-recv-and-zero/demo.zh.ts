/**
 * 三种离开的方式，recv 各说了什么。
 */

import { describeStep, type Fd, FdSet, type Program, runLoop, type TraceEvent } from 'loopscope';
import { keepTrace, openNetworks } from 'loopscope/lesson';

const { address, server, client, language } = openNetworks();
const listener = await server.listen(address);
const [read, none] = [new FdSet([listener]), new FdSet()];
let [overlooked, left] = [0, 0];

// 1. 一个回声服务器：每个可读的客户端，recv 一次。
function* serve(fd: Fd): ReturnType<Program['turn']> {
  let bytes: Uint8Array | null = null;
  try {
    bytes = server.recv(fd, 2_048);
    yield { step: 'recv', fd, bytes };
  } catch (error) {
    console.log(`          ${error instanceof Error ? error.message : error}`);
  }
  if (bytes !== null && bytes.length > 0) return void server.send(fd, bytes);
  // 2. 故意把第一个结束看漏两次。
  if (overlooked++ < 2) return;
  yield { step: 'disconnect', fd, cause: bytes === null ? 'reset' : 'fin' };
  for (const gone of ++left < 3 ? [fd] : [fd, listener]) {
    read.delete(gone);
    server.close(gone);
  }
}
function* turn({ read: ready }: { read: Fd[] }): ReturnType<Program['turn']> {
  for (const fd of ready) {
    if (fd === listener) read.add(server.accept(fd));
    else yield* serve(fd);
  }
}
const program = { watched: true, read, write: none, timeoutMs: () => null, turn };
const events: TraceEvent[] = [];
const running = runLoop(server, program, (event) => {
  events.push(event);
  const turn = `  第 ${event.turn} 轮 `.padEnd(9);
  console.log(`${turn}${event.step.padEnd(11)}${describeStep(event, language)}`);
});

// 3. 每个客户端说 "Hi"，再用自己的方式离开。
for (const leave of ['close', 'reset', 'shutdown'] as const) {
  const net = client(leave);
  const fd = await net.connect(server.getsockname(listener));
  const fds = new FdSet([fd]);
  const heard = () => net.select(fds, none, none).then(() => net.recv(fd, 2_048).length);
  net.send(fd, new TextEncoder().encode('Hi'));
  if (leave !== 'shutdown') await heard();
  console.log(`\n客户端调用 ${leave}(fd)`);
  net[leave](fd);
  if (leave !== 'shutdown') continue;
  console.log(`  客户端还听到 ${await heard()} 字节，然后是 ${await heard()} 字节`);
  net.close(fd);
}
await running;
keepTrace(events);
