/**
 * A program where the network is cut off, or where a folder cannot be written, as far as this machine can
 * have that: by namespaces of Linux, where they are allowed; else by what every Node and system has.
 * @module
 */

import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';

/** How a program is begun: these words stand before its own. */
type Prefix = readonly string[];

const works = (words: Prefix): boolean =>
  spawnSync(words[0] ?? '', words.slice(1), { stdio: 'ignore' }).status === 0;

/** Imported by a Node, which then reaches nobody but this machine: what else is tried throws. */
const NO_NETWORK = `
  import dns from 'node:dns';
  import { Socket } from 'node:net';
  const connect = Socket.prototype.connect;
  Socket.prototype.connect = function (...args) {
    const [{ host = 'localhost', path } = {}] = args.flat();
    if (path || /^(localhost$|127\\.|::1$)/.test(host)) return connect.apply(this, args);
    throw new Error('the network is cut off');
  };
  dns.lookup = () => { throw new Error('the network is cut off'); };`;

/** What cuts the network off: a namespace that has none; or, where none can be made, a module for each Node. */
export function cutOff(): { readonly prefix: Prefix; readonly env: NodeJS.ProcessEnv } {
  const prefix = [
    ['unshare', '-n'],
    ['unshare', '-rn'],
  ].find((words) => works([...words, 'true']));
  if (prefix !== undefined) return { prefix, env: {} };
  const module = `data:text/javascript,${encodeURIComponent(NO_NETWORK)}`;
  return { prefix: [], env: { NODE_OPTIONS: `--import ${module}` } };
}

const READ_ONLY = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && cd "$0" && exec "$@"';

/** In this folder, which cannot be written: mounted so for this program alone, or by its rights; null where neither helps. */
export function locked(folder: string): Prefix | null {
  const mounted = ['unshare', '-m', 'sh', '-c', READ_ONLY, folder];
  if (works([...mounted, 'true'])) return mounted;
  if (process.platform === 'win32' || process.getuid?.() === 0) return null; // its rights bind neither
  chmodSync(folder, 0o555);
  return ['sh', '-c', 'cd "$0" && exec "$@"', folder];
}
