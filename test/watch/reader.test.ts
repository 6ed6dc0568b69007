/** The text of strace becomes loops with their events: one way for the command, the stepper and the page. */

import { describe, expect, test } from 'vitest';
import { LoopReader } from '../../src/watch/reader.js';
import { isStrace } from '../../src/watch/recognise.js';
import { readRecording } from '../../src/watch/recording.js';

const LINES = [
  '7 1800000000.0 execve("/usr/bin/python3", ["python3", "chat.py", "8080"], 0x7ffd /* 9 vars */) = 0 <0.001>',
  '7 1800000000.1 socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_IP) = 3 <0.00001>',
  '7 1800000000.2 listen(3, 5) = 0 <0.00001>',
  '7 1800000000.3 clone(child_stack=NULL, flags=SIGCHLD) = 8 <0.0001>',
  '7 1800000000.4 select(4, [3], NULL, NULL, NULL) = 1 (in [3]) <0.5>',
  '8 1800000000.4 select(4, [3], NULL, NULL, NULL) = 1 (in [3]) <0.5>',
  '8 1800000000.9 accept(3, {sa_family=AF_INET, sin_port=htons(50001), sin_addr=inet_addr("127.0.0.1")}, [16]) = 4 <0.00001>',
];
const TEXT = `${LINES.join('\n')}\n`;

describe('a text of strace', () => {
  test('has a trace for each thread that waits, which says whose it is', () => {
    const { loops, unread, lost, isFull } = readRecording(TEXT, 'calls.txt');
    expect({ unread, lost, isFull }).toEqual({ unread: 0, lost: 0, isFull: false });
    const made = {
      ...{ program: 'python3', profile: 'python3', clock: 'real', recorder: 'strace' },
      ...{ arguments: ['chat.py', '8080'], loops: 2 },
    };
    expect(loops.map(({ maker }) => maker)).toEqual([
      { ...made, pid: 7, loop: 1 },
      { ...made, pid: 8, loop: 2 },
    ]);
    expect(loops.map(({ events }) => events.at(-1)?.step)).toEqual(['select', 'accept']);
    expect(loops[1]?.summary).toMatchObject({ call: 'select', clients: 1 });
  });

  test('is called by its file where it does not say which program was run', () => {
    const { loops } = readRecording(LINES.slice(1).join('\n'), 'calls.txt');
    expect(loops[0]?.maker).toMatchObject({ program: 'calls.txt' });
    expect(loops[0]?.maker.arguments).toBeUndefined();
  });

  test('may come in any pieces', () => {
    const reader = new LoopReader({ recorder: 'strace', program: 'x' });
    const steps = [...TEXT].flatMap((character) => reader.push(character));
    const whole = readRecording(TEXT, 'x').loops;
    for (const [i, { events }] of whole.entries()) {
      expect(steps.filter(({ loop }) => loop.number === i + 1).map(({ event }) => event)).toEqual(
        events,
      );
    }
  });

  test('tells of a call that stands in the way of others while it lasts, once', () => {
    const reader = new LoopReader({ recorder: 'watch', program: 'x' });
    const begun = '8 1800000001.0 sendto(4, "abcd"..., 4000, 0, NULL, 0';
    reader.push(`${TEXT}${begun}`);
    const block = { step: 'block', fd: 4, syscall: 'send', call: 'sendto' };
    expect(reader.pause().map(({ event }) => event)).toMatchObject([block]);
    expect(reader.pause()).toEqual([]);
    const [sent, ...more] = reader.push(') = 4000 <4.3>\n');
    expect([sent?.event, more]).toMatchObject([{ step: 'send', taken: 4_000, took: 4_300 }, []]);
    expect(reader.loops[1]?.summing.summary().stood).toBe(4_300);
  });

  test('tells nothing of a wait that lasts', () => {
    const reader = new LoopReader({ recorder: 'watch', program: 'x' });
    reader.push(`${TEXT}7 1800000001.0 select(4, [3], NULL, NULL, NULL`);
    expect(reader.pause()).toEqual([]);
  });

  test('says who waits as long as nobody has come', () => {
    const reader = new LoopReader({ recorder: 'watch', program: 'x' });
    reader.push(`${LINES.slice(1, 3).join('\n')}\n7 1800000001.0 select(4, [3], NULL, NULL, NULL`);
    expect(reader.end()).toEqual([]);
    expect(reader.waiting).toEqual([{ pid: 7, call: 'select' }]);
    const served = new LoopReader({ recorder: 'watch', program: 'x' });
    served.push(`${TEXT}7 1800000001.0 select(4, [3], NULL, NULL, NULL`);
    served.end();
    expect(served.waiting).toEqual([]);
  });

  test('counts calls of which a part is missing', () => {
    const torn = ['7 1.0 recvfrom(4,  <unfinished ...>', '7 1.1 recvfrom(4,  <unfinished ...>'];
    expect(readRecording(torn.join('\n'), 'x')).toMatchObject({ loops: [], lost: 1, unread: 0 });
  });

  test('a thread whose number comes again is another loop', () => {
    const again = ['8 1800000001.0 +++ exited with 0 +++', ...LINES.slice(5, 6)];
    const { loops } = readRecording(`${TEXT}${again.join('\n')}`, 'x');
    expect(loops.map(({ maker }) => [maker.loop, maker.pid])).toEqual([
      [1, 7],
      [2, 8],
    ]);
  });
});

describe('a text is known as strace’s', () => {
  test.each([
    ['with all options', TEXT],
    ['with a line that is not', `hello\n${TEXT}`],
    ['cut within a line', TEXT.slice(0, -20)],
    ['without any option', 'close(4) = 0\nread(3, "", 9) = 0\n'],
    ['with no line but the ends of calls', `${LINES[1]}\n7 1.0 +++ exited with 0 +++\n`],
  ])('%s', (_, text) => {
    expect(isStrace(text)).toBe(true);
  });

  test.each([
    ['nothing', ''],
    ['a trace', '{"v":1,"seq":0,"turn":0,"t":0,"step":"listen","fd":3,"backlog":9}\n'],
    ['a conversation', 'GET /chat HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a dump', '00000000  81 05 48 65 6c 6c 6f   |..Hello|\n'],
    ['a program', 'int main(void) { return 0; }\nclose(fd) = 1\nx\ny\nz\n'],
  ])('not %s', (_, text) => {
    expect(isStrace(text)).toBe(false);
  });
});
