import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
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
      stderr: `loopscope: the page's port 127.0.0.1:${port} is taken: choose another with --page-port, or serve no page with --no-page\n`,
    });
    taken.close();
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
