import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import type { NetworkInterfaceInfo } from 'node:os';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import decodeQR from 'qr/decode.js';
import { afterEach, describe, expect, test } from 'vitest';
import { addressesFor, qrCode } from '../../src/serve/addresses.js';
import { isAllowed, Tickets } from '../../src/serve/control.js';
import { type StreamLimits, TraceStream } from '../../src/serve/event-stream.js';
import {
  hasPage,
  type Live,
  openPageServer,
  type PageLimits,
  type PageServer,
  type PageServerOptions,
} from '../../src/serve/page-server.js';
import { Gate } from '../../src/terminal/gate.js';
import type { TraceEvent } from '../../src/trace/event.js';
import { formatEvent } from '../../src/trace/ndjson.js';
import { ask, EventReader } from '../support/events.js';

const TOKEN = 'a-token-for-the-test';
const folders: string[] = [];
const servers: PageServer[] = [];
const readers: EventReader[] = [];

afterEach(async () => {
  for (const reader of readers.splice(0)) reader.close();
  for (const server of servers.splice(0)) await server.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A page of three files, and a file beside its folder that is nobody's business. */
function folder(): string {
  const outer = mkdtempSync(join(tmpdir(), 'loopscope-page-'));
  folders.push(outer);
  const inner = join(outer, 'page');
  mkdirSync(inner);
  writeFileSync(join(inner, 'index.html'), '<!doctype html><title>the page</title>');
  writeFileSync(join(inner, 'page.js'), '"use strict";');
  writeFileSync(join(outer, 'secret.txt'), 'secret');
  return inner;
}

async function open(
  live: Live | null = null,
  host = '127.0.0.1',
  more: Partial<PageServerOptions> = {},
): Promise<number> {
  const admission = { allowedOrigins: [], allowedHosts: [host] };
  const about = { roomPort: 8080, profile: 'rfc6455', folder: folder(), admission, ...more };
  const server = await openPageServer({ host, port: 0, live, ...about });
  servers.push(server);
  return server.port;
}

async function openLive(limits: Partial<StreamLimits> = {}): Promise<{ live: Live; port: number }> {
  const live = {
    stream: new TraceStream(limits),
    gate: new Gate(),
    token: TOKEN,
    tickets: new Tickets(),
  };
  return { live, port: await open(live) };
}

async function read(port: number, lastId = '', query = ''): Promise<EventReader> {
  const reader = await EventReader.open(port, lastId, query);
  readers.push(reader);
  return reader;
}

/** A step of a client, with so many bytes. */
function recv(seq: number, length = 4): TraceEvent {
  return { v: 1, seq, turn: 1, t: seq, step: 'recv', fd: 4, bytes: new Uint8Array(length) };
}

function select(seq: number): TraceEvent {
  const none = { read: [3], write: [], readyRead: [], readyWrite: [], scanned: 1 };
  return { v: 1, seq, turn: 1, t: seq, step: 'select', ...none };
}

describe('the files of the page', () => {
  test('come with headers that forbid scripts of others, frames and guesses', async () => {
    const port = await open();
    const { status, headers, body } = await ask(port, '/');
    expect(status).toBe(200);
    expect(body).toContain('the page');
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self';");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-type': 'text/html;charset=utf-8',
    });
    expect((await ask(port, '/page.js')).headers['content-type']).toBe('text/javascript');
  });

  test.each(['/../secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '//secret.txt', '/%00'])(
    'end at the folder: %s is not there',
    async (path) => {
      const port = await open();
      expect(await ask(port, path)).toMatchObject({ status: 404, body: '' });
    },
  );

  test('are given whole, whatever range is asked for', async () => {
    const port = await open();
    const answer = await ask(port, '/page.js', { headers: { Range: 'bytes=5-2' } });
    expect(answer).toMatchObject({ status: 200, body: '"use strict";' });
  });

  test('are missed where the page was not built', () => {
    const built = folder();
    expect(hasPage(built)).toBe(true);
    expect(hasPage(join(built, 'elsewhere'))).toBe(false);
  });

  test('are only read', async () => {
    const port = await open();
    for (const method of ['POST', 'PUT', 'DELETE']) {
      expect(await ask(port, '/', { method })).toMatchObject({ status: 405 });
    }
  });

  test('are joined by the sources that a watched program has named, and by no other file', async () => {
    const { live } = await openLive();
    const sourceOf = (file: string) => (file === '/srv/chat.c' ? 'int main;' : null);
    const port = await open({ ...live, sourceOf });
    const get = (file: string) => ask(port, `/source?file=${encodeURIComponent(file)}`);
    expect(await get('/srv/chat.c')).toMatchObject({ status: 200, body: 'int main;' });
    expect(await get('/etc/passwd')).toMatchObject({ status: 404, body: '' });
    expect(await ask(await open(live), '/source?file=/srv/chat.c')).toMatchObject({ status: 404 });
  });

  test('tell where the room is', async () => {
    const { body } = await ask(await open(), '/server.json');
    expect(JSON.parse(body)).toEqual({ port: 8080, profile: 'rfc6455', live: false });
  });

  test('a port in use is one line that names --page-port', async () => {
    const port = await open();
    const again = openPageServer({
      host: '127.0.0.1',
      port,
      roomPort: 1,
      admission: { allowedOrigins: [], allowedHosts: [] },
      profile: 'rfc6455',
      live: null,
    });
    await expect(again).rejects.toThrow(
      `the page's port 127.0.0.1:${port} is taken: choose another with --page-port N, or serve no page with --no-page`,
    );
  });
});

describe('the Host field, against a foreign name that was made to mean this machine', () => {
  test.each(['evil.example', 'evil.example:8000', '127.0.0.1.evil.example', ':80', 'a b'])(
    '%j is turned away',
    async (host) => {
      const port = await open();
      expect((await ask(port, '/', { headers: { Host: host } })).status).toBe(421);
    },
  );

  test.each(['127.0.0.1:8000', 'localhost', 'LOCALHOST:1', '192.168.1.5:8000', '[::1]:8000'])(
    '%j is served',
    async (host) => {
      const port = await open();
      expect((await ask(port, '/', { headers: { Host: host } })).status).toBe(200);
    },
  );

  test('a name of someone else is told the option that lets it in', async () => {
    const { body } = await ask(await open(), '/', { headers: { Host: 'class.example' } });
    expect(body).toContain('--allow-host class.example');
  });

  test('the name that was listened on is served', async () => {
    const port = await open(null, 'localhost');
    const headers = { Host: `localhost:${port}` };
    expect((await ask(port, '/', { host: 'localhost', headers })).status).toBe(200);
  });
});

describe('the steps, as Server-Sent Events', () => {
  test('thirty pages get every step in order, those who come late too', async () => {
    const { live, port } = await openLive();
    const events = Array.from({ length: 300 }, (_, i) => recv(i));
    const early = await Promise.all(Array.from({ length: 15 }, () => read(port)));
    for (const event of events.slice(0, 200)) live.stream.tell(event);
    await early[0]?.until(({ steps }) => steps.length === 200);
    const late = await Promise.all(Array.from({ length: 15 }, () => read(port)));
    for (const event of events.slice(200)) live.stream.tell(event);
    const all = [...early, ...late];
    await Promise.all(all.map((reader) => reader.until(({ steps }) => steps.length === 300)));
    for (const { steps } of all) expect(steps).toEqual(events.map(formatEvent));
  });

  test('a page that comes back gets what it missed, and nothing twice', async () => {
    const { live, port } = await openLive();
    for (let i = 0; i < 10; i++) live.stream.tell(recv(i));
    const before = await read(port);
    await before.until(({ steps }) => steps.length === 10);
    const lastId = before.told.filter(({ id }) => id !== '')[3]?.id;
    const after = await read(port, lastId);
    await after.until(({ steps }) => steps.length === 6);
    expect(JSON.parse(after.steps[0] ?? '')).toMatchObject({ seq: 4 });
    expect(JSON.parse(after.told[0]?.data ?? '')).toMatchObject({ from: 4 });
  });

  test.each(['other.3', '3', 'x', `${'9'.repeat(400)}`])(
    'an id of nobody (%s) gets all from the start',
    async (lastId) => {
      const { live, port } = await openLive();
      for (let i = 0; i < 5; i++) live.stream.tell(recv(i));
      const reader = await read(port, lastId);
      await reader.until(({ steps }) => steps.length === 5);
    },
  );

  test('only so much is kept; who comes late is told where it begins', async () => {
    const { live, port } = await openLive({ keptBytes: 2_000 });
    for (let i = 0; i < 100; i++) live.stream.tell(recv(i));
    const reader = await read(port);
    await reader.until(({ steps }) => steps.at(-1) === formatEvent(recv(99)));
    const { from } = JSON.parse(reader.told[0]?.data ?? '') as { from: number };
    expect(from).toBe(100 - reader.steps.length);
    expect(reader.steps[0]).toBe(formatEvent(recv(from)));
    expect(reader.text.length).toBeLessThan(2_500);
  });

  test('a page that takes nothing is cut off, and the others get every step', async () => {
    const { live, port } = await openLive({ keptBytes: 1 << 20, aheadBytes: 64 << 10 });
    const slow = await read(port);
    slow.pause();
    const quick = await read(port);
    // 300 times 128 KiB: far more than the kernel's buffers hold for the slow one
    for (let i = 0; i < 300; i++) {
      live.stream.tell(recv(i, 64 << 10));
      await quick.until(({ steps }) => steps.length === i + 1);
    }
    await quick.until(({ told }) => told.some(({ data }) => data === '{"readers":1}'));
    await slow.drain();
    expect(slow.steps.length).toBeLessThan(300);
    expect(slow.told.at(-1)?.event).not.toBe('end');
  });

  test('so many pages and no more; one that leaves makes room', async () => {
    const { port } = await openLive({ readers: 2 });
    const first = await read(port);
    const second = await read(port);
    await expect(read(port)).rejects.toThrow('refused with 503');
    first.close();
    await second.until(({ told }) => told.at(-1)?.data === '{"readers":1}');
    await read(port);
  });

  test('the end is said, and the connection ends', async () => {
    const { live, port } = await openLive();
    const reader = await read(port);
    live.stream.tell(recv(0));
    await servers.pop()?.close();
    await reader.drain();
    expect(reader.steps).toEqual([formatEvent(recv(0))]);
    expect(reader.told.at(-1)?.event).toBe('end');
  });

  test('of readers that end, one that goes first is no news to one that still takes', async () => {
    const { live, port } = await openLive({ aheadBytes: 16 << 20 });
    const [quick, slow] = [await read(port), await read(port)];
    slow.pause();
    for (let seq = 0; seq < 30; seq++) live.stream.tell(recv(seq, 100_000));
    await quick.until(({ steps }) => steps.length === 30);
    live.stream.end();
    await quick.drain();
    await slow.drain(); // a write behind the end would have thrown
    expect([quick, slow].map(({ told }) => told.at(-1)?.event)).toEqual(['end', 'end']);
  });

  test('a server that is not stepped through has neither steps nor controls', async () => {
    const port = await open();
    expect((await ask(port, '/events')).status).toBe(404);
    expect((await ask(port, '/control', { method: 'POST' })).status).toBe(405);
  });
});

describe('the controls', () => {
  const holder = { method: 'POST', headers: { Authorization: `Bearer ${TOKEN}` } };

  test.each([
    undefined,
    '',
    TOKEN,
    'Bearer',
    'Bearer ',
    `Bearer ${TOKEN}x`,
    `Bearer ${TOKEN.slice(1)}`,
    `Basic ${TOKEN}`,
  ])('are not for who says %j', async (authorization) => {
    const { live, port } = await openLive();
    void live.gate.watch(recv(0));
    const headers = authorization === undefined ? {} : { Authorization: authorization };
    const { status } = await ask(port, '/control', { method: 'POST', headers }, '{"do":"next"}');
    expect(status).toBe(403);
    expect(live.gate.isHolding).toBe(true);
    expect(isAllowed(authorization, TOKEN)).toBe(false);
  });

  test('are given for a ticket, once, and for the last one alone', async () => {
    const { live, port } = await openLive();
    const give = (ticket: string) => {
      const headers = { Authorization: `Bearer ${ticket}` };
      return ask(port, '/control', { method: 'POST', headers });
    };
    const [first, last] = [
      live.tickets.make(performance.now()),
      live.tickets.make(performance.now()),
    ];
    expect((await give(first)).status).toBe(403);
    expect(await give(last)).toMatchObject({ status: 200, body: TOKEN });
    expect((await give(last)).status).toBe(403);
  });

  test('are not given for a ticket that is older than a minute', () => {
    const tickets = new Tickets();
    const ticket = tickets.make(0);
    expect(tickets.take(`Bearer ${ticket}`, 60_001)).toBe(false);
    expect(tickets.take(`Bearer ${ticket}`, 60_000)).toBe(true);
    expect(tickets.take('Bearer ', 60_000)).toBe(false);
  });

  test('let the server go on to its next step', async () => {
    const { live, port } = await openLive();
    const standing = live.gate.watch(recv(0));
    expect((await ask(port, '/control', holder, '{"do":"next"}')).status).toBe(204);
    await standing;
    expect(live.gate.watch(recv(1))).toBeInstanceOf(Promise);
  });

  test.each([
    ['{"do":"turn"}', 1],
    ['{"do":"to","step":"select"}', 1],
    ['{"do":"client","fd":4}', 2],
    ['{"do":"run"}', 4],
  ])('%s: the server stands still again at step %i', async (command, at) => {
    const { live, port } = await openLive();
    void live.gate.watch(recv(0));
    await ask(port, '/control', holder, command);
    const events = [{ ...recv(0), fd: 9 } as TraceEvent, select(1), recv(2), select(3)];
    const held = events.findIndex((event) => live.gate.watch(event) !== undefined);
    expect(held === -1 ? 4 : held).toBe(at);
  });

  test('stop a server that was let run', async () => {
    const { live, port } = await openLive();
    void live.gate.watch(recv(0));
    await ask(port, '/control', holder, '{"do":"run"}');
    expect(live.gate.watch(recv(1))).toBeUndefined();
    expect(live.gate.isFree).toBe(true);
    await ask(port, '/control', holder, '{"do":"stop"}');
    expect(live.gate.isFree).toBe(false);
    expect(live.gate.watch(recv(2))).toBeInstanceOf(Promise);
  });

  test.each([
    '',
    'null',
    '{}',
    '{"do":"quit"}',
    '{"do":"to","step":"nap"}',
    '{"do":"client"}',
    '7',
  ])('%j is no command', async (command) => {
    const { live, port } = await openLive();
    void live.gate.watch(recv(0));
    expect((await ask(port, '/control', holder, command)).status).toBe(400);
    expect(live.gate.isHolding).toBe(true);
  });

  test('a long command is not read, and GET is none', async () => {
    const { port } = await openLive();
    expect((await ask(port, '/control', holder, 'x'.repeat(5_000))).status).toBe(413);
    expect((await ask(port, '/control', { headers: holder.headers })).status).toBe(405);
  });

  test('the token is in nothing that a page is sent', async () => {
    const { live, port } = await openLive();
    void live.gate.watch(recv(0));
    live.stream.tell(recv(0));
    const reader = await read(port);
    await reader.until(({ steps }) => steps.length === 1);
    await ask(port, '/control', holder, '{"do":"next"}');
    const { headers, body } = await ask(port, '/server.json');
    expect(reader.text + body + JSON.stringify(headers)).not.toContain(TOKEN);
  });
});

describe('the addresses for others', () => {
  const info = (address: string, internal = false): NetworkInterfaceInfo => ({
    address,
    netmask: '255.255.255.0',
    family: 'IPv4',
    mac: '00:00:00:00:00:00',
    internal,
    cidr: null,
  });
  const interfaces = {
    lo: [info('127.0.0.1', true)],
    docker0: [info('172.17.0.1')],
    wlan0: [info('192.168.1.5')],
  };

  test('for every network: all, those within this machine last', () => {
    expect(addressesFor('0.0.0.0', interfaces)).toEqual(['192.168.1.5', '172.17.0.1']);
  });

  test('for one network: its own; for the loopback: none', () => {
    expect(addressesFor('192.168.1.5', interfaces)).toEqual(['192.168.1.5']);
    expect(addressesFor('127.0.0.1', interfaces)).toEqual([]);
    expect(addressesFor('localhost', interfaces)).toEqual([]);
  });

  test('a telephone reads the QR code', () => {
    const url = 'http://192.168.1.5:8000/#view=live';
    const lines = stripVTControlCharacters(qrCode(url)).trimEnd().split('\n');
    const rows = lines.flatMap((line) => {
      const blocks = [...line.slice(2)];
      return [blocks.map((b) => b === '▀' || b === '█'), blocks.map((b) => b === '▄' || b === '█')];
    });
    const scale = 8;
    const width = (rows[0]?.length ?? 0) * scale;
    const height = rows.length * scale;
    const data = new Uint8ClampedArray(width * height * 4).fill(255);
    for (let i = 0; i < width * height; i++) {
      const isDark = rows[Math.floor(i / width / scale)]?.[Math.floor((i % width) / scale)];
      if (isDark === true) data.fill(0, i * 4, i * 4 + 3);
    }
    expect(decodeQR({ width, height, data })).toBe(url);
  });
});

describe('what one student may take', () => {
  /** Where the next connections come from, as the server is told. */
  let from = '127.0.0.1';
  const sockets: Socket[] = [];

  afterEach(() => {
    from = '127.0.0.1';
    for (const socket of sockets.splice(0)) socket.destroy();
  });

  async function serve(
    limits: Partial<PageLimits>,
    streamLimits: Partial<StreamLimits> = {},
  ): Promise<{ live: Live; port: number }> {
    const live = {
      stream: new TraceStream(streamLimits),
      gate: new Gate(),
      token: TOKEN,
      tickets: new Tickets(),
    };
    const addresses = new WeakMap<object, string>();
    const addressOf = (connection: object): string => {
      const address = addresses.get(connection) ?? from;
      addresses.set(connection, address);
      return address;
    };
    return { live, port: await open(live, '127.0.0.1', { limits, addressOf }) };
  }

  /** A connection that says so much and no more. @returns what it gets until it is cut off */
  function silent(port: number, text = ''): Promise<string> {
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket);
    let got = '';
    socket.setEncoding('utf8').on('data', (more) => {
      got += more;
    });
    socket.on('error', () => {});
    if (text !== '') socket.write(text);
    return new Promise((resolve) => socket.once('close', () => resolve(got)));
  }

  test.each(['192.168.1.7', '127.0.0.1'])(
    'idle connections from %s give way, the oldest first',
    async (address) => {
      const { port } = await serve({ connections: 5, connectionsPerAddress: 5 });
      from = address;
      const idle = Array.from({ length: 8 }, () => silent(port));
      expect((await ask(port, '/')).status).toBe(200);
      await Promise.all(idle.slice(0, 4));
    },
  );

  test('an address that holds its share gets no more; the others, and this machine, get theirs', async () => {
    const { port } = await serve({ connections: 3, connectionsPerAddress: 2 });
    from = '192.168.1.7';
    await read(port);
    await read(port);
    await expect(ask(port, '/')).rejects.toThrow();
    from = '192.168.1.8';
    await read(port);
    from = '192.168.1.9';
    await expect(ask(port, '/')).rejects.toThrow(); // all seats of the network are taken
    from = '127.0.0.1';
    for (let i = 0; i < 3; i++) await read(port);
    await expect(ask(port, '/')).rejects.toThrow(); // as many are for this machine
  });

  test('one that left makes room', async () => {
    const { port } = await serve({ connectionsPerAddress: 1 });
    from = '192.168.1.7';
    const reader = await read(port);
    await expect(ask(port, '/')).rejects.toThrow();
    reader.close();
    let status = 0; // the server hears of it in its own time
    while (status !== 200) ({ status } = await ask(port, '/').catch(() => ({ status: 0 })));
  });

  test('so many readers of steps from one address; whoever has the token gets in', async () => {
    const { port } = await serve({}, { readers: 3, readersPerAddress: 2 });
    const [holder, liar] = [TOKEN, 'x'].map((token) => `?token=${token}`);
    from = '192.168.1.7';
    await read(port);
    await read(port);
    await expect(read(port)).rejects.toThrow('refused with 503');
    await read(port, '', holder);
    from = '192.168.1.8';
    await read(port);
    await expect(read(port)).rejects.toThrow('refused with 503');
    await expect(read(port, '', liar)).rejects.toThrow('refused with 503');
    await read(port, '', holder);
  });

  test('half a request is given little time', async () => {
    const { port } = await serve({ headersTimeoutMs: 25 });
    expect(await silent(port)).toContain('408');
    expect(await silent(port, 'GET / HTTP/1.1\r\nHost: local')).toContain('408');
  });

  test('a connection on which nothing moves ends, but for one that reads steps', async () => {
    const { live, port } = await serve({ idleTimeoutMs: 25 });
    const reader = await read(port);
    const fields = `Host: localhost\r\nAuthorization: Bearer ${TOKEN}\r\nContent-Length: 9`;
    await silent(port, `POST /control HTTP/1.1\r\n${fields}\r\n\r\n{"do`);
    live.stream.tell(recv(0));
    await reader.until(({ steps }) => steps.length === 1);
  });
});

describe('who closes', () => {
  test('a connection that is open and silent does not keep the server', async () => {
    const port = await open();
    const silent = connect(port, '127.0.0.1');
    await new Promise((resolve) => silent.once('connect', resolve));
    silent.on('error', () => {});
    await servers.pop()?.close();
    const again = createServer();
    await new Promise<void>((resolve, reject) => {
      again.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
    again.close();
    silent.destroy();
  });
});
