import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { joinBytes } from '../../src/bytes.js';
import { inspect } from '../../src/inspect/inspect.js';

/** Lets `ws` talk to itself, and keeps the bytes of both directions. */
async function conversation(perMessageDeflate: boolean | { threshold: number }) {
  const client: Uint8Array[] = [];
  const server: Uint8Array[] = [];
  const echo = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate });
  await once(echo, 'listening');
  echo.on('connection', (socket) => {
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
  });
  const between = createServer((near) => {
    const far = connect((echo.address() as AddressInfo).port, '127.0.0.1');
    near.on('data', (bytes: Buffer) => client.push(bytes)).pipe(far);
    far.on('data', (bytes: Buffer) => server.push(bytes)).pipe(near);
  }).listen(0, '127.0.0.1');
  await once(between, 'listening');
  const { port } = between.address() as AddressInfo;
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate });
  await once(socket, 'open');
  socket.send('héllo 😀');
  await once(socket, 'message');
  socket.send(new Uint8Array(70_000).fill(7), { compress: false });
  await once(socket, 'message');
  socket.close(4001, 'done');
  await once(socket, 'close');
  between.close();
  echo.close();
  return { client: joinBytes(client), server: joinBytes(server) };
}

describe('a conversation of ws', () => {
  test('is shown as ws has it, in both directions', async () => {
    const bytes = await conversation(false);
    const asked = inspect(bytes.client);
    const key = asked.handshakes[0]?.key ?? '';
    const answered = inspect(bytes.server, { key });
    expect(answered.handshakes[0]).toMatchObject({ acceptOk: true, problems: [] });
    for (const { handshakes, frames, rest } of [asked, answered]) {
      expect(rest).toBeNull();
      expect([...handshakes, ...frames].flatMap(({ problems }) => problems)).toEqual([]);
      expect(frames.map(({ header }) => header.opcodeName)).toEqual(['text', 'binary', 'close']);
      expect(frames[0]?.payload.text).toBe('héllo 😀');
      expect(frames[1]?.payload.hex).toBe('07'.repeat(70_000));
      expect(frames[2]?.payload.close).toEqual({
        code: 4001,
        name: 'private use',
        reason: 'done',
      });
    }
  });

  test('compressed messages are named as such', async () => {
    const bytes = await conversation({ threshold: 0 });
    const asked = inspect(bytes.client);
    const answered = inspect(bytes.server, { key: asked.handshakes[0]?.key ?? '' });
    for (const { frames } of [asked, answered]) {
      expect(frames.flatMap(({ problems }) => problems)).toEqual([]);
      expect(frames[0]?.spans[0]?.meaning).toContain('compressed by permessage-deflate');
    }
  });
});
