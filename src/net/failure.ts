/**
 * What every network says to a call that fails for its arguments or its address: which, why, and
 * what to do.
 * @module
 */

import { type Address, type Fd, SocketError, type SocketOption } from './net.js';

/** @throws SocketError EINVAL for a port that TCP does not have */
export function checkPort(syscall: string, { port }: Address): void {
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return;
  throw new SocketError(syscall, 'EINVAL', `port ${port} does not exist: give 0 to 65535`);
}

/** @throws SocketError EINVAL for an empty address: Node would take it for any, or for this machine */
export function checkHost(syscall: string, { host }: Address): void {
  if (host.trim() !== '') return;
  throw new SocketError(syscall, 'EINVAL', 'no address is given: 127.0.0.1 is this machine alone');
}

/** What to do about a listen or a connect that failed. */
const ADVICE: Record<string, string> = {
  'bind EADDRINUSE': 'is taken: stop the other server or choose another port',
  'bind EACCES': 'is not open to this user: choose a port of 1024 or more',
  'bind EADDRNOTAVAIL': 'is no address of this machine: use one of its own, as 127.0.0.1',
  'bind ENOTFOUND': 'is no known name: check the spelling or use an IP address',
  'connect ECONNREFUSED': 'has no listener: start the server or check the port',
  'connect ETIMEDOUT': 'does not answer: check the address, then the firewalls on the way',
  'connect ENOTFOUND': 'is no known name: check the spelling or use an IP address',
  'connect ECONNRESET': 'hung up at once: look into the log of that server',
  'connect ECONNABORTED': 'was given up: all descriptors were closed meanwhile',
};

/** The error of Node's listen or connect as the system call's. */
export function failure(
  syscall: string,
  error: NodeJS.ErrnoException,
  address: Address,
): SocketError {
  const code = error.code ?? 'EIO';
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  const advice = ADVICE[`${syscall} ${code}`] ?? `failed (${error.message})`;
  return new SocketError(syscall, code, `${host}:${address.port} ${advice}`);
}

/** Checks what a recv asks for. @throws SocketError recv EINVAL for less than one byte */
export function checkLength(fd: Fd, length: number): void {
  if (Number.isInteger(length) && length >= 1) return;
  throw new SocketError('recv', 'EINVAL', `length ${length} for fd ${fd}: ask for 1 or more`);
}

/** Checks the value of an option. @throws SocketError setsockopt EINVAL for one that it cannot have */
export function checkOption(fd: Fd, option: SocketOption, value: number): void {
  const least = option === 'SO_SNDBUF' || option === 'SO_RCVBUF' ? 1 : 0;
  if (Number.isInteger(value) && value >= least) return;
  const rule = `give a whole number, ${least} or more`;
  throw new SocketError('setsockopt', 'EINVAL', `${option} ${value} for fd ${fd}: ${rule}`);
}
