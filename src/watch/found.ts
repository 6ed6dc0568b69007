/**
 * What a process had open before the recording began, as Linux's /proc tells it: what its descriptors stand
 * for, and whom its epolls watch. Reads texts; whoever is there takes them.
 * @module
 */

import type { Fd } from '../net/net.js';
import { type FileKind, type OpenFile, saidOf } from './files.js';
import { dataIn } from './interest.js';
import type { Program } from './tables.js';

/** What was there. */
export interface Found {
  /** The threads of the process. */
  readonly threads: readonly number[];
  readonly program: Program | null;
  readonly files: readonly FoundFile[];
}

/** What stands behind one of its descriptors. */
export interface FoundFile {
  readonly fd: Fd;
  readonly kind: FileKind;
  /** What is known of it besides. */
  readonly known: Partial<OpenFile>;
  /** Of an epoll: its interest list. */
  readonly watches: readonly FoundWatch[];
}

/** An entry of an interest list. */
export interface FoundWatch {
  readonly fd: Fd;
  /** `EPOLLIN|EPOLLET`, say. */
  readonly events: string;
  /** What is given back, in the form of `dataOf`. */
  readonly data: string;
}

/** A TCP socket of the machine's table. */
export interface FoundSocket {
  readonly kind: 'listener' | 'connection';
  readonly known: Partial<OpenFile>;
}

/** epoll_ctl(2); errors and hang-ups are always told, and so say nothing. */
const EVENTS: readonly (readonly [bit: number, name: string])[] = [
  [0x1, 'EPOLLIN'],
  [0x2, 'EPOLLPRI'],
  [0x4, 'EPOLLOUT'],
  [0x2000, 'EPOLLRDHUP'],
  [0x4000_0000, 'EPOLLONESHOT'],
  [0x8000_0000, 'EPOLLET'],
];

/** open(2), O_NONBLOCK of most architectures. */
const NONBLOCK = 0o4000;

/**
 * Reads what /proc says of a descriptor.
 *
 * @param link what `fd/N` leads to: `socket:[4711]`, `anon_inode:[eventpoll]`, a path
 * @param info the text of `fdinfo/N`
 * @param sockets the TCP sockets that there are, by what leads to them
 */
export function readFound(
  fd: Fd,
  link: string,
  info: string,
  sockets: ReadonlyMap<string, FoundSocket>,
): FoundFile {
  const socket = sockets.get(link);
  const said = link.startsWith('pipe:') ? 'pipe' : (saidOf(link)?.kind ?? 'other');
  const [, flags = '0'] = /^flags:\s*([0-7]+)$/m.exec(info) ?? [];
  const nonblocking = (Number.parseInt(flags, 8) & NONBLOCK) !== 0;
  return {
    ...{ fd, kind: socket?.kind ?? said, known: { ...socket?.known, nonblocking } },
    watches: [...info.matchAll(/^tfd:\s*(\d+) events:\s*([\da-f]+) data:\s*([\da-f]+)/gm)].map(
      ([, number, bits = '0', data = '0']) => ({
        fd: Number(number),
        events: eventsIn(Number.parseInt(bits, 16)),
        data: dataIn(`0x${data}`),
      }),
    ),
  };
}

function eventsIn(bits: number): string {
  // bit 31 is a sign to JavaScript's &
  const names = EVENTS.filter(([bit]) => (bits & bit) !== 0).map(([, name]) => name);
  return names.join('|') || '0';
}
