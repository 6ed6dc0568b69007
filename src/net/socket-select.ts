/**
 * PHP's socket functions over any `Net`, so that a line of PHP and its TypeScript twin can stand
 * side by side: sets changed in place, their keys kept; false, and socket_last_error, on failure.
 *
 * Where the picture breaks:
 * - `socket_listen` and `socket_select` must be awaited. Node binds while other code runs, so what
 *   PHP's socket_bind finds (a port in use) is found by socket_listen here.
 * - PHP's sockets block unless told otherwise. These never do: what would wait fails with EAGAIN.
 * - socket_last_error tells the name of the error; its number differs between systems.
 * - A PHP string is bytes. A string given to socket_write is sent as UTF-8.
 *
 * @module
 */

import { type Address, type Fd, FdSet, type Net, SocketError, type SocketOption } from './net.js';

// The values of Linux.
/** The family of IPv4 addresses, for `socket_create`. */
export const AF_INET = 2;
/** A stream of bytes in order, for `socket_create`. */
export const SOCK_STREAM = 1;
/** The level of the options below, for `socket_set_option`. */
export const SOL_SOCKET = 1;
/** TCP, for `socket_create`. */
export const SOL_TCP = 6;
/** Lets a server listen again at once on the port that it had. */
export const SO_REUSEADDR = 2;
/** The size of the send buffer, in bytes. */
export const SO_SNDBUF = 7;
/** The size of the receive buffer, in bytes. */
export const SO_RCVBUF = 8;

/** What a PHP parameter by reference (`&$buffer`) becomes: a box that the callee fills. */
export interface Ref<T> {
  /** What is in the box. */
  value: T;
}

/** A socket as PHP 8 has it: an object, with a descriptor from listen or accept until close. */
export interface Socket {
  /** Null before the socket listens, and after it is closed. */
  readonly fd: Fd | null;
}

/** What `socket_select` takes for each set: an array, or a Map or plain object with keys to keep. */
export type SocketSet = Socket[] | Map<unknown, Socket> | Record<string, Socket>;

/** The options that `socket_set_option` knows, by their numbers at level SOL_SOCKET. */
const OPTIONS: Record<number, SocketOption> = {
  [SO_REUSEADDR]: 'SO_REUSEADDR',
  [SO_SNDBUF]: 'SO_SNDBUF',
  [SO_RCVBUF]: 'SO_RCVBUF',
};

/** The texts of strerror(3) on Linux. */
const TEXTS: Record<string, string> = {
  EACCES: 'Permission denied',
  EADDRINUSE: 'Address already in use',
  EADDRNOTAVAIL: 'Cannot assign requested address',
  EAGAIN: 'Resource temporarily unavailable',
  EBADF: 'Bad file descriptor',
  ECONNABORTED: 'Software caused connection abort',
  ECONNREFUSED: 'Connection refused',
  ECONNRESET: 'Connection reset by peer',
  EHOSTUNREACH: 'No route to host',
  EINVAL: 'Invalid argument',
  EMFILE: 'Too many open files',
  ENOPROTOOPT: 'Protocol not available',
  ENOTCONN: 'Transport endpoint is not connected',
  EOPNOTSUPP: 'Operation not supported',
  EPIPE: 'Broken pipe',
  ETIMEDOUT: 'Connection timed out',
};

/** What is behind a `Socket`. */
class PhpSocket implements Socket {
  fd: Fd | null = null;
  closed = false;
  bound: Address | null = null;
  /** Set before there is a descriptor to set them on. */
  readonly options = new Map<SocketOption, number>();
  lastError = '';
}

/** PHP's socket functions on one `Net`. Each may be taken out of the object and called alone. */
export type SocketFunctions = ReturnType<typeof socketFunctions>;

/**
 * Gives PHP's socket functions for a network.
 *
 * @param net any network; descriptors that it has already are not touched
 * @returns the functions by PHP's names, to be destructured
 * @see https://www.php.net/manual/en/ref.sockets.php
 */
