import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { fromUtf8Lossy, joinBytes } from '../../src/bytes.js';
import { OriginalServer } from '../../src/chat/original.js';
import { NodeNet } from '../../src/net/node.js';
import { tapLines } from '../../src/tap/lines.js';
import type { Step } from '../../src/trace/event.js';
import { runLoop } from '../../src/trace/loop.js';
import { encodeFrame, Opcode } from '../../src/websocket/frame.js';
import { hex, someBytes, utf8 } from '../support/bytes.js';
import { cutAt } from '../support/cuts.js';
import { memoryNow } from '../support/memory.js';
import { RunningTap } from '../support/tap.js';

const HOST = '127.0.0.1';
const REQUEST = utf8(
  'GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
);
const ANSWER = utf8(
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
    'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n',
);

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function tapTo(port: number, sendBuffer = 262_144): Promise<RunningTap> {
  const running = new RunningTap({ host: HOST, port }, { sendBuffer });
  cleanups.push(() => running.stop());
  await running.start();
  return running;
}

/** A server of plain TCP. */
async function serveTcp(
  onSocket: (socket: Socket) => void,
): Promise<{ port: number; server: Server }> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    onSocket(socket);
  }).listen(0, HOST);
  await once(server, 'listening');
  cleanups.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, server };
}

async function client(port: number): Promise<Socket> {
  const socket = connect({ port, host: HOST, allowHalfOpen: true });
  cleanups.push(() => socket.destroy());
  await once(socket, 'connect');
  socket.on('error', () => {}); // whoever expects one listens too
  return socket;
}

/** All that comes until FIN. */
async function readAll(socket: Socket): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  socket.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  await once(socket, 'end');
  return joinBytes(chunks);
}

/** Each piece in a write of its own, handed over before the next. */
async function writeCut(socket: Socket, pieces: readonly Uint8Array[]): Promise<void> {
  for (const piece of pieces) {
    if (piece.length > 0) await new Promise((resolve) => socket.write(piece, resolve));
  }
}

/** The error code that ends a socket. */
async function errorOf(socket: Socket): Promise<string | undefined> {
  const [error] = await once(socket, 'error');
  return (error as NodeJS.ErrnoException).code;
}

