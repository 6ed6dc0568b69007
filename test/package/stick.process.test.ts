/**
 * The stick: made as `npm run stick` makes it, unzipped below a path with spaces and Chinese characters, and
 * used as a student does, with the network cut off and where nothing can be written. On Linux alone: what
 * starts it on the two other systems is looked at, and not run.
 */

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeStick, type Stick } from '../../tools/stick.js';
import { ROOT } from '../support/lessons/run.js';
import { cutOff, locked } from '../support/locked.js';

const MOST_BYTES = 60e6;
const LIMIT_MS = 120_000;
const isLinux = process.platform === 'linux';
if (!isLinux) process.stderr.write('The stick is unzipped and run on Linux alone.\n');

const folder = mkdtempSync(join(tmpdir(), 'loopscope 随身 '));
const stick = join(folder, '课堂 U 盘/loopscope');
const home = join(folder, 'home');
const exercise = 'loopscope-lessons/00-hello-trace/exercise.ts';
let made: Stick;

/** The rights of the files in a zip, by their names: its central directory has them. */
function rightsIn(zip: Buffer): Map<string, number> {
  const rights = new Map<string, number>();
  for (
    let at = zip.indexOf('PK\u0001\u0002');
    at !== -1;
    at = zip.indexOf('PK\u0001\u0002', at + 1)
  ) {
    const name = zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28));
    rights.set(name, zip.readUInt32LE(at + 38) >>> 16);
  }
  return rights;
}

function unzip(path: string, to: string): void {
  const zip = readFileSync(path);
  const rights = rightsIn(zip);
  for (const [name, bytes] of Object.entries(unzipSync(zip))) {
    mkdirSync(dirname(join(to, name)), { recursive: true });
    writeFileSync(join(to, name), bytes);
    chmodSync(join(to, name), (rights.get(name) ?? 0) & 0o777);
  }
}

