/** `loopscope mine` from a student's folder: what is listed, what runs on a port, and what a broken part does. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { BIN, type Ran, runIn } from '../support/command.js';
import { Scratch } from '../support/student.js';

const LESSONS = fileURLToPath(new URL('../../lessons/', import.meta.url));
const NAMES = readdirSync(LESSONS);

let folder = new Scratch();
const running: ChildProcess[] = [];

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
  folder.remove();
  folder = new Scratch();
});

function nameOf(lesson: number): string {
  return NAMES.find((one) => one.startsWith(String(lesson).padStart(2, '0'))) ?? '';
}

/** Has these lessons passed; an exercise is the solution, or what is given for it. */
function passed(lessons: readonly number[], instead: Record<number, string> = {}): void {
  const done: Record<number, object> = {};
  for (const lesson of lessons) {
    const name = nameOf(lesson);
    const given = readFileSync(`${LESSONS}${name}/exercise.ts`, 'utf8');
    const solution = readFileSync(`${LESSONS}${name}/solution.ts`, 'utf8');
    folder.write(`loopscope-lessons/${name}/given.ts`, given);
    const text = instead[lesson] ?? solution.replaceAll('./exercise.js', './given.js');
    folder.write(`loopscope-lessons/${name}/exercise.ts`, text);
    const rest = { prediction: null, begun: true, checks: 1, failures: {}, hints: [] };
    done[lesson] = { ...rest, passed: true };
  }
  const progress = JSON.stringify({ version: 1, lessons: done });
  folder.write('loopscope-lessons/progress.json', progress);
}

const mine = (...args: string[]): Ran => runIn(folder.path, 'mine', ...args);