export function socketFunctions(net: Net) {
  let lastError = '';

  /** Runs a call as PHP does: a failure is remembered, and the result is false. */
  function attempt<T>(socket: PhpSocket, call: () => T): T | false {
    try {
      return call();
    } catch (error) {
      return fail(socket, error);
    }
  }

  function fail(socket: PhpSocket, error: unknown): false {
    if (!(error instanceof SocketError)) throw error;
    lastError = error.code;
    socket.lastError = error.code;
    return false;
  }

  return {
    /** Makes a TCP socket, which has no descriptor until it listens. */
    socket_create(
      _domain: typeof AF_INET,
      _type: typeof SOCK_STREAM,
      _protocol: typeof SOL_TCP,
    ): Socket {
      return new PhpSocket();
    },

    /** Sets SO_REUSEADDR, SO_SNDBUF or SO_RCVBUF: on a listener, for the connections it accepts. */
    socket_set_option(socket: Socket, level: number, option: number, value: number): boolean {
      const own = opened(socket);
      return attempt(own, () => {
        const name = level === SOL_SOCKET ? OPTIONS[option] : undefined;
        if (name === undefined) {
          const seen = `option ${option} at level ${level}`;
          throw new SocketError('setsockopt', 'ENOPROTOOPT', `${seen}: see socketFunctions`);
        }
        if (own.fd === null) own.options.set(name, value);
        else net.setsockopt(own.fd, name, value);
        return true;
      });
    },

    /** Notes the address; whether it is free is found by `socket_listen`. */
    socket_bind(socket: Socket, address: string, port = 0): boolean {
      const own = opened(socket);
      return attempt(own, () => {
        if (own.bound !== null || own.fd !== null) {
          throw new SocketError('bind', 'EINVAL', 'the socket has an address: bind it once');
        }
        own.bound = { host: address, port };
        return true;
      });
    },

    /** Binds, and starts to listen. Await it. */
    async socket_listen(socket: Socket, backlog = 0): Promise<boolean> {
      const own = opened(socket);
      try {
        if (own.fd !== null) return true;
        const fd = await net.listen(own.bound ?? { host: '0.0.0.0', port: 0 }, { backlog });
        try {
          for (const [option, value] of own.options) net.setsockopt(fd, option, value);
        } catch (error) {
          net.close(fd);
          throw error;
        }
        own.fd = fd;
        return true;
      } catch (error) {
        return fail(own, error);
      }
    },

    /** Takes the connection that has waited longest, or false: select the listener first. */
    socket_accept(socket: Socket): Socket | false {
      const own = opened(socket);
      return attempt(own, () => {
        if (own.fd === null) {
          throw new SocketError('accept', 'EINVAL', 'the socket does not listen: socket_listen it');
        }
        const accepted = new PhpSocket();
        accepted.fd = net.accept(own.fd);
        return accepted;
      });
    },

    /**
     * Receives up to `length` bytes into `buffer`.
     *
     * @param flags 0: none of the MSG_ flags is known
     * @returns bytes received; 0 after FIN, with null in `buffer`; false on failure, null as well
     */
    socket_recv(
      socket: Socket,
      buffer: Ref<Uint8Array | null>,
      length: number,
      flags: number,
    ): number | false {
      const own = opened(socket);
      buffer.value = null;
      return attempt(own, () => {
        if (flags !== 0) throw new SocketError('recv', 'EOPNOTSUPP', `flags ${flags}: give 0`);
        const bytes = net.recv(connected(own, 'recv'), length);
        if (bytes.length > 0) buffer.value = bytes;
        return bytes.length;
      });
    },

    /**
     * Sends what the socket has room for: the caller keeps the rest.
     *
     * @param length most bytes to send; null or absent sends all of `data`
     * @returns bytes taken, or false
     */
    socket_write(
      socket: Socket,
      data: Uint8Array | string,
      length: number | null = null,
    ): number | false {
      const own = opened(socket);
      const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data;
      return attempt(own, () => {
        const some = length === null ? bytes : bytes.subarray(0, length);
        return net.send(connected(own, 'send'), some);
      });
    },

    /** Closes the socket; what was written goes out first. PHP 8 throws, too, if it is used again. */
    socket_close(socket: Socket): void {
      const own = opened(socket);
      if (own.fd !== null) net.close(own.fd);
      own.fd = null;
      own.closed = true;
    },

    /** Tells the other end's address and port. */
    socket_getpeername(socket: Socket, address: Ref<string>, port?: Ref<number>): boolean {
      const own = opened(socket);
      return attempt(own, () => {
        const peer = net.getpeername(connected(own, 'getpeername'));
        address.value = peer.host;
        if (port !== undefined) port.value = peer.port;
        return true;
      });
    },

    /**
     * Waits until a socket of the sets is ready, and takes those that are not out of the sets: in
     * an array the others keep their index, and the places between them are empty.
     *
     * @param seconds null waits without end; 0 with 0 microseconds polls
     * @returns how many are left in the three sets; 0, and all of them empty, after a time-out
     * @throws SocketError EINVAL when no set has a socket: PHP 8 throws a ValueError, because such a
     *   call could only sleep; EBADF for a socket that does not listen or is closed
     */
    async socket_select(
      read: SocketSet | null,
      write: SocketSet | null,
      except: SocketSet | null,
      seconds: number | null,
      microseconds = 0,
    ): Promise<number> {
      const [reads, writes, excepts] = [watched(read), watched(write), watched(except)];
      if (reads.size + writes.size + excepts.size === 0) {
        const rule = 'at least one array must hold a socket, or the call would only sleep';
        throw new SocketError('select', 'EINVAL', `no socket to watch; ${rule}`);
      }
      const timeoutMs = seconds === null ? null : seconds * 1_000 + microseconds / 1_000;
      const ready = await net.select(reads, writes, excepts, timeoutMs);
      return keep(read, ready.read) + keep(write, ready.write) + keep(except, ready.except);
    },

    /** Tells the name of the last error, of this socket or of any: ECONNRESET; '' for none. */
    socket_last_error(socket?: Socket): string {
      return socket instanceof PhpSocket ? socket.lastError : lastError;
    },

    /** Tells an error in words: `Connection reset by peer` for ECONNRESET. */
    socket_strerror(code: string): string {
      return TEXTS[code] ?? (code === '' ? 'Success' : `Unknown error ${code}`);
    },
  };
}

