/**
 * Every program of examples/, run as a reader would run it: a process of its own, a free port, real
 * clients, and Ctrl-C at the end. (More about echo.ts is in test/cli.)
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { on, once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const NAMES = readdirSync(`${ROOT}/examples`).filter((name) => name.endsWith('.ts'));
const LISTENING = [
  '00-whole-server.ts',
  '01-chat-room.ts',
  '03-line-chat.ts',
  '05-ticker.ts',
  '08-server-of-parts.ts',
  'echo.ts',
];

/** Lines that come one by one. */
class Lines {
  readonly #lines: AsyncIterator<string>;

  constructor(stream: NodeJS.ReadableStream) {
    this.#lines = createInterface({ input: stream })[Symbol.asyncIterator]();
  }

  async next(): Promise<string> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error('no more lines come');
    return value;
  }

  /** All that are left. */
  async rest(): Promise<string[]> {
    const found: string[] = [];
    for (let one = await this.#lines.next(); !one.done; one = await this.#lines.next()) {
      found.push(one.value);
    }
    return found;
  }
}

/** A program that runs. */
class Program {
  readonly child: ChildProcess;
  readonly out: Lines;
  readonly #err: string[] = [];
  readonly #closed: Promise<unknown[]>;

  constructor(name: string, ...args: string[]) {
    this.child = spawn(process.execPath, ['--import', 'tsx', `examples/${name}`, ...args], {
      cwd: ROOT,
      env: { ...process.env, NO_COLOR: '1' },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    running.push(this.child);
    this.#closed = once(this.child, 'close');
    const { stdout, stderr } = this.child;
    if (stdout === null || stderr === null) throw new Error('no pipes');
    this.out = new Lines(stdout);
    stderr.setEncoding('utf8').on('data', (text: string) => this.#err.push(text));
  }

  /** Waits for its end. @returns the exit code, and what it said on standard error */
  async end(): Promise<{ code: unknown; err: string }> {
    const [code] = await this.#closed;
    return { code, err: this.#err.join('') };
  }

  /** Ends it as Ctrl-C does. Windows has no signals: there it is ended by force. */
  async stop(): Promise<void> {
    this.child.kill('SIGINT');
    const ended = await this.end();
    if (process.platform !== 'win32') expect(ended).toEqual({ code: 0, err: '' });
  }
}

const running: ChildProcess[] = [];

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

/** Starts a server on a free port. @returns the program, and the port that its first line tells */
async function serve(name: string, ...args: string[]): Promise<{ server: Program; port: number }> {
  const server = new Program(name, '--port', '0', ...args);
  const first = await server.out.next();
  return { server, port: Number(/127\.0\.0\.1:(\d+)/.exec(first)?.[1]) };
}

/** A browser's end: what comes, one by one. */
class Page {
  readonly socket: WebSocket;
  readonly #messages: AsyncIterator<[Buffer, boolean]>;

  constructor(port: number) {
    this.socket = new WebSocket(`ws://127.0.0.1:${port}`);
    this.#messages = on(this.socket, 'message') as AsyncIterator<[Buffer, boolean]>;
  }

  async next(): Promise<unknown> {
    const { value } = await this.#messages.next();
    return JSON.parse(String(value[0]));
  }

  say(type: string, content: unknown): void {
    this.socket.send(JSON.stringify({ type, content }));
  }
}

describe('00-whole-server.ts', () => {
  test('is a room that people join, talk in and leave', async () => {
    const { server, port } = await serve('00-whole-server.ts');
    const ada = new Page(port);
    expect(await ada.next()).toEqual({ type: 'handshake', content: 'done' });
    ada.say('login', 'Ada');
    expect(await ada.next()).toEqual({ type: 'login', content: 'Ada', user_list: ['Ada'] });
    const ming = new Page(port);
    expect(await ming.next()).toEqual({ type: 'handshake', content: 'done' });
    ming.say('login', '小明');
    for (const page of [ada, ming]) expect(await page.next()).toMatchObject({ content: '小明' });
    ada.say('user', '你好');
    for (const page of [ada, ming]) {
      expect(await page.next()).toEqual({ type: 'user', from: 'Ada', content: '你好' });
    }
    ming.socket.close();
    expect(await ada.next()).toEqual({ type: 'logout', content: '小明', user_list: ['Ada'] });
    ada.socket.terminate();
    await server.stop();
  });
});

describe('01-chat-room.ts', () => {
  test('greets, tells who comes and goes, and hands on what is said', async () => {
    const { server, port } = await serve('01-chat-room.ts');
    const ada = new Page(port);
    expect(await ada.next()).toEqual({ type: 'handshake', content: 'done' });
    ada.say('user', 'too early');
    expect(await ada.next()).toMatchObject({ type: 'system' });
    ada.socket.send(Buffer.from([0xff]), { binary: true });
    expect(await ada.next()).toMatchObject({ type: 'system' });
    ada.say('login', 'Ada');
    expect(await ada.next()).toEqual({ type: 'login', content: 'Ada', user_list: ['Ada'] });

    const ming = new Page(port);
    expect(await ming.next()).toEqual({ type: 'handshake', content: 'done' });
    ming.say('login', '小明');
    for (const page of [ada, ming]) {
      expect(await page.next()).toEqual({
        type: 'login',
        content: '小明',
        user_list: ['Ada', '小明'],
      });
    }
    ming.say('user', '你好');
    for (const page of [ada, ming]) {
      expect(await page.next()).toEqual({ type: 'user', from: '小明', content: '你好' });
    }
    ming.socket.terminate();
    expect(await ada.next()).toEqual({ type: 'logout', content: '小明', user_list: ['Ada'] });

    const closed = once(ada.socket, 'close');
    await server.stop();
    const [code] = await closed;
    if (process.platform !== 'win32') expect(code).toBe(1001);
  });

  test('has at most 60 lines of code', () => {
    const lines = readFileSync(`${ROOT}/examples/01-chat-room.ts`, 'utf8').split('\n');
    const code = lines.filter((line) => !/^\s*($|\/\/|\/?\*)/.test(line));
    expect(code.length).toBeLessThanOrEqual(60);
  });
});

describe('echo.ts', () => {
  test('sends a message back', async () => {
    const { server, port } = await serve('echo.ts');
    const page = new Page(port);
    await once(page.socket, 'open');
    page.socket.send('"你好"');
    expect(await page.next()).toBe('你好');
    await server.stop();
  });

  test('and one of 4 MiB in 65,537 frames too: it has no limit of frames', async () => {
    const { server, port } = await serve('echo.ts');
    const { socket } = new Page(port);
    await once(socket, 'open');
    const frames = 65_537;
    for (let i = 1; i <= frames; i++) socket.send(Buffer.alloc(64, i), { fin: i === frames });
    const [data] = (await once(socket, 'message')) as [Buffer];
    expect(data.length).toBe(64 * frames);
    expect(data.at(-1)).toBe(1);
    await server.stop();
  });
});

describe('03-line-chat.ts', () => {
  /** A terminal with netcat. */
  async function netcat(
    port: number,
  ): Promise<{ socket: ReturnType<typeof connect>; heard: Lines }> {
    const socket = connect({ host: '127.0.0.1', port });
    await once(socket, 'connect');
    return { socket, heard: new Lines(socket) };
  }

  test('puts lines together, tells who comes and goes, and harms no terminal', async () => {
    const { server, port } = await serve('03-line-chat.ts');
    const ada = await netcat(port);
    ada.socket.write('Ada\r\n');
    expect(await ada.heard.next()).toBe('* Ada is here');
    const bo = await netcat(port);
    bo.socket.write('Bo\n');
    for (const { heard } of [ada, bo]) expect(await heard.next()).toBe('* Bo is here');

    const cut = Buffer.from('小明\n');
    bo.socket.write(Buffer.concat([Buffer.from('one\ntwo\n\n'), cut.subarray(0, 4)]));
    for (const { heard } of [ada, bo]) {
      expect(await heard.next()).toBe('Bo: one');
      expect(await heard.next()).toBe('Bo: two');
    }
    bo.socket.write(cut.subarray(4));
    bo.socket.write('\u001b[2J\n');
    for (const { heard } of [ada, bo]) {
      expect(await heard.next()).toBe('Bo: 小明');
      expect(await heard.next()).toBe('Bo: \\u{1b}[2J');
    }
    bo.socket.resetAndDestroy();
    expect(await ada.heard.next()).toBe('* Bo left');
    await server.stop();
    expect(await ada.heard.rest()).toEqual([]);
  });

  test('puts out who writes a line without end, and nobody else', async () => {
    const { server, port } = await serve('03-line-chat.ts');
    const ada = await netcat(port);
    ada.socket.write('Ada\n');
    expect(await ada.heard.next()).toBe('* Ada is here');
    const bo = await netcat(port);
    bo.socket.on('error', () => {}).write('x'.repeat(10_000));
    expect(await bo.heard.rest()).toEqual([]);
    ada.socket.write('still here\n');
    expect(await ada.heard.next()).toBe('Ada: still here');
    await server.stop();
  });

  test('puts out who does not read, and goes on for the others', async () => {
    const { server, port } = await serve('03-line-chat.ts');
    const deaf = connect({ host: '127.0.0.1', port });
    await once(deaf, 'connect');
    const gone = once(
      deaf.on('error', () => {}),
      'close',
    );
    deaf.pause().write('Deaf\n');
    const ada = await netcat(port);
    ada.socket.write('Ada\n');
    expect(await ada.heard.next()).toMatch(/is here/);
    const line = 'x'.repeat(4_000);
    let heard = '';
    while (!heard.includes('Deaf left')) {
      ada.socket.write(`${line}\n`.repeat(50));
      for (let i = 0; i < 50 && !heard.includes('Deaf left'); i++) heard = await ada.heard.next();
    }
    deaf.resume();
    await gone;
    await server.stop();
  });
});

describe('04-room-with-faults.ts', () => {
  async function play(...args: string[]): Promise<string[]> {
    const program = new Program('04-room-with-faults.ts', ...args);
    const lines = await program.out.rest();
    expect(await program.end()).toEqual({ code: 0, err: '' });
    return lines;
  }

  test('cuts Cy off in the middle of a message, and is the same on every run', async () => {
    const [once, again] = await Promise.all([play(), play()]);
    expect(again).toEqual(once);
    const story = once.join('\n');
    expect(story).toMatch(/Cy {3}ends with 1006/);
    expect(story).toMatch(/Ada {2}hears {"type":"logout","content":"Cy"/);
    expect(story).not.toContain('about to be cut'); // half a message is none
    expect(story).toMatch(/Bo {3}hears .*"content":"I am, but I hear you late\."/);
    expect(once.at(-1)).toMatch(/0 sockets are left open/);
  });

  test('ends with every seed, and goes another way with another', async () => {
    const [seven, ...others] = await Promise.all(
      ['7', '8', '9', '123456789'].map((seed) => play('--seed', seed)),
    );
    for (const lines of others) {
      expect(lines).not.toEqual(seven);
      expect(lines.at(-1)).toMatch(/0 sockets are left open/);
    }
  });
});

describe('05-ticker.ts', () => {
  test('ticks for everyone who listens, in order', async () => {
    const { server, port } = await serve('05-ticker.ts', '--every', '20');
    const first = new Page(port);
    const { tick } = (await first.next()) as { tick: number };
    const second = new Page(port);
    const heard = (await second.next()) as { tick: number };
    expect(heard.tick).toBeGreaterThan(tick);
    expect(await second.next()).toMatchObject({ tick: heard.tick + 1, at: expect.any(String) });
    for (let next = tick + 1; next <= heard.tick; next++) {
      expect(await first.next()).toMatchObject({ tick: next });
    }
    await server.stop();
  });

  test('takes no time of nought', async () => {
    const { code, err } = await new Program('05-ticker.ts', '--every', '0').end();
    expect(code).toBe(2);
    expect(err).toBe('ticker: --every 0: give milliseconds, 1 or more\n');
  });
});

describe('06-client.ts', () => {
  test('sends lines, prints what comes, and ends with its input', async () => {
    const { server, port } = await serve('echo.ts');
    const client = new Program('06-client.ts', `ws://127.0.0.1:${port}`);
    expect(await client.out.next()).toBe(`connected to ws://127.0.0.1:${port}`);
    client.child.stdin?.write('你好\n\u001b[2J\n');
    expect(await client.out.next()).toBe('你好');
    expect(await client.out.next()).toBe('\\u{1b}[2J');
    client.child.stdin?.end();
    expect(await client.out.rest()).toEqual(['the connection ended with 1000']);
    expect(await client.end()).toEqual({ code: 0, err: '' });
    await server.stop();
  });

  test('ends when the server stops', async () => {
    const { server, port } = await serve('echo.ts');
    const client = new Program('06-client.ts', `ws://127.0.0.1:${port}`);
    await client.out.next();
    await server.stop();
    const [last = ''] = await client.out.rest();
    const { code } = await client.end();
    if (process.platform === 'win32') return;
    expect(last).toMatch(/^the connection ended with 1001/);
    expect(code).toBe(0);
  });

  test.skipIf(process.platform === 'win32')('ends by Ctrl-C', async () => {
    const { server, port } = await serve('echo.ts');
    const client = new Program('06-client.ts', `ws://127.0.0.1:${port}`);
    await client.out.next();
    await client.stop();
    await server.stop();
  });

  test('says in one line that nobody listens, and that a URL is none', async () => {
    const port = await closedPort();
    const refused = await new Program('06-client.ts', `ws://127.0.0.1:${port}`).end();
    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(/^client: connect ECONNREFUSED: .*\n$/);
    const wrong = await new Program('06-client.ts', 'foo').end();
    expect(wrong.code).toBe(2);
    expect(wrong.err).toMatch(/^client: foo is no URL.*\n$/);
  });
});

describe('07-thousand-clients.ts', () => {
  test('a thousand clients hear ten messages, a login and the greeting', async () => {
    const program = new Program('07-thousand-clients.ts');
    const lines = await program.out.rest();
    expect(await program.end()).toEqual({ code: 0, err: '' });
    const row = (name: string): string[] =>
      (lines.find((line) => line.startsWith(name)) ?? '').slice(14).trim().split(/\s+/);
    const [turns, scanned, sends] = row('10 messages');
    expect([turns, scanned, sends]).toEqual(['10', '10,010', '10,000']);
    expect(row('handshakes')[2]).toBe('1,000');
    expect(lines.at(-1)).toBe('1000 clients heard 12,000 messages');
  });

  test('says in one line what is no number', async () => {
    const { code, err } = await new Program('07-thousand-clients.ts', '--clients', '0').end();
    expect(code).toBe(2);
    expect(err).toBe('thousand-clients: --clients 0: give a whole number, 1 to 999999\n');
  });
});

describe('a program that listens', () => {
  test.each(LISTENING)('%s says in one line that the port is taken', async (name) => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const { code, err } = await new Program(name, '--port', `${port}`).end();
    taken.close();
    expect(code).toBe(1);
    expect(err).toMatch(/^[a-z-]+: bind EADDRINUSE: .* is taken: .*\n$/);
  });

  test.each(LISTENING)('%s says in one line what is no port, or no option', async (name) => {
    const wrong = [['--port', 'x'], ['--port', '65536'], ['--prt'], ['8080']];
    const ended = await Promise.all(wrong.map((args) => new Program(name, ...args).end()));
    for (const { code, err } of ended) {
      expect(code).toBe(2);
      expect(err).toMatch(/^[a-z-]+: [^\n]+\n$/);
    }
  });
});

describe('every example', () => {
  test.each(NAMES)('%s uses the package and Node, and nothing else', (name) => {
    const text = readFileSync(`${ROOT}/examples/${name}`, 'utf8');
    const imported = [...text.matchAll(/ from '([^']+)'|import\('([^']+)'\)/g)].map((m) => m[1]);
    expect(imported).not.toEqual([]);
    for (const from of imported) expect(from).toMatch(/^(loopscope|loopscope\/node|node:\w+)$/);
    expect(text).toContain(`npx tsx examples/${name}`);
  });

  test('is in the list', () => {
    for (const name of NAMES) {
      const list = name.endsWith('.zh.ts') ? 'README.zh.md' : 'README.md';
      expect(readFileSync(`${ROOT}/examples/${list}`, 'utf8')).toContain(`(${name})`);
    }
  });
});

/** A port at which nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}
