import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { asTyped, onFreePort } from '../../src/serve/free-port.js';
import { runIn } from '../support/command.js';
import { ask, EventReader } from '../support/events.js';
import { ServedRoom } from '../support/serve.js';

const rooms: ServedRoom[] = [];

afterEach(async () => {
  for (const room of rooms.splice(0)) await room.kill();
});

async function serve(...args: string[]): Promise<ServedRoom> {
  const room = await ServedRoom.open('--trace', 'off', ...args);
  rooms.push(room);
  return room;
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}

/** Whether something listens there. */
async function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

describe('loopscope serve and its page', () => {
  test('serves the page beside the room, which lets its pages in', async () => {
    const room = await serve();
    const { status, body } = await ask(portOf(room.page), '/');
    expect(status).toBe(200);
    expect(body).toContain('page.js');
    const about = JSON.parse((await ask(portOf(room.page), '/server.json')).body);
    expect(about).toEqual({ port: portOf(room.url), profile: 'rfc6455', live: false });
    const ws = new WebSocket(room.url, { origin: new URL(room.page).origin });
    await once(ws, 'open');
    ws.terminate();
    expect(room.err).toBe('');
  });

  test('--no-page serves none', async () => {
    const room = await serve('--no-page');
    expect(room.out).not.toContain('http:');
    expect(room.out).toContain('examples/client.html');
  });

  test("a page's port in use is one line and exit code 1", async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const ran = runIn('.', 'serve', '--port', '0', '--page-port', String(port));
    expect(ran).toMatchObject({
      status: 1,
      stdout: '',
      stderr: `loopscope: the page's port 127.0.0.1:${port} is taken: choose another with --page-port N, or serve no page with --no-page\n`,
    });
    taken.close();
  });

  test('a closed terminal ends it as Ctrl-C does: each client gets a Close with 1001', async () => {
    const room = await serve();
    const ws = new WebSocket(room.url);
    await once(ws, 'open');
    const closed = once(ws, 'close');
    expect(await room.stop('SIGHUP')).toBe(0);
    expect((await closed)[0]).toBe(1001);
  });

  test('who reads no further ends it as Ctrl-C does', async () => {
    const room = await ServedRoom.open();
    rooms.push(room);
    const ws = new WebSocket(room.url);
    await once(ws, 'open');
    const closed = once(ws, 'close');
    room.stopReading();
    ws.send('{}');
    expect((await closed)[0]).toBe(1001);
    expect(await room.exitCode()).toBe(0);
  });

  test('--step without a terminal: the page steps, and a client waits meanwhile', async () => {
    const room = await serve('--step');
    const port = portOf(room.page);
    const [, token = ''] = room.controls.split('token=');
    const reader = await EventReader.open(port);
    const headers = { Authorization: `Bearer ${token}` };
    const order = (command: string): Promise<{ status: number }> =>
      ask(port, '/control', { method: 'POST', headers }, command);
    expect((await order('{"do":"to","step":"accept"}')).status).toBe(204);
    const ws = new WebSocket(room.url);
    const opened = once(ws, 'open');
    await reader.until(({ steps }) => steps.at(-1)?.includes('"accept"') === true);
    expect(ws.readyState).toBe(WebSocket.CONNECTING);
    await order('{"do":"run"}');
    await opened;
    ws.terminate();
    reader.close();
  });

  test('Ctrl-C ends all while thirty pages watch and a client is in', async () => {
    const room = await serve('--step');
    const port = portOf(room.page);
    const [, token = ''] = room.controls.split('token=');
    const readers = await Promise.all(Array.from({ length: 30 }, () => EventReader.open(port)));
    const headers = { Authorization: `Bearer ${token}` };
    await ask(port, '/control', { method: 'POST', headers }, '{"do":"run"}');
    const ws = new WebSocket(room.url);
    await once(ws, 'open');
    const closed = once(ws, 'close');
    expect(await room.stop()).toBe(0);
    expect((await closed)[0]).toBe(1001);
    await Promise.all(readers.map((reader) => reader.drain()));
    for (const { told } of readers) expect(told.at(-1)?.event).toBe('end');
    expect(await isOpen(port)).toBe(false);
    expect(await isOpen(portOf(room.url))).toBe(false);
    expect(room.err).toBe('');
  });
});

describe('a port that nobody asked for', () => {
  const taken = Object.assign(new Error('taken'), { code: 'EADDRINUSE' });
  const openFrom =
    (free: number, tried: number[] = []) =>
    async (port: number): Promise<number> => {
      tried.push(port);
      if (port < free) throw taken;
      return port;
    };

  test('is the usual one, or the next that is free', async () => {
    expect(await onFreePort(undefined, 8000, openFrom(8000))).toBe(8000);
    expect(await onFreePort(undefined, 8000, openFrom(8003))).toBe(8003);
  });

  test('is looked for no further than twenty ports, and not for another trouble', async () => {
    const tried: number[] = [];
    await expect(onFreePort(undefined, 8000, openFrom(9000, tried))).rejects.toBe(taken);
    expect(tried).toHaveLength(20);
    const other = new Error('other');
    await expect(onFreePort(undefined, 8000, () => Promise.reject(other))).rejects.toBe(other);
  });

  test('one that was asked for is the only one', async () => {
    await expect(onFreePort(8000, 8000, openFrom(8001))).rejects.toBe(taken);
  });
});

describe('what to do about a port is said in the words of what was typed', () => {
  test.each([
    ['start', 'npm start -- --port N'],
    ['test', '--port N'],
  ])('npm %s', (script, words) => {
    vi.stubEnv('npm_lifecycle_event', script);
    expect(asTyped('--port N')).toBe(words);
    vi.unstubAllEnvs();
  });
});
