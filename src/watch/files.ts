/**
 * What a descriptor stands for: an open file description, and what strace says of one (-y, -yy), and
 * prints of an address.
 * @module
 */

import { InterestList, type Watchable } from './interest.js';
import { bytesOf, fieldsOf, numberOf, type Value, wordOf } from './values.js';

/** What a descriptor stands for. */
export type FileKind =
  | 'listener'
  | 'connection'
  /** A TCP socket that neither listens nor is connected yet. */
  | 'socket'
  | 'epoll'
  /** eventfd(2), timerfd(2), signalfd(2), a pipe or a pair of sockets of the program's own. */
  | 'event'
  | 'timer'
  | 'signal'
  | 'pipe'
  /** io_uring(7): what a program asks of the kernel through it, no call shows. */
  | 'ring'
  /** A file, a terminal, a UDP socket: nothing that is followed. */
  | 'other';

/** An open file description: what several descriptors may stand for. */
export interface OpenFile extends Watchable {
  kind: FileKind;
  /** The address that it is bound to; empty as long as it is not known. */
  host: string;
  port: number;
  /** The address of the other end of a connection. */
  peerHost: string;
  peerPort: number;
  /** TCP_NODELAY was set. */
  nodelay: boolean;
  /** O_NONBLOCK, or its kin, was set; null where nothing was seen of it. */
  nonblocking: boolean | null;
  /** Of a listener: its backlog. */
  backlog: number;
  /** Of an epoll: what it watches. */
  readonly interest: InterestList | null;
  /** Descriptors of any process that stand for it. */
  links: number;
}

/** One of which nothing is known yet. @param isNew whether it was made just now, so that an epoll watches nobody yet */
export function newFile(kind: FileKind, isNew: boolean): OpenFile {
  const none = { host: '', port: 0, peerHost: '', peerPort: 0, backlog: 0 };
  const options = { nodelay: false, nonblocking: null };
  const interest = kind === 'epoll' ? new InterestList(isNew) : null;
  return { kind, ...none, ...options, interest, watchers: [], links: 1 };
}

/** What a call returns, where it is a descriptor. */
export const MADE: ReadonlyMap<string, FileKind> = new Map<string, FileKind>([
  ['epoll_create', 'epoll'],
  ['epoll_create1', 'epoll'],
  ['eventfd', 'event'],
  ['eventfd2', 'event'],
  ['timerfd_create', 'timer'],
  ['signalfd', 'signal'],
  ['signalfd4', 'signal'],
  ['pipe', 'pipe'],
  ['pipe2', 'pipe'],
  ['socketpair', 'pipe'],
  ['io_uring_setup', 'ring'],
  ['open', 'other'],
  ['openat', 'other'],
  ['openat2', 'other'],
  ['creat', 'other'],
  ['memfd_create', 'other'],
  ['inotify_init', 'other'],
  ['inotify_init1', 'other'],
]);

/** What strace says of a descriptor. */
export interface Said {
  readonly kind: FileKind;
  readonly own: string;
  readonly peer: string;
}

export function saidOf(of: string): Said | null {
  const none = { own: '', peer: '' };
  const [, tcp] = /^TCP(?:v6)?:\[(.*)\]$/.exec(of) ?? [];
  if (tcp === undefined) {
    const path = of.startsWith('\\x') ? fromEscapes(of) : of;
    const [, inode] = /^anon_inode:\[?(\w+)/.exec(path) ?? [];
    const kind = inode === undefined ? undefined : INODES.get(inode);
    return kind === undefined ? { kind: 'other', ...none } : { kind, ...none };
  }
  const [own = '', peer] = tcp.split('->');
  if (peer !== undefined) return { kind: 'connection', own, peer };
  return /^\d+$/.test(own) ? { kind: 'socket', ...none } : { kind: 'listener', own, peer: '' };
}

const INODES: ReadonlyMap<string, FileKind> = new Map<string, FileKind>([
  ['eventpoll', 'epoll'],
  ['eventfd', 'event'],
  ['timerfd', 'timer'],
  ['signalfd', 'signal'],
  ['io_uring', 'ring'],
]);

function fromEscapes(text: string): string {
  return text.replace(/\\x([\da-f]{2})/g, (_, hex) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

export function addressesOf({ own, peer }: Said): Partial<OpenFile> {
  const mine = splitAddress(own);
  const theirs = splitAddress(peer);
  return {
    ...(mine.port > 0 && mine),
    ...(theirs.port > 0 && { peerHost: theirs.host, peerPort: theirs.port }),
  };
}

function splitAddress(text: string): { host: string; port: number } {
  const [, host = '', port = '0'] = /^(.*):(\d+)$/.exec(text) ?? [];
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
}

/** Reads `{sa_family=AF_INET, sin_port=htons(8080), sin_addr=inet_addr("127.0.0.1")}`. */
export function addressOf(value: Value | undefined): { host: string; port: number } {
  const fields = fieldsOf(value);
  const port = fields.get('sin_port') ?? fields.get('sin6_port');
  const host =
    fields.get('sin_addr') ?? [...fields.values()].find((one) => wordOf(one) === 'inet_pton');
  const [number] = port?.kind === 'word' ? port.args : [];
  const text = host?.kind === 'word' ? host.args.find((one) => one.kind === 'string') : undefined;
  return { host: String.fromCharCode(...bytesOf(text)), port: numberOf(number) ?? 0 };
}
