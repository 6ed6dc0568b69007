/** `loopscope watch --attach` on a server that waits already. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { readTrace } from '../../src/trace/ndjson.js';
import { BIN } from '../support/command.js';
import { until } from '../support/patience.js';

const ECHO = `
  const { createServer } = require('node:net');
  const server = createServer((socket) => socket.pipe(socket));
  server.listen(0, '127.0.0.1', () => console.log('port ' + server.address().port));
`;

/** Whether a process of one's own may be attached to that one has not started under strace. */
function mayAttach(): boolean {
  if (spawnSync('strace', ['-qq', 'true']).status !== 0) return false;
  const scope = '/proc/sys/kernel/yama/ptrace_scope';
  return process.getuid?.() === 0 || !existsSync(scope) || /^0/.test(readFileSync(scope, 'utf8'));
}

const folder = mkdtempSync(join(tmpdir(), 'loopscope-attach-'));
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function start(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, args, {
    ...{ cwd: folder, env: { ...process.env, NO_COLOR: '1' } },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return child;
}

test.skipIf(!mayAttach())(
  'whom a server watches that waits already is known at its first wait, and it goes on alone',
  async () => {
    const server = start('-e', ECHO);
    const [said] = await once(server.stdout as NodeJS.ReadableStream, 'data');
    const port = Number(/\d+/.exec(String(said))?.[0]);
    const trace = join(folder, 'a.ndjson');
    const watch = start(BIN, 'watch', '--attach', `${server.pid}`, '--trace', trace);
    let out = '';
    watch.stdout?.on('data', (text) => {
      out += text;
    });
    const status = () => readFileSync(`/proc/${server.pid}/status`, 'utf8');
    await until(
      () => (/^TracerPid:\t[1-9]/m.test(status()) && out.includes('Watching')) || undefined,
      () => `it is not watched; this was said: ${out}`,
    );
    const client = connect(port, '127.0.0.1', () => client.end('hello'));
    await once(client.resume(), 'close');
    await until(
      () => out.includes('disconnect') || undefined,
      () => `nobody has left: ${out}`,
    );
    watch.kill('SIGINT');
    await once(watch, 'close');
    expect(server.exitCode).toBeNull();
    const { events, maker } = readTrace(readFileSync(trace, 'utf8'));
    expect(maker).toMatchObject({ program: 'node' });
    const listener = events.find(({ step }) => step === 'listen');
    const bind = events.find(({ step }) => step === 'bind');
    expect(bind).toMatchObject({ host: '127.0.0.1', port });
    const wait = events.find(({ step }) => step === 'select');
    const fd = listener?.step === 'listen' ? listener.fd : -1;
    expect(wait).toMatchObject({ readyRead: [fd] });
    expect(wait?.step === 'select' && wait.read).toContain(fd);
    expect(wait).not.toHaveProperty('inferred');
  },
);
