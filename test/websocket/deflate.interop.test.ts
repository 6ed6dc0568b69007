import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { Application } from '../../src/chat/members.js';
import { Server } from '../../src/chat/server.js';
import { WebSocketClient } from '../../src/chat/websocket-client.js';
import { NodeNet } from '../../src/net/node.js';
import { nodeCompression } from '../../src/net/node-deflate.js';
import { runLoop } from '../../src/trace/loop.js';
import { type Running, run, runRoom } from '../support/room.js';

const echo: Application = {
  opened: () => [],
  received(members, client, message) {
    members.sendMessage(client, message);
    return [];
  },
  left: () => [],
};

const LONG = '每個位元組，一個接一個。'.repeat(2_000);
const SAID = [LONG, '', 'short', LONG, `${LONG}!`];

let running: Running | null = null;

afterEach(async () => {
  await running?.stop();
  running = null;
});

describe('ws as client', () => {
  test.each([
    [true, ''],
    [{ threshold: 0 }, ''],
    [{ threshold: 0, serverNoContextTakeover: true }, '; server_no_context_takeover'],
    [{ threshold: 0, clientNoContextTakeover: true }, '; client_no_context_takeover'],
    [
      { threshold: 0, serverMaxWindowBits: 9, clientMaxWindowBits: 9 },
      '; server_max_window_bits=9',
    ],
  ])('with %j hears what it said', async (perMessageDeflate, agreed) => {
    running = await run((net) => new Server(net, echo, { deflate: nodeCompression }));
    const ws = new WebSocket(running.url, { perMessageDeflate });
    const opened = once(ws, 'open');
    const [answer] = (await once(ws, 'upgrade')) as [IncomingMessage];
    await opened;
    expect(answer.headers['sec-websocket-extensions']).toBe(`permessage-deflate${agreed}`);
    for (const text of SAID) {
      ws.send(text);
      const [data, isBinary] = await once(ws, 'message');
      expect([String(data) === text, isBinary]).toEqual([true, false]);
    }
    ws.send(new Uint8Array(100_000).fill(7));
    const [data, isBinary] = await once(ws, 'message');
    expect([Buffer.alloc(100_000, 7).equals(data as Buffer), isBinary]).toEqual([true, true]);
    ws.close(1000);
    expect((await once(ws, 'close'))[0]).toBe(1000);
    const parsed = running.events.flatMap((event) => (event.step === 'parse' ? [event] : []));
    expect(parsed[0]?.payloadLength).toBeLessThan(LONG.length / 10);
  });

  test('is closed with 1009 for a message that is too long inflated', async () => {
    const limits = { deflate: nodeCompression, maxMessageLength: 10_000 };
    running = await run((net) => new Server(net, echo, limits));
    const ws = new WebSocket(running.url);
    await once(ws, 'open');
    ws.send(new Uint8Array(10_001));
    expect((await once(ws, 'close'))[0]).toBe(1009);
  });

  test.each([
    ['it does not offer it', nodeCompression, false],
    ['the server declines', null, true],
  ])('without compression, since %s, hears what it said', async (_, deflate, offers) => {
    running = await run((net) => new Server(net, echo, { deflate }));
    const ws = new WebSocket(running.url, { perMessageDeflate: offers });
    await once(ws, 'open');
    expect(ws.extensions).toBe('');
    for (const said of [...SAID, Buffer.alloc(70_000, 7)]) {
      ws.send(said);
      const [data, isBinary] = await once(ws, 'message');
      expect(Buffer.from(said as string).equals(data as Buffer)).toBe(true);
      expect(isBinary).toBe(typeof said !== 'string');
    }
    ws.close(4000, 'bye');
    expect((await once(ws, 'close'))[0]).toBe(4000);
  });

  test('gets no compression from a server that is not told to', async () => {
    running = await run((net) => new Server(net, echo));
    const ws = new WebSocket(running.url);
    await once(ws, 'open');
    expect(ws.extensions).toBe('');
    ws.close();
    await once(ws, 'close');
  });
});

describe('the room with deflate', () => {
  test('says the same to those who compress and those who do not', async () => {
    running = await runRoom({ deflate: nodeCompression });
    const sockets = [true, true, false].map(
      (perMessageDeflate) => new WebSocket(running?.url ?? '', { perMessageDeflate }),
    );
    const heard: string[][] = sockets.map(() => []);
    const all = sockets.map(
      (ws, i) =>
        new Promise<void>((resolve) => {
          ws.on('message', (data) => {
            heard[i]?.push(String(data));
            if (String(data).includes('"user"')) resolve();
          });
        }),
    );
    await Promise.all(sockets.map((ws) => once(ws, 'open')));
    sockets[0]?.send(JSON.stringify({ type: 'login', content: 'Ada' }));
    sockets[0]?.send(JSON.stringify({ type: 'user', content: 'la '.repeat(600) }));
    await Promise.all(all);
    expect(new Set(heard.map((texts) => texts.at(-1))).size).toBe(1);
    const last = running.events.flatMap((event) => (event.step === 'broadcast' ? [event] : []));
    const [plain, ...own] = last.slice(-3);
    expect(plain?.to).toHaveLength(1);
    expect(own.map(({ to, bytes }) => [to.length, bytes[0]])).toEqual([
      [1, 0xc1],
      [1, 0xc1],
    ]);
    for (const ws of sockets) ws.terminate();
  });
});

describe('ws as server', () => {
  test.each([
    [true],
    [{ threshold: 0, serverNoContextTakeover: true, clientNoContextTakeover: true }],
    [{ threshold: 0, clientMaxWindowBits: 8 }],
    [{ threshold: 0, serverMaxWindowBits: 10, clientMaxWindowBits: 10 }],
    [false],
  ])('with %j sends back what our client said', async (perMessageDeflate) => {
    const peer = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate });
    await once(peer, 'listening');
    peer.on('connection', (ws) => {
      ws.on('message', (data, isBinary) => ws.send(data, { binary: isBinary }));
    });
    const net = new NodeNet();
    const heard: string[] = [];
    const { port } = peer.address() as AddressInfo;
    const errors: string[] = [];
    const client = await WebSocketClient.connect(net, `ws://127.0.0.1:${port}`, {
      deflate: nodeCompression,
      onopen: () => {
        for (const text of SAID) client.send(text);
      },
      onmessage(message) {
        heard.push(message.text);
        if (heard.length === SAID.length) client.close();
      },
      onerror: (reason) => errors.push(reason),
    });
    await runLoop(net, client);
    net.closeAll();
    peer.close();
    expect(errors).toEqual([]);
    expect(heard.map((text, i) => text === SAID[i])).toEqual(SAID.map(() => true));
  });
});
