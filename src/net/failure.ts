/**
 * What every network says to a call that fails for its arguments or its address: which, why, and
 * what to do.
 * @module
 */

import { type ErrorText, failingWith, isErrorText } from '../texts/errors.js';
import type { Values } from '../texts/say.js';
import { type Address, type Fd, SocketError, type SocketOption } from './net.js';

/** Makes the error of a call: its detail is a text of the table. */
export function socketError(
  syscall: string,
  code: string,
  text: ErrorText,
  values?: Values,
): SocketError {
  return failingWith((detail) => new SocketError(syscall, code, detail), text, values);
}

/** @throws SocketError EINVAL for a port that TCP does not have */
export function checkPort(syscall: string, { port }: Address): void {
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return;
  throw socketError(syscall, 'EINVAL', 'net.port', { port });
}

/** @throws SocketError EINVAL for an empty address: Node would take it for any, or for this machine */
export function checkHost(syscall: string, { host }: Address): void {
  if (host.trim() !== '') return;
  throw socketError(syscall, 'EINVAL', 'net.host');
}

/** The error of Node's listen or connect as the system call's. */
export function failure(
  syscall: string,
  error: NodeJS.ErrnoException,
  address: Address,
): SocketError {
  const code = error.code ?? 'EIO';
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  const where = `${host}:${address.port}`;
  const text = `net.${syscall}.${code}`;
  if (isErrorText(text)) return socketError(syscall, code, text, { where });
  return socketError(syscall, code, 'net.failed', { where, message: error.message });
}

/** Checks what a recv asks for. @throws SocketError recv EINVAL for less than one byte */
export function checkLength(fd: Fd, length: number): void {
  if (Number.isInteger(length) && length >= 1) return;
  throw socketError('recv', 'EINVAL', 'net.length', { length, fd });
}

/** Checks the value of an option. @throws SocketError setsockopt EINVAL for one that it cannot have */
export function checkOption(fd: Fd, option: SocketOption, value: number): void {
  const least = option === 'SO_SNDBUF' || option === 'SO_RCVBUF' ? 1 : 0;
  if (Number.isInteger(value) && value >= least) return;
  throw socketError('setsockopt', 'EINVAL', 'net.option', { option, value, fd, least });
}
