/**
 * 同一段字节流，在每一处切开。里面有两行，每行后面有一个换行符。
 */

import { FdSet, joinBytes, toHex } from 'loopscope';
import { openNetworks } from 'loopscope/lesson';

const stream = new TextEncoder().encode('Hi\n你好\n');
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

// 1. 把每次 recv 都当成完整的行，好像 TCP 会把一起发的放在一起。
const eachRecv = (pieces: Uint8Array[]): string[] =>
  pieces.flatMap((piece) => text(piece).split('\n').filter(Boolean));

// 2. 还没有换行符的先留着，后来的字节接在它后面。
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

// 3. 一条连接。每次都等 recv 完了，客户端才发下一部分。
const { address, server, client } = openNetworks();
const listener = await server.listen(address);
const net = client('Ada');
const peer = await net.connect(server.getsockname(listener));
const readable = (fd: number) => server.select(new FdSet([fd]), new FdSet(), new FdSet());
await readable(listener);
const fd = server.accept(listener);

const LENGTH = 2_048; // 一次 recv 最多得到这么多
async function received(part: Uint8Array): Promise<Uint8Array[]> {
  net.send(peer, part);
  const pieces: Uint8Array[] = [];
  for (let left = part.length; left > 0; left -= pieces.at(-1)?.length ?? 0) {
    await readable(fd);
    pieces.push(server.recv(fd, LENGTH));
  }
  return pieces;
}

// 4. 切口从头移到尾；移到最后一个字节后面，就什么也没切开。
console.log(`${'每次 recv 得到的'.padEnd(26)}先留着，凑完整    每次单独读`);
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
