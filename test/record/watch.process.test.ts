/** `loopscope watch` on programs that know nothing of us. */

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readTrace } from '../../src/trace/ndjson.js';
import { BIN, runIn } from '../support/command.js';

/** An echo on Node's own loop, which says its port and ends when its client has left. */
const ECHO = `
  const { createServer } = require('node:net');
  const server = createServer((socket) => socket.pipe(socket).on('close', () => server.close()));
  server.listen(0, '127.0.0.1', () => console.log('port ' + server.address().port));
`;

const noStrace = spawnSync('strace', ['-qq', 'true']).status !== 0;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'loopscope-watch-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(noStrace)('a server of somebody’s', () => {
  test('is told while it runs and at its end, and its trace plays', async () => {
    const script = join(folder, 'echo.cjs');
    writeFileSync(script, ECHO);
    const child = spawn(
      process.execPath,
      [BIN, 'watch', '--trace', 'echo.ndjson', '--', process.execPath, script],
      { cwd: folder, env: { ...process.env, NO_COLOR: '1' } },
    );
    let out = '';
    let client: ReturnType<typeof connect> | null = null;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      const [, port] = /port (\d+)/.exec(out) ?? [];
      if (client !== null || port === undefined) return;
      client = connect(Number(port), '127.0.0.1', () => client?.write('hello'));
      client.on('data', () => client?.end());
    });
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect(out).toContain('fd');
    expect(status).toBe(0);
    expect(out).toMatch(/waits in +epoll_p?wait/);
    expect(out).toMatch(/clients +1\n/);
    expect(out).toContain('loopscope step echo.ndjson');
    const { events, error, maker } = readTrace(readFileSync(join(folder, 'echo.ndjson'), 'utf8'));
    expect(error).toBeNull();
    expect(maker).toMatchObject({ recorder: 'watch', clock: 'real' });
    const own = events.filter(
      ({ step }) => !['wake', 'other', 'again', 'setsockopt'].includes(step),
    );
    expect(own.map(({ step }) => step).filter((step) => step !== 'select')).toEqual([
      ...['socket', 'bind', 'listen', 'accept', 'recv', 'send', 'recv', 'disconnect'],
    ]);
  });

  test('is not started where its trace is there already: one line says so', () => {
    writeFileSync(join(folder, 'there.ndjson'), 'mine\n');
    const args = ['--trace', 'there.ndjson', '--', 'sh', '-c', 'echo > started'];
    const { status, stdout, stderr } = runIn(folder, 'watch', ...args);
    expect(stderr).toMatch(/^loopscope: .*there\.ndjson.*\n$/);
    expect([status, stdout]).toEqual([1, '']);
    expect(existsSync(join(folder, 'started'))).toBe(false);
    expect(readFileSync(join(folder, 'there.ndjson'), 'utf8')).toBe('mine\n');
  });

  test.each([
    [
      'that is not there',
      ['nosuch-program'],
      'cannot run nosuch-program: there is no such program here',
    ],
    [
      'that ends at once',
      ['sh', '-c', 'echo no; exit 3'],
      'sh ended with code 3 before it waited for anyone; it said: no',
    ],
    [
      'that says nothing',
      ['true'],
      'true ended with code 0 before it waited for anyone, without a word',
    ],
  ])('a program %s is told in one line', (_, command, said) => {
    const { status, stderr } = runIn(folder, 'watch', '--', ...command);
    expect(stderr).toBe(`loopscope: ${said}\n`);
    expect(status).toBe(1);
  });
});

