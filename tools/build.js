/**
 * Builds into dist/: the library and the commands by the compiler, the page by Vite. Plain JavaScript,
 * because it also runs where nothing is installed yet. npm calls it with `--if-older` as `prepare`:
 * after an install or before packing, and each time that npx links this folder into its cache.
 *
 * While it works, dist/building is there; bin/loopscope.js says so where a build was cut off.
 * @module
 */

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** What a build is made from. */
const SOURCES = [
  'src',
  'lessons',
  'tools',
  'examples/php',
  'examples/servers/recordings',
  'test/recordings',
  'package.json',
  'tsconfig.json',
  'vite.config.ts',
];

/** Milliseconds of the newest of files and folders; a folder counts too, for what was removed in it. */
function newest(path) {
  const { mtimeMs, ...stats } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: 0 };
  if (stats.mode === undefined || !statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** Whether what is built in the clone at `root` is whole and newer than all that it is made from. */
export function isBuilt(root) {
  const last = join(root, 'dist/page/index.html'); // the page is built last
  if (existsSync(join(root, 'dist/building')) || !existsSync(last)) return false;
  return statSync(last).mtimeMs >= Math.max(...SOURCES.map((path) => newest(join(root, path))));
}

/** Notes in dist/ a digest of each exercise as it is handed out, for who edits that one and not the copy. */
function noteExercises(root) {
  const lessons = join(root, 'lessons');
  const digests = (existsSync(lessons) ? readdirSync(lessons) : [])
    .filter((name) => existsSync(join(lessons, name, 'exercise.ts')))
    .flatMap((name) => readdirSync(join(lessons, name)).map((file) => [name, file]))
    .filter(([, file]) => /^exercise(\.[\w-]+)?\.ts$/.test(file))
    .map(([name, file]) => [
      file === 'exercise.ts' ? name : `${name}/${file}`, // exercise.zh.ts
      createHash('sha256')
        .update(readFileSync(join(lessons, name, file)))
        .digest('hex'),
    ]);
  const text = JSON.stringify(Object.fromEntries(digests), null, 2);
  writeFileSync(join(root, 'dist/exercises.json'), `${text}\n`);
}

/** Builds all. @returns the exit code, of what failed first */
function build(root) {
  const mark = join(root, 'dist/building');
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(mark, '');
  noteExercises(root);
  const programs = [
    ['node_modules/typescript/bin/tsc', '-p', 'src'],
    ['node_modules/vite/bin/vite.js', 'build'],
  ];
  for (const [program, ...args] of programs) {
    const path = join(root, program);
    const { status } = spawnSync(process.execPath, [path, ...args], {
      cwd: root,
      stdio: 'inherit',
    });
    if (status !== 0) return status ?? 1;
  }
  rmSync(mark);
  return 0;
}

/**
 * npx keeps a link to a clone in npm's cache, in a folder named by a digest of its path. Where it was cut
 * off while it made that, it fails at each call until the folder is gone. So that is taken away, and the
 * link is made here, where nobody presses Ctrl-C out of impatience.
 */
function makeReadyForNpx(root, cache, npm) {
  const name = createHash('sha512').update(root).digest('hex').slice(0, 16);
  const folder = join(cache, '_npx', name);
  const parts = ['package.json', 'node_modules/.bin/loopscope'];
  if (parts.every((path) => existsSync(join(folder, path)))) return;
  rmSync(folder, { recursive: true, force: true });
  const args = [npm, 'exec', '--', 'loopscope', '--version'];
  spawnSync(process.execPath, args, { cwd: root, stdio: 'ignore', timeout: 20_000 });
}

/** As `prepare`. @returns the exit code */
function prepare(root) {
  const { npm_command: command, npm_config_cache: cache, npm_execpath: npm } = process.env;
  // npx waits for this with nothing but a spinner, and a failure would leave its cache broken for
  // ever: the command that it runs next says what is missing
  if (command === 'exec') return 0;
  if (!isBuilt(root)) {
    if (!existsSync(join(root, 'node_modules/vite'))) {
      process.stderr.write('loopscope: not built, since what builds it is not installed: npm ci\n');
      return command === 'pack' || command === 'publish' ? 1 : 0;
    }
    const code = build(root);
    if (code !== 0) return code;
  }
  const isInstall = command === 'ci' || command === 'install';
  if (isInstall && cache !== undefined && npm?.endsWith('.js')) makeReadyForNpx(root, cache, npm);
  return 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');
  process.exitCode = process.argv[2] === '--if-older' ? prepare(root) : build(root);
}
