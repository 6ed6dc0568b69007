/**
 * A clone before it is built, while it is, and after: what npm's `prepare` does, and what npx finds. The
 * clone is made up: it has the files that decide, and no network.
 */

import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  rmSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ROOT } from '../support/lessons/run.js';
import { Scratch } from '../support/student.js';

/** npm starts slowly where much else runs. */
const LIMIT_MS = 60_000;

let scratch: Scratch;
let clone: string;

beforeEach(() => {
  scratch = new Scratch();
  clone = join(realpathSync(scratch.path), 'clone');
  scratch.write(
    'clone/package.json',
    JSON.stringify({
      name: 'loopscope',
      version: '0.1.0',
      type: 'module',
      bin: { loopscope: 'bin/loopscope.js' },
      dependencies: { commander: '^14.0.3' },
      scripts: { prepare: 'node tools/build.js --if-older' },
    }),
  );
  for (const path of ['bin/loopscope.js', 'tools/build.js']) {
    mkdirSync(join(clone, path, '..'));
    cpSync(join(ROOT, path), join(clone, path));
  }
  scratch.write('clone/src/index.ts', '');
});

afterEach(() => scratch.remove());

interface Ran {
  status: number | null;
  stdout: string;
  stderr: string;
}

function node(args: string[], env: NodeJS.ProcessEnv = {}, cwd = clone): Ran {
  const { npm_command, npm_config_cache, npm_execpath, ...others } = process.env;
  const options = { cwd, env: { ...others, ...env }, encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
  return { status, stdout, stderr };
}

const prepare = (env?: NodeJS.ProcessEnv): Ran => node(['tools/build.js', '--if-older'], env);

/** npx in a folder of the clone, with a cache of its own, where a registry would not answer. */
function npx(folder: string, ...args: string[]): Ran {
  const env = {
    ...process.env,
    npm_config_cache: join(scratch.path, 'cache'),
    npm_config_registry: 'http://127.0.0.1:9',
    npm_config_fetch_retries: '0',
    npm_config_update_notifier: 'false',
  };
  const shell = process.platform === 'win32';
  const options = { cwd: join(clone, folder), env, encoding: 'utf8', shell } as const;
  const { status, stdout, stderr } = spawnSync(
    'npm',
    ['exec', '--', 'loopscope', ...args],
    options,
  );
  return { status, stdout, stderr };
}

/** As if it had been built: a command that says where it was called. */
function built(): void {
  scratch.write('clone/dist/cli/main.js', 'console.log(process.argv.slice(2).join(" "));\n');
  scratch.write('clone/dist/page/index.html', '');
}

describe('prepare', () => {
  test('does nothing where all that is built is newer', () => {
    built();
    expect(prepare()).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  test('wants to build when a source is newer, or a build was cut off', () => {
    built();
    const later = new Date(Date.now() + 60_000);
    utimesSync(join(clone, 'src/index.ts'), later, later);
    expect(prepare().stderr).toContain('loopscope: not built');
    utimesSync(join(clone, 'dist/page/index.html'), later, later);
    expect(prepare().stderr).toBe('');
    scratch.write('clone/dist/building', '');
    expect(prepare().stderr).toContain('loopscope: not built');
  });

  test('fails only where something unbuilt would be packed', () => {
    for (const [npm_command, status] of [
      ['install', 0],
      ['ci', 0],
      ['pack', 1],
      ['publish', 1],
    ] as const) {
      expect(prepare({ npm_command })).toEqual({
        status,
        stdout: '',
        stderr: 'loopscope: not built, since what builds it is not installed: npm ci\n',
      });
    }
  });

  test('lets npx pass, built or not', () => {
    expect(prepare({ npm_command: 'exec' })).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});

describe('the command in a clone', () => {
  const run = (): Ran => node(['bin/loopscope.js', 'lesson']);

  test('says in one line that nothing is built, or not to the end, or that a package is missing', () => {
    const line = (what: string): Ran => {
      const stderr = `loopscope: ${what}: run npm ci in ${clone}\n`;
      return { status: 1, stdout: '', stderr };
    };
    expect(run()).toEqual(line('not built yet'));
    scratch.write('clone/dist/building', '');
    expect(run()).toEqual(line('it is being built, or that was cut off'));
    rmSync(join(clone, 'dist/building'));
    scratch.write('clone/dist/cli/main.js', "import 'commander';\n");
    expect(run()).toEqual(line('a package is missing'));
  });

  test('does not hide what else fails', () => {
    scratch.write('clone/dist/cli/main.js', "throw new Error('a bug');\n");
    expect(run().stderr).toContain('Error: a bug');
  });
});

describe('npx in a clone', { timeout: LIMIT_MS }, () => {
  test('asks no registry, before anything is installed and after, from every folder', () => {
    mkdirSync(join(clone, 'docs'));
    for (const folder of ['.', 'docs']) {
      expect(npx(folder, 'lesson').stderr).toContain('loopscope: not built yet');
    }
    built();
    mkdirSync(join(clone, 'loopscope-lessons/00-hello-trace'), { recursive: true });
    for (const folder of ['.', 'docs', 'loopscope-lessons/00-hello-trace']) {
      expect(npx(folder, 'check', '0')).toMatchObject({ status: 0, stdout: 'check 0\n' });
    }
  });

  test('works again after npm ci where it was cut off half way', () => {
    built();
    expect(npx('.', 'a').stdout).toBe('a\n');
    const cache = join(scratch.path, 'cache');
    const [name = ''] = readdirSync(join(cache, '_npx'));
    const whole = join(cache, '_npx', name, 'package.json');
    for (const cutOff of [whole, join(cache, '_npx', name, 'node_modules/.bin')]) {
      rmSync(cutOff, { recursive: true });
      prepare({ npm_command: 'ci', npm_config_cache: cache, npm_execpath: 'none.js' });
      expect(existsSync(join(cache, '_npx', name))).toBe(false);
      expect(existsSync(join(clone, 'bin/loopscope.js'))).toBe(true);
      expect(npx('.', 'a').stdout).toBe('a\n');
    }
  });
});
