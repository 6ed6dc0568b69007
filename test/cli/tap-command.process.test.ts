import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer as createSecure } from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { readTrace } from '../../src/trace/ndjson.js';
import { hasOpenssl, makeCertificate } from '../support/certificate.js';

const BIN = fileURLToPath(new URL('../../bin/loopscope.js', import.meta.url));
const HOST = '127.0.0.1';
const env = { ...process.env, NO_COLOR: '1' };
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A tap as a process, from the moment at which it listens. */
async function tap(...args: string[]) {
  return tapIn({}, ...args);
}

/** The same with variables of its own. */
async function tapIn(own: NodeJS.ProcessEnv, ...args: string[]) {
  const all = { ...env, ...own };
  const child: ChildProcess = spawn(process.execPath, [BIN, 'tap', ...args], { env: all });
  cleanups.push(() => child.kill('SIGKILL'));
  const closed = once(child, 'close');
  let out = '';
  const opened = new Promise<string>((resolve) => {
    child.stdout?.on('data', (text) => {
      out += text;
      const [, url] = /open on (ws:\S+),/.exec(out) ?? [];
      if (url !== undefined) resolve(url);
    });
  });
  const url = await opened;
  return { child, url, closed, text: () => out };
}

/** A command to its end. */
function run(...args: string[]) {
  return spawnSync(process.execPath, [BIN, ...args], { env, encoding: 'utf8' });
}

async function echo(): Promise<number> {
  const server = new WebSocketServer({ port: 0, host: HOST });
  cleanups.push(() => server.close());
  await once(server, 'listening');
  server.on('connection', (socket) => {
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
  });
  return (server.address() as AddressInfo).port;
}

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'loopscope-'));
  cleanups.push(() => rm(path, { recursive: true }));
  return path;
}

