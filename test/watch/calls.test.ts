/** What strace wrote becomes calls, whatever its options, in any pieces, and whatever else comes. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Call, CallReader } from '../../src/watch/calls.js';
import { numberOf, wordOf } from '../../src/watch/values.js';

function read(text: string): { calls: Call[]; unread: number } {
  const reader = new CallReader();
  const told = [...reader.push(text), ...reader.end()];
  return { calls: told.filter((one) => one.state !== 'exited'), unread: reader.unread };
}

function one(line: string): Call {
  const { calls, unread } = read(`${line}\n`);
  expect(unread).toBe(0);
  expect(calls).toHaveLength(1);
  return calls[0] as Call;
}

test('a call within which its thread ended is no call, and no line that cannot be read', () => {
  const lines = [
    '7 epoll_wait(3,  <unfinished ...>',
    '7 <... epoll_wait resumed> <unfinished ...>) = ?',
  ];
  const { calls, unread } = read(`${lines.join('\n')}\n7 +++ exited with 0 +++\n`);
  expect(calls.map(({ state }) => state)).toEqual(['begun']);
  expect(unread).toBe(0);
});

describe('a line', () => {
  test('has a thread, a time, a name, arguments, a result and how long it took', () => {
    const call = one(
      '3055  1795.500000 recvfrom(7, "\\x68\\x69", 1024, 0, NULL, NULL) = 2 <0.000250>',
    );
    expect(call).toMatchObject({ pid: 3055, name: 'recvfrom', result: 2, took: 0.25, error: null });
    expect(call.args[1]).toEqual({ kind: 'string', bytes: 'hi', whole: true });
  });

  test.each([
    ['without any option', 'close(4) = 0', 0],
    ['of a thread', '12 close(4) = 0', 12],
    ['of a thread on a terminal', '[pid   12] close(4) = 0', 12],
    ['with the time of day', '12 23:59:59.5 close(4) = 0', 12],
    ['with the seconds since the one before', '12      0.000012 close(4) = 0', 12],
    ['with spaces before the result', '12 close(4)                = 0', 12],
  ])('may come %s', (_, line, pid) => {
    expect(one(line)).toMatchObject({ pid, name: 'close', result: 0 });
  });

  test.each([
    [
      'an error',
      'accept4(3, 0x7ffd, [16], SOCK_CLOEXEC) = -1 EAGAIN (Resource temporarily unavailable)',
      -1,
      'EAGAIN',
    ],
    [
      'a result that was made up',
      'accept(3, NULL, NULL) = -1 EMFILE (Too many open files) (INJECTED)',
      -1,
      'EMFILE',
    ],
    ['an address', 'mmap(NULL, 8192) = 0x7f77a5094000', null, null],
  ])('may end with %s', (_, line, result, error) => {
    expect(one(line)).toMatchObject({ result, error });
  });

  test('says what a descriptor stands for', () => {
    const call = one(
      'accept(3<TCP:[127.0.0.1:80]>, NULL, NULL) = 4<TCP:[127.0.0.1:80->127.0.0.1:99]>',
    );
    expect(call.args[0]).toMatchObject({ value: 3, of: 'TCP:[127.0.0.1:80]' });
    expect(call.of).toBe('TCP:[127.0.0.1:80->127.0.0.1:99]');
    const file = one('write(2</dev/null<char 1:3>>, "a"..., 9) = 9');
    expect(file.args[0]).toMatchObject({ value: 2, of: '/dev/null<char 1:3>' });
    expect(file.args[1]).toEqual({ kind: 'string', bytes: 'a', whole: false });
  });

  test('says what a wait left ready', () => {
    const call = one(
      'select(6, [3 4], NULL, NULL, {tv_sec=1, tv_usec=0}) = 1 (in [4], left {tv_sec=0, tv_usec=9})',
    );
    expect(call.notes.map(wordOf)).toEqual(['in', '', 'left', '']);
  });

  test('has escapes of every kind in its strings', () => {
    const call = one('write(1, "a\\n\\t\\\\\\"\\0\\377\\x41", 9) = 9');
    expect(call.args[1]).toMatchObject({ bytes: 'a\n\t\\"\0\u00ffA' });
  });
});

describe('a call in two lines', () => {
  const text = [
    '1 1800000010.0 recvfrom(7,  <unfinished ...>',
    '2 1800000010.5 close(4) = 0 <0.0>',
    '1 1800000011.0 <... recvfrom resumed>"hi", 10, 0, NULL, NULL) = 2 <1.0>',
  ].join('\n');

  test('is told when it began, and whole when it returned', () => {
    const { calls, unread } = read(text);
    expect(unread).toBe(0);
    expect(calls.map(({ name, state }) => [name, state])).toEqual([
      ['recvfrom', 'begun'],
      ['close', 'returned'],
      ['recvfrom', 'returned'],
    ]);
    expect(calls[2]).toMatchObject({ began: 1_800_000_010, took: 1_000, result: 2 });
  });

  test('has a length where strace says none', () => {
    const { calls } = read(text.replace(' <1.0>', ''));
    expect(calls[2]).toMatchObject({ took: 1_000 });
  });

  test('that began before the recording is passed over', () => {
    expect(read('1 11.0 <... recvfrom resumed>"hi", 10) = 2 <1.0>\n')).toEqual({
      calls: [],
      unread: 0,
    });
  });
});

describe('a call that stands', () => {
  test('is known by the beginning of its line, while it lasts and at the end', () => {
    const reader = new CallReader();
    expect(reader.standing()).toBeNull();
    expect(reader.push('7 1800000000.5 sendto(4, "abcd"..., 4000, 0, NULL, 0')).toEqual([]);
    const call = { pid: 7, name: 'sendto', state: 'begun', began: 1_800_000_000.5, result: null };
    expect(reader.standing()).toMatchObject(call);
    expect(reader.end()).toMatchObject([call]);
    expect(reader.unread).toBe(0);
  });

  test('is none once its line is whole, or is none', () => {
    const reader = new CallReader();
    for (const text of ['close(4) = 0', '\nhello', '\n<... read resumed>"a', '\n']) {
      reader.push(text);
      expect(reader.standing(), text).toBeNull();
    }
  });
});

describe('what else stands in such a file', () => {
  test.each([
    '1 10.0 --- SIGCHLD {si_signo=SIGCHLD, si_pid=2} ---',
    'strace: Process 12 attached',
    '1 10.0 pselect6(4, [3], NULL <detached ...>',
    '',
  ])('does no harm: %s', (line) => {
    expect(read(`${line}\n`)).toEqual({ calls: [], unread: 0 });
  });

  test('is counted where it is no line of strace', () => {
    expect(read('hello\nclose(\nclose(4) = 0\n')).toMatchObject({ unread: 2 });
  });

  test('an end tells that the thread is gone', () => {
    expect(new CallReader().push('7 1.0 +++ exited with 0 +++\n')).toEqual([
      { pid: 7, state: 'exited', how: 'exited with 0' },
    ]);
  });
});

test('the pieces that a text comes in do not matter', () => {
  const text = [
    '1 10.0 accept4(3<TCP:[127.0.0.1:80]>, {sa_family=AF_INET, sin_port=htons(9)}, [128 => 16], 0) = 4 <0.1>',
    '1 10.1 recvfrom(4,  <unfinished ...>',
    '2 10.2 write(5, "\\x0a"..., 4096) = 4096 <0.1>',
    '1 10.3 <... recvfrom resumed>"a\\"b", 10, 0, NULL, NULL) = 3 <0.2>',
  ].join('\n');
  const whole = read(text);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 40 })), (lengths) => {
      const reader = new CallReader();
      const told = [];
      let at = 0;
      for (const length of [...lengths, text.length]) {
        told.push(...reader.push(text.slice(at, at + length)));
        at += length;
      }
      told.push(...reader.end());
      expect(told).toEqual(whole.calls);
    }),
    { numRuns: 60 },
  );
});

describe('any text', () => {
  const piece = fc.constantFrom(
    ...[
      'recvfrom(',
      '7',
      '<',
      '>',
      '"',
      '\\x41',
      '\\',
      '[',
      ']',
      '{',
      '}',
      '=',
      ' = ',
      '-1 EAGAIN',
      ',',
    ],
    ...[
      '<unfinished ...>',
      '<... read resumed>',
      'a|b',
      '=>',
      '/*',
      '*/',
      '...',
      '(',
      ')',
      '\n',
      '12 ',
    ],
  );

  test('is read to its end', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 60 }), (pieces) => {
        const { calls } = read(pieces.join(''));
        for (const call of calls) call.args.map(numberOf);
      }),
      { numRuns: 500 },
    );
  });

  /** Steps of a reader are counted by its texts' lengths: a doubled text may take no more than twice as many. */
  test.each(['1<', '"', '[', '{', '1 /*', 'a(', '\\x41', '"\\', '1=>'])(
    'costs no more than its length: %s over and over',
    (unit) => {
      const line = `close(${unit.repeat(200_000 / unit.length)}\n`;
      expect(read(line).unread).toBeLessThanOrEqual(1); // and ends: quadratic time would be minutes
    },
  );
});
