/**
 * What code that is written as in PHP names: the constants of its socket functions, and the shapes
 * of what they take. The functions are in socket-select.ts.
 * @module
 */

import type { Fd } from './net.js';

// The values of Linux.
/** The family of IPv4 addresses, for `socket_create`. */
export const AF_INET = 2;
/** A stream of bytes in order, for `socket_create`. */
export const SOCK_STREAM = 1;
/** The level of the options below, for `socket_set_option`. */
export const SOL_SOCKET = 1;
/** TCP, for `socket_create`. */
export const SOL_TCP = 6;
/** UDP: PHP has it, and `socket_create` here refuses it. */
export const SOL_UDP = 17;
/** Lets a server listen again at once on the port that it had. */
export const SO_REUSEADDR = 2;
/** The size of the send buffer, in bytes. */
export const SO_SNDBUF = 7;
/** The size of the receive buffer, in bytes. */
export const SO_RCVBUF = 8;

/** Gives whatever has come, for `socket_read`. */
export const PHP_BINARY_READ = 2;
/** Reads to the end of a line, and waits for it: PHP has it, and `socket_read` here refuses it. */
export const PHP_NORMAL_READ = 1;

/** What a PHP parameter by reference (`&$buffer`) becomes: a box that the callee fills. */
export interface Ref<T> {
  /** What is in the box. */
  value: T;
}

/** A socket as PHP 8 has it: an object, with a descriptor from listen, connect or accept until close. */
export interface Socket {
  /** Null before the socket listens or connects, and after it is closed. */
  readonly fd: Fd | null;
}

/** What `socket_select` takes for each set: an array, or a Map or plain object with keys to keep. */
export type SocketSet = Socket[] | Map<unknown, Socket> | Record<string, Socket>;
