import type { Fd, Net } from 'loopscope';

/** Looks for the first of them, in whole milliseconds: one too late is early enough. */
export function waitAtMost(now: number, deadlines: readonly number[]): number | null {
  const [first] = [...deadlines].sort((a, b) => a - b);
  return first === undefined ? null : Math.ceil(Math.max(first - now, 0));
}

/** Chains the work; to give a promise needs no `async`. */
export function serve(
  net: Net,
  ready: readonly Fd[],
  deal: (fd: Fd, bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  return ready.reduce(
    (before, fd) => before.then(() => deal(fd, net.recv(fd, 512))),
    Promise.resolve(),
  );
}
