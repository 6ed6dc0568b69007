/**
 * What a process has open that runs already, from /proc: an epoll that was told before whom to watch says so
 * there. Looked at once it is watched, so that whatever changes from then on is seen from its calls. Linux only.
 * @module
 */

import { fdTarget, listProc, readProc } from '../php/processes.js';
import { parseTcpEnds, TcpState } from '../php/tcp-table.js';
import { type Found, type FoundSocket, readFound } from '../watch/found.js';

/** @returns what may be seen of it; nothing of a process that is gone, or another user's */
export function foundIn(pid: number): Found {
  const folder = `/proc/${pid}`;
  const threads = listProc(`${folder}/task`).map(Number);
  const [path = '', ...words] = (readProc(`${folder}/cmdline`) ?? '').split('\0').slice(0, -1);
  const sockets = socketsOf(folder);
  const files = listProc(`${folder}/fd`).map((fd) =>
    readFound(
      Number(fd),
      fdTarget(String(pid), fd),
      readProc(`${folder}/fdinfo/${fd}`) ?? '',
      sockets,
    ),
  );
  return { threads, program: path === '' ? null : { path, arguments: words }, files };
}

/** The TCP sockets that it can have, by what leads to them. */
function socketsOf(folder: string): Map<string, FoundSocket> {
  const sockets = new Map<string, FoundSocket>();
  for (const table of ['tcp', 'tcp6']) {
    for (const { inode, state, local, remote } of parseTcpEnds(
      readProc(`${folder}/net/${table}`) ?? '',
    )) {
      const peer = { peerHost: remote.host, peerPort: remote.port };
      sockets.set(`socket:[${inode}]`, {
        kind: state === TcpState.listen ? 'listener' : 'connection',
        known: state === TcpState.listen ? local : { ...local, ...peer },
      });
    }
  }
  return sockets;
}
