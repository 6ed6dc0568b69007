/**
 * PHP's socket functions over any `Net`, so that a line of PHP and its TypeScript twin can stand
 * side by side: sets changed in place, their keys kept; false, and socket_last_error, on failure.
 *
 * Where the picture breaks:
 * - `socket_listen`, `socket_connect` and `socket_select` must be awaited. Node binds while other code runs, so what
 *   PHP's socket_bind finds (a port in use) is found by socket_listen here.
 * - PHP's sockets block unless told otherwise. These never do: what would wait fails with EAGAIN.
 * - Where PHP 8 throws (a closed socket, what is none, a negative length), a `SocketError` is thrown.
 * - socket_last_error tells the name of the error; its number differs between systems.
 * - A PHP string is bytes. A string given to socket_write is sent as UTF-8.
 *
 * @module
 */

import { socketError } from './failure.js';
import { type Fd, type Net, type Ready, SocketError, type SocketOption } from './net.js';
import { fdsOf, keep, opened, PhpErrors, PhpSocket, socketsOf, strerror } from './php-socket.js';
import { transferFunctions } from './socket-transfer.js';
import {
  AF_INET,
  SO_RCVBUF,
  SO_REUSEADDR,
  SO_SNDBUF,
  SOCK_STREAM,
  SOL_SOCKET,
  SOL_TCP,
  type Socket,
  type SocketSet,
} from './socket-values.js';

