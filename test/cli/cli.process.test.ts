import { type ChildProcess, type StdioOptions, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { readTrace } from '../../src/trace/ndjson.js';

const BIN = fileURLToPath(new URL('../../bin/loopscope.js', import.meta.url));
const children: ChildProcess[] = [];
const folders: string[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

/** A command that runs, and what it prints. */
class Run {
  out = '';
  err = '';
  readonly child: ChildProcess;
  readonly #exit: Promise<unknown[]>;
  #look: () => void = () => {};

  constructor(args: string[], command = [BIN]) {
    const env = { ...process.env, NO_COLOR: '1' };
    this.child = spawn(process.execPath, [...command, ...args], { env });
    children.push(this.child);
    this.#exit = once(this.child, 'close');
    this.child.stdout?.on('data', (text) => {
      this.out += text;
      this.#look();
    });
    this.child.stderr?.on('data', (text) => {
      this.err += text;
    });
  }

  async until(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.out);
      if (match !== null) return match;
      if (this.child.exitCode !== null) throw new Error(`it ended after: ${this.out}${this.err}`);
      await new Promise<void>((resolve) => {
        this.#look = resolve;
        this.child.once('close', resolve);
      });
    }
  }

  async exitCode(): Promise<number> {
    const [code] = await this.#exit;
    return code as number;
  }
}

async function serve(...args: string[]): Promise<{ run: Run; url: string }> {
  const run = new Run(['serve', '--port', '0', ...args]);
  const [, url = ''] = await run.until(/open on (ws:\S+)/);
  return { run, url };
}

/** A port that nobody listens on. */
async function freePort(): Promise<string> {
  const free = createServer().listen(0, '127.0.0.1');
  await once(free, 'listening');
  const { port } = free.address() as { port: number };
  free.close();
  await once(free, 'close');
  return String(port);
}

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'loopscope-'));
  folders.push(path);
  return path;
}