/** Runs a command in the stick, whose network is cut off. */
async function run(words: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const cut = cutOff();
  const [program = '', ...args] = [...cut.prefix, ...words];
  const { FORCE_COLOR: _, ...inherited } = process.env;
  const child = spawn(program, args, {
    cwd: stick,
    env: { ...inherited, NO_COLOR: '1', HOME: home, LOOPSCOPE_LANG: 'en', ...cut.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = once(child, 'close');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await closed;
  return { code, stdout, stderr };
}

beforeAll(() => {
  mkdirSync(home, { recursive: true });
  made = makeStick(join(folder, 'made'));
  unzip(made.zip, dirname(stick));
}, LIMIT_MS);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('what is on the stick', () => {
  test('is less than 60 MB, and has the page in each language and the handouts', () => {
    expect(made.bytes).toBeLessThan(MOST_BYTES);
    expect(made.zipBytes).toBeLessThan(made.bytes);
    const names = readdirSync(stick);
    for (const name of [
      'loopscope.en.html',
      'loopscope.zh.html',
      'handout.html',
      'README.zh.txt',
    ]) {
      expect(names).toContain(name);
    }
  });

  test('holds no answer: none in a file, nor to be read in the page', () => {
    const files = readdirSync(stick, { recursive: true, encoding: 'utf8' });
    expect(files.filter((name) => /lessons.*(solution|right|wrong)/.test(name))).toEqual([]);
    const solution = readFileSync(join(ROOT, 'lessons/00-hello-trace/solution.ts'), 'utf8');
    const [line = ''] = solution.split('\n').filter((one) => one.includes("event.step !== 'deal'"));
    expect(line).not.toBe('');
    const scripts = files.filter((name) => /(course\.\w+\.js|loopscope\.\w+\.html)$/.test(name));
    expect(scripts).toHaveLength(4);
    for (const name of scripts)
      expect(readFileSync(join(stick, name), 'utf8')).not.toContain(line.trim());
  });

  test('is made for no one system', () => {
    const files = readdirSync(stick, { recursive: true, encoding: 'utf8' });
    expect(files.filter((name) => /\.(node|exe|dll|so|dylib)$/.test(name))).toEqual([]);
    expect(existsSync(join(stick, 'node_modules/tsx'))).toBe(false);
  });

  test('starts with five lines at most, each with the ends of lines of its system', () => {
    for (const name of ['start.sh', 'start.command', 'start.cmd']) {
      const start = readFileSync(join(stick, name), 'utf8');
      const lines = start.trimEnd().split('\n');
      expect(lines.length, name).toBeLessThanOrEqual(5);
      expect(
        lines.every((line) => line.endsWith('\r')),
        name,
      ).toBe(false);
      if (isLinux)
        expect(statSync(join(stick, name)).mode & 0o111).toBe(name.endsWith('.cmd') ? 0 : 0o111);
    }
  });

  test('can be packed for who has npm, without the answers', () => {
    const args = ['pack', join(made.folder, 'node_modules/loopscope'), '--dry-run', '--json'];
    const shell = process.platform === 'win32';
    const packed = execFileSync(shell ? 'npm.cmd' : 'npm', args, {
      cwd: folder,
      encoding: 'utf8',
      shell,
    });
    const paths: string[] = JSON.parse(packed)[0].files.map(({ path }: { path: string }) => path);
    expect(paths).toContain('lessons/00-hello-trace/check.ts');
    expect(paths.filter((path) => /solution|\/right\/|\/wrong\//.test(path))).toEqual([]);
  });
});

describe.skipIf(!isLinux)('with the network cut off, the stick', { timeout: LIMIT_MS }, () => {
  test('runs its lesson to the end by start.sh, and its check says what is to be done, and passes', async () => {
    const lesson = await run(['./start.sh']);
    expect(lesson).toMatchObject({ code: 0, stderr: '' });
    expect(lesson.stdout).toContain('\nturn 11  readable: none\n');
    expect(await run(['./start.sh', 'check', '0'])).toMatchObject({ code: 1, stderr: '' });
    copyFileSync(join(ROOT, 'lessons/00-hello-trace/solution.ts'), join(stick, exercise));
    const right = await run(['node_modules/.bin/loopscope', 'check', '0']);
    expect(right).toMatchObject({ code: 0, stderr: '' });
    expect(right.stdout).toContain('Lesson 0 passed');
  });

  test.each([
    ['inspect', '--hex', '8100'],
    ['step', 'two-clients'],
    ['sim', 'two-clients'],
    ['doctor'],
  ])('does what needs no lesson: %s', async (...words) => {
    const { code, stdout, stderr } = await run(['./start.sh', ...words]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).not.toBe('');
  });

  test.each(['serve', 'class serve'])('serves the room and its page: %s', async (command) => {
    const begins = `: > out; sh start.sh ${command} --port 0 --page-port 0 > out 2>&1 & pid=$!`;
    const waits = 'until grep -q "its page: http" out || ! kill -0 $pid; do :; done';
    const { stdout } = await run(['sh', '-c', `${begins}; ${waits}; kill $pid; cat out`]);
    expect(stdout).toMatch(/open on ws:.*its page: http:/s);
  });

  const readOnly = isLinux ? locked(mkdtempSync(join(folder, 'try '))) : null;
  test.skipIf(readOnly === null)(
    'has the exercises in the home folder where it is locked, and says so in a line (nothing can be locked here)',
    async () => {
      const own = join(home, 'loopscope-lessons');
      const prefix = locked(stick) ?? [];
      const line = `loopscope: nothing can be written in loopscope-lessons; your work is in "${own}"\n`;
      const lesson = await run([...prefix, './start.sh', 'lesson', '0']);
      expect(lesson).toMatchObject({ code: 0, stderr: line });
      expect(lesson.stdout).toContain('turn 11');
      copyFileSync(join(ROOT, 'lessons/00-hello-trace/solution.ts'), join(home, exercise));
      expect(await run([...prefix, './start.sh', 'check', '0'])).toMatchObject({
        code: 0,
        stderr: line,
      });
    },
  );

  test('names the page to open where there is no Node', async () => {
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    for (const name of ['dirname', 'sh']) symlinkSync(`/usr/bin/${name}`, join(bin, name));
    const said = await run(['sh', '-c', 'PATH=$0 exec sh ./start.sh', bin]);
    expect(said).toMatchObject({ code: 1, stdout: '' });
    expect(said.stderr).toMatch(/^Node is not here\..* open loopscope\.en\.html\..*\n$/);
  });
});