describe('loopscope tap', () => {
  test('prints what passes, keeps a trace that inspect and step read, and ends with 0', async () => {
    const path = join(await folder(), 'tap.ndjson');
    const { child, url, closed, text } = await tap('0', `${HOST}:${await echo()}`, '--trace', path);
    const socket = new WebSocket(url, { perMessageDeflate: false });
    await once(socket, 'open');
    socket.send('你好 👋');
    await once(socket, 'message');
    const cut = once(
      socket.on('error', () => {}),
      'close',
    );
    child.kill('SIGINT');
    expect((await closed)[0]).toBe(0);
    expect((await cut)[0]).toBe(1006);
    expect(text()).toMatch(/client → text {3}fin {2}masked +11 bytes {2}你好 👋\n/);
    expect(text()).toMatch(/← server text {3}fin {2}unmasked +11 bytes {2}你好 👋\n/);
    expect(text()).toMatch(/\nStopping: every connection is cut\.\n$/);

    const { events, error } = readTrace(await readFile(path, 'utf8'));
    expect(error).toBeNull();
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i));
    expect(events.filter(({ step }) => step !== 'select').map(({ step }) => step)).toEqual([
      ...['socket', 'setsockopt', 'bind', 'listen', 'accept', 'recv'],
      ...['broadcast', 'send', 'handshake', 'recv', 'parse', 'broadcast', 'send'],
    ]);
    const inspected = run('inspect', path);
    expect(inspected.status).toBe(0);
    expect(inspected.stdout).toContain('from the client: text, masked, payload 11 bytes');
    expect(inspected.stdout).toContain('from the server: text, not masked, payload 11');
    const steps = run('step', path);
    expect(steps.status).toBe(0);
    expect(steps.stdout).toMatch(/parse +fd 4: text, the last frame, masked, payload 11 bytes/);
  });

  test('a port in use is one line and exit code 1', async () => {
    const taken = createServer().listen(0, HOST);
    cleanups.push(() => taken.close());
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const { status, stderr } = run('tap', String(port), `${HOST}:8080`);
    expect(status).toBe(1);
    expect(stderr).toBe(
      `loopscope: bind EADDRINUSE: ${HOST}:${port} is taken: stop the other server or choose another port\n`,
    );
  });

  test('a file that is there is not written over', async () => {
    const path = join(await folder(), 'mine.ndjson');
    await writeFile(path, 'kept');
    const { status, stderr } = run('tap', '0', `${HOST}:8080`, '--trace', path);
    expect([status, await readFile(path, 'utf8')]).toEqual([1, 'kept']);
    expect(stderr).toMatch(/^loopscope: cannot write the trace: .* is there already; .*--force/);
  });

  test.skipIf(!hasOpenssl)('a server of wss: is believed whose certificate is known', async () => {
    const made = makeCertificate(await folder(), 'localhost');
    const server = createSecure(made).listen(0, HOST);
    cleanups.push(() => server.close());
    await once(server, 'listening');
    new WebSocketServer({ server }).on('connection', (socket, { url, headers }) => {
      socket.close(4000, `${url} ${headers.host}`);
    });
    const { port } = server.address() as AddressInfo;
    const known = { NODE_EXTRA_CA_CERTS: made.certFile };
    const { child, url, closed, text } = await tapIn(
      known,
      '0',
      `wss://localhost:${port}/room?a=b`,
    );
    const [code, reason] = await once(new WebSocket(url), 'close');
    expect([code, String(reason)]).toEqual([4000, `/room?a=b localhost:${port}`]);
    child.kill('SIGINT');
    expect((await closed)[0]).toBe(0);
    expect(text()).toContain(`and passes on to wss://localhost:${port}/room?a=b\n`);
    expect(text()).toContain(`requests name localhost:${port} in Host and Origin`);
    expect(text()).toContain('4000 private use: /room?a=b');
  });

  test('a trace that is full ends, and the tap goes on', async () => {
    const path = join(await folder(), 'tap.ndjson');
    const to = `${HOST}:${await echo()}`;
    const { child, url, closed } = await tap('0', to, '--trace', path, '--trace-limit', '1');
    const socket = new WebSocket(url, { perMessageDeflate: false });
    await once(socket, 'open');
    for (let i = 0; i < 3; i++) {
      socket.send('x'.repeat(500_000));
      await once(socket, 'message');
    }
    socket.terminate();
    child.kill('SIGINT');
    expect((await closed)[0]).toBe(0);
    const { events, error } = readTrace(await readFile(path, 'utf8'));
    expect(error).toBeNull();
    expect(events.at(-1)).toMatchObject({ step: 'error', code: 'trace-full' });
  });

  test('a trace file that cannot be written is one line and exit code 1', async () => {
    const path = join(await folder(), 'no', 'such');
    const { status, stderr } = run('tap', '0', `${HOST}:8080`, '--trace', path);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^loopscope: cannot write the trace: ENOENT.*\n$/);
  });

  test.each([
    [['0'], "missing required argument 'server'"],
    [['99999', 'a:1'], 'A port is a whole number from 0 to 65535.'],
    [['0', 'localhost'], 'Give a host and a port from 1 to 65535, as 127.0.0.1:8080, or a URL'],
    [['0', 'localhost:0'], 'Give a host and a port from 1 to 65535'],
    [['0', 'localhost:65536'], 'Give a host and a port from 1 to 65535'],
    [['0', 'http://a:80'], 'Give a host and a port from 1 to 65535'],
    [['0', '::1:80'], 'Give a host and a port from 1 to 65535'],
    [['0', 'wss://'], "not a server: 'wss://'"],
    [['0', 'wss://me:secret@a'], 'or a URL of wss:, as wss://chat.example/room.'],
    [['0', 'a:80', '--insecure'], '--insecure is about the certificate of a server of wss:'],
  ])('a wrong call is one line and exit code 2: %j', (args, message) => {
    const { status, stderr } = run('tap', ...args);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^loopscope: .*\n$/);
  });

  test.each(['[::1]:8080', 'ws://127.0.0.1:8080', 'localhost:8080'])(
    'takes %s for a server, which need not be there',
    async (server) => {
      const { child, closed } = await tap('0', server);
      child.kill('SIGTERM');
      expect((await closed)[0]).toBe(0);
    },
  );
});
