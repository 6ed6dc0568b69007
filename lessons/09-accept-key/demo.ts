/** From the key of a request to the accept value of the answer, step by step. */

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
const tell = (what: string, shown: string): void => console.log(`  ${what.padEnd(18)}${shown}`);

// 1. The key: 16 bytes, new for each connection. Base64 makes letters of them.
const random = encoder.encode('the sample nonce'); // a page takes bytes that nobody can foretell
const key = btoa(String.fromCharCode(...random));
console.log('1. The page sends a key');
tell(`${random.length} bytes`, toHex(random));
tell(`${key.length} characters`, key);

// 2. The server appends a text that is the same for all servers, the GUID.
const joined = key + GUID;
console.log('\n2. The server appends the GUID');
tell(`${joined.length} characters`, joined);

// 3. SHA-1 makes 20 bytes of any bytes.
const digest = new Uint8Array(await crypto.subtle.digest('SHA-1', encoder.encode(joined)));
console.log('\n3. SHA-1');
tell(`${digest.length} bytes`, toHex(digest));

// 4. Base64 again: three bytes are 24 bits, which are four characters of 6 bits each.
const accept = btoa(String.fromCharCode(...digest));
const bits = [...digest.subarray(0, 3)].map((byte) => byte.toString(2).padStart(8, '0'));
console.log('\n4. Base64');
tell('3 bytes', bits.join(' '));
tell('4 times 6 bits', bits.join('').replace(/.{6}(?=.)/g, '$& '));
tell('4 characters', [...accept.slice(0, 4)].join(' '.repeat(6)));
tell(`all ${accept.length} of them`, accept);

// 5. What does the room answer to this key?
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
console.log(`\n5. The room answers\n  ${/^Sec-WebSocket-Accept.*$/m.exec(answer)?.[0]}`);
net.close(fd);
room.stop();
await running;
keepTrace(events);
