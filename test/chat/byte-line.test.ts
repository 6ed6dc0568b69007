/**
 * The line of a byte: the files that a text goes through between recv, which takes it from a socket,
 * and send, which gives it to one. They are counted while it goes, and each is one more to read.
 */

import { type Profiler, Session } from 'node:inspector';
import { connect, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createRoom } from '../../src/chat/room.js';
import { FdSet } from '../../src/net/net.js';
import { NodeNet } from '../../src/net/node.js';
import { Opcode } from '../../src/websocket/frame.js';
import { ascii, clientFrame, request } from '../support/room.js';

const LINE = [
  'chat/client.ts',
  'chat/clients.ts',
  'chat/members.ts',
  'chat/parts.ts',
  'chat/room.ts',
  'chat/server.ts',
  'chat/vocabulary.ts',
  'net/descriptors.ts',
  'net/node-connection.ts',
  'net/outbox.ts',
  'websocket/connection.ts',
  'websocket/decoder.ts',
  'websocket/frame.ts',
  'websocket/mask.ts',
  'websocket/message.ts',
  'websocket/parser.ts',
  'websocket/utf8.ts',
];

/** Asked on the way for a number: the time, what is open, how much may be. No byte comes there. */
const ASKED = [
  'chat/announcements.ts',
  'chat/clocks.ts',
  'chat/limits.ts',
  'net/deadlines.ts',
  'net/failure.ts',
  'net/fd-table.ts',
  'net/node.ts: now',
];

/** Notes which functions run from the first recv to the first send. */
class Line extends NodeNet {
  files: string[] | null = null;
  isCounting = false;
  readonly #session = new Session();

  constructor() {
    super();
    this.#session.connect();
    this.#session.post('Profiler.enable');
  }

  override recv(fd: number, length: number): Uint8Array {
    if (this.isCounting) {
      this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
    }
    return super.recv(fd, length);
  }

  override send(fd: number, bytes: Uint8Array): number {
    const taken = super.send(fd, bytes);
    if (this.isCounting) {
      this.isCounting = false;
      this.#session.post('Profiler.takePreciseCoverage', (_, { result }) => {
        this.files = result.flatMap(filesThatRan).sort();
      });
      this.#session.disconnect();
    }
    return taken;
  }
}

/** A file of src, where a function of it ran; the network's clock apart from the network. */
function filesThatRan({ url, functions }: Profiler.ScriptCoverage): string[] {
  const file = /\/src\/([^?]*)/.exec(url)?.[1];
  if (file === undefined) return [];
  const ran = functions.filter(({ ranges }) => (ranges[0]?.count ?? 0) > 0);
  const names = ran.map(({ functionName }) => functionName).filter((name) => name !== '');
  if (names.length === 0) return [];
  return [names.every((name) => name === 'now') ? `${file}: now` : file];
}

const sockets: Socket[] = [];
let net: Line | null = null;

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  net?.closeAll();
});

test('a byte goes from recv to send through 17 files', async () => {
  net = new Line();
  const room = createRoom(net);
  const opened = await room.listen({ host: '127.0.0.1', port: 0 });
  const socket = connect(opened.find((step) => step.step === 'bind')?.port ?? 0, '127.0.0.1');
  sockets.push(socket);
  let heard = '';
  socket.on('data', (bytes) => {
    heard += ascii(bytes);
  });
  const until = async (text: string): Promise<void> => {
    while (!heard.includes(text)) {
      const ready = await (net as Line).select(room.read, room.write, new FdSet(), 10);
      for (const _ of room.turn(ready)); // nobody looks at the steps
    }
  };
  socket.write(request());
  socket.write(clientFrame(Opcode.text, '{"type":"login","content":"Ada"}'));
  await until('user_list');
  net.isCounting = true;
  socket.write(clientFrame(Opcode.text, '{"type":"user","content":"hello"}'));
  await until('hello');
  expect(net.files?.filter((file) => !ASKED.includes(file))).toEqual(LINE);
  expect(LINE.length).toBeLessThanOrEqual(17);
});
