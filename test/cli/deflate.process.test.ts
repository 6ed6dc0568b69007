import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';

const ROOT = new URL('../../', import.meta.url);
const SERVE = [fileURLToPath(new URL('bin/loopscope.js', ROOT)), 'serve', '--trace', 'off'];
const ECHO = ['--import', 'tsx', fileURLToPath(new URL('examples/echo.ts', ROOT))];

const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** Runs a server on a free port. @returns its address */
async function start(...args: string[]): Promise<string> {
  const child = spawn(process.execPath, [...args, '--port', '0'], {
    cwd: fileURLToPath(ROOT),
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  for await (const line of createInterface(child.stdout)) {
    const url = /ws:\/\/[\d.:]+/.exec(line)?.[0];
    if (url !== undefined) return url;
  }
  throw new Error('the server ended without an address');
}

/** Connects. @returns the socket, and what was agreed on */
async function connect(url: string): Promise<{ ws: WebSocket; agreed: string | undefined }> {
  const ws = new WebSocket(url, { maxPayload: 64 << 20 });
  const opened = once(ws, 'open');
  const [answer] = (await once(ws, 'upgrade')) as [IncomingMessage];
  await opened;
  return { ws, agreed: answer.headers['sec-websocket-extensions'] };
}

test.each([
  ['loopscope serve', SERVE],
  ['examples/echo.ts', ECHO],
])('%s agrees to compress with --deflate, and not without', async (_, command) => {
  for (const [args, expected] of [
    [[], undefined],
    [['--deflate'], 'permessage-deflate'],
  ] as const) {
    const { ws, agreed } = await connect(await start(...command, ...args));
    expect(agreed).toBe(expected);
    ws.terminate();
  }
});

test('examples/echo.ts --deflate sends 64 MiB back, and refuses one byte more with 1009', async () => {
  const { ws } = await connect(await start(...ECHO, '--deflate'));
  const most = Buffer.alloc(64 << 20, 'An echo. ');
  ws.send(most);
  const [data] = (await once(ws, 'message')) as [Buffer];
  expect(data.equals(most)).toBe(true);
  ws.send(Buffer.alloc((64 << 20) + 1));
  expect((await once(ws, 'close'))[0]).toBe(1009);
});

test('the original takes no --deflate', async () => {
  const child = spawn(process.execPath, [...SERVE, '--profile', 'original', '--deflate']);
  children.push(child);
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  expect((await once(child, 'close'))[0]).toBe(2);
  expect(said).toBe('loopscope: --deflate goes with the room; the original knows nothing of it\n');
});
