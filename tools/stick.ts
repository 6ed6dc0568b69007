/**
 * `npm run stick`: the folder that students get on a stick, `dist/stick/loopscope`, and its zip. In it are
 * the page in one file, the package with what it depends on, and what starts it. No answer lies in it, and
 * nothing that is made for one system: what is in `tools/stick` is copied as it stands.
 * @module
 */

import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Zippable, zipSync } from 'fflate';

const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

/** What each student gets beside the package. */
const BESIDE = [
  'dist/loopscope.en.html',
  'dist/loopscope.zh.html',
  'docs/teaching/handout.html',
  'docs/teaching/handout.zh.html',
];

/** Of the package: what its commands read. */
const OF_PACKAGE = ['bin', 'dist', 'lessons', 'examples', 'test/recordings', 'src', 'LICENSE'];

/** Answers; what only the workshop needs; and of the sources all but the line that the doctor runs. */
const LEFT_OUT = [
  /^lessons\/[^/]+\/(right\/|wrong\/|solution|numbers\.ts$)/,
  /^dist\/(stick\/|slides\/|loopscope\.|.*\.map$)/,
  /^src\/(?!.*doctor-line\.ts$)/,
];

/** Needs a binary for each system; only examples and tools are run by it. */
const NOT_EVERYWHERE = 'tsx';

/** What marks a package that is made for one system, or works when it is installed. */
const OF_ONE_SYSTEM = ['os', 'cpu', 'libc', 'gypfile'];

const EXECUTABLE = /\.(sh|command)$|\/bin\/loopscope\.js$|\/\.bin\/loopscope$/;

/** What of a package.json is read here. */
interface Manifest extends Record<string, unknown> {
  name: string;
  version: string;
  dependencies?: Record<string, string>;
  scripts?: Record<string, string>;
}

/** What was made. */
export interface Stick {
  /** The path of the folder. */
  readonly folder: string;
  /** Bytes of all files in it. */
  readonly bytes: number;
  /** The path of the zip. */
  readonly zip: string;
  /** Its bytes. */
  readonly zipBytes: number;
}

/**
 * Makes the folder, and the zip beside it; what was there of an earlier one is taken away.
 *
 * @param to where both lie
 */
export function makeStick(to: string): Stick {
  const folder = join(to, 'loopscope');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  copyStarts(folder);
  for (const path of BESIDE) copyFileSync(join(ROOT, path), join(folder, basename(path)));
  copyPackage(folder);
  const files = filesIn(folder);
  for (const file of files) if (EXECUTABLE.test(file)) chmodSync(file, 0o755);
  const zip = join(to, 'loopscope.zip');
  writeFileSync(zip, zipOf(files, to));
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  return { folder, bytes, zip, zipBytes: statSync(zip).size };
}

/** What starts it, and says what it is; with the ends of lines that Windows wants. */
function copyStarts(folder: string): void {
  const from = join(ROOT, 'tools/stick');
  for (const name of readdirSync(from)) {
    const text = readFileSync(join(from, name), 'utf8');
    const isForWindows = /\.(cmd|txt)$/.test(name);
    writeFileSync(join(folder, name), isForWindows ? text.replaceAll('\n', '\r\n') : text);
  }
}

/** The package as it lies when it is installed, so that `npx loopscope` is found. */
function copyPackage(folder: string): void {
  const modules = join(folder, 'node_modules');
  const own = join(modules, 'loopscope');
  for (const path of OF_PACKAGE) {
    copy(ROOT, own, path, (name) => !LEFT_OUT.some((one) => one.test(name)));
  }
  const { devDependencies: _, scripts: __, ...manifest } = manifestIn(ROOT);
  delete manifest.dependencies?.[NOT_EVERYWHERE];
  write(join(own, 'package.json'), JSON.stringify(manifest, null, 2));
  for (const path of dependenciesOf(ROOT, [NOT_EVERYWHERE])) {
    const name = relative(join(ROOT, 'node_modules'), path);
    const isOwn = (file: string): boolean => !file.slice(name.length).includes('/node_modules/');
    copy(join(ROOT, 'node_modules'), modules, name, isOwn);
  }
  const top = { private: true, type: 'module', dependencies: { loopscope: manifest.version } };
  write(join(folder, 'package.json'), JSON.stringify(top, null, 2));
  for (const [name, text] of Object.entries(BINS)) write(join(modules, '.bin', name), text);
}

/** Copies a file, or the files below a folder, whose path from the first folder is asked for. */
function copy(from: string, to: string, path: string, wants: (name: string) => boolean): void {
  const source = join(from, path);
  for (const file of statSync(source).isFile() ? [source] : filesIn(source)) {
    const name = relative(from, file).replaceAll(sep, '/');
    if (!wants(name)) continue;
    mkdirSync(dirname(join(to, name)), { recursive: true });
    copyFileSync(file, join(to, name));
  }
}

/** As npm makes them, but of this one command: a zip from here has no links. */
const BINS = {
  loopscope: '#!/bin/sh\nexec node "$(dirname "$0")/../loopscope/bin/loopscope.js" "$@"',
  'loopscope.cmd': '@node "%~dp0..\\loopscope\\bin\\loopscope.js" %*\r',
};

/** The folders of all packages that one needs to run, each once. @throws Error for one of one system */
function dependenciesOf(folder: string, without: string[], found = new Set<string>()): Set<string> {
  for (const name of Object.keys(manifestIn(folder).dependencies ?? {})) {
    const path = folderOf(name, folder);
    if (without.includes(name) || found.has(path)) continue;
    const manifest = manifestIn(path);
    const { scripts = {} } = manifest;
    const marks = OF_ONE_SYSTEM.filter((mark) => mark in manifest);
    const works = ['preinstall', 'install', 'postinstall'].filter((script) => script in scripts);
    if (marks.length + works.length > 0) {
      throw new Error(`${name} cannot be carried to another system: ${[...marks, ...works]}`);
    }
    found.add(path);
    dependenciesOf(path, without, found);
  }
  return found;
}

/** Where Node finds a package from a folder. */
function folderOf(name: string, from: string): string {
  const path = join(from, 'node_modules', name);
  if (existsSync(path)) return path;
  if (dirname(from) === from) throw new Error(`${name} is not installed: npm ci`);
  return folderOf(name, dirname(from));
}

function manifestIn(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${text}\n`);
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** With the rights that a system of POSIX takes from it. */
function zipOf(files: readonly string[], from: string): Uint8Array {
  const zippable: Zippable = {};
  for (const file of files) {
    const mode = EXECUTABLE.test(file) ? 0o100755 : 0o100644;
    const options = { os: 3, attrs: (mode << 16) >>> 0 };
    zippable[relative(from, file).replaceAll(sep, '/')] = [readFileSync(file), options];
  }
  return zipSync(zippable);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { folder, bytes, zip, zipBytes } = makeStick(join(ROOT, 'dist/stick'));
  const size = (n: number): string => `${(n / 1e6).toFixed(1)} MB`;
  console.log(`${relative(ROOT, folder)}  ${size(bytes)}, to be copied to a stick`);
  console.log(`${relative(ROOT, zip)}  ${size(zipBytes)}`);
}
