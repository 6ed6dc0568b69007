/**
 * The package as others get it: packed, unpacked in an empty folder, imported, type-checked and run.
 * Beside it stand its production dependencies and nothing else, so that one which was forgotten is
 * missed. They are linked from this clone; with LOOPSCOPE_INSTALL=npm, npm itself installs the tarball.
 */

import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ran, ROOT, runNode } from '../support/lessons/run.js';

const folder = mkdtempSync(join(tmpdir(), 'loopscope package '));
const installed = join(folder, 'node_modules/loopscope');
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
/** A command starts tsx, and a compiler reads all types: slow where much else runs. */
const LIMIT_MS = 120_000;

/** Runs npm. @returns what it printed */
function npm(...args: string[]): string {
  const cli = process.env.npm_execpath;
  const options = { cwd: folder, encoding: 'utf8', stdio: 'pipe' } as const;
  if (cli?.endsWith('.js')) return execFileSync(process.execPath, [cli, ...args], options);
  const quoted = args.map((arg) => (arg.includes(' ') ? `"${arg}"` : arg));
  return process.platform === 'win32'
    ? execFileSync('npm.cmd', quoted, { ...options, shell: true })
    : execFileSync('npm', args, options);
}

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

/** Puts the tarball's files there, and links what the package depends on. */
function unpack(tarball: string): void {
  execFileSync('tar', ['-xzf', tarball], { cwd: folder });
  mkdirSync(join(folder, 'node_modules'));
  cpSync(join(folder, 'package'), installed, { recursive: true });
  rmSync(join(folder, 'package'), { recursive: true });
  for (const name of Object.keys(manifest.dependencies)) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), link, 'junction');
  }
}

const run = (args: readonly string[]): Promise<Ran> =>
  runNode(args, { cwd: folder, limitMs: LIMIT_MS });

const loopscope = (...args: string[]): Promise<Ran> =>
  run([join(installed, 'bin/loopscope.js'), ...args]);

