/** A file that strace wrote, as one trace a loop; and how it is told from any other file. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isStrace } from '../../src/watch/recognise.js';
import { busiestOf, Recording } from '../../src/watch/recording.js';
import { STEPS_OF_TWO, straceText, TWO_LOOPS } from '../support/strace.js';

function read(text: string, limits = {}, piece = text.length): Recording {
  const recording = new Recording('calls.txt', limits);
  for (let at = 0; at < text.length; at += piece) {
    if (!recording.push(text.slice(at, at + piece))) break;
  }
  recording.end();
  return recording;
}

describe('a file of strace', () => {
  test('is one trace a loop, the busiest found', () => {
    const { loops, unread, isFull } = read(TWO_LOOPS);
    expect(loops.map(({ maker, events }) => [maker.pid, events.length])).toEqual([
      [1, STEPS_OF_TWO[0]],
      [2, STEPS_OF_TWO[1]],
    ]);
    expect(busiestOf(loops)).toBe(1);
    expect([unread, isFull]).toEqual([0, false]);
  });

  test('is the same in any pieces, and cut anywhere it is a beginning', () => {
    const whole = read(TWO_LOOPS).loops;
    expect(read(TWO_LOOPS, {}, 7).loops).toEqual(whole);
    for (let length = 0; length < TWO_LOOPS.length; length += 13) {
      const [first] = read(TWO_LOOPS.slice(0, length)).loops;
      const steps = (first?.events ?? []).map(({ step }) => step);
      expect((whole[0]?.events ?? []).map(({ step }) => step)).toEqual(
        expect.arrayContaining(steps),
      );
    }
  });

  test('is kept up to a number of steps, or of bytes, and says that there are more', () => {
    const few = read(TWO_LOOPS, { steps: 4 });
    expect(few.isFull).toBe(true);
    expect(few.loops.map(({ events }) => events.length)).toEqual([4]);
    expect(read(TWO_LOOPS, { bytes: 2 }).isFull).toBe(true);
  });

  test('may have lines that are none: they are counted', () => {
    const { loops, unread } = read(`${TWO_LOOPS}what is this?\n${'\u0000\u00ff'.repeat(400)}\n`);
    expect(unread).toBe(2);
    expect(loops).toHaveLength(2);
  });

  test('may be any text at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (text) => {
        expect(read(text).loops).toEqual([]);
        expect(typeof isStrace(text)).toBe('boolean');
      }),
      { numRuns: 200 },
    );
  });
});

describe('strace is told from other files', () => {
  test.each([
    ['with threads and times', TWO_LOOPS],
    ['with neither', 'socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3\n'],
    ['with a time of the day', '12:00:01.5 close(3) = 0\n'],
    ['of several programs', '[pid  4711] read(0,  <unfinished ...>\n[pid 4712] close(3) = 0\n'],
    ['that begins in a call', '4711 <... epoll_wait resumed>[], 8, -1) = 0\n'],
    ['cut within a long first line', `4711 1800000000.1 read(3, "${'\\x61'.repeat(30_000)}`],
    ['behind words of the program', `listening on 9000\n${TWO_LOOPS}`],
  ])('%s', (_, text) => {
    expect(isStrace(text.slice(0, 65_536))).toBe(true);
  });

  test.each([
    ['a trace', '{"v":1,"seq":0,"turn":0,"t":0,"step":"listen","fd":3,"backlog":9}\n'],
    ['nothing', ''],
    ['a dump of bytes', '00000000  81 05 48 65 6c 6c 6f  |..Hello|\n'],
    ['hex', '81 85 37 fa 21 3d\n'],
    ['a request', 'GET /chat HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['a program', 'const a = f(1);\nb(2) = c;\nread(x) == 3;\nwrite(y);\n'],
    ['a picture', '\u0089PNG\r\n\u001a\n\u0000\u0000\u0000\rIHDR'],
  ])('%s is none', (_, text) => {
    expect(isStrace(text)).toBe(false);
  });
});

test('a flood of the same is read in linear time', () => {
  const flood = (n: number): string =>
    TWO_LOOPS +
    straceText(
      Array.from({ length: n }, (_, i) => [1, 10 + i, 'read(9</etc/passwd>, "", 10) = 0 <0.1>']),
    );
  // a quadratic reader takes longer than a test may for the second
  expect(read(flood(100), {}, 50).loops).toHaveLength(2);
  expect(read(flood(60_000), {}, 5_000).loops).toHaveLength(2);
});
