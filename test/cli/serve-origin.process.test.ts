import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { readers } from '../../src/cli/readers.js';
import { descriptorLimit } from '../../src/net/node-descriptors.js';
import { namesFor } from '../../src/serve/addresses.js';
import { clientsWithin } from '../../src/serve/options.js';
import { help } from '../../src/texts/help.en.js';
import { speaker } from '../../src/texts/say.js';
import { ascii, RawPeer, request } from '../support/room.js';

const { listenHost } = readers(speaker({ en: help }));

const ROOT = new URL('../../', import.meta.url);
const BIN = fileURLToPath(new URL('bin/loopscope.js', ROOT));

const children: ChildProcess[] = [];

afterEach(() => {
  RawPeer.endAll();
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** Runs `loopscope serve` on a free port. */
async function serve(
  ...args: string[]
): Promise<{ port: number; banner: string[]; errors: Interface }> {
  const child = spawn(process.execPath, [BIN, 'serve', '--port', '0', '--no-page', ...args], {
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const errors = createInterface(child.stderr);
  const banner: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    banner.push(line);
    if (line.includes('Ctrl-C')) break;
  }
  const port = Number(/ws:\/\/127\.0\.0\.1:(\d+)/.exec(banner[0] ?? '')?.[1]);
  return { port, banner, errors };
}

/** What a page of this origin is answered, up to the end of the head. */
async function ask(port: number, origin: string, host = '127.0.0.1'): Promise<string> {
  const peer = await RawPeer.connect(port);
  peer.send(request({ Origin: origin, Host: host }));
  return ascii(await peer.until((bytes) => ascii(bytes).includes('\r\n\r\n')));
}

describe('loopscope serve and a page from disk', () => {
  test('turns it away, and says in one line how to let it in', async () => {
    const { port, banner, errors } = await serve();
    expect(banner.join('\n')).toContain(
      'after serve --allow-origin null, open examples/client.html',
    );
    const said = new Promise((resolve) => errors.once('line', resolve));
    expect(await ask(port, 'null')).toMatch(/^HTTP\/1.1 403 /);
    expect(await said).toMatch(/^loopscope: a page .* --allow-origin null$/);
  });

  test('lets it in with --allow-origin null, beside another origin', async () => {
    const { port, banner } = await serve(
      '--allow-origin',
      'null',
      '--allow-origin',
      'https://class.example',
    );
    expect(banner.join('\n')).toContain('or open examples/client.html in a browser');
    for (const origin of ['null', 'https://class.example', 'http://localhost:3000']) {
      expect(await ask(port, origin)).toMatch(/^HTTP\/1.1 101 /);
    }
    expect(await ask(port, 'https://other.example')).toMatch(/^HTTP\/1.1 403 /);
  });

  test('turns away a page whose name was made to mean this machine; --allow-host lets a name in', async () => {
    const { port, errors } = await serve('--allow-host', 'class.example');
    expect(await ask(port, 'https://class.example', 'class.example')).toMatch(/^HTTP\/1.1 101 /);
    const said = new Promise((resolve) => errors.once('line', resolve));
    expect(await ask(port, 'http://evil.example', 'evil.example')).toMatch(/^HTTP\/1.1 403 /);
    expect(await said).toMatch(
      /^loopscope: .* evil\.example only with --allow-host evil\.example$/,
    );
  });

  test('says it once though no step is told, and as it is to be copied', async () => {
    const { port, errors } = await serve('--trace', 'off');
    const said: string[] = [];
    errors.on('line', (line) => said.push(line));
    for (const host of ['evil.example', 'evil.example', 'localhost.']) {
      const peer = await RawPeer.connect(port);
      peer.send(request({ Origin: `http://${host}`, Host: host }));
      expect(ascii(await peer.ended())).toMatch(new RegExp(` --allow-host ${host}\n$`));
    }
    if (said.length < 2) await new Promise((resolve) => errors.once('line', resolve));
    expect(said.map((line) => line.replace(/^.* with /, ''))).toEqual([
      '--allow-host evil.example',
      '--allow-host localhost.',
    ]);
  });

  test('--max-clients holds', async () => {
    const { port } = await serve('--trace', 'off', '--max-clients', '1', '--ping', '5');
    expect(await ask(port, 'http://localhost')).toMatch(/^HTTP\/1.1 101 /);
    expect(await ask(port, 'http://localhost')).toMatch(/^HTTP\/1.1 503 /);
  });
});

describe('wrong options of loopscope serve are refused in one line, with 2', () => {
  test.each([
    [['--allow-origin', 'class.example'], '"class.example" is no origin'],
    [['--allow-origin', '\u001b[2J'], 'is no origin'],
    [['--allow-host', 'class.example:80'], '"class.example:80" is no host'],
    [['--host', ''], 'Give an address'],
    [['--max-clients', '0'], 'a whole number from 1'],
    [['--ping', 'often'], 'whole seconds'],
    [['--profile', 'original', '--allow-origin', 'null'], '--allow-origin goes with the room'],
    [['--profile', 'original', '--deflate'], '--deflate goes with the room'],
  ])('%j', async (args, says) => {
    const child = spawn(process.execPath, [BIN, 'serve', '--port', '0', '--no-page', ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    children.push(child);
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect(said).toContain(says);
    expect(said.trimEnd().split('\n')).toHaveLength(1);
    expect(said).not.toContain('\u001b');
    expect(code).toBe(2);
  });
});

describe('more clients than select(2) has descriptors for', () => {
  const CLIENTS = 1_050;

  test.skipIf(descriptorLimit() < 2 * CLIENTS)('are served where they are asked for', async () => {
    const { port } = await serve('--trace', 'off', '--max-clients', String(CLIENTS));
    const peers: RawPeer[] = [];
    for (let i = 0; i < CLIENTS; i++) {
      const peer = await RawPeer.connect(port);
      peer.send(request());
      peers.push(peer);
    }
    const heads = peers.map((peer) => peer.until((bytes) => ascii(bytes).includes('\r\n\r\n')));
    for (const head of await Promise.all(heads)) expect(ascii(head)).toMatch(/^HTTP\/1.1 101 /);
    expect(await ask(port, 'http://localhost')).toMatch(/^HTTP\/1.1 503 /);
  });

  test.each([
    [1_024, undefined, 960],
    [600, undefined, 536],
    [Number.POSITIVE_INFINITY, undefined, 960],
    [1_024, 960, 960],
    [20_000, 10_000, 10_000],
    [Number.POSITIVE_INFINITY, 100_000, 100_000],
  ])('a process of %d descriptors that is asked for %s serves %d', (limit, asked, most) => {
    expect(clientsWithin(limit, asked)).toBe(most);
  });

  test('are refused where the process has no descriptors for them, with what to do', () => {
    expect(() => clientsWithin(1_024, 961)).toThrow(
      /^--max-clients 961: this process may open 1024 descriptors .* at most 960; .* ulimit -n 1025/,
    );
  });
});

describe('by which names pages may call a server', () => {
  test.each([
    ['127.0.0.1', ['127.0.0.1']],
    ['localhost', ['localhost']],
    ['0.0.0.0', ['0.0.0.0', 'ada.school.example', 'ada', 'ada.local']],
  ])('that listens on %s', (host, names) => {
    expect(namesFor(host, 'ada.school.example')).toEqual(names);
  });
});

describe('an address to listen on', () => {
  test.each([
    ['127.0.0.1', '127.0.0.1'],
    ['[::1]', '::1'],
    ['::1', '::1'],
    ['localhost', 'localhost'],
    ['[x]', '[x]'],
  ])('%s', (given, host) => {
    expect(listenHost(given)).toBe(host);
  });

  test.each(['', ' '])('%j is none', (given) => {
    expect(() => listenHost(given)).toThrow('Give an address');
  });
});
