/**
 * The request that opens a WebSocket, sent one byte at a time.
 */

import { ClientHandshake, createRoom, FdSet, runLoop, type TraceEvent, toHex } from 'loopscope';
import { keepTrace, openNetworks } from 'loopscope/lesson';

const [decoder, none] = [new TextDecoder(), new FdSet()];
const { address, server, client } = openNetworks();

// 1. The room. It tells when it has received something.
const events: TraceEvent[] = [];
const waiting: (() => void)[] = [];
const room = createRoom(server);
const opened = await room.listen(address);
const note = (event: TraceEvent): void => {
  events.push(event);
  if (event.step === 'recv') waiting.shift()?.();
};
const running = runLoop(server, room, note, opened);

// 2. The request of a page, and its first line as bytes.
const key = 'dGhlIHNhbXBsZSBub25jZQ==';
const origin = 'http://localhost:8000';
const { request } = new ClientHandshake({ host: '127.0.0.1:8080', key, origin });
const lines = decoder.decode(request).split('\r\n').slice(0, -1);
console.log(`The request has ${request.length} bytes. The first line, byte by byte:\n`);
const first = request.subarray(0, (lines[0] ?? '').length + 2);
const sign = (byte: number): string =>
  ({ 10: 'LF', 13: 'CR' })[byte] ?? String.fromCharCode(byte).padStart(2);
console.log(`  ${toHex(first).replace(/..(?=.)/g, '$& ')}`);
console.log(`  ${[...first].map(sign).join(' ')}\n`);

// 3. One byte at a time. The room receives it before the next one goes out.
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
  const then = events.some(({ step }) => step === 'handshake') ? 'answers' : 'waits';
  console.log(`  up to byte ${String(sent).padStart(3)}  ${line.padEnd(45)} CR LF  ${then}`);
}

// 4. The answer, and behind its empty line the first frame.
await net.select(new FdSet([fd]), none, none);
const answer = net.recv(fd, 2_048);
const end = decoder.decode(answer).indexOf('\r\n\r\n') + 4;
const head = decoder.decode(answer.subarray(0, end - 4)).replaceAll('\r\n', '\n  ');
console.log(`\nThe answer, ${end} bytes, and ${answer.length - end} behind it:\n\n  ${head}`);
net.close(fd);
room.stop();
await running;
keepTrace(events);
