/**
 * A HAR that Chromium's own developer tools export, read by the inspector. The tools are a page that is
 * served where Chromium is debugged: it is opened beside the page that talks, and exports as its menu does.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { toHex } from '../../src/bytes.js';
import { inspect } from '../../src/inspect/inspect.js';
import { streamsInFile } from '../../src/inspect/streams.js';
import { utf8 } from '../support/bytes.js';
import { findChromium, NO_CHROMIUM } from '../support/chromium.js';

const HOST = '127.0.0.1';
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A page, and a server that says everything back, compressed. */
async function serveEcho(): Promise<number> {
  const server = createServer((_, answer) => answer.end('a page'));
  const echo = new WebSocketServer({ server, perMessageDeflate: { threshold: 0 } });
  echo.on('connection', (socket) => {
    socket.on('message', (data, binary) => socket.send(data, { binary }));
  });
  server.listen(0, HOST);
  await once(server, 'listening');
  cleanups.push(() => {
    for (const client of echo.clients) client.terminate();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A Chromium that can be debugged, and the address where it is. */
async function debugged(program: string): Promise<{ browser: Browser; address: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'loopscope-har-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const options = ['--headless=new', '--no-first-run', '--remote-debugging-port=0'];
  if (process.getuid?.() === 0) options.push('--no-sandbox');
  const place = ['--remote-allow-origins=*', `--user-data-dir=${folder}`, 'about:blank'];
  const child: ChildProcess = spawn(program, [...options, ...place], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true, // a group of its own, so that its children end with it: they write into the folder
  });
  const gone = once(child, 'exit');
  cleanups.push(async () => {
    process.kill(-(child.pid as number), 'SIGKILL');
    await gone;
  });
  let said = '';
  const address = await new Promise<string>((resolve) => {
    child.stderr?.on('data', (text) => {
      said += text;
      const [, found] = /DevTools listening on ws:\/\/([^/]+)\//.exec(said) ?? [];
      if (found !== undefined) resolve(found);
    });
  });
  const browser = await chromium.connectOverCDP(`http://${address}`);
  cleanups.push(() => browser.close());
  return { browser, address };
}

/** The developer tools of a page, once they see what it loads; null where this Chromium has none. */
async function toolsOf(page: Page, address: string): Promise<Page | null> {
  const session = await page.context().newCDPSession(page);
  const { targetInfo } = await session.send('Target.getTargetInfo');
  const tools = await page.context().newPage();
  const at = `${address}/devtools/page/${targetInfo.targetId}`;
  await tools.goto(`http://${address}/devtools/inspector.html?ws=${at}`);
  // as a text, since the runner rewrites an import of its own
  const load = (name: string) =>
    `import('http://${address}/devtools/models/${name}/${name}.js').then((its) => { ${name} = its; })`;
  const isThere = tools.evaluate(`Promise.all([${load('logs')}, ${load('har')}]).then(() => true)`);
  if (!(await isThere.catch(() => false))) return null;
  await expect
    .poll(async () => {
      await page.evaluate(() => fetch('/seen'));
      return await seenBy(tools, '/seen');
    })
    .toBeGreaterThanOrEqual(0);
  return tools;
}

/** What the tools have of the modules that were loaded into them. */
interface Tools {
  logs: { NetworkLog: { NetworkLog: { instance(): { requests(): Seen[] } } } };
  har: { Log: { Log: { build(requests: Seen[], options: object): Promise<object> } } };
}
interface Seen {
  url(): string;
  frames(): unknown[];
}

/** Frames of the connection to a path that the tools have seen; -1 for none such. */
function seenBy(tools: Page, path: string): Promise<number> {
  return tools.evaluate((wanted) => {
    const { logs } = globalThis as unknown as Tools;
    const all = logs.NetworkLog.NetworkLog.instance().requests();
    return all.find((one) => one.url().endsWith(wanted))?.frames().length ?? -1;
  }, path);
}

const program = findChromium();
if (program === null) console.warn(NO_CHROMIUM);

describe.skipIf(program === null)('a HAR that Chromium exports', () => {
  test('has the handshake and each message, as they were said', async (context) => {
    const port = await serveEcho();
    const { browser, address } = await debugged(program as string);
    const page = browser.contexts()[0]?.pages()[0] as Page;
    await page.goto(`http://${HOST}:${port}/`);
    const tools = await toolsOf(page, address);
    if (tools === null) return context.skip('this Chromium has no developer tools of its own');
    await page.evaluate(
      (url) =>
        new Promise<void>((resolve) => {
          const socket = new WebSocket(url);
          let heard = 0;
          socket.onopen = () => {
            socket.send('hello');
            socket.send('héllo 小明');
            socket.send(new Uint8Array([0, 1, 2, 255]));
          };
          socket.onmessage = () => ++heard === 3 && resolve();
        }),
      `ws://${HOST}:${port}/chat?room=1`,
    );
    await expect.poll(() => seenBy(tools, '/chat?room=1')).toBe(6);
    const har = await tools.evaluate(async () => {
      const own = globalThis as unknown as Tools;
      const requests = own.logs.NetworkLog.NetworkLog.instance().requests();
      return JSON.stringify({ log: await own.har.Log.Log.build(requests, { sanitize: true }) });
    });
    const { streams } = streamsInFile(utf8(har));
    expect(streams).toHaveLength(1);
    const [{ name, note = '', bytes, options, messages = [] }] = streams as [(typeof streams)[0]];
    expect(name).toBe(`connection 0, ws://${HOST}:${port}/chat?room=1`);
    expect(note).not.toContain('lacks');
    const { handshakes } = inspect(bytes, options);
    expect(handshakes.map(({ acceptOk, problems }) => [acceptOk, problems])).toEqual([
      [null, []],
      [true, []],
    ]);
    const said = (direction: string) =>
      messages
        .filter((message) => message.direction === direction)
        .map(({ text, bytes: data }) => text ?? toHex(data));
    expect(said('client')).toEqual(['hello', 'héllo 小明', '000102ff']);
    expect(said('server')).toEqual(said('client'));
    const times = messages.map(({ time }) => time?.ns ?? 0n);
    expect(times.every((ns) => ns > 1_700_000_000_000_000_000n)).toBe(true);
  });
});
