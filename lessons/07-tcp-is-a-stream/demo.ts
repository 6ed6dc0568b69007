/**
 * One stream, cut at every place. It holds two lines, each with a line feed behind it.
 */

import { FdSet, joinBytes, toHex } from 'loopscope';
import { openNetworks } from 'loopscope/lesson';

const stream = new TextEncoder().encode('Hi\n你好\n');
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

// 1. Takes each recv for whole lines, as if TCP kept together what was sent together.
const eachRecv = (pieces: Uint8Array[]): string[] =>
  pieces.flatMap((piece) => text(piece).split('\n').filter(Boolean));

// 2. Keeps what has no line feed yet, and joins the next bytes to it.
function keptUntilWhole(pieces: Uint8Array[]): string[] {
  let kept: Uint8Array = new Uint8Array(0);
  const lines: string[] = [];
  for (const piece of pieces) {
    kept = joinBytes([kept, piece]);
    for (let end = kept.indexOf(0x0a); end !== -1; end = kept.indexOf(0x0a)) {
      lines.push(text(kept.subarray(0, end)));
      kept = kept.subarray(end + 1);
    }
  }
  return lines;
}

// 3. One connection. Each recv comes before the client sends the next part.
const { address, server, client } = openNetworks();
const listener = await server.listen(address);
const net = client('Ada');
const peer = await net.connect(server.getsockname(listener));
const readable = (fd: number) => server.select(new FdSet([fd]), new FdSet(), new FdSet());
await readable(listener);
const fd = server.accept(listener);

const LENGTH = 2_048; // the most that one recv may give
async function received(part: Uint8Array): Promise<Uint8Array[]> {
  net.send(peer, part);
  const pieces: Uint8Array[] = [];
  for (let left = part.length; left > 0; left -= pieces.at(-1)?.length ?? 0) {
    await readable(fd);
    pieces.push(server.recv(fd, LENGTH));
  }
  return pieces;
}

// 4. The cut moves through the stream; behind the last byte it cuts nothing.
console.log(`${'what each recv gave'.padEnd(32)}kept until whole  each recv for itself`);
for (let cut = 1; cut <= stream.length; cut++) {
  const pieces = await received(stream.subarray(0, cut));
  pieces.push(...(await received(stream.subarray(cut))));
  const bytes = pieces.map((piece) => toHex(piece).replace(/..(?=.)/g, '$& ')).join('|');
  const right = keptUntilWhole(pieces).join(', ');
  console.log(`${bytes.padEnd(32)}${right}          ${eachRecv(pieces).join(', ')}`);
}
net.close(peer);
server.close(fd);
server.close(listener);
