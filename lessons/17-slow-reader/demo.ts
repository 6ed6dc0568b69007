/**
 * A camera sends a picture to two clients at every tick. One of them, Ming, falls asleep.
 */

import { FdSet, runLoop, type TraceEvent } from 'loopscope';
import { keepTrace, openNetworks } from 'loopscope/lesson';
import { Camera } from './camera.js';

const { kind, address: asked, server, client } = openNetworks();
const tickMs = kind === 'sim' ? 1_000 : 5;
const none = new FdSet();
let [isAwake, hasWoken, isOver, last] = [false, false, false, ''];

// 1. The camera: a picture of 64,000 bytes at every tick; 200,000 bytes may wait for a client.
const camera = new Camera(server, tickMs, 200_000);
const address = await camera.listen(asked);

// 2. A client connects, and reads what comes while it is awake. Ada always is.
async function looks(name: string, reads: () => boolean): Promise<void> {
  const net = client(name);
  const fd = await net.connect(address);
  while (!isOver) {
    const ready = await net.select(reads() ? new FdSet([fd]) : none, none, none, tickMs / 4);
    if (ready.read.length > 0 && !isOver) net.recv(fd, 65_536);
  }
  net.reset(fd);
}

// 3. Ming wakes up once, when much waits for her, and sleeps again when nothing does.
function sleepOrWake(waiting: number): void {
  if (waiting > 100_000 && !hasWoken) isAwake = hasWoken = true;
  if (waiting === 0) isAwake = false;
}

// 4. At each select: what waits for whom, if it has changed. When Ming has to go, it is over.
const tick = (): string => `tick ${String(camera.ticks).padStart(2)}`;
const events: TraceEvent[] = [];
const running = runLoop(server, camera, (event) => {
  events.push(event);
  if (event.step === 'disconnect') {
    console.log(`${tick()}  too much waits for fd ${event.fd}: it has to go`);
    isOver = true;
  }
  if (event.step !== 'select' || camera.outboxes.size === 0) return;
  const waiting = [...camera.outboxes].map(([fd, { length }]) => `fd ${fd} ${length}`.padEnd(12));
  const line = `waiting: ${waiting.join(' ')} watched for writing: ${event.write.join(' ') || '-'}`;
  if (line !== last) console.log(`${tick()}  ${line}`);
  last = line;
  const [, hers] = camera.outboxes.values();
  if (hers !== undefined) sleepOrWake(hers.length);
  if (isOver) camera.stop();
});
const ada = looks('Ada', () => true);
await server.select(none, none, none, tickMs / 2); // Ming comes second
await Promise.all([ada, looks('Ming', () => isAwake), running]);
keepTrace(events);
