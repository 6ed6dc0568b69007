import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FdSet } from '../../src/net/net.js';
import { NodeNet } from '../../src/net/node.js';
import {
  findPhp,
  type Php,
  type PhpOptions,
  type PhpServer,
  startPhp,
} from '../../src/php/server.js';
import { play } from '../../src/scenario/play.js';
import { checkScenario } from '../../src/scenario/scenario.js';
import type { WireEvent } from '../../src/scenario/wire.js';
import { Failure } from '../../src/terminal/failure.js';
import { until } from '../support/patience.js';

const TWIN = fileURLToPath(new URL('../../examples/php/server.php', import.meta.url));
const real = await findPhp();
const isWindows = process.platform === 'win32';
const isLinux = process.platform === 'linux';
const noStrace = spawnSync('strace', ['-qq', 'true']).status !== 0;
const noPhp = real?.sockets !== true;
const noPhp8 = noPhp || (real?.versionId ?? 0) < 80_100;

let folder = '';
const servers: PhpServer[] = [];
const listeners: Server[] = [];
const nets: NodeNet[] = [];

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'loopscope-test-')));
  vi.stubEnv('TMPDIR', folder); // so that what is left behind is ours
});

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const net of nets.splice(0)) net.closeAll();
  for (const server of servers.splice(0)) await server.stop();
  for (const listener of listeners.splice(0)) listener.close();
  rmSync(folder, { recursive: true });
});

/** A program that says it is some PHP, and then does this instead of running a file. */
function fakePhp(body: string, says = 'PHP=8.2.1=80201=1'): string {
  const path = join(folder, 'php');
  const answer = `if [ "$1" = -r ]; then printf '\\n${says}'; exit; fi`;
  writeFileSync(path, `#!/bin/sh\n${answer}\n${body}\n`, { mode: 0o755 });
  return path;
}

function fake(body: string): Php {
  return { path: fakePhp(body), version: '8.2.1', versionId: 80_201, sockets: true };
}

function file(source: string, name = 'server.php'): string {
  const path = join(folder, name);
  writeFileSync(path, source);
  return path;
}

async function start(path: string, options?: PhpOptions): Promise<PhpServer> {
  const server = await startPhp(path, options);
  servers.push(server);
  return server;
}

/** What hinders it from starting. */
async function failureOf(path: string, options?: PhpOptions): Promise<Failure> {
  const failure = await start(path, options).catch((error) => error);
  expect(failure).toBeInstanceOf(Failure);
  expect(failure.exitCode).toBe(2);
  return failure;
}