describe('bytes', () => {
  test('arrive as they were sent, both ways, however they are cut, and FIN behind them', async () => {
    const frames = fc
      .array(
        fc.record({
          opcode: fc.integer({ min: 0, max: 15 }),
          payload: fc.uint8Array({ maxLength: 300 }),
          maskingKey: fc.option(fc.nat(0xffff_ffff)),
        }),
        { maxLength: 5 },
      )
      .map((list) => list.map((one) => encodeFrame(one.opcode, one.payload, one)));
    const noise = fc.uint8Array({ maxLength: 400 });
    const stream = (head: Uint8Array) =>
      fc.oneof(
        frames.map((all) => joinBytes([head, ...all])),
        fc.tuple(frames, noise).map(([all, bytes]) => joinBytes([head, ...all, bytes])),
        noise,
      );
    const offsets = fc.array(fc.nat(), { maxLength: 8 });
    let reply: Uint8Array[] = [];
    let received = Promise.resolve(new Uint8Array(0) as Uint8Array);
    const { port } = await serveTcp((socket) => {
      received = readAll(socket);
      void writeCut(socket, reply).then(() => socket.end());
    });
    const running = await tapTo(port);
    await fc.assert(
      fc.asyncProperty(
        stream(REQUEST),
        offsets,
        stream(ANSWER),
        offsets,
        async (up, a, down, b) => {
          reply = cutAt(down, b);
          const socket = await client(running.port);
          const heard = readAll(socket);
          await writeCut(socket, cutAt(up, a));
          socket.end();
          expect(Buffer.compare(await heard, down)).toBe(0);
          expect(Buffer.compare(await received, up)).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('a client that has sent FIN still hears the server', async () => {
    const { port } = await serveTcp((socket) => {
      socket.resume().on('end', () => socket.end('an answer behind your FIN'));
    });
    const running = await tapTo(port);
    const socket = await client(running.port);
    socket.end('a question');
    expect(fromUtf8Lossy(await readAll(socket))).toBe('an answer behind your FIN');
    await running.ends(1);
    expect(running.told.filter(({ kind }) => kind === 'fin')).toMatchObject([
      { from: 'client' },
      { from: 'server' },
    ]);
    expect(running.told.at(-1)).toMatchObject({ passed: { client: 10, server: 25 } });
  });

  test('a server that has sent FIN still hears the client', async () => {
    let heard = Promise.resolve(new Uint8Array(0) as Uint8Array);
    const { port } = await serveTcp((socket) => {
      socket.end('bye');
      heard = readAll(socket);
    });
    const running = await tapTo(port);
    const socket = await client(running.port);
    expect(fromUtf8Lossy(await readAll(socket))).toBe('bye');
    socket.end('one more thing');
    expect(fromUtf8Lossy(await heard)).toBe('one more thing');
  });

  test.each(['client', 'server'] as const)('RST of the %s is RST for the other', async (who) => {
    let accept: (socket: Socket) => void = () => {};
    const accepted = new Promise<Socket>((resolve) => {
      accept = resolve;
    });
    const { port } = await serveTcp((socket) => {
      socket.resume().once('data', () => accept(socket));
    });
    const running = await tapTo(port);
    const near = await client(running.port);
    near.resume().write('hello');
    const far = await accepted;
    const [from, to] = who === 'client' ? [near, far] : [far, near];
    const error = errorOf(to);
    from.resetAndDestroy();
    expect(await error).toBe('ECONNRESET');
    await running.ends(1);
    expect(running.told).toContainEqual({ number: 1, kind: 'reset', from: who });
    expect(running.events.at(-1)).toMatchObject({ step: 'disconnect', cause: 'reset' });
  });

  test('a client that reads nothing holds the server back, and loses nothing', async () => {
    const all = someBytes(1 << 20);
    const times = 24; // more than the kernel's buffers of both connections hold
    const { port } = await serveTcp((socket) => {
      void writeCut(socket, Array<Uint8Array>(times).fill(all)).then(() => socket.end());
    });
    const running = await tapTo(port);
    const socket = await client(running.port);
    socket.end(); // after the server's FIN nothing keeps the tap from closing
    const waits = ({ events }: RunningTap) =>
      events.some((event) => event.step === 'send' && event.taken < event.length);
    await running.until(() => waits(running));
    const heard = await readAll(socket);
    expect(heard).toHaveLength(times * all.length);
    for (let i = 0; i < times; i++) {
      expect(Buffer.compare(heard.subarray(i * all.length, (i + 1) * all.length), all)).toBe(0);
    }
    let waiting = 0;
    let most = 0;
    for (const event of running.events) {
      if (event.step === 'broadcast') waiting += event.bytes.length;
      if (event.step === 'send') waiting -= event.taken;
      if (event.step === 'send') most = Math.max(most, waiting);
    }
    expect(waiting).toBe(0);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(65_536);
  });
});

describe('bytes that wait for room', () => {
  test('are not changed by their explanation, which unmasks', async () => {
    const text = utf8('你好'.repeat(100_000));
    const message = encodeFrame(Opcode.text, text, { maskingKey: 0xa1b2c3d4 });
    const all = joinBytes([REQUEST, ...Array<Uint8Array>(5).fill(message)]);
    let heard = Promise.resolve(new Uint8Array(0) as Uint8Array);
    const { port } = await serveTcp((socket) => {
      heard = readAll(socket.on('end', () => socket.end()));
    });
    const running = await tapTo(port, 1_000); // no recv goes on in one send
    const socket = await client(running.port);
    await writeCut(socket, [all]);
    socket.end();
    await running.ends(1);
    expect(Buffer.compare(await heard, all)).toBe(0);
  });
});

describe('a frame without an end', () => {
  test.each(['client', 'server'] as const)('of the %s is passed on in flat memory', async (who) => {
    let accept: (socket: Socket) => void = () => {};
    const accepted = new Promise<Socket>((resolve) => {
      accept = resolve;
    });
    const { port } = await serveTcp((socket) => accept(socket));
    const running = await tapTo(port);
    const near = await client(running.port);
    near.write(REQUEST);
    const far = await accepted;
    await once(far, 'data');
    far.write(ANSWER);
    await once(near, 'data');
    const [sender, receiver] = who === 'client' ? [near, far] : [far, near];
    const length = '7fffffffffffffff';
    sender.write(hex(who === 'client' ? `82ff ${length} 01020304` : `827f ${length}`));
    const piece = new Uint8Array(65_536);
    let heard = 0;
    let look = (): void => {};
    receiver.on('data', (chunk: Uint8Array) => {
      heard += chunk.length;
      look();
    });
    /** Sends MiB, and waits until the other end has them. @returns the memory that is in use then */
    const pass = async (mebibytes: number): Promise<number> => {
      const all = heard + mebibytes * 2 ** 20;
      const there = new Promise<void>((resolve) => {
        look = () => {
          running.events.length = 0; // what the test keeps is not the tap's
          if (heard >= all) resolve();
        };
      });
      await writeCut(sender, Array<Uint8Array>(mebibytes * 16).fill(piece));
      await there;
      return memoryNow().alive;
    };
    const before = await pass(16);
    const behind = await pass(128);
    expect(behind - before).toBeLessThan(8 * 2 ** 20);
    const frames = running.told.flatMap((told) => (told.kind === 'passing' ? [told.passing] : []));
    expect(frames.map(({ kind }) => kind)).toEqual(['handshake', 'handshake', 'frame']);
    expect(running.text).toContain('9223372036854775807 bytes');
  });
});

describe('connections', () => {
  test('without a server a client gets RST and a line, and the tap goes on', async () => {
    const { port, server } = await serveTcp(() => {});
    server.close();
    await once(server, 'close');
    const running = await tapTo(port);
    const socket = await client(running.port);
    expect(await errorOf(socket)).toBe('ECONNRESET');
    expect(running.text).toContain('the client gets RST:');
    expect(running.text).toContain(`! connect ECONNREFUSED: ${HOST}:${port} has no listener`);
    const late = createServer((far) => far.on('error', () => {}).end('here now')).listen(
      port,
      HOST,
    );
    cleanups.push(() => late.close());
    await once(late, 'listening');
    const second = await client(running.port);
    expect(fromUtf8Lossy(await readAll(second))).toBe('here now');
  });

  test('twenty talk at once, each with its own', async () => {
    const { port } = await serveTcp((socket) => socket.pipe(socket));
    const running = await tapTo(port);
    const sockets = await Promise.all(Array.from({ length: 20 }, () => client(running.port)));
    const heard = sockets.map(readAll);
    for (const round of [1, 2, 3]) {
      for (const [i, socket] of sockets.entries()) socket.write(`client ${i}, round ${round};`);
    }
    for (const socket of sockets) socket.end();
    for (const [i, bytes] of (await Promise.all(heard)).entries()) {
      const texts = [1, 2, 3].map((round) => `client ${i}, round ${round};`);
      expect(fromUtf8Lossy(bytes)).toBe(texts.join(''));
    }
    await running.ends(20);
  });

  test('when the tap stops, all of them are cut', async () => {
    const { port } = await serveTcp((socket) => socket.resume());
    const running = await tapTo(port);
    const socket = await client(running.port);
    socket.write('x');
    await running.until(() => running.events.some(({ step }) => step === 'recv'));
    const error = errorOf(socket);
    running.tap.stop();
    expect(await error).toBe('ECONNRESET');
  });
});

describe('WebSockets', () => {
  const frames = (running: RunningTap) =>
    running.told.flatMap((told) =>
      told.kind === 'passing' && told.passing.kind === 'frame' ? [told.passing] : [],
    );

  test.each([false, true])('ws and ws talk through it, deflate offered: %s', async (deflate) => {
    const perMessageDeflate = deflate ? { threshold: 0 } : false;
    const server = new WebSocketServer({ port: 0, host: HOST, perMessageDeflate });
    cleanups.push(() => server.close());
    await once(server, 'listening');
    server.on('connection', (socket) => {
      socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
    });
    const running = await tapTo((server.address() as AddressInfo).port);
    const socket = new WebSocket(`ws://${HOST}:${running.port}`, { perMessageDeflate });
    await once(socket, 'open');
    const big = Buffer.from(someBytes(70_000));
    for (const message of ['你好 👋', big]) {
      socket.send(message);
      const [data] = await once(socket, 'message');
      expect(Buffer.compare(data, Buffer.from(message))).toBe(0);
    }
    socket.close(4000, 'done');
    await once(socket, 'close');
    await running.ends(1);
    expect(frames(running).flatMap(({ problems }) => problems)).toEqual([]);
    for (const from of ['client', 'server']) {
      const own = frames(running).filter((frame) => frame.from === from);
      expect(own.map(({ header }) => header.opcode)).toEqual([
        Opcode.text,
        Opcode.binary,
        Opcode.close,
      ]);
      expect(own[0]?.text).toBe(deflate ? null : '你好 👋');
      expect(own[0]?.compressed).toBe(deflate);
      const meant = own[0]?.inflated?.bytes;
      expect(meant === undefined ? null : fromUtf8Lossy(meant)).toBe(deflate ? '你好 👋' : null);
      expect(own[1]?.bytes === null).toBe(own[1]?.header.payloadLength !== own[1]?.payload.length);
    }
    expect(running.text).toContain('4000 private use: done');
    expect(running.text).toContain(', right for the key');
    expect(running.text.includes('inflated, ')).toBe(deflate);
    expect(running.text.includes('permessage-deflate is agreed on')).toBe(deflate);
    expect(running.events.at(-1)).toMatchObject({ step: 'disconnect', cause: 'close-frame' });
  });

  test('the mirror of the original, which hangs up on a Close frame', async () => {
    const net = new NodeNet({ beyondFdSetSize: 'ignore' });
    const mirror = new OriginalServer(net);
    const opened = await mirror.listen({ host: HOST, port: 0 });
    const bind = opened.find((step) => step.step === 'bind') as Extract<Step, { step: 'bind' }>;
    const ended = runLoop(net, mirror);
    cleanups.push(async () => {
      mirror.stop();
      await ended;
      net.closeAll();
    });
    const running = await tapTo(bind.port);
    const socket = new WebSocket(`ws://${HOST}:${running.port}`, { perMessageDeflate: false });
    await once(socket, 'message');
    socket.send('{"type":"login","content":"Ada"}');
    await once(socket, 'message');
    socket.close();
    await once(socket, 'close');
    await running.ends(1);
    expect(running.text).toMatch(/client → text {3}fin {2}masked {6}32 bytes\n +{"type":"login"/);
    expect(running.text).toMatch(/client → close {2}fin {2}masked +0 bytes\n.*← server FIN/);
  });
});

/** The lines of one conversation of bytes, without time and number. */
async function linesOf(fromClient: Uint8Array, fromServer: Uint8Array): Promise<string[]> {
  const { port } = await serveTcp((socket) => {
    socket.once('data', () => socket.end(fromServer));
    socket.resume();
  });
  const running = await tapTo(port);
  const socket = await client(running.port);
  const heard = readAll(socket);
  socket.write(fromClient);
  await heard;
  socket.end();
  await running.ends(1);
  const lines = running.told
    .filter(({ kind }) => kind === 'passing')
    .flatMap((told) => tapLines(told, 1234, 80));
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  return lines;
}

describe('what is printed', () => {
  test('the handshake, a text, and a close with its code', async () => {
    const masked = encodeFrame(Opcode.text, utf8('Hello'), { maskingKey: 0x37fa213d });
    const lines = await linesOf(joinBytes([REQUEST, masked]), joinBytes([ANSWER, hex('880203e8')]));
    expect(lines).toEqual([
      '   1.234 #1   client → request GET / HTTP/1.1',
      '                       key dGhlIHNhbXBsZSBub25jZQ==',
      '   1.234 #1   client → text   fin  masked       5 bytes  Hello',
      '   1.234 #1   ← server answer  HTTP/1.1 101 Switching Protocols',
      '                       accept s3pPLMBiTxaQ9kYGzzhZRbK+xOo=, right for the key',
      '   1.234 #1   ← server close  fin  unmasked     2 bytes  1000 normal closure',
    ]);
  });

  test('a long text takes three lines, and is cut there', async () => {
    const long = encodeFrame(Opcode.text, utf8(`${'你'.repeat(30)}${'x'.repeat(500)}`));
    const lines = await linesOf(REQUEST, joinBytes([ANSWER, long]));
    expect(lines.slice(-4)).toEqual([
      '   1.234 #1   ← server text   fin  unmasked   590 bytes',
      `                       ${'你'.repeat(28)}`, // 56 columns: one more character takes two
      `                       你你${'x'.repeat(53)}`,
      `                       ${'x'.repeat(56)}…`,
    ]);
  });

  test('broken rules, with their section and close code', async () => {
    const lines = await linesOf(
      joinBytes([REQUEST, hex('8102 4869'), hex('817e000568656c6c6f')]),
      joinBytes([ANSWER, hex('8180 01020304'), hex('8101ff')]),
    );
    const codes = lines.flatMap((line) => /^ {21}! (\S+ close code \d+) /.exec(line)?.[1] ?? []);
    expect(codes).toEqual([
      'unmasked-client-frame, close code 1002',
      'unmasked-client-frame, close code 1002',
      'length-not-shortest, close code 1002',
      'masked-server-frame, close code 1002',
      'bad-utf8, close code 1007',
    ]);
    expect(lines.slice(-2)).toEqual([
      '                     ! bad-utf8, close code 1007 (RFC 6455 8.1): the text is not',
      '                       UTF-8 at byte 0',
    ]);
  });

  test("a peer's control characters do not reach the terminal", async () => {
    const evil = encodeFrame(Opcode.text, utf8('a\u001b[2Jb\nc'), { maskingKey: 1 });
    const lines = await linesOf(joinBytes([REQUEST, evil]), ANSWER);
    expect(lines.join('')).not.toMatch(/\p{Cc}/u);
    expect(lines[2]).toContain('a\\u{1b}[2Jb\\u{a}c');
  });

  test('what is no WebSocket is said once, with its bytes', async () => {
    const lines = await linesOf(utf8('SSH-2.0-OpenSSH_9\r\n'), utf8('SSH-2.0-other\r\n'));
    expect(lines).toEqual([
      '   1.234 #1   client → not WebSocket: 19 bytes passed on, and all that follows',
      '                       no HTTP request',
    ]);
  });

  test('the end within a frame', async () => {
    const lines = await linesOf(REQUEST, joinBytes([ANSWER, hex('8105 4865')]));
    expect(lines.slice(-3)).toEqual([
      '   1.234 #1   ← server text   fin  unmasked     5 bytes  He',
      '   1.234 #1   ← server the stream ends too early:',
      '                     ! 2 of the 5 bytes of a payload are here, and no more',
    ]);
  });
});