/** The state behind a socket. @throws SocketError EBADF once it is closed, as PHP 8 throws an Error */
function opened(socket: Socket): PhpSocket {
  if (socket instanceof PhpSocket && !socket.closed) return socket;
  throw new SocketError('socket', 'EBADF', 'the socket has already been closed');
}

function connected(socket: PhpSocket, syscall: string): Fd {
  if (socket.fd !== null) return socket.fd;
  throw new SocketError(syscall, 'ENOTCONN', 'the socket has no connection: use an accepted one');
}

/** The entries of a set. An array's empty places, left by an earlier call, are none. */
function entriesOf(set: SocketSet): [unknown, Socket][] {
  return set instanceof Map ? [...set] : Object.entries(set);
}

function watched(set: SocketSet | null): FdSet {
  const fds = new FdSet();
  for (const [key, { fd }] of entriesOf(set ?? [])) {
    if (fd === null) {
      const advice = 'socket_listen it first, and take it out when you close it';
      throw new SocketError(
        'select',
        'EBADF',
        `the socket at ${String(key)} is not open; ${advice}`,
      );
    }
    fds.add(fd);
  }
  return fds;
}

/** Takes the sockets that are not ready out of a set, and counts those that stay. */
function keep(set: SocketSet | null, ready: Fd[]): number {
  if (set === null) return 0;
  const fds = new Set<Fd | null>(ready);
  let kept = 0;
  let end = 0;
  for (const [key, { fd }] of entriesOf(set)) {
    if (fds.has(fd)) {
      kept++;
      if (Array.isArray(set)) end = Number(key) + 1;
    } else if (set instanceof Map) set.delete(key);
    else Reflect.deleteProperty(set, key as string);
  }
  if (Array.isArray(set)) set.length = end;
  return kept;
}