describe('mine', () => {
  test('lists the parts, whose each is, and what comes next', () => {
    passed([5, 6, 7, 13]);
    const { status, stdout } = mine();
    expect(status).toBe(0);
    expect(stdout).toMatch(/^My server: 3 of 13 parts are yours\.\n/);
    expect(stdout).toMatch(/^ {2}13 {2}broadcast +yours +sends one frame to everyone, in order$/m);
    expect(stdout).toMatch(/^ {3}8 {2}head +the kit +/m);
    expect(stdout).toContain('Next: npx loopscope lesson 8\n');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('without any is the kit’s, and says where to begin', () => {
    expect(mine().stdout).toContain('My server: 0 of 13 parts are yours.');
    const { status, stderr } = mine('play', 'one-client');
    expect(status).toBe(0);
    expect(stderr).toContain('the first is lesson 5');
  });

  test.each([
    [['nothing'], /there is no scenario "nothing"/],
    [['two-loops'], /two-loops has two servers, and yours is one/],
    [['one-client', '--cut', 'every', '--trace', 't.ndjson'], /--cut plays many runs/],
  ])('play %j says in one line what is wrong', (args, said) => {
    const { status, stdout, stderr } = mine('play', ...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(said);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('play --cut every says whose server it was', () => {
    passed([5, 6]);
    const { status, stdout } = mine('play', 'one-client', '--cut', 'every');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^one-client on your server, 2 of 13 parts yours: \d+ cuts tried/);
    expect(stdout).toContain('2 of 13 parts of yours played them all to the end.');
  });

  test('is a side of a comparison', () => {
    passed([5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18]);
    const { status, stdout } = runIn(
      folder.path,
      ...['compare', 'three-clients', '--left', 'mine', '--right', 'rfc6455'],
    );
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Equal\.$/m);
  });
});

/** Exercises of lesson 13 as they may lie there, and what is said of each. */
const BROKEN: [what: string, text: string, said: RegExp][] = [
  ['empty', '', /does not export broadcast/],
  ['no TypeScript', 'export function* broadcast( {', /exercise\.ts: .*1:/],
  [
    'as it was handed out',
    "import { todo } from 'loopscope/lesson';\nexport function broadcast() { return todo('x'); }",
    /lesson 13, broadcast\(.* throws Todo/,
  ],
  ['async', 'export async function broadcast() {}', /lesson 13, broadcast\(.*/],
  [
    'a loop without end',
    'export function* broadcast() { while (true) { try { for (;;) {} } catch {} } }',
    /a loop without end/,
  ],
  ['a loop without end at its top', 'for (;;) {}\nexport function* broadcast() {}', /went round/],
  [
    'the end of the program',
    'export function* broadcast() { try { process.exit(0); } catch {} }',
    /it wanted to end the program/,
  ],
  [
    'the end of the program at its top',
    'process.exit(0);\nexport function* broadcast() {}',
    /process\.exit\(0\)/,
  ],
  ['something that never comes', 'await new Promise(() => {});', /never comes/],
  [
    'arguments that it changes',
    'export function* broadcast(net: any, clients: any) { clients.clear(); net.close(4); }',
    /close is not lent to this part/,
  ],
];

describe('a part that was passed and is broken now', () => {
  test.each(BROKEN)('%s: it is named, the kit’s stands in, and all go on', (_, text, said) => {
    passed([6, 13], { 13: text });
    const { status, stdout, stderr } = mine('play', 'two-clients');
    expect(stderr).toMatch(said);
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect(stdout).toContain('alone again');
    expect([0, 1]).toContain(status);
  });

  test('one whose file is gone is named', () => {
    passed([13]);
    folder.write('loopscope-lessons/progress.json', progressOf(13, 5));
    expect(mine('play', 'one-client').stderr).toMatch(/lesson 5, .*not there any more/);
  });

  function progressOf(...lessons: number[]): string {
    const done = {
      prediction: null,
      begun: true,
      checks: 1,
      passed: true,
      failures: {},
      hints: [],
    };
    const all = Object.fromEntries(lessons.map((lesson) => [lesson, done]));
    return JSON.stringify({ version: 1, lessons: all });
  }
});

describe('mine serve', () => {
  /** Opens it. @returns its address, and what it says from then on */
  async function open(...args: string[]): Promise<{ url: string; said: () => string }> {
    const child = spawn(process.execPath, [BIN, 'mine', 'serve', ...args], {
      cwd: folder.path,
      env: { ...process.env, NO_COLOR: '1' },
    });
    running.push(child);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text) => {
        said += text;
      });
    }
    while (!/ws:\/\/[\d.]+:\d+/.test(said)) await once(child.stdout, 'data');
    return { url: /ws:\/\/[\d.]+:\d+/.exec(said)?.[0] ?? '', said: () => said };
  }

  /** A client, and the messages that it has got. */
  async function join(url: string, name: string): Promise<{ heard: string[]; socket: WebSocket }> {
    const socket = new WebSocket(url);
    const heard: string[] = [];
    socket.on('message', (data) => heard.push(String(data)));
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'login', content: name }));
    await expect.poll(() => heard.some((one) => one.includes('"login"'))).toBe(true);
    return { heard, socket };
  }

  test('opens it on the select loop, and two clients of ws talk', async () => {
    passed([5, 6, 9, 13]);
    const { url, said } = await open('--port', '0', '--no-page');
    expect(said()).toContain('My server: 4 of 13 parts are yours.');
    const [ada, ming] = [await join(url, 'Ada'), await join(url, '小明')];
    ming.socket.send(JSON.stringify({ type: 'user', content: '你好' }));
    await expect.poll(() => ada.heard.at(-1)).toContain('你好');
    await expect.poll(() => said()).toMatch(/call +lesson 13, broadcast\(net, /);
    ada.socket.close();
    ming.socket.close();
    await Promise.all([once(ada.socket, 'close'), once(ming.socket, 'close')]);
  });

  test('finds no fault with right parts on real sockets, whose bytes are Buffers', async () => {
    passed([5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18]);
    const { url, said } = await open('--port', '0', '--no-page');
    expect(said()).toContain('13 of 13 parts are yours.');
    const [ada, ming] = [await join(url, 'Ada'), await join(url, '小明')];
    ming.socket.send(JSON.stringify({ type: 'user', content: '你好' }));
    await expect.poll(() => ada.heard.at(-1)).toContain('你好');
    ada.socket.close(1000, 'bye');
    await once(ada.socket, 'close');
    await expect.poll(() => ming.heard.at(-1)).toContain('logout');
    expect(said()).not.toContain('the kit goes on');
  });

  test('goes on when a part falls out while it runs, and when one has left something running', async () => {
    const later = 'setTimeout(() => { throw new Error("later"); }, 1);';
    passed([5, 13], { 13: `export function* broadcast() { ${later} }` });
    const { url, said } = await open('--port', '0', '--no-page', '--trace', 'off');
    const ada = await join(url, 'Ada');
    await expect.poll(() => said()).toMatch(/lesson 13, broadcast: .*check 13/);
    await expect.poll(() => said()).toMatch(/lesson 13: something that it left running/);
    ada.socket.send(JSON.stringify({ type: 'user', content: 'still here' }));
    await expect.poll(() => ada.heard.at(-1)).toContain('still here');
  });

  test('says in one line that a port is taken', async () => {
    passed([5]);
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const child = spawn(process.execPath, [BIN, 'mine', 'serve', '--port', String(port)], {
      cwd: folder.path,
    });
    running.push(child);
    let err = '';
    child.stderr.on('data', (text) => {
      err += text;
    });
    const [code] = await once(child, 'close');
    other.close();
    expect(code).toBe(1);
    expect(err).toMatch(/EADDRINUSE.*--port N/);
  });
});
