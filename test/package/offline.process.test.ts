/**
 * A class without the Internet: the lines of docs/teaching/before-class.md fill a stick, and install from it
 * where nothing can be reached. The stick is filled from the registry, so this runs with LOOPSCOPE_INSTALL=npm.
 */

import { execSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ROOT, runNode } from '../support/lessons/run.js';

const LIMIT_MS = 600_000;
/** Nobody listens at port 9: whatever npm asks for fails at once. */
const NOWHERE = 'http://127.0.0.1:9';
const CUT = { npm_config_proxy: NOWHERE, npm_config_https_proxy: NOWHERE, npm_config_noproxy: '' };

const guide = readFileSync(join(ROOT, 'docs/teaching/before-class.md'), 'utf8');
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'loopscope-stick-'));
const stick = join(folder, 'stick');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Makes a folder beside the stick, and runs a line of the guide in it. */
function run(line: string, name: string, env: NodeJS.ProcessEnv = {}): string {
  const cwd = name === 'kit' ? ROOT : join(folder, name);
  mkdirSync(cwd, { recursive: true });
  const here = name === 'kit' ? line.replace('../stick', stick) : line;
  return execSync(here, { cwd, env: { ...process.env, ...env }, encoding: 'utf8', stdio: 'pipe' });
}

describe('the stick of the guide', () => {
  const lines = [...guide.matchAll(/^ {4}(npm (?:pack|install) .*)$/gm)].map(
    ([, line = '']) => line,
  );

  test('takes three lines, and names the tarball of this version', () => {
    expect(lines).toHaveLength(3);
    for (const line of lines.slice(1)) expect(line).toContain(`/loopscope-${version}.tgz`);
    expect(lines[2]).toContain('--offline');
  });

  // defined only there: a test that is skipped would be counted
  if (process.env.LOOPSCOPE_INSTALL !== 'npm') return;
  test(
    'installs the kit where nothing can be reached, and a lesson runs',
    async () => {
      const [pack = '', fill = '', install = ''] = lines;
      mkdirSync(stick);
      run(`${pack} --ignore-scripts`, 'kit');
      // with the network cut, an empty cache is found out
      expect(() => run(install, 'too-early', CUT)).toThrow('ENOTCACHED');
      run(fill, 'home');
      run(install, 'class', CUT);
      const bin = join(folder, 'class/node_modules/loopscope/bin/loopscope.js');
      const cwd = join(folder, 'class');
      const { code, stdout, stderr } = await runNode([bin, 'lesson', '0'], {
        cwd,
        limitMs: LIMIT_MS,
      });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain('turn 1');
    },
    LIMIT_MS,
  );
});