describe.skipIf(noStrace)('the servers of examples/servers', () => {
  /** What does not depend on the machine: the call, how it accepts, and how it waits. */
  const KNOWN: Record<string, [call: RegExp, waits: number, accept: string]> = {
    'select.c': [/select/, 1, 'once'],
    'epoll.c': [/epoll/, 0.1, 'until-again'], // it reads on, so the next message may need no wait
    'select_chat.py': [/select/, 1, 'once'],
    'selectors_tutorial.py': [/epoll/, 1, 'once'],
    'selectors_chat.py': [/epoll/, 1, 'once'],
    'asyncio_chat.py': [/epoll/, 2, 'until-again'],
    'websockets_chat.py': [/epoll/, 2, 'until-again'],
    'stream_select.php': [/select/, 1, 'once'],
    'socket_select.php': [/select/, 1, 'once'],
    'io_select.rb': [/select/, 1, 'once'],
    'node_net.mjs': [/epoll/, 1, 'once'],
    'node_ws.mjs': [/epoll/, 1, 'once'],
    'redis-server': [/epoll/, 1, 'until-again'],
    'nginx.conf': [/epoll/, 1, 'once'],
  };

  test('are told apart by their figures, those that this machine can run', () => {
    const table = fileURLToPath(new URL('../../tools/watch-table.ts', import.meta.url));
    const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', table, '--chat'], {
      encoding: 'utf8',
    });
    const rows = [...stdout.matchAll(/^\| `(.*?)` \| (.*) \|$/gm)];
    const there = rows.map(([, name = '', cells = '']) => {
      const [call = '', , waits, , , accept] = cells.split(' | ');
      const [known, least, style] = KNOWN[name] ?? [/^$/, 0, ''];
      expect(call, name).toMatch(known);
      expect(Number(waits), name).toBeGreaterThanOrEqual(least);
      // a client that comes while a turn goes on is accepted in it
      if (style === 'until-again') expect(accept, name).toBe(style);
      return name;
    });
    expect(there).toContain('node_net.mjs');
    const missing = [...stderr.matchAll(/^(.*): there is no /gm)].map(([, name]) => name);
    expect([...there, ...missing].sort(), stderr).toEqual(Object.keys(KNOWN).sort());
  });
});

describe('a file of strace', () => {
  const lines = [
    '1 1800000000.0 socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3 <0.00001>',
    '1 1800000000.1 listen(3, 5) = 0 <0.00001>',
    '1 1800000000.2 select(4, [3], NULL, NULL, NULL) = 1 (in [3]) <0.5>',
    '1 1800000000.8 accept(3, {sa_family=AF_INET, sin_port=htons(50001), sin_addr=inet_addr("127.0.0.1")}, [16]) = 4 <0.00001>',
    '1 1800000000.9 select(5, [3 4], NULL, NULL, NULL) = 1 (in [4]) <0.1>',
    '1 1800000001.1 recvfrom(4, "hi", 2, 0, NULL, NULL) = 2 <0.00001>',
  ];

  test('is told on any system, as text and as JSON', () => {
    writeFileSync(join(folder, 'calls.txt'), `${lines.join('\n')}\n`);
    const text = runIn(folder, 'watch', '--read', 'calls.txt');
    expect(text.status).toBe(0);
    expect(text.stdout).toContain('select: 2 descriptors watched, 2 asked; readable: fd 4');
    expect(text.stdout).toContain('step 7: recv on fd 4 took all of its 2 bytes of room');
    const json = runIn(folder, 'watch', '--read', 'calls.txt', '--format', 'json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      ...{ program: 'calls.txt', unread: 0 },
      loops: [{ pid: 1, call: 'select', clients: 1, findings: [{ code: 'room-filled', seq: 6 }] }],
    });
  });

  test('in which nobody comes says who waits', () => {
    const wait = '1 1800000000.2 select(4, [3], NULL, NULL, NULL';
    const bind =
      '1 1800000000.05 bind(3, {sa_family=AF_INET, sin_port=htons(8080), sin_addr=inet_addr("127.0.0.1")}, 16) = 0';
    writeFileSync(join(folder, 'calls.txt'), `${[lines[0], bind, lines[1], wait].join('\n')}`);
    const { status, stdout, stderr } = runIn(folder, 'watch', '--read', 'calls.txt');
    expect(stdout).toBe(
      'Nobody has come: thread 1 waits in select, and the program listens at 127.0.0.1:8080.\n',
    );
    expect([status, stderr]).toEqual([0, '']);
  });

  test.each([
    ['that is not there', ['--read', 'nowhere.txt'], 1, 'cannot read nowhere.txt'],
    ['beside a command', ['--read', 'calls.txt', '--', 'true'], 2, 'name one thing to watch'],
    ['that is none', ['--read', 'other.txt'], 1, 'other.txt is nothing that strace wrote'],
    ['without a loop', ['--read', 'files.txt'], 1, 'No loop was seen.*1 line is no line of strace'],
  ])('%s gets one line', (_, args, status, said) => {
    writeFileSync(join(folder, 'other.txt'), 'hello\n');
    writeFileSync(join(folder, 'files.txt'), 'close(3) = 0\nhello\n');
    const ran = runIn(folder, 'watch', ...args);
    expect(ran.stdout).toBe('');
    expect(ran.stderr).toMatch(new RegExp(`^loopscope: ${said}.*\n$`));
    expect(ran.status).toBe(status);
  });
});
