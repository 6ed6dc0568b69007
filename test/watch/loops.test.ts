/** Calls of a program become the steps of its loops: what was waited for, who was ready, what was done. */

import { describe, expect, test } from 'vitest';
import type { Step, TraceEvent } from '../../src/trace/event.js';
import { CallReader } from '../../src/watch/calls.js';
import { Loops } from '../../src/watch/loops.js';

/** What stands before the loop of every server here: fd 3 listens. */
const LISTENS = [
  'socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3',
  'bind(3, {sa_family=AF_INET, sin_port=htons(8080), sin_addr=inet_addr("127.0.0.1")}, 16) = 0',
  'listen(3, 128) = 0',
];

const CONNECTS =
  'accept(3, {sa_family=AF_INET, sin_port=htons(50001), sin_addr=inet_addr("127.0.0.1")}, [16]) = 4';

/** The events of each thread; a line begins with its number, or is of thread 1. */
function play(...lines: string[]): Map<number, TraceEvent[]> {
  const reader = new CallReader();
  const loops = new Loops();
  const all = new Map<number, TraceEvent[]>();
  const text = lines.map((line, i) =>
    /^\d/.test(line)
      ? line.replace(' ', ` ${1_000_000_000 + i} `)
      : `1 ${1_000_000_000 + i} ${line}`,
  );
  for (const told of [...reader.push(`${text.join('\n')}\n`), ...reader.end()]) {
    for (const { pid, event } of loops.take(told)) {
      all.set(pid, [...(all.get(pid) ?? []), event]);
    }
  }
  expect(reader.unread).toBe(0);
  return all;
}

/** The steps of thread 1 behind its first select, without their stamps. */
function stepsOf(...lines: string[]): Step[] {
  const events = play(...lines).get(1) ?? [];
  const first = events.findIndex(({ step }) => step === 'select');
  return events.slice(first).map(({ v: _, seq: __, turn: ___, t: ____, ...step }) => step as Step);
}