beforeAll(() => {
  npm('pack', ROOT, '--ignore-scripts', '--pack-destination', folder);
  const [tarball = ''] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  write('package.json', '{ "private": true, "type": "module" }');
  if (process.env.LOOPSCOPE_INSTALL === 'npm') {
    npm('install', '--no-audit', '--no-fund', `./${tarball}`);
  } else unpack(tarball);
}, LIMIT_MS);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package', { timeout: LIMIT_MS }, () => {
  test('has what it runs and reads, the sources of its source maps, and nothing of the workshop', () => {
    for (const path of [
      'LICENSE',
      'README.md',
      'CHANGELOG.md',
      'docs/getting-started.md',
      'dist/index.js',
      'dist/index.d.ts',
      'dist/page/index.html',
      'dist/page/course.en.js',
      'dist/loopscope.en.html',
      'lessons/00-hello-trace/lesson.md',
      'examples/echo.ts',
    ]) {
      expect(existsSync(join(installed, path)), path).toBe(true);
    }
    for (const path of ['docs/api', 'bench', 'tools', '.ci', 'test/cli', 'tsconfig.json']) {
      expect(existsSync(join(installed, path)), path).toBe(false);
    }
    const maps = readdirSync(join(installed, 'dist/chat')).filter((name) => name.endsWith('.map'));
    expect(maps.length).toBeGreaterThan(0);
    for (const name of maps) {
      const { sources } = JSON.parse(readFileSync(join(installed, 'dist/chat', name), 'utf8'));
      for (const source of sources) {
        expect(existsSync(join(installed, 'dist/chat', source)), source).toBe(true);
      }
    }
  });

  test('the page has the licences of what is bundled into it beside it', () => {
    const licences = readFileSync(join(installed, 'dist/page/licences.md'), 'utf8');
    const oneFile = readFileSync(join(installed, 'dist/loopscope.en.html'), 'utf8');
    for (const name of [
      'preact',
      '@preact/signals',
      '@noble/hashes',
      'sucrase',
      'acorn',
      'buffer',
    ]) {
      expect(licences).toContain(`## ${name} - `);
      expect(oneFile).toContain(`## ${name} - `);
    }
  });

  test('publint finds nothing', async () => {
    const { messages } = await publint({ pkgDir: installed, pack: false, strict: true });
    const pkg = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  test('the three entries are imported from JavaScript', async () => {
    write(
      'entries.js',
      `import { createRoom, describeStep } from 'loopscope';
import { openNetworks } from 'loopscope/lesson';
import { NodeNet, openNetworks as same } from 'loopscope/node';
const net = new NodeNet();
console.log(openNetworks === same, openNetworks({ network: 'real' }).kind);
const fd = await net.listen({ host: '127.0.0.1', port: 0 });
net.close(fd);
console.log(fd, typeof createRoom, typeof describeStep);
`,
    );
    const { code, stdout, stderr } = await run(['entries.js']);
    expect(stderr).toBe('');
    expect(stdout).toBe('true real\n3 function function\n');
    expect(code).toBe(0);
  });

  test.each(['nodenext', 'bundler'])('TypeScript finds the types with %s', async (resolution) => {
    const source = `import { createRoom, type TraceEvent } from 'loopscope';
import { type Check, openRig } from 'loopscope/lesson';
import { NodeNet } from 'loopscope/node';
export const check: Check<object> = async (_, t) => void (await openRig(t));
const room = createRoom(new NodeNet());
export const steps: TraceEvent['step'][] = ['select', 'deal'];
export const listening: Promise<unknown> = room.listen({ host: '127.0.0.1', port: 0 });
`;
    const compilerOptions = {
      target: 'es2023',
      lib: ['es2023'],
      module: resolution === 'bundler' ? 'esnext' : 'nodenext',
      moduleResolution: resolution,
      types: [],
      strict: true,
      noEmit: true,
      skipLibCheck: true, // valibot's types want those of a page, NodeNet's those of Node
    };
    write('good.ts', source);
    write('bad.ts', source.replace("'deal'", "'dealt'"));
    write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['good.ts', 'bad.ts'] }));
    const { code, stdout } = await run([join(ROOT, 'node_modules/typescript/bin/tsc')]);
    expect(stdout).toMatch(/^bad\.ts\(6,\d+\): error TS2820: .*\n$/);
    expect(code).not.toBe(0);
  });

  test('the bin says its version, a lesson runs, and the page is found', async () => {
    expect(await loopscope('--version')).toMatchObject({
      code: 0,
      stdout: `${manifest.version}\n`,
      stderr: '',
    });
    const lesson = await loopscope('lesson', '0');
    expect(lesson).toMatchObject({ code: 0, stderr: '' });
    expect(lesson.stdout).toContain('turn 1');
    const doctor = await loopscope('doctor');
    expect(doctor.code, doctor.stdout).toBe(0);
    expect(doctor.stdout).toMatch(/ok +lessons/);
    expect(doctor.stdout).toMatch(/ok +tsx/);
    expect(doctor.stdout).toMatch(/the page +built/);
  });

  test('a check says what is missing, and passes what is right; an editor finds the types', async () => {
    const name = '13-broadcast';
    await loopscope('lesson', '13');
    const begun = await loopscope('check', '13');
    const own = join(folder, 'loopscope-lessons', name, 'exercise.ts');
    expect(existsSync(own)).toBe(true);
    expect(begun.code, begun.stdout + begun.stderr).toBe(1);
    const editor = await run([
      join(ROOT, 'node_modules/typescript/bin/tsc'),
      ...['-p', join(folder, 'loopscope-lessons')],
    ]);
    expect(editor.stdout).toBe('');
    cpSync(join(installed, 'lessons', name, 'solution.ts'), own);
    const right = await loopscope('check', '13');
    expect(right.code, right.stdout + right.stderr).toBe(0);
  });
});
