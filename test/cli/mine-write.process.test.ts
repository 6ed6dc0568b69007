/** `loopscope mine write`: the server in one file runs by itself, with all parts of one's own and with four. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { runIn } from '../support/command.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const LESSONS = readdirSync(join(ROOT, 'lessons'));
const ALL = [5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18];

let folder = '';
let running: ChildProcess | null = null;

/** In the clone: there the file finds the package, as in a project that has it installed. */
beforeEach(() => {
  folder = mkdtempSync(join(ROOT, 'dist', 'mine-'));
});

afterEach(() => {
  running?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function passed(
  lessons: readonly number[],
  change: (text: string) => string = (text) => text,
): void {
  mkdirSync(join(folder, 'loopscope-lessons'));
  const done: Record<number, object> = {};
  for (const lesson of lessons) {
    const name = LESSONS.find((one) => one.startsWith(String(lesson).padStart(2, '0'))) ?? '';
    const own = join(folder, 'loopscope-lessons', name);
    mkdirSync(own, { recursive: true });
    const solution = readFileSync(join(ROOT, 'lessons', name, 'solution.ts'), 'utf8');
    writeFileSync(
      join(own, 'exercise.ts'),
      change(solution.replace('./exercise.js', './given.js')),
    );
    const given = readFileSync(join(ROOT, 'lessons', name, 'exercise.ts'));
    writeFileSync(join(own, 'given.ts'), given);
    const rest = { prediction: null, begun: true, checks: 1, failures: {}, hints: [] };
    done[lesson] = { ...rest, passed: true };
  }
  const progress = JSON.stringify({ version: 1, lessons: done });
  writeFileSync(join(folder, 'loopscope-lessons', 'progress.json'), progress);
}

/** Runs the file. @returns its address, and what it says */
async function start(name = 'mine.ts'): Promise<{ url: string; said: () => string }> {
  const args = ['--import', 'tsx', name, '--port', '0'];
  const child = spawn(process.execPath, args, { cwd: folder });
  running = child;
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => {
      said += text;
    });
  }
  while (!/ws:\S+:\d+/.test(said)) {
    await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
    if (child.exitCode !== null) throw new Error(said);
  }
  return { url: /ws:\/\/[\d.]+:\d+/.exec(said)?.[0] ?? '', said: () => said };
}

async function enter(url: string, name: string): Promise<{ heard: string[]; socket: WebSocket }> {
  const socket = new WebSocket(url);
  const heard: string[] = [];
  socket.on('message', (data) => heard.push(String(data)));
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'login', content: name }));
  await expect.poll(() => heard.some((one) => one.includes('"login"'))).toBe(true);
  return { heard, socket };
}

test.each([
  ['all parts', ALL],
  ['four', [5, 9, 13, 16]],
  ['none', []],
])('with %s of one’s own two clients talk, and one leaves', async (_, lessons) => {
  passed(lessons);
  const { status, stdout } = runIn(folder, 'mine', 'write');
  expect(status).toBe(0);
  expect(stdout).toContain(`${lessons.length} of 13 parts yours. It runs with: npx tsx mine.ts`);
  const file = readFileSync(join(folder, 'mine.ts'), 'utf8');
  expect(file.match(/^const \{ .* \} = \(\(\) => \{$/gm) ?? []).toHaveLength(lessons.length);
  const { url, said } = await start();
  const [ada, ming] = [await enter(url, 'Ada'), await enter(url, '小明')];
  ming.socket.send(JSON.stringify({ type: 'user', content: '你好' }));
  await expect.poll(() => ada.heard.at(-1)).toContain('你好');
  ming.socket.close(1000, 'bye');
  const [code] = await once(ming.socket, 'close');
  expect(code).toBe(1000);
  await expect.poll(() => ada.heard.at(-1)).toContain('"logout"');
  expect(said()).not.toContain('expected');
  ada.socket.terminate();
});

test('under another name it runs as well, in a project that is no module, with Chinese comments', async () => {
  passed([13]);
  writeFileSync(join(folder, 'package.json'), '{}');
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(ROOT, join(folder, 'node_modules', 'loopscope'), 'junction');
  const args = ['mine', 'write', 'my-server.ts'];
  expect(runIn(folder, ...args, '--lang', 'zh').stderr).toBe('');
  const file = readFileSync(join(folder, 'my-server.ts'), 'utf8');
  expect(file).toContain('按连接的先后');
  expect(file).not.toContain('in the order of connecting');
  const { url, said } = await start('my-server.ts');
  const { socket } = await enter(url, 'Ada');
  expect(said()).toContain('聊天室开了');
  socket.terminate();
});

test('a part that gives what is not due is named while it runs', async () => {
  passed([9], (text) => text.replace('key + GUID', 'GUID + key'));
  runIn(folder, 'mine', 'write');
  const { url, said } = await start();
  const ada = await enter(url, 'Ada');
  await expect.poll(() => said()).toMatch(/lesson 9, acceptKey: .*expected/);
  ada.socket.terminate();
});

test('a file that is there is not written over', () => {
  passed([5]);
  writeFileSync(join(folder, 'mine.ts'), 'mine');
  const { status, stderr } = runIn(folder, 'mine', 'write');
  expect(status).toBe(1);
  expect(stderr).toContain('--force');
  expect(readFileSync(join(folder, 'mine.ts'), 'utf8')).toBe('mine');
});
