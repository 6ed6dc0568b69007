/**
 * 打开 WebSocket 的请求，一个字节一个字节地发。
 */

import { ClientHandshake, createRoom, FdSet, runLoop, type TraceEvent, toHex } from 'loopscope';
import { keepTrace, openNetworks } from 'loopscope/lesson';

const [decoder, none] = [new TextDecoder(), new FdSet()];
const { address, server, client } = openNetworks();

// 1. 聊天室。它收到东西时会说一声。
const events: TraceEvent[] = [];
const waiting: (() => void)[] = [];
const room = createRoom(server);
const opened = await room.listen(address);
const note = (event: TraceEvent): void => {
  events.push(event);
  if (event.step === 'recv') waiting.shift()?.();
};
const running = runLoop(server, room, note, opened);

// 2. 页面的请求，和它的第一行的字节。
const key = 'dGhlIHNhbXBsZSBub25jZQ==';
const origin = 'http://localhost:8000';
const { request } = new ClientHandshake({ host: '127.0.0.1:8080', key, origin });
const lines = decoder.decode(request).split('\r\n').slice(0, -1);
console.log(`请求有 ${request.length} 字节。第一行，一个字节一个字节地看：\n`);
const first = request.subarray(0, (lines[0] ?? '').length + 2);
const sign = (byte: number): string =>
  ({ 10: 'LF', 13: 'CR' })[byte] ?? String.fromCharCode(byte).padStart(2);
console.log(`  ${toHex(first).replace(/..(?=.)/g, '$& ')}`);
console.log(`  ${[...first].map(sign).join(' ')}\n`);

// 3. 一次一个字节。聊天室收到了，再发下一个。
const PIECE = 1;
const net = client('page');
const { port = 0 } = opened.find((step) => step.step === 'bind') ?? {};
const fd = await net.connect({ host: '127.0.0.1', port });
let [sent, endOfLine] = [0, 0];
for (const line of lines) {
  for (endOfLine += line.length + 2; sent < endOfLine; ) {
    const heard = new Promise<void>((resolve) => waiting.push(resolve));
    sent += net.send(fd, request.subarray(sent, sent + PIECE));
    await heard;
  }
  const then = events.some(({ step }) => step === 'handshake') ? '回答' : '等着';
  console.log(`  到字节 ${String(sent).padStart(3)}  ${line.padEnd(45)} CR LF  ${then}`);
}

// 4. 响应，和它的空行后面的第一帧。
await net.select(new FdSet([fd]), none, none);
const answer = net.recv(fd, 2_048);
const end = decoder.decode(answer).indexOf('\r\n\r\n') + 4;
const head = decoder.decode(answer.subarray(0, end - 4)).replaceAll('\r\n', '\n  ');
console.log(`\n响应有 ${end} 字节，后面还有 ${answer.length - end} 字节：\n\n  ${head}`);
net.close(fd);
room.stop();
await running;
keepTrace(events);
