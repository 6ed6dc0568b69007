import { readFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { configuration, has, Proxies, type RunningProxy } from '../support/proxies.js';
import { type Running, runRoom } from '../support/room.js';

const GUIDE = readFileSync(new URL('../../docs/behind-a-proxy.md', import.meta.url), 'utf8');
const ORIGIN = 'https://class.example';
const HEALTH = { method: 'GET', path: '/' };

const proxies = new Proxies();
const rooms: Running[] = [];

async function room(allowedHosts: readonly string[] = ['class.example']): Promise<Running> {
  const opened = await runRoom({ allowedHosts });
  rooms.push(opened);
  return opened;
}

afterEach(async () => {
  await proxies.end();
  for (const one of rooms.splice(0)) await one.stop();
});

/** What a browser would send and check: the name, the certificate and the page's origin. */
function named({ port, certificate }: RunningProxy): {
  host: string;
  port: number;
  servername: string;
  ca: string;
  headers: { Host: string };
} {
  const headers = { Host: 'class.example' };
  return { host: '127.0.0.1', port, servername: 'class.example', ca: certificate, headers };
}

/** Joins through the proxy and says one thing. @returns what the room says to it, up to its own words */
function talk(proxy: RunningProxy): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const url = `wss://127.0.0.1:${proxy.port}/room`;
    const ws = new WebSocket(url, { ...named(proxy), origin: ORIGIN });
    const heard: string[] = [];
    ws.on('open', () => ws.send('{"type":"login","content":"Ada"}'));
    ws.on('message', (data) => {
      heard.push(String(data));
      if (String(data).includes('"type":"login"')) ws.send('{"type":"user","content":"through"}');
      if (String(data).includes('"type":"user"')) ws.close(1000);
    });
    ws.on('close', () => resolve(heard));
    ws.on('error', reject);
  });
}

/** The status and the body of what a WebSocket, or a plain request, is answered with. */
function answerTo(
  proxy: RunningProxy,
  what: object = {},
): Promise<{ status: number; body: string }> {
  const handshake = {
    Origin: ORIGIN,
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
  };
  const { headers, ...place } = named(proxy);
  const fields = what === HEALTH ? headers : { ...headers, ...handshake };
  return new Promise((resolve, reject) => {
    const asked = httpsRequest({ ...place, ...what, headers: fields, agent: false });
    asked.on('response', (answer) => {
      let body = '';
      answer.on('data', (chunk) => {
        body += String(chunk);
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }));
    });
    asked.on('upgrade', (answer, socket) => {
      socket.destroy();
      resolve({ status: answer.statusCode ?? 0, body: '' });
    });
    asked.on('error', reject);
    asked.end();
  });
}

const hasNginx = has('nginx') && has('openssl');
if (!hasNginx) console.warn('nginx or openssl is missing: its configuration is not run');

describe.skipIf(!hasNginx)('the configuration of nginx', () => {
  const config = configuration('nginx');

  test('carries a WebSocket with wss:', async () => {
    const { port } = await room();
    const proxy = await proxies.nginx(config, port);
    expect((await talk(proxy)).at(-1)).toContain('"content":"through"');
  });

  test('answers who looks whether the room is alive', async () => {
    const { port } = await room();
    const proxy = await proxies.nginx(config, port);
    const { status, body } = await answerTo(proxy, HEALTH);
    expect([status, body]).toEqual([200, expect.stringMatching(/^this is a WebSocket server\./)]);
  });

  const lines: [string, RegExp, number, string][] = [
    ['Upgrade', /proxy_set_header Upgrade.*/, 426, 'Upgrade: websocket is missing from'],
    ['Connection', /proxy_set_header Connection.*/, 400, 'the Connection field lacks Upgrade'],
    ['its HTTP/1.1', /proxy_http_version.*/, 426, 'HTTP/1.0 cannot upgrade'],
    [
      'Host',
      /proxy_set_header Host.*/,
      403,
      `pages of ${ORIGIN} may connect only with --allow-origin ${ORIGIN}`,
    ],
  ];
  test.each(lines)('without %s is told what is missing', async (_, line, status, says) => {
    expect(config).toMatch(line);
    expect(GUIDE).toContain(`| ${status} \`${says.replace(/ from$/, '')}`);
    const { port } = await room();
    const proxy = await proxies.nginx(config.replace(line, ''), port);
    const answer = await answerTo(proxy);
    expect(answer.status).toBe(status);
    expect(answer.body).toContain(says);
    expect(answer.body).toContain('a proxy in between, if there is one, has to ');
  });

  test('with a field of its own in sight, the sentence names that field', async () => {
    const { port } = await room();
    const field = 'proxy_set_header X-Forwarded-For $remote_addr;';
    const proxy = await proxies.nginx(config.replace(/proxy_set_header Upgrade.*/, field), port);
    const { status, body } = await answerTo(proxy);
    expect(status).toBe(426);
    expect(body).toContain('; the proxy that sent X-Forwarded-For has to pass Upgrade');
  });

  test('a room that does not know the name says how it may be told', async () => {
    const says =
      'this server answers to the name class.example only with --allow-host class.example';
    expect(GUIDE).toContain(`| 403 \`${says}\` |`);
    const { port } = await room([]);
    const { status, body } = await answerTo(await proxies.nginx(config, port));
    expect([status, body]).toEqual([403, `${says}\n`]);
  });

  test('TLS to the room is told as what it is', async () => {
    const { port } = await room();
    const { events, until } = rooms[0] as Running;
    const proxy = await proxies.nginx(config.replace('http://', 'https://'), port);
    expect((await answerTo(proxy)).status).toBe(502);
    await until((event) => event.step === 'handshake');
    const told = events.filter((event) => event.step === 'handshake');
    expect(told).toMatchObject([
      { refused: { status: 400, reason: expect.stringContaining('it looks like TLS') } },
    ]);
  });
});

const hasHaproxy = has('haproxy') && has('openssl');
if (!hasHaproxy) console.warn('haproxy or openssl is missing: its configuration is not run');

describe.skipIf(!hasHaproxy)('the configuration of haproxy', () => {
  const config = configuration('haproxy');

  test('carries a WebSocket with wss:, and holds the room for alive', async () => {
    const { port, events, until } = await room();
    const proxy = await proxies.haproxy(config, port);
    // three checks that fail would take the room out
    const checks = () =>
      events.filter((one) => one.step === 'disconnect' && one.cause === 'answered');
    await until(() => checks().length >= 5);
    // where the machine stands still, checks time out and haproxy says 503 until some succeed again
    const talked = async (tries: number): Promise<string[]> => {
      try {
        return await talk(proxy);
      } catch (error) {
        if (tries === 0) throw error;
        const seen = checks().length;
        await until(() => checks().length >= seen + 5);
        return talked(tries - 1);
      }
    };
    expect((await talked(10)).at(-1)).toContain('"content":"through"');
    const refused = events.filter((one) => one.step === 'handshake' && 'refused' in one);
    expect(refused.every((one) => 'refused' in one && one.refused.status === 200)).toBe(true);
  });

  test('a room that is gone is answered for by haproxy', async () => {
    const { port, stop } = await room();
    await stop();
    rooms.pop();
    const proxy = await proxies.haproxy(config, port);
    expect((await answerTo(proxy)).status).toBe(503);
  });
});
