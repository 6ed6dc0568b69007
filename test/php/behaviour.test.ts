import { describe, expect, test } from 'vitest';
import { behaviourOf, spinsAtEnd } from '../../src/php/behaviour.js';

/** Lines as strace writes them, by process 7. */
function log(...lines: string[]): string {
  return lines.map((line, i) => `7 170000000${i}.000000 ${line}\n`).join('');
}

const LISTEN = 'listen(3, 9) = 0 <0.000010>';
const NOTHING =
  'pselect6(4, [3], [], [], {tv_sec=0, tv_nsec=10000}, NULL) = 0 (Timeout) <0.000100>';

describe('how a server behaves, from its system calls', () => {
  test('wake-ups, and those for nothing; what was waited, and what stood still', () => {
    const behaviour = behaviourOf(
      log(
        'read(9, "\\x3c", 4096) = 1 <5.000000>',
        LISTEN,
        NOTHING,
        'select(4, [3], [], [], NULL) = 1 (in [3]) <2.000000>',
        'accept(3, {sa_family=AF_INET}, [16]) = 4 <0.000010>',
        'recvfrom(4, "\\x68\\x69", 2048, 0, NULL, NULL) = 2 <0.000500>',
        'write(1, "\\x2e", 1) = 1 <0.000010>',
        'write(4, "\\x68\\x69", 2) = 2 <3.000000>',
        'recvfrom(4, "", 2048, 0, NULL, NULL) = 0 <0.000500>',
        'close(4) = 0 <0.000010>',
        'accept(3, {sa_family=AF_INET}, [16]) = 4 <0.000010>',
        'select(5, [3 4], [], [], NULL',
      ),
    );
    expect(behaviour).toMatchObject({ wakeUps: 2, forNothing: 1, recvs: [2, 0], writes: [2] });
    expect(behaviour?.waitedMs).toBeCloseTo(2_000.1, 3);
    expect(behaviour?.otherMs.write).toBeCloseTo(3_000.01, 3);
    expect(behaviour?.otherMs.read).toBeUndefined(); // before it listened
    expect(behaviour?.leftOpen).toBe(1);
  });

  test('nothing, where nobody listens', () => {
    expect(behaviourOf(log(NOTHING))).toBeNull();
  });
});

describe('a log whose end shows that there is nothing to do', () => {
  test('three times in a row select gave nothing', () => {
    expect(spinsAtEnd(log(LISTEN, NOTHING, NOTHING, NOTHING))).toBe(true);
  });

  test.each([
    ['twice', [LISTEN, NOTHING, NOTHING]],
    [
      'something came',
      [NOTHING, NOTHING, 'select(4, [3], [], [], NULL) = 1 (in [3]) <0.1>', NOTHING],
    ],
    ['it is at something else', [NOTHING, NOTHING, NOTHING, 'write(4, "\\x68", 1) = 1 <0.1>']],
  ])('not when %s', (_, lines) => {
    expect(spinsAtEnd(log(...lines))).toBe(false);
  });

  test('a line that is not written to its end does not count', () => {
    expect(spinsAtEnd(`${log(NOTHING, NOTHING, NOTHING)}7 17.0 sel`)).toBe(true);
    expect(spinsAtEnd('')).toBe(false);
  });
});
