/** However `loopscope watch` ends, nothing of what it has started is left running. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startedWith } from '../../src/php/processes.js';
import { BIN } from '../support/command.js';
import { until } from '../support/patience.js';

/** An echo that says its port, and ends with its first client where it is told to. */
const ECHO = `
  const { createServer } = require('node:net');
  const server = createServer((socket) => {
    socket.on('error', () => {}).pipe(socket);
    if (process.argv[2] === 'once') socket.on('close', () => server.close());
  });
  server.listen(0, '127.0.0.1', () => console.log('port ' + server.address().port));
`;

/** Starts the echo in a session of its own, and ends. */
const FORKS_AWAY = `
  const { spawn } = require('node:child_process');
  spawn(process.execPath, [__dirname + '/echo.cjs'], { detached: true, stdio: 'inherit' }).unref();
`;

/** Hears no signal, and waits for nobody. */
const DEAF = `
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {});
  setInterval(() => {}, 1000);
  console.log('deaf');
`;

const noStrace = spawnSync('strace', ['-qq', 'true']).status !== 0;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'loopscope-left-'));
  for (const [name, text] of Object.entries({ echo: ECHO, away: FORKS_AWAY, deaf: DEAF })) {
    writeFileSync(join(folder, `${name}.cjs`), text);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let child: ChildProcess | null = null;
afterEach(() => {
  child?.kill('SIGKILL');
});

let runs = 0;

/** A run, whose processes are known by a mark in their environment. */
class Run {
  readonly #mark = `LOOPSCOPE_TEST=${process.pid}.${++runs}`;
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  #out = '';

  constructor(...command: string[]) {
    const [name = '', value = ''] = this.#mark.split('=');
    const env = { ...process.env, NO_COLOR: '1', [name]: value };
    this.#child = spawn(process.execPath, [BIN, 'watch', ...command], { cwd: folder, env });
    child = this.#child;
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#out += text;
      });
    }
    this.#ended = once(this.#child, 'close');
  }

  /** Waits for what it says. */
  async says(what: RegExp): Promise<RegExpExecArray> {
    return await until(
      () => {
        if (this.#child.exitCode !== null && !what.test(this.#out)) {
          throw new Error(`it ended, and said: ${this.#out}`);
        }
        return what.exec(this.#out) ?? undefined;
      },
      () => `${what} was not said, but: ${this.#out}`,
    );
  }

  /** A client comes, hears its echo, and leaves. */
  async serves(): Promise<void> {
    const [, port] = await this.says(/port (\d+)/);
    const client = connect(Number(port), '127.0.0.1').on('error', () => {});
    client.write('hello');
    await once(client, 'data');
    client.end();
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Who was started by it and runs. */
  left(): number[] {
    return startedWith(`${this.#mark}\0`).filter((pid) => pid !== this.#child.pid);
  }

  /** @returns its exit code, what it said, and who is left */
  async ends(): Promise<{ code: number | null; out: string; left: number[] }> {
    await this.#ended;
    return { code: this.#child.exitCode, out: this.#out, left: this.left() };
  }
}

const node = process.execPath;

describe.skipIf(noStrace)('watch leaves nothing running', () => {
  test('where the program ends by itself', async () => {
    const run = new Run('--', node, 'echo.cjs', 'once');
    await run.serves();
    expect(await run.ends()).toMatchObject({ code: 0, left: [] });
  });

  test('where the trace of a loop cannot be made, which one line says', async () => {
    const run = new Run('--trace', 'nowhere/echo.ndjson', '--', node, 'echo.cjs');
    const [, port] = await run.says(/port (\d+)/);
    connect(Number(port), '127.0.0.1').on('error', () => {});
    const { code, out, left } = await run.ends();
    expect(out.match(/^loopscope: .*$/gm)).toEqual([
      expect.stringContaining('nowhere/echo.ndjson'),
    ]);
    expect(out).not.toContain('    at ');
    expect([code, left]).toEqual([1, []]);
  });

  test('where the program is killed', async () => {
    const run = new Run('--', node, 'echo.cjs');
    await run.serves();
    await run.says(/disconnect/);
    const [, pid] = await run.says(/thread (\d+)/);
    process.kill(Number(pid), 'SIGKILL');
    expect(await run.ends()).toMatchObject({ left: [] });
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('at %s, while it is used', async (signal) => {
    const run = new Run('--', node, 'echo.cjs');
    await run.serves();
    await run.says(/disconnect/);
    expect(run.left().length).toBeGreaterThan(1); // strace and the server
    run.kill(signal);
    expect((await run.ends()).left).toEqual([]);
  });

  test('at Ctrl-C before anyone has come, and says who waits', async () => {
    const run = new Run('--', node, 'echo.cjs');
    await run.says(/port \d+/);
    run.kill('SIGINT');
    const { code, out, left } = await run.ends();
    expect(left).toEqual([]);
    expect(out).toMatch(/the program listens at 127\.0\.0\.1:\d+/);
    expect(code).toBe(0);
  });

  test('at Ctrl-C, where the program never listens and hears no signal', async () => {
    const run = new Run('--', node, 'deaf.cjs');
    await run.says(/says: deaf/);
    run.kill('SIGINT');
    const { code, out, left } = await run.ends();
    expect(left).toEqual([]);
    expect(out).toContain('No loop was seen');
    expect(code).toBe(1);
  });

  test('at Ctrl-C, where the program has forked away, and is watched there', async () => {
    const run = new Run('--', node, 'away.cjs');
    await run.serves();
    await run.says(/disconnect/);
    run.kill('SIGINT');
    const { out, left } = await run.ends();
    expect(left).toEqual([]);
    expect(out).toMatch(/clients +1\n/);
  });
});
