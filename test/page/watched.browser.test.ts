/** `loopscope watch --page`: a program that runs is seen on the page, while it runs. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, NO_CHROMIUM, openChromium } from '../support/chromium.js';
import { BIN } from '../support/command.js';
import { until } from '../support/patience.js';

const chromium = findChromium();
if (chromium === null) console.warn(`test/page/watched.browser.test.ts: ${NO_CHROMIUM}`);
const hasStrace = spawnSync('strace', ['-qq', 'true']).status === 0;

/** An echo that says its port, and ends when its client asks it to. */
const ECHO = `
  const { createServer } = require('node:net');
  const server = createServer((socket) => {
    socket.on('data', (data) => (String(data) === 'end' ? process.exit() : socket.write(data)));
  });
  server.listen(0, '127.0.0.1', () => console.log('port ' + server.address().port));
`;

let browser: Browser;
let folder = '';
const children: ChildProcess[] = [];
beforeAll(async () => {
  if (chromium === null) return;
  browser = (await openChromium()) as Browser;
  folder = mkdtempSync(join(tmpdir(), 'loopscope-watched-'));
  writeFileSync(join(folder, 'echo.cjs'), ECHO);
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(async () => {
  await browser?.close();
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(chromium === null || !hasStrace)('a program that is watched, on the page', () => {
  test('its steps come while it runs; at its end they stay, and the terminal says how it was', async () => {
    const args = ['watch', '--page-port', '0', '--', process.execPath, 'echo.cjs'];
    const child = spawn(process.execPath, [BIN, ...args], {
      cwd: folder,
      env: { ...process.env, NO_COLOR: '1' },
    });
    children.push(child);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    }
    const find = (pattern: RegExp): Promise<string> =>
      until(
        () => pattern.exec(said)?.[1],
        () => `no ${pattern} in: ${said}`,
      );
    const page = await browser.newPage();
    const seen: string[] = [];
    page.on('pageerror', ({ message }) => seen.push(message));
    await page.goto(await find(/(http:\S+)/));
    await page.getByText('runs. Its steps are shown').waitFor();
    expect(await page.locator('.strips').innerText()).not.toContain('socket_');
    expect(await page.locator('.live-chat').count()).toBe(0);

    const port = Number(await find(/says: port (\d+)/));
    const client = connect(port, '127.0.0.1', () => client.write('hello'));
    client.on('error', () => {});
    await page.locator('.narration').getByText('5 bytes').first().waitFor();
    await page.locator('.figures summary').click();
    await page
      .locator('.figures')
      .getByText(/epoll_p?wait/)
      .waitFor();

    client.write('end');
    await page.getByText('has ended, or is watched no more').waitFor();
    expect(await page.locator('.where b').innerText()).not.toContain('of 0');
    expect(await find(/(clients +1)\n/)).toContain('1');
    expect(seen).toEqual([]);
    await page.close();
  });

  test('a stepper without a terminal, and a file, are refused in a line', () => {
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [BIN, 'watch', ...args], { encoding: 'utf8' });
    expect(run('--step', '--', 'true')).toMatchObject({
      status: 2,
      stderr: 'loopscope: --step needs a terminal; --page needs none\n',
    });
    expect(run('--page', '--read', 'calls.txt')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('step calls.txt plays what strace wrote'),
    });
  });
});
