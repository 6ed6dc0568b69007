import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, createServer, type IncomingMessage, request } from 'node:http';
import { createServer as createSecure } from 'node:https';
import { type AddressInfo, connect, createServer as createTcp, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTls, type TLSSocket } from 'node:tls';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { tlsOpener } from '../../src/net/node-tls.js';
import { someBytes } from '../support/bytes.js';
import { hasOpenssl, makeCertificate } from '../support/certificate.js';
import { until } from '../support/patience.js';
import { RunningTap } from '../support/tap.js';

const HOST = '127.0.0.1';
const folder = mkdtempSync(join(tmpdir(), 'loopscope-tls-'));
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function listen(server: Server): Promise<number> {
  server.listen(0, HOST);
  cleanups.push(() => server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A tap to a server of wss: on this machine. */
async function tapTo(port: number, { insecure = true, target = null as string | null } = {}) {
  const named = { host: `localhost:${port}`, target };
  const running = new RunningTap(
    { host: 'localhost', port, named },
    { openSocket: tlsOpener({ insecure }) },
  );
  cleanups.push(() => running.stop());
  await running.start();
  return running;
}

/** What is asked for. */
interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: Uint8Array;
}

/** Asks through the tap; with an agent, on the connection of the request before. */
async function ask(port: number, agent: Agent, { body, ...asked }: Asked) {
  const sent = request({ host: HOST, port, agent, ...asked });
  sent.end(body);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  const chunks: Uint8Array[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  return { status: answer.statusCode, body: Buffer.concat(chunks) };
}

/** An application that has a page, takes bodies, wants a password, and echoes by WebSocket. */
function serveAll(server: ReturnType<typeof createServer>): void {
  server.on('request', async (asked: IncomingMessage, answer) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of asked) chunks.push(chunk);
    const { host, origin, authorization } = asked.headers;
    if (asked.url === '/secret' && authorization === undefined) answer.writeHead(401);
    answer.write(`${asked.method} ${asked.url} ${host} ${origin}\n`); // so the body is in chunks
    answer.end(Buffer.concat(chunks));
  });
  const echo = new WebSocketServer({ server, perMessageDeflate: { threshold: 0 } });
  cleanups.push(() => {
    for (const client of echo.clients) client.terminate();
    echo.close();
  });
  echo.on('connection', (socket, { url, headers }) => {
    socket.send(`${url} ${headers.host} ${headers.origin}`);
    socket.on('message', (data, binary) => socket.send(data, { binary }));
  });
}

/** Plain requests on one connection, one of them turned away first; what each is answered. */
async function askAll(port: number): Promise<(string | number | undefined)[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  cleanups.push(() => agent.destroy());
  const headers = { Origin: 'http://127.0.0.1:8000' };
  const big = someBytes(300_000);
  const told: (string | number | undefined)[] = [];
  for (const asked of [
    { path: '/page', headers },
    { path: '/secret', headers },
    { path: '/secret', headers: { ...headers, Authorization: 'Basic eDp5' } },
    {
      method: 'POST',
      path: '/length',
      headers: { ...headers, 'Content-Length': '300000' },
      body: big,
    },
    {
      method: 'PUT',
      path: '/chunks',
      headers: { ...headers, 'Transfer-Encoding': 'chunked' },
      body: big,
    },
    { method: 'HEAD', path: '/head', headers }, // Node's client ends the connection behind it
  ]) {
    const { status, body } = await ask(port, agent, asked);
    const lineEnd = body.indexOf(0x0a);
    const rest = body.subarray(lineEnd + 1);
    const isWhole = rest.length === 0 || Buffer.compare(rest, big) === 0;
    told.push(`${status} ${body.subarray(0, lineEnd + 1)}${rest.length} ${isWhole}`);
  }
  return told;
}

const answered = (host: string, origin: string) => [
  `200 GET /page ${host} ${origin}\n0 true`,
  `401 GET /secret ${host} ${origin}\n0 true`,
  `200 GET /secret ${host} ${origin}\n0 true`,
  `200 POST /length ${host} ${origin}\n300000 true`,
  `200 PUT /chunks ${host} ${origin}\n300000 true`,
  '200 0 true',
];

describe('HTTP beside the WebSocket', () => {
  test('passes unharmed, several requests on a connection, and is told', async () => {
    const server = createServer();
    serveAll(server);
    const port = await listen(server);
    const running = new RunningTap({ host: HOST, port });
    cleanups.push(() => running.stop());
    await running.start();
    expect(await askAll(running.port)).toEqual(
      answered(`${HOST}:${running.port}`, 'http://127.0.0.1:8000'),
    );
    expect(running.told.filter(({ kind }) => kind === 'open')).toHaveLength(1);
    expect(running.text).toContain(
      'client → HTTP    POST /length HTTP/1.1, a body of 300000 bytes',
    );
    expect(running.text).toContain('client → HTTP    PUT /chunks HTTP/1.1, a body in chunks');
    expect(running.text).toContain('← server HTTP    HTTP/1.1 401 Unauthorized, a body in chunks');
  });
});

