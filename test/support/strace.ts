/**
 * What strace wrote of small servers, for tests of whatever reads it.
 * @module
 */

/** A line of strace's with a thread and a time, in seconds. */
type Line = readonly [pid: number, at: number, call: string];

/** As `strace -f -ttt -T` writes them. */
export function straceText(lines: readonly Line[]): string {
  return lines.map(([pid, at, call]) => `${pid} ${1_800_000_000 + at} ${call}\n`).join('');
}

const LISTENS: readonly Line[] = [
  [1, 0, 'socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3 <0.00001>'],
  [
    1,
    0,
    'bind(3, {sa_family=AF_INET, sin_port=htons(9000), sin_addr=inet_addr("127.0.0.1")}, 16) = 0 <0.00001>',
  ],
  [1, 0, 'listen(3, 9) = 0 <0.00001>'],
  [1, 0, 'clone(child_stack=NULL, flags=CLONE_CHILD_SETTID|SIGCHLD) = 2 <0.0001>'],
];

const peer = (port: number): string =>
  `{sa_family=AF_INET, sin_port=htons(${port}), sin_addr=inet_addr("127.0.0.1")}`;

/**
 * A server of two processes on select: the first takes one client, whom it makes the other one wait for
 * 4.3 s in a write; the second only fails to accept. It listens with a backlog of 9, as the PHP original does.
 */
export const TWO_LOOPS = straceText([
  ...LISTENS,
  [1, 1, 'select(4, [3], NULL, NULL, NULL) = 1 (in [3]) <0.5>'],
  [1, 1.6, `accept(3, ${peer(50_001)}, [16]) = 4 <0.00001>`],
  [1, 1.7, 'select(5, [3 4], NULL, NULL, NULL) = 1 (in [3]) <0.1>'],
  [1, 1.9, `accept(3, ${peer(50_002)}, [16]) = 5 <0.00001>`],
  [1, 2, 'select(6, [3 4 5], NULL, NULL, {tv_sec=2, tv_usec=0}) = 1 (in [4]) <0.5>'],
  [1, 2.6, 'recvfrom(4, "hi", 1024, 0, NULL, NULL) = 2 <0.00002>'],
  [1, 2.7, 'sendto(5, "ho!", 3, 0, NULL, 0) = 3 <4.3>'],
  [2, 3, 'select(4, [3], NULL, NULL, NULL) = 1 (in [3]) <0.5>'],
  [2, 3.6, 'accept(3, 0x7ffd, [16]) = -1 EMFILE (Too many open files) <0.00001>'],
]);

/** The steps of its loops. */
export const STEPS_OF_TWO = [11, 5] as const;
