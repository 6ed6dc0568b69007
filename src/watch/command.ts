/**
 * How strace(1) is called, so that all is written down that makes a loop.
 * @module
 */

/** The calls that make a loop. With a ? an architecture may lack one: arm64 has no select. */
const CALLS = [
  'socket,socketpair,bind,listen,accept,accept4,connect,shutdown,setsockopt,close',
  'recv,recvfrom,recvmsg,read,readv,send,sendto,sendmsg,write,writev,sendfile,sendfile64',
  'dup,dup2,dup3,fcntl,ioctl,open,openat,openat2,creat,memfd_create',
  'select,_newselect,pselect6,poll,ppoll',
  'epoll_create,epoll_create1,epoll_ctl,epoll_wait,epoll_pwait,epoll_pwait2',
  'eventfd,eventfd2,timerfd_create,signalfd,signalfd4,pipe,pipe2,io_uring_setup',
  'clone,clone3,fork,vfork,execve,nanosleep,clock_nanosleep,fsync,fdatasync,flock',
]
  .join()
  .replace(/(?=\b\w)/g, '?');

/** Bytes of a buffer that strace prints. */
const LONGEST = 1 << 20;

/** What is recorded. */
export type Recorded = { readonly command: readonly string[] } | { readonly attach: number };

/**
 * The command line of strace.
 *
 * @param file where its lines go
 * @param inject results that it is to make up, as `-e inject=…`
 * @param stacks whether it says who made each call (`-k`)
 */
export function straceArguments(
  file: string,
  recorded: Recorded,
  inject: readonly string[] = [],
  stacks = false,
): string[] {
  const form = ['-f', '-qq', '-ttt', '-T', '-xx', '-yy', '-s', String(LONGEST)];
  if (stacks) form.push('-k');
  const what = ['-e', 'signal=none', '-e', `trace=${CALLS}`, ...inject, '-o', file];
  if ('attach' in recorded) return [...form, ...what, '-p', String(recorded.attach)];
  // with a filter in the kernel, calls that are not asked for cost nothing
  return [...form, '--seccomp-bpf', ...what, '--', ...recorded.command];
}