/** A listening socket of this process, and its port. */
async function listening(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  listeners.push(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A port that is free now. */
async function freePort(): Promise<number> {
  const port = await listening();
  const server = listeners.pop();
  server?.close();
  if (server !== undefined) await once(server, 'close');
  return port;
}

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

/** Plays one step after the other with one client, A. */
async function playWith(server: PhpServer, ...steps: object[]): Promise<WireEvent[]> {
  const net = new NodeNet();
  nets.push(net);
  const actions = steps.map((step) => [step]);
  const scenario = checkScenario({ name: 'test', description: '', steps: actions });
  return play(scenario, net, server);
}

/** The temporary folders that are there. */
function leftovers(): string[] {
  return readdirSync(folder).filter((name) => name.startsWith('loopscope-php-'));
}

describe.skipIf(isWindows)('finding PHP (needs sh)', () => {
  test('asks the program that LOOPSCOPE_PHP names', async () => {
    const path = fakePhp('', 'PHP=8.3.4-1+deb=80304=0');
    vi.stubEnv('LOOPSCOPE_PHP', path);
    const expected = { path, version: '8.3.4-1+deb', versionId: 80_304, sockets: false };
    expect(await findPhp()).toEqual(expected);
  });

  test('is not led astray by what else it prints', async () => {
    vi.stubEnv('LOOPSCOPE_PHP', fakePhp('', 'Warning: no such module\\nPHP=8.1.0=80100=1'));
    expect(await findPhp()).toMatchObject({ version: '8.1.0', sockets: true });
  });

  test('finds none where none is', async () => {
    vi.stubEnv('LOOPSCOPE_PHP', '');
    vi.stubEnv('PATH', folder);
    expect(await findPhp()).toBeNull();
    const { message } = await failureOf(TWIN);
    expect(message).toBe('there is no PHP here: install php-cli, or name one in LOOPSCOPE_PHP');
  });

  test('refuses a LOOPSCOPE_PHP that is not there or is no PHP', async () => {
    vi.stubEnv('LOOPSCOPE_PHP', '/no/php');
    await expect(findPhp()).rejects.toThrow(
      'LOOPSCOPE_PHP is /no/php, but there is no such program',
    );
    const path = join(folder, 'php');
    writeFileSync(path, '#!/bin/sh\necho "what is that?" >&2\nexit 1\n', { mode: 0o755 });
    vi.stubEnv('LOOPSCOPE_PHP', path);
    await expect(findPhp()).rejects.toThrow('but it does not run: what is that?');
  });
});

describe.skipIf(isWindows)('what hinders a start (needs sh)', () => {
  test('PHP without its sockets extension', async () => {
    const php = { path: 'php', version: '8.2.1', versionId: 80_201, sockets: false };
    expect((await failureOf(TWIN, { php })).message).toBe(
      'PHP 8.2.1 (php) has no extension "sockets": switch it on in php.ini; php -m lists what there is',
    );
  });

  test('a file that is not there', async () => {
    const { message } = await failureOf(join(folder, 'no.php'), { php: fake('') });
    expect(message).toMatch(/^cannot read .*no\.php: ENOENT/);
  });

  test('PHP 8 and a copy that only PHP 7 compiles', async () => {
    const path = file('<?php\n$a = "abc";\necho $a{0};\n');
    expect((await failureOf(path, { php: fake('') })).message).toBe(
      `PHP 8 cannot run this copy (${path} line 3: $a{0}): add --php8 to run a temporary copy with the needed repairs`,
    );
  });

  test('the port that is written into a copy is taken', async () => {
    const port = await listening();
    const path = file(`<?php // new Room('127.0.0.1', 1)\nnew Room('127.0.0.1', "${port}");`);
    expect((await failureOf(path, { php: fake('') })).message).toBe(
      `port ${port} is taken: stop what listens there; a copy of the original has that port written into it`,
    );
  });

  test('PHP dies: its last words, on one line and without control characters', async () => {
    const php = fake(
      `printf 'so\\nFatal error:  Uncaught E\\033: no\\nStack trace:\\n#0\\n'; exit 255`,
    );
    expect((await failureOf(TWIN, { php })).message).toBe(
      'PHP 8.2.1 ended before it listened: Fatal error:  Uncaught E\\u{1b}: no',
    );
    expect((await failureOf(TWIN, { php: fake('exit 1') })).message).toMatch(/listened: no word$/);
  });

  test('PHP never listens', async () => {
    const php = fake('echo "Warning: hm"; exec sleep 600');
    expect((await failureOf(TWIN, { php, timeoutMs: 1_000 })).message).toBe(
      'PHP did not listen within 1 s; its last words: Warning: hm',
    );
  });

  test('strace is not there', async () => {
    vi.stubEnv('PATH', folder);
    expect((await failureOf(TWIN, { php: fake(''), strace: true })).message).toBe(
      'cannot run strace: there is no such program here',
    );
  });

  test('strace may not trace', async () => {
    const strace =
      '#!/bin/sh\necho "strace: ptrace(PTRACE_TRACEME): Operation not permitted"; exit 1';
    writeFileSync(join(folder, 'strace'), strace, { mode: 0o755 });
    vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
    expect((await failureOf(TWIN, { php: fake(''), strace: true })).message).toBe(
      'strace cannot run PHP here: ptrace(PTRACE_TRACEME): Operation not permitted; it needs the right to ptrace, which containers often lack',
    );
  });

  test('nothing is left of one that did not start', async () => {
    await failureOf(TWIN, { php: fake('sleep 600 & sleep 600'), timeoutMs: 300 });
    expect(leftovers()).toEqual([]);
  });
});

describe.skipIf(noPhp8)('the twin (needs PHP 8.1 with sockets)', () => {
  test('listens on a free port, answers, and is idle', async () => {
    const server = await start(TWIN);
    expect(server.address).toEqual({ host: '127.0.0.1', port: expect.any(Number) });
    expect(server.state([])).toBe('idle');
    const wire = await playWith(
      server,
      { do: 'connect', client: 'A' },
      { do: 'handshake', client: 'A' },
    );
    expect(wire).toEqual([
      { step: 1, client: 'A', hex: expect.stringMatching(/^485454502f312e31/) },
    ]);
  });

  test('tells its steps while it runs and after it was stopped', async () => {
    const server = await start(TWIN);
    await playWith(server, { do: 'connect', client: 'A' });
    const names = (await server.events()).map(({ step }) => step);
    expect(names.slice(0, 6)).toEqual([
      'socket',
      'setsockopt',
      'bind',
      'listen',
      'select',
      'accept',
    ]);
    await server.stop();
    expect((await server.events()).length).toBeGreaterThanOrEqual(names.length);
  });

  test('writes its trace where it is told to, which stays', async () => {
    const traceFile = join(folder, 'trace.ndjson');
    const server = await start(TWIN, { traceFile });
    await server.stop();
    expect(readFileSync(traceFile, 'utf8')).toMatch(/^\{"v":1,"seq":0,"turn":0/);
  });

  test('takes what piled up while it was paused in one turn', async () => {
    const server = await start(TWIN);
    const wire = await playWith(
      server,
      { do: 'connect', client: 'A' },
      { do: 'handshake', client: 'A' },
      { do: 'pause' },
      { do: 'text', client: 'A', text: '{}' },
      { do: 'text', client: 'A', text: '{}' },
      { do: 'resume' },
    );
    expect(wire.slice(1)).toEqual([{ step: 5, client: 'A', hex: '81025b5d' }]); // two frames, one recv
  });

  test('is stopped when it is paused, too, and leaves nothing behind', async () => {
    const server = await start(TWIN);
    const { port } = server.address;
    expect(leftovers()).not.toEqual([]);
    server.pause();
    await server.stop();
    await server.stop();
    expect(server.state([])).toBe('dead');
    expect(leftovers()).toEqual([]);
    await expect(new NodeNet().connect({ host: '127.0.0.1', port })).rejects.toThrow(
      'ECONNREFUSED',
    );
  });

  test('runs in a wrapper that does not hand over to it', async () => {
    const path = join(folder, 'wrapper');
    writeFileSync(path, `#!/bin/sh\n"${real?.path}" "$@"\nexit $?\n`, { mode: 0o755 });
    const server = await start(TWIN, { php: { ...(real as Php), path } });
    const wire = await playWith(
      server,
      { do: 'connect', client: 'A' },
      { do: 'pause' },
      { do: 'handshake', client: 'A' },
      { do: 'resume' },
    );
    expect(wire).toEqual([
      { step: 3, client: 'A', hex: expect.stringMatching(/^485454502f312e31/) },
    ]);
    await server.stop();
    expect(leftovers()).toEqual([]);
  });
});

/** A server of few lines; on a port of its own, and without a word, like the original. */
function small(port: number, onBytes: string): string {
  return `<?php
$s = socket_create(AF_INET, SOCK_STREAM, SOL_TCP);
socket_set_option($s, SOL_SOCKET, SO_REUSEADDR, 1);
class At { function __construct($host, $port) { global $s; socket_bind($s, $host, $port); socket_listen($s, 9); } }
new At('127.0.0.1', "${port}");
$all = [$s];
$accepted = 0;
while (true) {
  $read = $all; $write = $except = null;
  socket_select($read, $write, $except, null);
  foreach ($read as $one) {
    if ($one === $s) { $all[] = socket_accept($s); $accepted++; continue; }
    $text = socket_read($one, 2048);
    ${onBytes}
  }
}
`;
}

/** An echo server that binds as it is told to, and asks with such a time-out. */
function echo(address: string, timeOut = 'null', before = ''): string {
  return `<?php ${before}
$s = socket_create(AF_INET, SOCK_STREAM, SOL_TCP);
socket_set_option($s, SOL_SOCKET, SO_REUSEADDR, 1);
socket_bind($s, ${address});
socket_listen($s, 9);
$all = [$s];
while (true) {
  $read = $all; $write = $except = null;
  socket_select($read, $write, $except, ${timeOut});
  foreach ($read as $one) {
    if ($one === $s) { $all[] = socket_accept($s); continue; }
    socket_write($one, socket_read($one, 2048));
  }
}
`;
}

describe.skipIf(noPhp || !isLinux)(
  'a server that does not say where it listens (needs /proc)',
  () => {
    const hello = [
      { do: 'connect', client: 'A' },
      { do: 'send', client: 'A', hex: '6869' },
    ];
    const answered = [{ step: 1, client: 'A', hex: '6869' }];

    test.each([
      [
        'constants',
        'HOST, PORT',
        (port: number) => `const HOST = '127.0.0.1'; const PORT = ${port};`,
      ],
      [
        'an argument or else',
        "'0.0.0.0', (int) ($argv[1] ?? $port)",
        (port: number) => `$port = ${port};`,
      ],
      ['any free port', "'127.0.0.1', 0", () => ''],
    ])('is found by the socket that it owns: %s', async (_, address, before) => {
      const port = await freePort();
      const server = await start(file(echo(address, 'null', before(port))));
      expect(server.address.host).toBe('127.0.0.1');
      if (before(port) !== '') expect(server.address.port).toBe(port);
      expect(await playWith(server, ...hello)).toEqual(answered);
      expect(server.restless).toEqual({ wakeUps: 0, processorMs: 0 });
    });

    test('on several ports has to say which', async () => {
      const second = '$t = socket_create_listen(0);';
      const { message } = await failureOf(file(echo("'127.0.0.1', 0", 'null', second)));
      expect(message).toMatch(
        /server\.php listens on several ports \(\d+, \d+\): let it print "listening on HOST:PORT", as a line of its own$/,
      );
      const says = `${second} socket_getsockname($t, $h, $p); fwrite(STDOUT, "listening on $h:$p\n");`;
      const port = Number((await start(file(echo("'127.0.0.1', 0", 'null', says)))).address.port);
      expect(port).toBeGreaterThan(0);
    });

    test('whose port is taken is told so, before anybody plays with the random port it got', async () => {
      const port = await listening();
      const { message } = await failureOf(
        file(echo('HOST, PORT', 'null', `const HOST = '127.0.0.1'; const PORT = ${port};`)),
      );
      expect(message).toMatch(
        /the port that .*server\.php binds is taken: stop what listens there, or wait a minute/,
      );
    });

    test('and sets no SO_REUSEADDR is told to wait, where nobody listens any more', async () => {
      const port = await freePort();
      const path = file(echo(`'127.0.0.1', ${port}`).replace(/^socket_set_option.*$/m, ''));
      const server = await start(path);
      const a = new NodeNet();
      nets.push(a);
      const fd = await a.connect(server.address);
      a.send(fd, new Uint8Array(2));
      await a.select(new FdSet([fd]), new FdSet(), new FdSet());
      await server.stop();
      await a.select(new FdSet([fd]), new FdSet(), new FdSet());
      a.recv(fd, 2);
      a.close(fd);
      await untilIs('TIME_WAIT', async () => {
        const failure = await start(path).catch((error) => error);
        if (!(failure instanceof Failure)) await failure.stop();
        return /^nobody listens on port \d+, but the last run keeps it/.test(failure.message)
          ? 'TIME_WAIT'
          : failure.message;
      });
    });

    test('and does not wait is idle all the same, and its restlessness is counted', async () => {
      const naps = await start(file(echo("'127.0.0.1', 0", '0, 10'), 'naps.php'));
      expect(await playWith(naps, ...hello)).toEqual(answered);
      expect(naps.restless.wakeUps).toBeGreaterThan(100);
      await naps.stop();
      const spins = await start(file(echo("'127.0.0.1', 0", '0, 0'), 'spins.php'));
      expect(await playWith(spins, ...hello)).toEqual(answered);
      expect(spins.restless.processorMs).toBeGreaterThanOrEqual(200);
    });

    test.skipIf(noStrace)('and does not wait is idle under strace too (needs strace)', async () => {
      const server = await start(file(echo("'127.0.0.1', 0", '0, 10')), { strace: true });
      expect(await playWith(server, ...hello)).toEqual(answered);
      await server.stop();
      expect(server.behaviour()).toMatchObject({ recvs: [2], writes: [2], leftOpen: 1 });
      expect(server.behaviour()?.forNothing).toBeGreaterThan(2);
    });
  },
);

describe.skipIf(noPhp)('another server, as the original is (needs PHP with sockets)', () => {
  test('is found on the port that is written into it, without connecting to it', async () => {
    const port = await freePort();
    const server = await start(file(small(port, 'socket_write($one, "$accepted");')));
    expect(server.address).toEqual({ host: '127.0.0.1', port });
    const wire = await playWith(
      server,
      { do: 'connect', client: 'A' },
      { do: 'text', client: 'A', text: '' },
    );
    expect(wire).toEqual([{ step: 1, client: 'A', hex: '31' }]); // the first client, and the only one
    expect(await server.events()).toEqual([]);
  });

  test('runs elsewhere: what it writes into its folder goes with the folder', async () => {
    const onBytes =
      'file_put_contents("debug.log", "x"); file_put_contents(__DIR__ . "/own.log", "x");';
    const server = await start(file(small(await freePort(), onBytes)));
    await playWith(server, { do: 'connect', client: 'A' }, { do: 'text', client: 'A', text: '' });
    expect(existsSync(join(folder, 'debug.log'))).toBe(false);
    expect(existsSync(join(folder, 'own.log'))).toBe(false);
  });

  test('that writes more than its client reads stands still', async () => {
    const server = await start(
      file(small(await freePort(), 'socket_write($one, str_repeat("x", 30000000));')),
    );
    const net = new NodeNet();
    nets.push(net);
    const fd = await net.connect(server.address);
    net.send(fd, new Uint8Array(9));
    const client = { client: 'A', port: net.getsockname(fd).port, sent: 9, received: 0 };
    const connected = { ...client, reading: false, ended: null, endedByServer: null };
    await untilIs('stalled', () => server.state([connected]));
  });

  test('that dies is dead, and says why, by the name of the file that was given', async () => {
    const path = file(small(await freePort(), 'throw new Exception("enough of " . __LINE__);'));
    writeFileSync(path, `${readFileSync(path, 'utf8')}\n// __FILE__: a copy runs\n`);
    const server = await start(path);
    const playing = playWith(
      server,
      { do: 'connect', client: 'A' },
      { do: 'text', client: 'A', text: '' },
    );
    await expect(playing).rejects.toThrow(
      `the server died. Fatal error: Uncaught Exception: enough of 14 in ${path}:14`,
    );
    expect(server.state([])).toBe('dead');
  });
});

describe.skipIf(noPhp8)('--php8 (needs PHP 8.1 with sockets)', () => {
  test('runs a repaired copy, tells the repairs, and leaves the file as it is', async () => {
    const path = file(small(await freePort(), 'socket_write($one, $text{0} . ((int)$one > 1));'));
    const before = readFileSync(path, 'utf8');
    const server = await start(path, { php8: true });
    expect(server.repairs.map(({ line, was, is }) => ({ line, was, is }))).toEqual([
      { line: 14, was: '$text{0}', is: '$text[0]' },
      { line: 14, was: '(int)$one', is: 'spl_object_id($one)' },
    ]);
    const wire = await playWith(
      server,
      { do: 'connect', client: 'A' },
      { do: 'send', client: 'A', hex: '41' },
    );
    expect(wire).toEqual([{ step: 1, client: 'A', hex: '4131' }]);
    expect(readFileSync(path, 'utf8')).toBe(before);
  });
});

describe.skipIf(noPhp8)('when we end ourselves (needs PHP 8.1 with sockets)', () => {
  /** Starts the twin in a process of its own, which prints its port. */
  async function elsewhere(then: string): Promise<{ child: ChildProcess; port: number }> {
    const php = pathToFileURL(fileURLToPath(new URL('../../src/php/server.ts', import.meta.url)));
    const script = `import { startPhp } from '${php}';
      const server = await startPhp(${JSON.stringify(TWIN)});
      console.log(server.address.port);
      ${then}`;
    const args = ['--import', 'tsx', '--input-type=module', '-e', script];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await once(child.stdout ?? child, 'data');
    return { child, port: Number(line) };
  }

  async function isRefused(port: number): Promise<string> {
    const net = new NodeNet();
    nets.push(net);
    return net.connect({ host: '127.0.0.1', port }).then(
      () => 'open',
      (error) => error.code,
    );
  }

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('by %s, PHP ends too', async (signal) => {
    const { child, port } = await elsewhere('setInterval(() => {}, 1_000);');
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([null, signal]);
    await untilIs('ECONNREFUSED', () => isRefused(port));
    expect(leftovers()).toEqual([]);
  });

  test('a signal between one server and the next is not lost: its listener stays', async () => {
    const between = `await server.stop();
      console.log(process.listenerCount('SIGINT'));
      setInterval(() => {}, 1_000);`;
    const { child } = await elsewhere(between);
    const [count] = await once(child.stdout ?? child, 'data');
    expect(Number(count)).toBe(1);
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([null, 'SIGINT']);
  });

  test('by an exit in the midst, PHP ends too', async () => {
    const { child, port } = await elsewhere('process.stdout.write("", () => process.exit(3));');
    if (child.exitCode === null) await once(child, 'exit');
    expect(child.exitCode).toBe(3);
    await untilIs('ECONNREFUSED', () => isRefused(port));
    expect(leftovers()).toEqual([]);
  });
});