if (!hasOpenssl) console.warn('openssl is missing: no server of wss: is tapped');

describe.skipIf(!hasOpenssl)('a server of wss:', () => {
  const made = () => makeCertificate(folder, 'class.example');

  test('is tapped: HTTP and WebSocket, in plain text, under its own name', async () => {
    const server = createSecure(made());
    serveAll(server);
    const port = await listen(server);
    const running = await tapTo(port, { target: '/room?a=b' });
    const own = `localhost:${port} https://localhost:${port}`;
    const [host = '', origin = ''] = own.split(' ');
    expect(await askAll(running.port)).toEqual(answered(host, origin));

    const socket = new WebSocket(`ws://${HOST}:${running.port}`, { origin: 'http://a' });
    expect(String((await once(socket, 'message'))[0])).toBe(`/room?a=b ${own}`);
    for (const message of ['你好 👋', Buffer.from(someBytes(200_000))]) {
      socket.send(message);
      expect(Buffer.compare((await once(socket, 'message'))[0], Buffer.from(message))).toBe(0);
    }
    socket.close(4000, 'done');
    await once(socket, 'close');
    await running.until(() => running.events.at(-1)?.step === 'disconnect');
    expect(running.events.at(-1)).toMatchObject({ cause: 'close-frame' });
    expect(running.text).toContain('client → request GET /room?a=b HTTP/1.1');
    expect(running.text).toContain(', right for the key');
    expect(running.text).toContain('inflated, 11 bytes: 你好 👋');
    expect(running.text).toContain('4000 private use: done');
  });

  test('is asked for by name and for HTTP/1.1; FIN is passed on, and RST', async () => {
    const asked: unknown[] = [];
    const ends: string[] = [];
    const server = createTls({ ...made(), ALPNProtocols: ['h2', 'http/1.1'], allowHalfOpen: true });
    server.on('secureConnection', (socket: TLSSocket & { servername?: string }) => {
      asked.push([socket.servername, socket.alpnProtocol]);
      socket.on('error', ({ code }: NodeJS.ErrnoException) => ends.push(String(code)));
      socket.on('end', () => socket.end('heard you out'));
      socket.resume();
    });
    const running = await tapTo(await listen(server));
    const polite = connect({ port: running.port, host: HOST, allowHalfOpen: true });
    polite.end('x');
    expect(String((await once(polite, 'data'))[0])).toBe('heard you out');
    await running.ends(1);
    expect(asked).toEqual([['localhost', 'http/1.1']]);

    const rude = connect({ port: running.port, host: HOST });
    rude.write('x');
    await running.until(() => running.told.at(-1)?.kind === 'passing');
    rude.resetAndDestroy();
    await running.ends(2);
    expect(running.told).toContainEqual({ number: 2, kind: 'reset', from: 'client' });
    await until(
      () => ends[0],
      () => 'the server hears of no RST',
    );
    expect(ends).toEqual(['ECONNRESET']);
  });

  test.each([
    ['a certificate of its own', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'signed itself', true],
    ['no TLS', 'ERR_SSL_WRONG_VERSION_NUMBER', 'does not speak TLS', false],
    ['HTTP/2 alone', 'NO_APPLICATION_PROTOCOL', 'does not speak HTTP/1.1', false],
    ['a TLS of long ago', 'PROTOCOL_VERSION', 'agree on no TLS (tlsv1 alert protocol', false],
    ['nothing but FIN', 'ECONNRESET', 'hung up at once', false],
  ])('that has %s is a line, and RST for the client', async (what, code, words, isOfTrust) => {
    const servers: Record<string, () => Server> = {
      'a certificate of its own': () => createSecure(made()),
      'no TLS': () => createServer(),
      'HTTP/2 alone': () => createTls({ ...made(), ALPNProtocols: ['h2'] }),
      'a TLS of long ago': () =>
        createTls({ ...made(), maxVersion: 'TLSv1.1', minVersion: 'TLSv1' }),
      'nothing but FIN': () => createTcp((socket) => socket.on('error', () => {}).end()),
    };
    const port = await listen((servers[what] as () => Server)());
    const running = await tapTo(port, { insecure: !isOfTrust });
    const socket = connect({ port: running.port, host: HOST });
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNRESET');
    const refused = await running.until(() => running.told.find(({ kind }) => kind === 'refused'));
    expect(refused).toMatchObject({ reason: { code: expect.stringContaining(code) } });
    const said = running.text.replace(/\n +!? ?/g, ' ');
    expect(said).toContain(words);
    expect(said).toContain(`localhost:${port}`);
    expect(said.includes('--insecure passes on')).toBe(isOfTrust);
  });
});