describe('a loop on select', () => {
  test('is told from the listener that it found, with its turns', () => {
    const events = play(
      ...LISTENS,
      'select(4, [3], NULL, NULL, NULL) = 1 (in [3]) <0.5>',
      CONNECTS,
      'select(5, [3 4], NULL, NULL, {tv_sec=2, tv_usec=500000}) = 1 (in [4]) <0.001>',
      'recvfrom(4, "hi", 1024, 0, NULL, NULL) = 2 <0.00002>',
      'sendto(4, "ho!", 3, 0, NULL, 0) = 3',
    ).get(1);
    expect(events?.map(({ step, turn }) => `${turn} ${step}`)).toEqual([
      ...['0 socket', '0 bind', '0 listen'],
      ...['1 select', '1 accept', '2 select', '2 recv', '2 send'],
    ]);
    expect(events?.[1]).toMatchObject({ host: '127.0.0.1', port: 8080 });
    expect(events?.[3]).toMatchObject({
      ...{
        read: [3],
        write: [],
        readyRead: [3],
        scanned: 1,
        call: 'select',
        timeout: null,
        waited: 500,
      },
    });
    expect(events?.[4]).toMatchObject({ listener: 3, fd: 4, port: 50_001, call: 'accept' });
    expect(events?.[5]).toMatchObject({ read: [3, 4], readyRead: [4], scanned: 2, timeout: 2_500 });
    expect(events?.[6]).toMatchObject({ fd: 4, room: 1_024, took: 0.02 });
    expect(events?.[7]).toMatchObject({ fd: 4, length: 3, taken: 3 });
    expect(events?.map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  test('that a call in a second wait holds up is told to stand still', () => {
    const steps = stepsOf(
      ...LISTENS,
      'select(4, [3], NULL, NULL, NULL) = 1 (in [3])',
      'poll([{fd=3, events=POLLIN}], 1, 60000) = 1 ([{fd=3, revents=POLLIN}]) <0.00001>',
      CONNECTS,
      'select(5, [3 4], NULL, NULL, NULL) = 1 (in [4])',
      'poll([{fd=4, events=POLLOUT}], 1, 60000) = 1 ([{fd=4, revents=POLLOUT}]) <4.3>',
    );
    expect(steps.map(({ step }) => step)).toEqual([
      ...['select', 'other', 'accept', 'select', 'block'],
    ]);
    expect(steps[4]).toMatchObject({ fd: 4, syscall: 'send', call: 'poll', took: 4_300 });
  });

  test('that asks for one socket alone within a turn is told so, however short', () => {
    const steps = stepsOf(
      ...LISTENS,
      'select(4, [3], NULL, NULL, NULL) = 1 (in [3])',
      'poll([{fd=3, events=POLLIN}], 1, 60000) = 1 ([{fd=3, revents=POLLIN}]) <0.000012>',
      CONNECTS,
    );
    expect(steps[1]).toEqual({ step: 'other', fd: 3, call: 'poll', count: 1, took: 0.012 });
  });

  test('that has closed all others waits for the last one as ever', () => {
    const steps = stepsOf(
      ...LISTENS,
      'select(4, [3], NULL, NULL, NULL) = 1 (in [3])',
      CONNECTS,
      'select(5, [3 4], NULL, NULL, NULL) = 1 (in [4])',
      'select(5, [4], NULL, NULL, NULL) = 1 (in [4]) <0.5>',
      'close(3) = 0',
      'select(5, [4], NULL, NULL, NULL) = 1 (in [4]) <0.5>',
    );
    // the listener was open still the first time, and would have had to wait
    expect(steps.slice(2).map(({ step }) => step)).toEqual(['select', 'block', 'select']);
  });

  test('with a descriptor of its own beside it, as Ruby has, is one socket that is waited for alone', () => {
    const steps = stepsOf(
      'eventfd2(0, EFD_CLOEXEC|EFD_NONBLOCK) = 9',
      ...LISTENS,
      'select(10, [3 9], NULL, NULL, NULL) = 1 (in [3])',
      CONNECTS,
      'select(10, [3 4 9], NULL, NULL, NULL) = 1 (in [4])',
      'ppoll([{fd=4, events=POLLOUT}, {fd=9, events=POLLIN}], 2, NULL, NULL, 8) = 1 ([{fd=4, revents=POLLOUT}]) <4.3>',
    );
    expect(steps.map(({ step }) => step)).toEqual(['select', 'accept', 'select', 'block']);
    expect(steps[3]).toMatchObject({ fd: 4, syscall: 'send', call: 'ppoll', took: 4_300 });
  });

  test('that may not wait does not stand still, however slow the machine', () => {
    const steps = stepsOf(
      ...LISTENS,
      'select(4, [3], NULL, NULL, NULL) = 1 (in [3])',
      CONNECTS,
      'ioctl(4, FIONBIO, [1]) = 0',
      'sendto(4, "hi", 2, 0, NULL, 0) = 2 <0.1>',
    );
    expect(steps.map(({ step }) => step)).toEqual(['select', 'accept', 'send']);
  });

  test('that stands in a send is told so, and how much was taken', () => {
    const steps = stepsOf(
      ...LISTENS,
      'select(4, [3], NULL, NULL, NULL) = 1 (in [3])',
      CONNECTS,
      'sendto(4, "abcd"..., 4000, 0, NULL, 0) = 1000 <4.3>',
    );
    expect(steps.slice(2)).toMatchObject([
      { step: 'block', fd: 4, call: 'sendto', took: 4_300 },
      { step: 'send', fd: 4, length: 4_000, taken: 1_000 },
    ]);
  });
});

describe('a loop on epoll', () => {
  const epoll = [
    ...LISTENS,
    'epoll_create1(EPOLL_CLOEXEC) = 5',
    'epoll_ctl(5, EPOLL_CTL_ADD, 3, {events=EPOLLIN, data={u32=77, u64=140149077835853}}) = 0',
  ];

  test('knows whom it watches by what it was told, which is no descriptor', () => {
    const steps = stepsOf(
      ...epoll,
      'epoll_wait(5, [{events=EPOLLIN, data={u32=77, u64=140149077835853}}], 8, -1) = 1 <0.1>',
    );
    expect(steps[0]).toMatchObject({ read: [3], readyRead: [3], scanned: 1, timeout: null });
    const newer = stepsOf(
      ...epoll.map((line) => line.replace(/data=\{.*\}\}/, 'data=0x55d0c0}')),
      'epoll_wait(5, [{events=EPOLLIN, data=0x55d0c0}], 8, 100) = 1',
    );
    expect(newer[0]).toMatchObject({ readyRead: [3], timeout: 100 });
  });

  test('folds what found nothing into the next wait, and counts changes of its list', () => {
    const steps = stepsOf(
      ...epoll,
      'epoll_wait(5, [{events=EPOLLIN, data={u32=77, u64=140149077835853}}], 8, -1) = 1',
      CONNECTS,
      'epoll_ctl(5, EPOLL_CTL_ADD, 4, {events=EPOLLIN|EPOLLRDHUP|EPOLLET, data={u32=4, u64=4}}) = 0',
      'epoll_wait(5, [], 8, 0) = 0',
      'epoll_wait(5, [], 8, 0) = 0',
      'epoll_wait(5, [{events=EPOLLIN, data={u32=4, u64=4}}], 8, -1) = 1',
    );
    expect(steps[2]).toMatchObject({
      read: [3, 4],
      readyRead: [4],
      scanned: 1,
      polls: 2,
      changes: 1,
    });
  });

  test('that was named by io_uring is known by what comes back, as a guess', () => {
    const steps = stepsOf(
      'epoll_create1(EPOLL_CLOEXEC) = 5',
      'io_uring_setup(256, {flags=0}) = 6',
      ...LISTENS,
      'epoll_wait(5, [{events=EPOLLIN, data={u32=3, u64=3}}], 8, -1) = 1',
      CONNECTS,
      'epoll_wait(5, [{events=EPOLLOUT, data={u32=4, u64=4}}], 8, -1) = 1',
      'epoll_wait(5, [{events=EPOLLIN, data={u32=4, u64=4}}], 8, -1) = 1',
      'close(4) = 0',
      'epoll_wait(5, [{events=EPOLLIN, data={u32=3, u64=3}}], 8, -1) = 1',
    );
    const of = { watched: null, inferred: true, scanned: 1 };
    expect(steps.filter(({ step }) => step === 'select')).toMatchObject([
      { ...of, read: [3], write: [], readyRead: [3] },
      { ...of, read: [3], write: [4], readyRead: [], readyWrite: [4] },
      { ...of, read: [3, 4], write: [4], readyRead: [4] },
      { ...of, read: [3], write: [], readyRead: [3] },
    ]);
  });

  test('that gives back a socket nobody was seen to name has a list that is not whole', () => {
    const steps = stepsOf(
      ...epoll,
      'epoll_wait(5, [{events=EPOLLIN, data={u32=77, u64=140149077835853}}], 8, -1) = 1',
      CONNECTS,
      'epoll_wait(5, [{events=EPOLLIN, data={u32=9, u64=9}}], 8, -1) = 1',
      'epoll_wait(5, [{events=EPOLLIN, data={u32=4, u64=4}}], 8, -1) = 1',
      'epoll_wait(5, [{events=EPOLLIN, data={u32=77, u64=140149077835853}}], 8, -1) = 1',
    );
    const waits = steps.filter(({ step }) => step === 'select');
    expect(waits[0]).not.toHaveProperty('watched');
    expect(waits[1]).toMatchObject({ readyRead: [] }); // 9 is no socket that is open
    expect(waits[2]).toMatchObject({ readyRead: [4], inferred: true });
    expect(waits[3]).toMatchObject({ read: [3, 4], readyRead: [3], watched: null });
    expect(waits[3]).not.toHaveProperty('inferred');
  });

  test('with one connection left is a loop as ever', () => {
    const steps = stepsOf(
      ...epoll,
      'epoll_ctl(5, EPOLL_CTL_ADD, 4, {events=EPOLLIN, data={u32=4, u64=4}}) = 0',
      'epoll_wait(5, [{events=EPOLLIN, data={u32=77, u64=140149077835853}}], 8, -1) = 1',
      CONNECTS,
      'close(3) = 0',
      'epoll_ctl(5, EPOLL_CTL_ADD, 4, {events=EPOLLIN, data={u32=4, u64=4}}) = 0',
      'epoll_wait(5, [{events=EPOLLIN, data={u32=4, u64=4}}], 8, -1) = 1 <0.5>',
    );
    expect(steps.at(-1)).toMatchObject({ step: 'select', read: [4], readyRead: [4] });
  });

  test('watches no more what was closed', () => {
    const steps = stepsOf(
      ...epoll,
      'epoll_ctl(5, EPOLL_CTL_ADD, 4, {events=EPOLLIN, data={u32=4, u64=4}}) = 0',
      'close(4) = 0',
      'epoll_wait(5, [{events=EPOLLIN, data={u32=77, u64=140149077835853}}], 8, -1) = 1',
    );
    expect(steps[0]).toMatchObject({ read: [3] });
  });

  test('that is woken by its own timer says so', () => {
    const steps = stepsOf(
      ...epoll,
      'timerfd_create(CLOCK_MONOTONIC, 0) = 6',
      'epoll_ctl(5, EPOLL_CTL_ADD, 6, {events=EPOLLIN, data={u32=6, u64=6}}) = 0',
      'epoll_wait(5, [{events=EPOLLIN, data={u32=6, u64=6}}], 8, -1) = 1',
      'read(6, "\\1\\0\\0\\0\\0\\0\\0\\0", 8) = 8',
    );
    expect(steps[1]).toEqual({ step: 'wake', fd: 6, kind: 'timer' });
  });
});

describe('a connection', () => {
  const connected = [
    ...LISTENS,
    'poll([{fd=3, events=POLLIN}], 1, -1) = 1 ([{fd=3, revents=POLLIN}])',
    CONNECTS,
  ];

  test.each([
    ['its peer ended it', 'recvfrom(4, "", 9, 0, NULL, NULL) = 0', 'fin'],
    [
      'it was reset',
      'recvfrom(4, 0x7f, 9, 0, NULL, NULL) = -1 ECONNRESET (Connection reset by peer)',
      'reset',
    ],
    ['the server closed it', 'getpid() = 1', 'closed-here'],
  ])('that was closed says why: %s', (_, line, cause) => {
    expect(stepsOf(...connected, line, 'close(4) = 0').at(-1)).toMatchObject({
      step: 'disconnect',
      fd: 4,
      cause,
    });
  });

  test('that has nothing, or no room, or fails is told so', () => {
    const steps = stepsOf(
      ...connected,
      'recvfrom(4, 0x7f, 9, 0, NULL, NULL) = -1 EAGAIN (Resource temporarily unavailable)',
      'sendto(4, "a", 1, 0, NULL, 0) = -1 EPIPE (Broken pipe)',
      'accept(3, NULL, NULL) = -1 EMFILE (Too many open files)',
    );
    expect(steps.slice(2)).toEqual([
      { step: 'again', fd: 4, call: 'recvfrom' },
      { step: 'fault', fd: 4, call: 'sendto', code: 'EPIPE' },
      { step: 'fault', fd: 3, call: 'accept', code: 'EMFILE' },
    ]);
  });

  test('with a WebSocket on it has its handshake and its frames, marked as worked out', () => {
    const request =
      'GET / HTTP/1.1\\r\\nHost: a\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\nSec-WebSocket-Version: 13\\r\\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\\r\\n\\r\\n';
    const answer =
      'HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\\r\\n\\r\\n';
    const length = (text: string) => text.replaceAll(/\\[rn]/g, '.').length;
    const steps = stepsOf(
      ...connected,
      `recvfrom(4, "${request}", 9000, 0, NULL, NULL) = ${length(request)}`,
      `writev(4, [{iov_base="${answer}", iov_len=${length(answer)}}], 1) = ${length(answer)}`,
      'recvfrom(4, "\\x81\\x85\\x37\\xfa\\x21\\x3d\\x7f\\x9f\\x4d\\x51\\x58", 9000, 0, NULL, NULL) = 11',
    );
    expect(steps.slice(2).map(({ step }) => step)).toEqual([
      'recv',
      'send',
      'handshake',
      'recv',
      'parse',
    ]);
    expect(steps[4]).toMatchObject({ accept: 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=', inferred: true });
    expect(steps[6]).toMatchObject({ opcode: 1, payloadLength: 5, inferred: true });
  });

  test('that finds no room says what was offered', () => {
    const steps = stepsOf(
      ...connected,
      'sendto(4, "abc", 3, 0, NULL, 0) = -1 EAGAIN (Resource temporarily unavailable)',
    );
    const bytes = new Uint8Array([0x61, 0x62, 0x63]);
    expect(steps.at(-1)).toEqual({ step: 'again', fd: 4, call: 'sendto', length: 3, bytes });
  });

  test('whose frame goes on behind the room of a recv is told that it was cut', () => {
    const request =
      'GET / HTTP/1.1\\r\\nHost: a\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\nSec-WebSocket-Version: 13\\r\\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\\r\\n\\r\\n';
    const answer = 'HTTP/1.1 101 Switching Protocols\\r\\n\\r\\n';
    const length = (text: string) => text.replaceAll(/\\[rn]/g, '.').length;
    const steps = stepsOf(
      ...connected,
      `recvfrom(4, "${request}", 9000, 0, NULL, NULL) = ${length(request)}`,
      `write(4, "${answer}", ${length(answer)}) = ${length(answer)}`,
      'recvfrom(4, "\\x81\\x85\\x37\\xfa\\x21\\x3d", 6, 0, NULL, NULL) = 6',
      'recvfrom(4, "\\x7f\\x9f\\x4d\\x51\\x58", 5, 0, NULL, NULL) = 5',
      'recvfrom(4, "\\x81\\x85\\x37\\xfa", 6, 0, NULL, NULL) = 4',
    );
    const recvs = steps.filter(({ step }) => step === 'recv').slice(1);
    expect(recvs[0]).toMatchObject({ room: 6, cuts: true });
    expect(recvs[1]).not.toHaveProperty('cuts'); // it took all its room, and the frame ends there
    expect(recvs[2]).not.toHaveProperty('cuts'); // no more had come
  });

  test('whose bytes strace cut off is told with its length, and explained no further', () => {
    const steps = stepsOf(...connected, 'recvfrom(4, "GET /"..., 9000, 0, NULL, NULL) = 500');
    expect(steps.at(-1)).toMatchObject({ step: 'recv', length: 500 });
  });
});

describe('processes and threads', () => {
  test('a child has its parent’s listener, and is a loop of its own', () => {
    const all = play(
      ...LISTENS,
      '1 clone(child_stack=NULL, flags=CLONE_CHILD_SETTID|SIGCHLD, child_tidptr=0x7f) = 2',
      '2 epoll_create(512) = 4',
      '2 epoll_ctl(4, EPOLL_CTL_ADD, 3, {events=EPOLLIN, data=0x1}) = 0',
      '2 epoll_wait(4, [{events=EPOLLIN, data=0x1}], 512, -1) = 1',
    );
    expect([...all.keys()]).toEqual([2]);
    expect(all.get(2)?.map(({ step }) => step)).toEqual(['socket', 'bind', 'listen', 'select']);
  });

  test('a child’s first lines may come before the call that made it returns', () => {
    const all = play(
      ...LISTENS,
      '1 clone(child_stack=NULL, flags=CLONE_CHILD_SETTID|SIGCHLD <unfinished ...>',
      '2 select(4, [3], NULL, NULL, NULL) = 1 (in [3])',
      '1 <... clone resumed>, child_tidptr=0x7f) = 2',
    );
    expect(all.get(2)?.at(-1)).toMatchObject({ step: 'select', readyRead: [3] });
  });

  test('a number that is used again for a file is no connection', () => {
    const steps = stepsOf(
      ...LISTENS,
      'select(4, [3], NULL, NULL, NULL) = 1 (in [3])',
      CONNECTS,
      'close(4) = 0',
      'openat(AT_FDCWD, "/tmp/log", O_WRONLY) = 4',
      'write(4, "hello", 5) = 5',
      'close(4) = 0',
    );
    expect(steps.map(({ step }) => step)).toEqual(['select', 'accept', 'disconnect']);
  });

  test('threads that each wait for one client are no loop, and are counted', () => {
    const loops = new Loops();
    const reader = new CallReader();
    const lines = [...LISTENS, CONNECTS, 'recvfrom(4, "a", 9, 0, NULL, NULL) = 1'];
    for (const told of reader.push(`${lines.join('\n')}\n`)) expect(loops.take(told)).toEqual([]);
    expect(loops).toMatchObject({ blocking: 2 });
  });
});
