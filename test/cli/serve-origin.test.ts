import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { ascii, RawPeer, request } from '../support/room.js';

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
async function ask(port: number, origin: string): Promise<string> {
  const peer = await RawPeer.connect(port);
  peer.send(request({ Origin: origin }));
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
    [['--max-clients', '0'], 'from 1 to 960'],
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
