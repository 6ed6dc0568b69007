/**
 * What is behind a socket of socket-select.ts, and the sets of sockets that its select changes.
 * @module
 */

import { socketError } from './failure.js';
import { type Address, type Fd, FdSet, SocketError, type SocketOption } from './net.js';
import type { Socket, SocketSet } from './socket-values.js';

/** The texts of strerror(3) on Linux. */
const TEXTS: Record<string, string> = {
  EACCES: 'Permission denied',
  EADDRINUSE: 'Address already in use',
  EADDRNOTAVAIL: 'Cannot assign requested address',
  EAFNOSUPPORT: 'Address family not supported by protocol',
  EAGAIN: 'Resource temporarily unavailable',
  EBADF: 'Bad file descriptor',
  ECONNABORTED: 'Software caused connection abort',
  ECONNREFUSED: 'Connection refused',
  ECONNRESET: 'Connection reset by peer',
  EHOSTUNREACH: 'No route to host',
  EINVAL: 'Invalid argument',
  EISCONN: 'Transport endpoint is already connected',
  EMFILE: 'Too many open files',
  ENOPROTOOPT: 'Protocol not available',
  ENOTFOUND: 'Unknown host',
  ENOTCONN: 'Transport endpoint is not connected',
  EOPNOTSUPP: 'Operation not supported',
  EPIPE: 'Broken pipe',
  EPROTONOSUPPORT: 'Protocol not supported',
  ESOCKTNOSUPPORT: 'Socket type not supported',
  ETIMEDOUT: 'Connection timed out',
};

/** An error in words, as strerror(3) has them. */
export function strerror(code: string): string {
  return TEXTS[code] ?? (code === '' ? 'Success' : `Unknown error ${code}`);
}

/** What is behind a `Socket`. */
export class PhpSocket implements Socket {
  fd: Fd | null = null;
  closed = false;
  bound: Address | null = null;
  /** Set before there is a descriptor to set them on. */
  readonly options = new Map<SocketOption, number>();
  lastError = '';
  /** RST was told: Linux tells a socket's error once, and from then on only its end. */
  hasFailed = false;
  /** Shut for reading: when nothing is left to read, its end is. */
  isShut = false;
}

/** What socket_last_error tells: the error of a socket, and the last one of any. */
export class PhpErrors {
  last = '';

  /** Runs a call as PHP does: a failure is remembered, and the result is false. */
  attempt<T>(socket: PhpSocket | null, call: () => T): T | false {
    try {
      return call();
    } catch (error) {
      return this.fail(socket, error);
    }
  }

  /** @param socket whose error it is; null for a call after which PHP notes it for none */
  fail(socket: PhpSocket | null, error: unknown): false {
    if (!(error instanceof SocketError)) throw error;
    this.last = error.code;
    if (socket !== null) socket.lastError = error.code;
    return false;
  }
}

/** The state behind a socket. @throws SocketError EBADF once it is closed, as PHP 8 throws an Error */
export function opened(socket: Socket): PhpSocket {
  if (socket instanceof PhpSocket && !socket.closed) return socket;
  if (socket instanceof PhpSocket) {
    throw socketError('socket', 'EBADF', 'socket.closed');
  }
  throw socketError('socket', 'EINVAL', 'socket.no-socket', { what: nameOf(socket) });
}

/** The descriptor of a connection or a listener. @throws SocketError ENOTCONN, or what PHP has for it */
export function connected(socket: PhpSocket, syscall: string, code = 'ENOTCONN'): Fd {
  if (socket.fd !== null) return socket.fd;
  throw socketError(syscall, code, 'socket.no-connection');
}

/** The entries of a set. An array's empty places, left by an earlier call, are none. */
function entriesOf(set: SocketSet): [unknown, Socket][] {
  return set instanceof Map ? [...set] : Object.entries(set);
}

/**
 * The sockets of a set, each once.
 *
 * @param name what PHP calls the set
 * @throws SocketError EINVAL for what is no socket, EBADF for one that does not listen or is closed
 */
export function socketsOf(
  set: SocketSet | null,
  name: '$read' | '$write' | '$except',
): PhpSocket[] {
  const sockets = new Set<PhpSocket>();
  for (const [key, socket] of entriesOf(set ?? [])) {
    if (!(socket instanceof PhpSocket)) {
      const values = { name, what: nameOf(socket), key: String(key) };
      throw socketError('select', 'EINVAL', 'socket.only', values);
    }
    if (socket.fd === null) {
      throw socketError('select', 'EBADF', 'socket.not-open', { key: String(key) });
    }
    sockets.add(socket);
  }
  return [...sockets];
}

export function fdsOf(sockets: readonly PhpSocket[]): FdSet {
  return new FdSet(sockets.flatMap(({ fd }) => fd ?? []));
}

/** Takes the sockets that are not ready out of a set. @returns how many sockets of it are ready */
export function keep(set: SocketSet | null, ready: readonly Fd[]): number {
  if (set === null) return 0;
  const fds = new Set<Fd | null>(ready);
  let end = 0;
  for (const [key, { fd }] of entriesOf(set)) {
    if (fds.has(fd)) {
      if (Array.isArray(set)) end = Number(key) + 1;
    } else if (set instanceof Map) set.delete(key);
    else Reflect.deleteProperty(set, key as string);
  }
  if (Array.isArray(set)) set.length = end;
  return fds.size;
}

/** What a value is, in a word: what somebody put among sockets may be anything. */
function nameOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
