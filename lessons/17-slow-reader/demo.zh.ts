/**
 * 一台摄像机，每一拍给两个客户端发一张图片。其中一个，Ming，睡着了。
 */

import { FdSet, runLoop, type TraceEvent } from 'loopscope';
import { keepTrace, openNetworks } from 'loopscope/lesson';
import { Camera } from './camera.js';

const { kind, address: asked, server, client } = openNetworks();
const tickMs = kind === 'sim' ? 1_000 : 5;
const none = new FdSet();
let [isAwake, hasWoken, isOver, last] = [false, false, false, ''];

// 1. 摄像机：每一拍一张 64,000 字节的图片；每个客户端最多可以有 200,000 字节等着。
const camera = new Camera(server, tickMs, 200_000);
const address = await camera.listen(asked);

// 2. 一个客户端连上来，醒着的时候来什么读什么。Ada 总是醒着。
async function looks(name: string, reads: () => boolean): Promise<void> {
  const net = client(name);
  const fd = await net.connect(address);
  while (!isOver) {
    const ready = await net.select(reads() ? new FdSet([fd]) : none, none, none, tickMs / 4);
    if (ready.read.length > 0 && !isOver) net.recv(fd, 65_536);
  }
  net.reset(fd);
}

// 3. 有很多东西等着的时候，Ming 醒一次；什么也没有等着，她又睡着了。
function sleepOrWake(waiting: number): void {
  if (waiting > 100_000 && !hasWoken) isAwake = hasWoken = true;
  if (waiting === 0) isAwake = false;
}

// 4. 每一次 select：有变化的话，说出谁有多少在等。Ming 要走的时候，就结束。
const tick = (): string => `第 ${String(camera.ticks).padStart(2)} 拍`;
const events: TraceEvent[] = [];
const running = runLoop(server, camera, (event) => {
  events.push(event);
  if (event.step === 'disconnect') {
    console.log(`${tick()}  等着的太多了，fd ${event.fd} 要走`);
    isOver = true;
  }
  if (event.step !== 'select' || camera.outboxes.size === 0) return;
  const waiting = [...camera.outboxes].map(([fd, { length }]) => `fd ${fd} ${length}`.padEnd(12));
  const line = `在等：${waiting.join(' ')} 监视可写：${event.write.join(' ') || '-'}`;
  if (line !== last) console.log(`${tick()}  ${line}`);
  last = line;
  const [, hers] = camera.outboxes.values();
  if (hers !== undefined) sleepOrWake(hers.length);
  if (isOver) camera.stop();
});
const ada = looks('Ada', () => true);
await server.select(none, none, none, tickMs / 2); // Ming 第二个来
await Promise.all([ada, looks('Ming', () => isAwake), running]);
keepTrace(events);
