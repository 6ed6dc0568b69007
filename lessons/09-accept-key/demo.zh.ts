/** 从请求里的密钥到响应里的应答值，一步一步来。 */

import {
  ClientHandshake,
  createRoom,
  FdSet,
  GUID,
  runLoop,
  type TraceEvent,
  toHex,
} from 'loopscope';
import { keepTrace, openNetworks } from 'loopscope/lesson';

const encoder = new TextEncoder();
const tell = (what: string, shown: string): void => console.log(`  ${what.padEnd(15)}${shown}`);

// 1. 密钥：16 个字节，每条连接都换新的。base64 把它们变成字母。
const random = encoder.encode('the sample nonce'); // 网页取的是谁也猜不到的字节
const key = btoa(String.fromCharCode(...random));
console.log('1. 网页发来密钥');
tell(`${random.length} 个字节`, toHex(random));
tell(`${key.length} 个字符`, key);

// 2. 服务器在后面接上一段文本，就是 GUID，所有服务器都一样。
const joined = key + GUID;
console.log('\n2. 服务器接上 GUID');
tell(`${joined.length} 个字符`, joined);

// 3. 不管是什么字节，SHA-1 都变成 20 个字节。
const digest = new Uint8Array(await crypto.subtle.digest('SHA-1', encoder.encode(joined)));
console.log('\n3. SHA-1');
tell(`${digest.length} 个字节`, toHex(digest));

// 4. 又是 base64：三个字节是 24 位，也就是四个字符，每个 6 位。
const accept = btoa(String.fromCharCode(...digest));
const bits = [...digest.subarray(0, 3)].map((byte) => byte.toString(2).padStart(8, '0'));
console.log('\n4. Base64');
tell('3 个字节', bits.join(' '));
tell('4 组各 6 位', bits.join('').replace(/.{6}(?=.)/g, '$& '));
tell('4 个字符', [...accept.slice(0, 4)].join(' '.repeat(6)));
tell(`全部 ${accept.length} 个`, accept);

// 5. 聊天室对这个密钥怎么回答？
const { address, server, client } = openNetworks();
const room = createRoom(server);
const opened = await room.listen(address);
const { port = 0 } = opened.find((step) => step.step === 'bind') ?? {};
const events: TraceEvent[] = [];
const running = runLoop(server, room, (event) => void events.push(event), opened);
const net = client('page');
const fd = await net.connect({ host: '127.0.0.1', port });
net.send(fd, new ClientHandshake({ host: `127.0.0.1:${port}`, key }).request);
await net.select(new FdSet([fd]), new FdSet(), new FdSet());
const answer = new TextDecoder().decode(net.recv(fd, 2_048));
console.log(`\n5. 聊天室的回答\n  ${/^Sec-WebSocket-Accept.*$/m.exec(answer)?.[0]}`);
net.close(fd);
room.stop();
await running;
keepTrace(events);
