import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { KernelProbe, tcpOpponent } from '../../src/php/proc.js';
import { listenerPid } from '../../src/php/tcp-table.js';
import { until } from '../support/patience.js';

const isLinux = process.platform === 'linux';
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** A server in a process of its own: Node sleeps in epoll_wait, which counts as select. */
async function otherServer(program: string): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [line] = await once(child.stdout ?? child, 'data');
  return { child, port: Number(line) };
}

const ECHO = `require('node:net').createServer((s) => s.pipe(s))
  .listen(0, '127.0.0.1', function () { console.log(this.address().port); });`;

/** Asks until the answer is this one. */
async function untilIs(state: string, ask: () => unknown): Promise<void> {
  let answer: unknown;
  await until(
    async () => {
      answer = await ask();
      return answer === state ? true : undefined;
    },
    () => `still ${answer}, not ${state}`,
  );
}

describe.skipIf(!isLinux)('a server that runs already (needs /proc)', () => {
  test('is found by its port, and idle when it sleeps', async () => {
    const { child, port } = await otherServer(ECHO);
    expect(listenerPid(port)).toBe(child.pid);
    const opponent = tcpOpponent('127.0.0.1', port);
    expect(opponent.address).toEqual({ host: '127.0.0.1', port });
    await untilIs('idle', () => opponent.state([]));
  });

  test('is busy while it is stopped, and dead when it has ended', async () => {
    const { child, port } = await otherServer(ECHO);
    const probe = new KernelProbe(child.pid ?? 0, port);
    await untilIs('idle', () => probe.state([]));
    child.kill('SIGSTOP');
    await untilIs('busy', () => probe.state([]));
    child.kill('SIGCONT');
    await untilIs('idle', () => probe.state([]));
    child.kill('SIGKILL');
    await untilIs('dead', () => probe.state([]));
  });

  test('that does not sleep in select, but asks and naps, is idle after 150 ms of quiet', async () => {
    const napping = ECHO.replace(
      'console.log',
      'setInterval(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3), 0); console.log',
    );
    const { child, port } = await otherServer(napping);
    const probe = new KernelProbe(child.pid ?? 0, port);
    await untilIs('idle', () => probe.state([]));
  });

  test('is not ours to pause', () => {
    expect(() => tcpOpponent('127.0.0.1', 1).pause()).toThrow(
      '127.0.0.1:1 is not ours to stop: pausing takes a server of php:PATH',
    );
  });

  test('in our own process is never asleep while we look, and so is left to the clock', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    expect(listenerPid(port)).toBe(process.pid);
    const opponent = tcpOpponent('127.0.0.1', port);
    await untilIs('idle', () => opponent.state([]));
    server.close();
  });

  test('nobody is found where nobody listens, or only in another process group', async () => {
    const { port } = await otherServer(ECHO);
    expect(listenerPid(1)).toBeNull();
    expect(listenerPid(port, 1)).toBeNull();
  });
});
