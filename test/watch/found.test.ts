/** What a process had open before the recording is known from /proc: whom its epoll watches, and who that is. */

import { describe, expect, test } from 'vitest';
import { type FoundSocket, readFound } from '../../src/watch/found.js';
import { LoopReader } from '../../src/watch/reader.js';

const SOCKETS = new Map<string, FoundSocket>([
  ['socket:[40]', { kind: 'listener', known: { host: '127.0.0.1', port: 8080 } }],
  ['socket:[41]', { kind: 'connection', known: { port: 8080, peerHost: '::1', peerPort: 50_001 } }],
]);

/** An epoll with a listener, as a pointer has it, and a connection, as its number. */
const EPOLL = `pos:\t0
flags:\t02000002
mnt_id:\t15
ino:\t1060
tfd:        3 events:       19 data:     7f3a5c8e9b40  pos:0 ino:28 sdev:8
tfd:        4 events: 8000201d data:                4  pos:0 ino:29 sdev:8
`;

describe('a descriptor', () => {
  test('that is an epoll has its interest list, with what is given back', () => {
    expect(readFound(5, 'anon_inode:[eventpoll]', EPOLL, SOCKETS)).toEqual({
      ...{ fd: 5, kind: 'epoll', known: { nonblocking: false } },
      watches: [
        { fd: 3, events: 'EPOLLIN', data: '1552849728 139888637680448' },
        { fd: 4, events: 'EPOLLIN|EPOLLOUT|EPOLLRDHUP|EPOLLET', data: '4 4' },
      ],
    });
  });

  test.each([
    ['socket:[40]', 'flags:\t04002\n', 'listener', true],
    ['socket:[41]', 'flags:\t02\n', 'connection', false],
    ['socket:[99]', '', 'other', false],
    ['pipe:[7]', 'flags:\t01\n', 'pipe', false],
    ['anon_inode:[io_uring]', '', 'ring', false],
    ['/dev/null', 'flags:\t02\n', 'other', false],
  ])('%s is known by what it leads to', (link, info, kind, nonblocking) => {
    expect(readFound(9, link, info, SOCKETS)).toMatchObject({ kind, known: { nonblocking } });
  });
});

describe('a program that was attached to', () => {
  const found = (pid: number, ...links: [fd: number, link: string, info?: string][]) => ({
    threads: [pid, pid + 1],
    program: { path: '/usr/bin/python3', arguments: ['chat.py'] },
    files: links.map(([fd, link, info = '']) => readFound(fd, link, info, SOCKETS)),
  });
  const SERVER = [
    [3, 'socket:[40]'],
    [4, 'socket:[41]'],
    [5, 'anon_inode:[eventpoll]', EPOLL],
  ] as const satisfies [fd: number, link: string, info?: string][];

  test('is known with whom it watches, in each of its threads', () => {
    const reader = new LoopReader({ recorder: 'watch', program: '7' });
    reader.find(found(7, ...SERVER));
    expect(reader.listening).toEqual({ host: '127.0.0.1', port: 8080 });
    const [wait] = reader
      .push(
        '8 1800000000.5 epoll_wait(5, [{events=EPOLLIN, data={u32=1552849728, u64=139888637680448}}], 8, -1) = 1 <0.5>\n',
      )
      .filter(({ event }) => event.step === 'select');
    expect(wait?.event).toMatchObject({ read: [3, 4], write: [4], readyRead: [3], scanned: 1 });
    expect(wait?.event).not.toHaveProperty('inferred');
    expect(wait?.event).not.toHaveProperty('watched'); // all that are watched are listed
    const [maker] = reader.loops.map((loop) => reader.makerOf(loop));
    expect(maker).toMatchObject({ program: 'python3', arguments: ['chat.py'] });
  });

  test('and names its sockets by io_uring is known only by what comes back', () => {
    const reader = new LoopReader({ recorder: 'watch', program: '7' });
    reader.find(found(7, ...SERVER, [6, 'anon_inode:[io_uring]']));
    const steps = reader.push(
      '7 1800000000.5 epoll_wait(5, [{events=EPOLLIN, data={u32=4, u64=4}}], 8, -1) = 1 <0.5>\n',
    );
    expect(steps.at(-1)?.event).toMatchObject({ step: 'select', readyRead: [4], watched: null });
  });
});
