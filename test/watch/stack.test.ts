import { describe, expect, test } from 'vitest';
import { CallReader } from '../../src/watch/calls.js';
import { LoopReader } from '../../src/watch/reader.js';
import { isOfSystem, readFrame } from '../../src/watch/stack.js';

/** A chat's turn, as strace -f -ttt -T -k writes it. */
const TURN = `1 1800000001.0 pselect6(5, [3<TCP:[127.0.0.1:9000]> 4<TCP:[127.0.0.1:9000->127.0.0.1:50001]>], NULL, NULL, NULL, NULL) = 1 (in [4]) <0.5>
 > /usr/lib/x86_64-linux-gnu/libc.so.6(__select+0xe1) [0xf8e21]
 > /srv/chat(main+0x1f) [0x1234]
1 1800000002.0 recvfrom(4<TCP:[127.0.0.1:9000->127.0.0.1:50001]>, "hi", 1024, 0, NULL, NULL) = 2 <0.00002>
 > /usr/lib/x86_64-linux-gnu/libc.so.6(__recv+0x1d) [0x10a5ed]
 > /srv/chat(read_from+0x2b) [0x1300]
 > /srv/chat(main+0x44) [0x1259]
`;

const frames = (stack: readonly { binary: string; offset: number }[] = []): string[] =>
  stack.map(({ binary, offset }) => `${binary} ${offset.toString(16)}`);

describe('strace -k', () => {
  test.each([
    [' > /srv/chat(main+0x1f) [0x1234]', { binary: '/srv/chat', offset: 0x1234 }],
    [' > /srv/chat() [0x1234]', { binary: '/srv/chat', offset: 0x1234 }],
    [' > /srv/a (b)/chat(main+0x1f) [0x1234]', { binary: '/srv/a (b)/chat', offset: 0x1234 }],
    [' > /srv/chat(Server::read(int)+0x2b) [0x1300]', { binary: '/srv/chat', offset: 0x1300 }],
    [
      ' > /srv/a (b)/chat(V::operator/(V<int (*)()> const&)+0x2b) [0x1300]',
      { binary: '/srv/a (b)/chat', offset: 0x1300 },
    ],
    [' > /srv/chat(git.host/x.(*T).Read+0x2b) [0x1300]', { binary: '/srv/chat', offset: 0x1300 }],
    [` > /${'a/'.repeat(4_096)}(main+0x1f) [0x1234]`, null],
    [' > unexpected_backtracing_error [0x0]', null],
  ])('says of a frame which file it is in, and where: %s', (line, frame) => {
    expect(readFrame(line)).toEqual(frame);
  });

  test('has the functions of the system around each call, in libraries', () => {
    const paths = ['/usr/lib/x86_64-linux-gnu/libc.so.6', '/lib64/ld-linux-x86-64.so.2'];
    expect(paths.map(isOfSystem)).toEqual([true, true]);
    expect(isOfSystem('/nix/store/1-glibc/lib/libc.so.6')).toBe(true);
    expect(['/srv/chat', '/usr/bin/redis-server', '/srv/lib/libchat.so'].some(isOfSystem)).toBe(
      false,
    );
  });

  test('gives a call its stack, whatever the pieces are in which the text comes', () => {
    for (const size of [1, 7, 1_000]) {
      const reader = new CallReader({ stacks: true });
      const told = TURN.match(new RegExp(`[^]{1,${size}}`, 'g'))?.flatMap((piece) => {
        return reader.push(piece);
      });
      told?.push(...reader.end());
      const calls = told?.flatMap((one) => (one.state === 'returned' ? one : [])) ?? [];
      expect(calls.map(({ name }) => name)).toEqual(['pselect6', 'recvfrom']);
      expect(frames(calls[0]?.stack).at(-1)).toBe('/srv/chat 1234');
      expect(frames(calls[1]?.stack).slice(1)).toEqual(['/srv/chat 1300', '/srv/chat 1259']);
      expect(reader.unread).toBe(0);
    }
  });

  test('tells a call as soon as the next one has begun, or nothing more comes', () => {
    const reader = new CallReader({ stacks: true });
    const [wait = '', ...rest] = TURN.split(/(?=^1 )/m);
    expect(reader.push(wait)).toEqual([]);
    expect(reader.push(rest.join('').slice(0, 8))).toMatchObject([{ name: 'pselect6' }]);
    const other = new CallReader({ stacks: true });
    expect(other.push(wait)).toEqual([]);
    expect(other.release()).toMatchObject([{ name: 'pselect6' }]);
  });

  test('is passed over where nobody asks for lines, and is no line that could not be read', () => {
    const reader = new CallReader();
    expect(reader.push(TURN).map((one) => 'stack' in one)).toEqual([false, false]);
    expect(reader.unread).toBe(0);
  });
});

test('a step has the line that made its call, and what was only told with it has none', () => {
  const source = { recorder: 'watch', program: 'chat' } as const;
  const reader = new LoopReader(source, (stack) => {
    const own = stack.find(({ binary }) => binary === '/srv/chat');
    return own === undefined ? null : { file: '/srv/chat.c', line: own.offset };
  });
  const steps = [...reader.push(TURN), ...reader.end()].map(({ event }) => event);
  const lines = steps.map(({ step, source }) => [step, source?.line ?? null]);
  expect(lines).toContainEqual(['select', 0x1234]);
  expect(lines).toContainEqual(['recv', 0x1300]);
  expect(lines.filter(([step]) => step === 'accept')).toEqual([['accept', null]]);
});