describe('the program', () => {
  /** Runs it to its end. @returns what it printed; a complaint fails the test */
  function print(args: readonly string[], env: NodeJS.ProcessEnv = {}): string {
    const { stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
      env: { ...process.env, NO_COLOR: '1', ...env },
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    return stdout;
  }

  test('says with --help what it is, and with --version which', () => {
    expect(print(['--help'])).toMatch(/^Usage: loopscope .*\n\n/);
    expect(print(['--version'])).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test('has with NO_COLOR no colours, and the same words', () => {
    const sim = ['sim', 'two-clients'];
    const plain = print(sim, { FORCE_COLOR: undefined });
    const coloured = print(sim, { NO_COLOR: undefined, FORCE_COLOR: '1' });
    expect(plain).not.toContain('\u001b');
    expect(coloured).toContain('\u001b[');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours are such
    expect(coloured.replace(/\u001b\[[\d;]*m/g, '')).toBe(plain);
  });
});

describe('loopscope serve', () => {
  test('tells the story of two clients, says 1001 at Ctrl-C, and exits with 0', async () => {
    const { run, url } = await serve();
    const ada = new Run(['chat', url, '--name', 'Ada']);
    await ada.until(/Ada is here/);
    const ws = new WebSocket(url);
    const heard: string[] = [];
    ws.on('message', (data) => heard.push(String(data)));
    await once(ws, 'open');
    const closed = once(ws, 'close');
    ada.child.stdin?.write('你好 👋\n');
    await run.until(/deal .*你好 👋.* → .*"from":"Ada"/);
    run.child.kill('SIGINT');
    expect((await closed)[0]).toBe(1001);
    expect(await run.exitCode()).toBe(0);
    expect(heard.at(-1)).toBe('{"type":"user","from":"Ada","content":"你好 👋"}');
    expect(await ada.exitCode()).toBe(1);
    expect(ada.err).toBe('loopscope: the connection ended with 1001: the server stops\n');
    expect(run.out).toMatch(/turn 1 +select .*\n +accept +fd 4 from/);
    expect(run.err).toBe('');
  });

  test('writes the steps to a file as NDJSON that reads back', async () => {
    const path = join(await folder(), 'chat.ndjson');
    const { run, url } = await serve('--trace', path);
    const ada = new Run(['chat', url, '--name', 'Ada']);
    await ada.until(/Ada is here/);
    ada.child.stdin?.end();
    expect(await ada.exitCode()).toBe(0);
    run.child.kill('SIGTERM');
    expect(await run.exitCode()).toBe(0);
    const { maker, events } = readTrace(await readFile(path, 'utf8'));
    expect(maker).toMatchObject({ profile: 'rfc6455', recorder: 'serve' });
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i));
    expect(events.slice(0, 4).map(({ step }) => step)).toEqual([
      'socket',
      'setsockopt',
      'bind',
      'listen',
    ]);
    expect(events.at(-1)).toMatchObject({ v: 1, step: 'select' });
    expect(run.out).not.toContain('select');
  });

  test('serves the mirror of the original too, which takes a Close frame for a short read', async () => {
    const { run, url } = await serve('--profile', 'original');
    const ada = new Run(['chat', url, '--name', '小明']);
    await ada.until(/小明 is here/);
    ada.child.stdin?.end();
    await run.until(/disconnect fd 4: fewer than 9 bytes/);
    expect(run.out).toContain('{"type":"login","content":"\\u5c0f\\u660e","user_list"');
    run.child.kill('SIGINT');
    expect(await run.exitCode()).toBe(0);
  });

  test('a port in use is one line and exit code 1, and an old trace is not lost', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const path = join(await folder(), 'old.ndjson');
    await writeFile(path, 'kept');
    const run = new Run(['serve', '--port', String(port), '--trace', path]);
    expect(await run.exitCode()).toBe(1);
    expect(run.err).toBe(
      `loopscope: bind EADDRINUSE: 127.0.0.1:${port} is taken: stop the other server or choose another port: --port N\n`,
    );
    expect(await readFile(path, 'utf8')).toBe('kept');
    taken.close();
  });

  test('a file that is there is not written over, unless that is asked for', async () => {
    const path = join(await folder(), 'mine.ndjson');
    await writeFile(path, 'kept');
    const run = new Run(['serve', '--port', '0', '--no-page', '--trace', path]);
    expect(await run.exitCode()).toBe(1);
    expect(run.err).toMatch(
      /^loopscope: cannot write the trace: .* is there already; .*--force.*\n$/,
    );
    expect(await readFile(path, 'utf8')).toBe('kept');
    const forced = await serve('--no-page', '--trace', path, '--force');
    forced.run.child.kill('SIGTERM');
    expect(await forced.run.exitCode()).toBe(0);
    expect(await readFile(path, 'utf8')).toMatch(/^\{"v":1,/);
  });

  test.skipIf(!existsSync('/dev/full'))('a full disk ends the trace and not the room', async () => {
    const { run, url } = await serve('--no-page', '--trace', '/dev/full');
    const ada = new Run(['chat', url, '--name', 'Ada']);
    await ada.until(/Ada is here/);
    ada.child.stdin?.write('hello\n');
    await ada.until(/Ada: hello/);
    ada.child.stdin?.end();
    expect(await ada.exitCode()).toBe(0);
    run.child.kill('SIGTERM');
    expect(await run.exitCode()).toBe(1);
    expect(run.err).toMatch(/^loopscope: \/dev\/full ends here: ENOSPC.*; the server goes on\n$/);
  });

  test('a trace file that cannot be written is one line and exit code 1', async () => {
    const run = new Run(['serve', '--port', '0', '--trace', join(await folder(), 'no', 'such')]);
    expect(await run.exitCode()).toBe(1);
    expect(run.err).toMatch(/^loopscope: cannot write the trace: ENOENT.*\n$/);
  });
});

describe.skipIf(!existsSync('/dev/full'))('an output that cannot be written', () => {
  test.each([
    ['--help'],
    ['sim', 'two-clients'],
    ['sim', 'two-clients', '--format', 'json'],
    ['step', 'two-clients'],
    ['lesson'],
  ])('is one line and exit code 1: loopscope %s', (...args) => {
    const full = openSync('/dev/full', 'w');
    const stdio: StdioOptions = ['ignore', full, 'pipe'];
    const run = spawnSync(process.execPath, [BIN, ...args], { stdio, encoding: 'utf8' });
    closeSync(full);
    expect(run.stderr).toMatch(/^loopscope: the output ends here: ENOSPC.*\n$/);
    expect(run.status).toBe(1);
  });

  test.each([
    [['serve', '--no-page'], /^loopscope: the story ends here: ENOSPC.*; the server goes on\n$/],
    [['tap'], /^loopscope: the frames end here: ENOSPC.*; the tap goes on\n$/],
  ])('ends the story of %j and not what it tells of', async ([command = '', ...more], says) => {
    const [room, port] = [await serve('--no-page'), await freePort()];
    const where = command === 'tap' ? [port, room.url.replace('ws://', '')] : ['--port', port];
    const full = openSync('/dev/full', 'w');
    const child = spawn(process.execPath, [BIN, command, ...where, ...more], {
      stdio: ['ignore', full, 'pipe'],
    });
    closeSync(full);
    children.push(child);
    const ended = once(child, 'close');
    let err = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    // the banner could not be written: it is open
    await new Promise((resolve) => child.stderr?.once('data', resolve));
    const ada = new Run(['chat', `ws://127.0.0.1:${port}`, '--name', 'Ada']);
    ada.child.stdin?.end('hello\n');
    expect(await ada.exitCode(), ada.err).toBe(0);
    expect(ada.out).toContain('Ada: hello');
    child.kill('SIGINT');
    expect((await ended)[0]).toBe(1);
    expect(err).toMatch(says);
  });
});

describe('a wrong call is one line and exit code 2', () => {
  test.each([
    [['serve', '--port', '99999'], 'A port is a whole number from 0 to 65535'],
    [['serve', '--port', '80x'], 'A port is a whole number from 0 to 65535'],
    [['serve', '--nope'], "unknown option '--nope'"],
    [['serv'], "unknown command 'serv'"],
    [['chat', 'http://127.0.0.1'], 'only ws: is spoken here'],
    [['chat', 'nonsense'], 'is no URL'],
    [['lesson', '99'], 'there is no lesson 99; there are 0'],
    [['lesson', 'x'], 'not the number of a lesson'],
  ])('loopscope %j', async (args, message) => {
    const run = new Run(args);
    expect(await run.exitCode()).toBe(2);
    expect(run.err).toContain(message);
    expect(run.err).toMatch(/^loopscope: /);
    expect(run.err).not.toMatch(/\n\s+at /);
  });
});

describe('loopscope chat', () => {
  test('a server that is not there is one line and exit code 1', async () => {
    const run = new Run(['chat', `ws://127.0.0.1:${await freePort()}`]);
    expect(await run.exitCode()).toBe(1);
    expect(run.err).toMatch(/^loopscope: connect ECONNREFUSED: .*\n$/);
  });

  test('a server that is no WebSocket server is one line and exit code 1', async () => {
    const other = createServer((socket) => {
      socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n');
    }).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const run = new Run(['chat', `ws://127.0.0.1:${port}`]);
    expect(await run.exitCode()).toBe(1);
    expect(run.err).toContain('the server answered: HTTP/1.1 404 Not Found');
    other.close();
  });

  test('what a pipe holds is said once the handshake is done, and then it leaves', async () => {
    const { run, url } = await serve();
    const ada = new Run(['chat', url, '--name', 'Ada']);
    ada.child.stdin?.end('hi\nno line feed behind this');
    expect(await ada.exitCode()).toBe(0);
    expect(ada.err).toBe('');
    expect(ada.out).toMatch(/Ada is here .*\nAda: hi\nAda: no line feed behind this\n$/);
    await run.until(/deal .*no line feed behind this/);
  });

  test.each(['hi\n', ''])('a failed handshake is told whatever a pipe holds: %j', async (piped) => {
    const other = createServer((socket) => {
      socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n');
    }).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const run = new Run(['chat', `ws://127.0.0.1:${port}`]);
    run.child.stdin?.end(piped);
    expect(await run.exitCode()).toBe(1);
    expect(run.err).toMatch(/^loopscope: .*the server answered: HTTP\/1.1 404 Not Found\n$/);
    other.close();
  });

  test('a person who is put out while leaving hears why', async () => {
    const { url } = await serve('--trace', 'off');
    const ada = new Run(['chat', url, '--name', 'Ada']);
    ada.child.stdin?.end('hi\n'.repeat(20_000));
    expect(await ada.exitCode()).toBe(1);
    expect(ada.err).toMatch(/^loopscope: the connection ended with 1008: .*\n$/);
  });

  test('what someone says does not reach the terminal as it is', async () => {
    const { url } = await serve('--trace', 'off');
    const ada = new Run(['chat', url, '--name', 'Ada']);
    await ada.until(/Ada is here/);
    ada.child.stdin?.write('hi\u001b[2J\n');
    await ada.until(/Ada: hi/);
    expect(ada.out).not.toContain('\u001b');
    expect(ada.out).toContain('Ada: hi\\u{1b}[2J');
  });
});

describe('examples/echo.ts', () => {
  test('echoes text and binary as they came, a message of 8 MiB too', async () => {
    const echo = fileURLToPath(new URL('../../examples/echo.ts', import.meta.url));
    const run = new Run(['--port', '0'], ['--import', 'tsx', echo]);
    const [, url = ''] = await run.until(/echo on (ws:\S+);/);
    const ws = new WebSocket(url);
    await once(ws, 'open');
    const big = Buffer.alloc(8 << 20, '你好');
    for (const message of ['小明', Buffer.from([0, 255]), big]) {
      ws.send(message);
      const [data, isBinary] = await once(ws, 'message');
      expect(isBinary).toBe(typeof message !== 'string');
      expect(Buffer.compare(data, Buffer.from(message))).toBe(0);
    }
    ws.close();
    await once(ws, 'close');
    run.child.kill('SIGINT');
    expect(await run.exitCode()).toBe(0);
  });

  test('a bad port is one line and exit code 2', async () => {
    const echo = fileURLToPath(new URL('../../examples/echo.ts', import.meta.url));
    const run = new Run(['--port', 'x'], ['--import', 'tsx', echo]);
    expect(await run.exitCode()).toBe(2);
    expect(run.err).toBe('echo: --port x: a port is a whole number from 0 to 65535\n');
  });
});

test.skipIf(process.platform === 'win32')(
  'output that nobody reads on ends a command quietly',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'loopscope-'));
    folders.push(folder);
    writeFileSync(join(folder, 'zeros'), new Uint8Array(65_536));
    const command = `'${process.execPath}' '${BIN}' inspect '${join(folder, 'zeros')}' | head -n 1`;
    const { status, stdout, stderr } = spawnSync('bash', ['-o', 'pipefail', '-c', command], {
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' }); // these bytes have problems
    expect(stdout).toMatch(/^Frame at byte 0/);
  },
);
