/**
 * PHP's socket functions that move bytes, end a connection and tell its ends: the part of
 * `socketFunctions` that is about one connection.
 * @module
 */

import { toUtf8 } from '../bytes.js';
import { socketError } from './failure.js';
import { type Net, SocketError } from './net.js';
import { connected, opened, type PhpErrors, type PhpSocket } from './php-socket.js';
import { PHP_BINARY_READ, type Ref, type Socket } from './socket-values.js';

const NONE = new Uint8Array(0);

/** The functions that move bytes, on one network. */
export function transferFunctions(net: Net, errors: PhpErrors) {
  /** One recv, as Linux answers it: an error is told once, and then comes the end. */
  function receive(socket: PhpSocket, length: number): Uint8Array {
    const fd = connected(socket, 'recv');
    if (socket.hasFailed) return NONE;
    try {
      return net.recv(fd, length);
    } catch (error) {
      if (!(error instanceof SocketError)) throw error;
      if (error.code === 'EAGAIN' && socket.isShut) return NONE;
      if (error.code === 'ECONNRESET') socket.hasFailed = true;
      throw error;
    }
  }

  /** One send, as Linux answers it: EPIPE where there is no connection, or none any more. */
  function transmit(socket: PhpSocket, data: Uint8Array | string, length: number | null): number {
    const bytes = typeof data === 'string' ? toUtf8(data) : data;
    const fd = connected(socket, 'send', 'EPIPE');
    if (socket.hasFailed) throw socketError('send', 'EPIPE', 'socket.peer-gone', { fd });
    try {
      return net.send(fd, length === null ? bytes : bytes.subarray(0, length));
    } catch (error) {
      if (!(error instanceof SocketError)) throw error;
      if (error.code === 'ECONNRESET') socket.hasFailed = true;
      if (error.code !== 'ENOTCONN') throw error;
      throw socketError('send', 'EPIPE', 'socket.fd-no-connection', { fd });
    }
  }

  return {
    /**
     * Receives up to `length` bytes into `buffer`.
     *
     * @param length bytes; with less than 1 the result is false, and neither error nor buffer changes
     * @param flags 0: none of the MSG_ flags is known
     * @returns bytes received; 0 after FIN, with null in `buffer`; false on failure, null as well.
     *   RST is told once, as ECONNRESET; after that comes 0
     */
    socket_recv(
      socket: Socket,
      buffer: Ref<Uint8Array | null>,
      length: number,
      flags: number,
    ): number | false {
      const own = opened(socket);
      if (length < 1) return false;
      buffer.value = null;
      return errors.attempt(own, () => {
        checkFlags('recv', flags);
        const bytes = receive(own, length);
        if (bytes.length > 0) buffer.value = bytes;
        return bytes.length;
      });
    },

    /**
     * Receives up to `length` bytes and returns them.
     *
     * @param length bytes; with less than 1 the result is false, and no error is noted
     * @param mode PHP_BINARY_READ; PHP_NORMAL_READ, which waits for the end of a line, is refused
     * @returns an empty array, which is PHP's '', after FIN; false on failure
     */
    socket_read(socket: Socket, length: number, mode = PHP_BINARY_READ): Uint8Array | false {
      const own = opened(socket);
      if (length < 1) return false;
      return errors.attempt(own, () => {
        if (mode !== PHP_BINARY_READ) {
          throw socketError('recv', 'EOPNOTSUPP', 'socket.mode');
        }
        return receive(own, length);
      });
    },

    /**
     * Sends what the socket has room for: the caller keeps the rest.
     *
     * @param length most bytes to send; null or absent sends all of `data`
     * @returns bytes taken, or false
     * @throws SocketError EINVAL for a negative length: PHP 8 throws a ValueError
     */
    socket_write(
      socket: Socket,
      data: Uint8Array | string,
      length: number | null = null,
    ): number | false {
      const own = opened(socket);
      checkLength(length);
      return errors.attempt(own, () => transmit(own, data, length));
    },

    /**
     * As `socket_write`, with the length and the flags of send(2).
     *
     * @param flags 0: none of the MSG_ flags is known
     * @throws SocketError EINVAL for a negative length: PHP 8 throws a ValueError
     */
    socket_send(
      socket: Socket,
      data: Uint8Array | string,
      length: number,
      flags: number,
    ): number | false {
      const own = opened(socket);
      checkLength(length);
      return errors.attempt(own, () => {
        checkFlags('send', flags);
        return transmit(own, data, length);
      });
    },

    /**
     * Ends one direction of a connection, or both.
     *
     * @param how 0: nothing more is read, though what still comes can be; 1: FIN goes out; 2: both
     * @returns false for another `how` (EINVAL), and without a connection (ENOTCONN; PHP lets a
     *   listener be shut too)
     */
    socket_shutdown(socket: Socket, how = 2): boolean {
      const own = opened(socket);
      return errors.attempt(own, () => {
        const fd = connected(own, 'shutdown');
        if (![0, 1, 2].includes(how)) {
          throw socketError('shutdown', 'EINVAL', 'socket.how', { how });
        }
        if (how === 0) net.getpeername(fd);
        else net.shutdown(fd);
        if (how !== 1) own.isShut = true;
        return true;
      });
    },

    /** Closes the socket; what was written goes out first. PHP 8 throws, too, if it is used again. */
    socket_close(socket: Socket): void {
      const own = opened(socket);
      if (own.fd !== null) net.close(own.fd);
      own.fd = null;
      own.closed = true;
    },

    /** Tells the other end's address and port; after a RST there is none: false, ENOTCONN. */
    socket_getpeername(socket: Socket, address: Ref<string>, port?: Ref<number>): boolean {
      const own = opened(socket);
      return errors.attempt(own, () => {
        const fd = connected(own, 'getpeername');
        if (own.hasFailed) {
          throw socketError('getpeername', 'ENOTCONN', 'socket.peer-gone', { fd });
        }
        const peer = net.getpeername(fd);
        address.value = peer.host;
        if (port !== undefined) port.value = peer.port;
        return true;
      });
    },

    /** Tells our own end's address and port: 0.0.0.0 and 0 before there is one. */
    socket_getsockname(socket: Socket, address: Ref<string>, port?: Ref<number>): boolean {
      const own = opened(socket);
      return errors.attempt(own, () => {
        const none = own.bound ?? { host: '0.0.0.0', port: 0 };
        const ours = own.fd === null ? none : net.getsockname(own.fd);
        address.value = ours.host;
        if (port !== undefined) port.value = ours.port;
        return true;
      });
    },

    /** Nothing to do: these sockets never block. */
    socket_set_nonblock(socket: Socket): true {
      opened(socket);
      return true;
    },
  };
}

function checkLength(length: number | null): void {
  if (length === null || length >= 0) return;
  throw socketError('send', 'EINVAL', 'socket.length', { length });
}

function checkFlags(syscall: string, flags: number): void {
  if (flags !== 0) throw socketError(syscall, 'EOPNOTSUPP', 'socket.flags', { flags });
}