/** The options that `socket_set_option` knows, by their numbers at level SOL_SOCKET. */
const OPTIONS: Record<number, SocketOption> = {
  [SO_REUSEADDR]: 'SO_REUSEADDR',
  [SO_SNDBUF]: 'SO_SNDBUF',
  [SO_RCVBUF]: 'SO_RCVBUF',
};

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
  const errors = new PhpErrors();
  return {
    ...transferFunctions(net, errors),

    /**
     * Makes a TCP socket, which has no descriptor until it listens or connects.
     *
     * @throws SocketError EINVAL where PHP 8 throws a ValueError: a domain or a type that there is
     *   not; EAFNOSUPPORT, ESOCKTNOSUPPORT, EPROTONOSUPPORT for whatever else is not TCP over IPv4,
     *   of which PHP makes some (IPv6, UDP)
     */
    socket_create(
      domain: typeof AF_INET,
      type: typeof SOCK_STREAM,
      protocol: typeof SOL_TCP | 0,
    ): Socket {
      checkKind(domain, type, protocol);
      return new PhpSocket();
    },

    /** Sets SO_REUSEADDR, SO_SNDBUF or SO_RCVBUF: on a listener, for the connections it accepts. */
    socket_set_option(socket: Socket, level: number, option: number, value: number): boolean {
      const own = opened(socket);
      return errors.attempt(own, () => {
        const name = level === SOL_SOCKET ? OPTIONS[option] : undefined;
        if (name === undefined) {
          throw socketError('setsockopt', 'ENOPROTOOPT', 'socket.option', { option, level });
        }
        if (own.fd === null) own.options.set(name, value);
        else net.setsockopt(own.fd, name, value);
        return true;
      });
    },

    /** Notes the address; whether it is free is found by `socket_listen`. */
    socket_bind(socket: Socket, address: string, port = 0): boolean {
      const own = opened(socket);
      return errors.attempt(own, () => {
        if (own.bound !== null || own.fd !== null) {
          throw socketError('bind', 'EINVAL', 'socket.bound');
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
        own.fd = withOptions(net, own, fd);
        return true;
      } catch (error) {
        return errors.fail(own, error);
      }
    },

    /**
     * Connects. Await it. Where the socket is bound does not matter here.
     *
     * @returns false on failure: ECONNREFUSED, ENOTFOUND (Unknown host), EISCONN for a second time
     * @throws SocketError EINVAL without a port: PHP 8 throws a ValueError
     */
    async socket_connect(
      socket: Socket,
      address: string,
      port: number | null = null,
    ): Promise<boolean> {
      const own = opened(socket);
      if (port === null) throw socketError('connect', 'EINVAL', 'socket.no-port');
      try {
        if (own.fd !== null) {
          throw socketError('connect', 'EISCONN', 'socket.in-use', { fd: own.fd });
        }
        const fd = await net.connect({ host: address, port });
        own.fd = withOptions(net, own, fd);
        return true;
      } catch (error) {
        return errors.fail(own, error);
      }
    },

    /**
     * Takes the connection that has waited longest, or false: select the listener first. PHP notes
     * the error of no socket, so that socket_last_error() alone tells it.
     */
    socket_accept(socket: Socket): Socket | false {
      const own = opened(socket);
      return errors.attempt(null, () => {
        if (own.fd === null) {
          throw socketError('accept', 'EINVAL', 'socket.no-listener');
        }
        const accepted = new PhpSocket();
        accepted.fd = net.accept(own.fd);
        return accepted;
      });
    },

    /**
     * Waits until a socket of the sets is ready, and takes those that are not out of the sets: in
     * an array the others keep their index, and the places between them are empty.
     *
     * @param seconds null waits without end; 0 with 0 microseconds polls
     * @returns how many sockets are ready, of each set; 0, and all of them empty, after a time-out;
     *   false, and all of them as they were, for a negative time-out and for a descriptor beyond
     *   FD_SETSIZE
     * @throws SocketError EINVAL when no set has a socket: PHP 8 throws a ValueError, because such a
     *   call could only sleep; and for what is no socket (PHP 8: TypeError); EBADF for a socket that
     *   is closed, and for one that does not listen yet, which PHP takes for readable
     */
    async socket_select(
      read: SocketSet | null,
      write: SocketSet | null,
      except: SocketSet | null,
      seconds: number | null,
      microseconds = 0,
    ): Promise<number | false> {
      const reads = socketsOf(read, '$read');
      const [writes, excepts] = [socketsOf(write, '$write'), socketsOf(except, '$except')];
      if (reads.length + writes.length + excepts.length === 0) {
        throw socketError('select', 'EINVAL', 'socket.none');
      }
      const shut = reads.filter(({ isShut }) => isShut); // at its end, and so always readable
      let timeoutMs = seconds === null ? null : seconds * 1_000 + microseconds / 1_000;
      if (seconds !== null && microseconds < 0) timeoutMs = -1;
      else if (shut.length > 0 && (timeoutMs === null || timeoutMs > 0)) timeoutMs = 0;
      let ready: Ready;
      try {
        ready = await net.select(fdsOf(reads), fdsOf(writes), fdsOf(excepts), timeoutMs);
      } catch (error) {
        if (!(error instanceof SocketError) || error.code !== 'EINVAL') throw error;
        return errors.fail(null, error);
      }
      const readable = [...ready.read, ...fdsOf(shut)];
      return keep(read, readable) + keep(write, ready.write) + keep(except, ready.except);
    },

    /** Tells the name of the last error, of this socket or of any: ECONNRESET; '' for none. */
    socket_last_error(socket?: Socket): string {
      return socket === undefined ? errors.last : opened(socket).lastError;
    },

    /** Forgets the last error: of this socket, or the one of any. */
    socket_clear_error(socket?: Socket): void {
      if (socket === undefined) errors.last = '';
      else opened(socket).lastError = '';
    },

    /** Tells an error in words: `Connection reset by peer` for ECONNRESET. */
    socket_strerror(code: string): string {
      return strerror(code);
    },
  };
}

/** Sets what was asked for before there was a descriptor; one that cannot have it is closed. */
function withOptions(net: Net, socket: PhpSocket, fd: Fd): Fd {
  try {
    for (const [option, value] of socket.options) net.setsockopt(fd, option, value);
    return fd;
  } catch (error) {
    net.close(fd);
    throw error;
  }
}

/** The families and the types that PHP knows; the values of Linux. */
const FAMILIES = { AF_UNIX: 1, AF_INET, AF_INET6: 10 };
const TYPES = { SOCK_STREAM, SOCK_DGRAM: 2, SOCK_RAW: 3, SOCK_RDM: 4, SOCK_SEQPACKET: 5 };

function checkKind(domain: number, type: number, protocol: number): void {
  if (!Object.values(FAMILIES).includes(domain)) {
    throw socketError('socket', 'EINVAL', 'socket.domain', { domain });
  }
  if (!Object.values(TYPES).includes(type)) {
    throw socketError('socket', 'EINVAL', 'socket.type', { type });
  }
  if (domain !== AF_INET) throw socketError('socket', 'EAFNOSUPPORT', 'socket.ipv4', { domain });
  if (type !== SOCK_STREAM) {
    throw socketError('socket', 'ESOCKTNOSUPPORT', 'socket.stream', { type });
  }
  if (protocol !== SOL_TCP && protocol !== 0) {
    throw socketError('socket', 'EPROTONOSUPPORT', 'socket.protocol', { protocol });
  }
}
