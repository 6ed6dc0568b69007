/**
 * The servers of the gallery: what runs each of them on a port, what it speaks, and what has to be there.
 * Those of examples/servers are ours; redis and nginx are the system's own. Linux.
 * @module
 */

import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Protocol } from './guests.js';

/** A server. */
export interface GalleryServer {
  /** What its recordings are called after. */
  readonly name: string;
  /** Its file in examples/servers, or the program. */
  readonly file: string;
  readonly protocol: Protocol;
  /** Commands, one of which has to succeed; the program that is found is handed to `command`. */
  readonly needs: readonly (readonly string[])[];
  /** @param folder of its own, to be thrown away */
  command(program: string, port: number, folder: string): string[];
}

const path = (file: string): string =>
  fileURLToPath(new URL(`../../examples/servers/${file}`, import.meta.url));

/** Takes a script that a program runs. */
function script(
  file: string,
  needs: GalleryServer['needs'],
  protocol: Protocol = 'lines',
): GalleryServer {
  const name = file.replace(/\.\w+$/, '');
  const command = (program: string, port: number) => [program, path(file), String(port)];
  return { name, file, protocol, needs, command };
}

/** The system's own Python, which has its libraries, before any other. */
function pythons(...args: string[]): string[][] {
  return ['/usr/bin/python3', 'python3'].map((program) => [program, ...args]);
}

function inC(file: string): GalleryServer {
  const name = file.replace(/\.c$/, '');
  return {
    ...{ name, file, protocol: 'lines', needs: [['cc', '--version']] },
    command: (program, port, folder) => {
      const made = join(folder, name);
      spawnSync(program, ['-O2', '-o', made, path(file)]);
      return [made, String(port)];
    },
  };
}

const PYTHON = pythons('--version');
const PHP = [['php', '--version']];

/** All of them, in the order of the table. */
export const SERVERS: readonly GalleryServer[] = [
  inC('select.c'),
  inC('epoll.c'),
  script('select_chat.py', PYTHON),
  script('selectors_tutorial.py', PYTHON),
  script('selectors_chat.py', PYTHON),
  script('asyncio_chat.py', PYTHON),
  script('websockets_chat.py', pythons('-c', 'import websockets'), 'websocket'),
  script('stream_select.php', PHP),
  script('socket_select.php', [['php', '-r', 'exit(extension_loaded("sockets") ? 0 : 1);']]),
  script('io_select.rb', [['ruby', '--version']]),
  script('node_net.mjs', [[process.execPath, '--version']]),
  script('node_ws.mjs', [[process.execPath, '--version']], 'websocket'),
  {
    ...{ name: 'redis', file: 'redis-server', protocol: 'redis' },
    needs: [['redis-server', '--version']],
    command: (program, port, folder) => [
      ...[program, '--port', String(port), '--bind', '127.0.0.1', '--dir', folder],
      ...['--save', '', '--appendonly', 'no', '--maxclients', '100'],
    ],
  },
  {
    ...{ name: 'nginx', file: 'nginx.conf', protocol: 'http' },
    needs: [
      ['nginx', '-v'],
      ['/usr/sbin/nginx', '-v'],
    ],
    command: (program, port, folder) => {
      const user = userInfo().uid === 0 ? 'user root;\n' : '';
      const text = readFileSync(path('nginx.conf'), 'utf8').replace(
        '127.0.0.1:PORT',
        `127.0.0.1:${port}`,
      );
      writeFileSync(join(folder, 'nginx.conf'), `${user}${text}`);
      for (const one of ['body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']) mkdirSync(join(folder, one));
      return [program, '-p', folder, '-e', 'stderr', '-c', join(folder, 'nginx.conf')];
    },
  },
];

/** The program that a server needs; null where none is here. */
export function programFor({ needs }: GalleryServer): string | null {
  const found = needs.find(([program = '', ...args]) => spawnSync(program, args).status === 0);
  return found?.[0] ?? null;
}

/** A port that nobody listens on, at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
