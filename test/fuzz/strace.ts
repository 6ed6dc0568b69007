/**
 * The readers of strace's text under fuzz: whatever stands in a file, its loops are told the same in any
 * pieces, as a trace that can be read, with lines that move no cursor.
 * @module
 */

import { fromUtf8Lossy, toUtf8 } from '../../src/bytes.js';
import type { Random } from '../../src/net/sim.js';
import { formatEvent, parseEvent } from '../../src/trace/ndjson.js';
import { describeStep } from '../../src/trace/text.js';
import { LoopReader } from '../../src/watch/reader.js';
import { readRecording } from '../../src/watch/recording.js';
import { describeFinding } from '../../src/watch/words.js';
import { damaged, pick, randomPieces } from './inputs.js';
import { must, mustEqual, type Target } from './target.js';

// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
const CONTROLS = /[\0-\x1f\x7f-\x9f]/;

/** What a damaged line may be given. */
const SIGNS = [
  '<unfinished ...>',
  '<... read resumed>',
  '"',
  '\\x41',
  '[',
  '{',
  ') = ',
  '=>',
  '/*',
  '<',
  '-1 E',
  '\n',
];

/** A line of a loop, of some thread, with small numbers, so that they meet. */
function line(random: Random): string {
  const fd = 3 + random.below(5);
  const other = 3 + random.below(5);
  const data = `{u32=${other}, u64=${other}}`;
  const call = pick(random, [
    `socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = ${fd}`,
    `listen(${fd}, 5) = 0`,
    `accept4(${fd}<TCP:[127.0.0.1:80]>, {sa_family=AF_INET, sin_port=htons(9), sin_addr=inet_addr("127.0.0.1")}, [16], SOCK_CLOEXEC) = ${other}`,
    `accept(${fd}, NULL, NULL) = -1 EMFILE (Too many open files) (INJECTED)`,
    `select(8, [${fd} ${other}], [${fd}], NULL, {tv_sec=0, tv_usec=${random.below(2)}}) = 1 (in [${other}], left {tv_sec=0, tv_usec=0})`,
    `poll([{fd=${fd}, events=POLLIN}, {fd=${other}, events=POLLOUT}], 2, 60000) = 1 ([{fd=${fd}, revents=POLLIN|POLLHUP}])`,
    `epoll_create1(0) = ${fd}`,
    `io_uring_setup(64, {flags=0}) = ${fd}`,
    `epoll_ctl(${fd}, EPOLL_CTL_ADD, ${other}, {events=EPOLLIN|EPOLLET, data=${data}}) = 0`,
    `epoll_wait(${fd}, [{events=EPOLLIN, data=${data}}], 8, -1) = 1`,
    `epoll_wait(${fd}, [], 8, 0) = 0`,
    `recvfrom(${fd}, "GET / HTTP/1.1\\r\\nUpgrade: websocket\\r\\n\\r\\n", 1024, 0, NULL, NULL) = 42`,
    `read(${fd}, "\\x81\\x82\\x00\\x00\\x00\\x00hi", 8) = 8`,
    `sendto(${fd}, "\\x81\\x02hi"..., 4000, 0, NULL, 0) = ${random.below(4_000)}`,
    `writev(${fd}, [{iov_base="ab", iov_len=2}, {iov_base="c", iov_len=1}], 2) = 2`,
    `recvfrom(${fd}, 0x7f, 9, 0, NULL, NULL) = -1 EAGAIN (Resource temporarily unavailable)`,
    `close(${fd}) = 0`,
    `sendto(${fd}, "hi", 2, 0, NULL, 0) = -1 EAGAIN (Resource temporarily unavailable)`,
    `recvfrom(${fd}, "\\x81\\x85abcd", 6, 0, NULL, NULL) = 6`,
    `dup2(${fd}, ${other}) = ${other}`,
    `clone(child_stack=NULL, flags=${pick(random, ['SIGCHLD', 'CLONE_FILES|CLONE_VM'])}) = ${1 + random.below(3)}`,
    `fsync(${fd}) = 0`,
    `execve("/bin/x", ["x", "y"], 0x7f /* 9 vars */) = 0`,
    `read(${fd},  <unfinished ...>`,
    '<... read resumed>"ab", 9) = 2',
    '+++ exited with 0 +++',
    '--- SIGCHLD {si_signo=SIGCHLD} ---',
  ]);
  const time = pick(random, [
    '',
    '12:00:01 ',
    `${1_700_000_000 + random.below(9)}.5 `,
    '0.000100 ',
  ]);
  const took = /[)\d]$/.test(call) && random.below(2) === 0 ? ` <0.${random.below(9)}>` : '';
  return `${pick(random, ['', '1 ', '2 ', '[pid  3] '])}${time}${call}${took}`;
}

export const strace: Target = {
  name: 'strace',
  make(random) {
    const lines = Array.from({ length: 1 + random.below(60) }, () => line(random));
    const bytes = toUtf8(`${lines.join('\n')}\n`);
    return random.below(3) === 0 ? bytes : damaged(random, bytes, SIGNS);
  },
  run(bytes, random) {
    const text = fromUtf8Lossy(bytes);
    const whole = readRecording(text, 'x');
    const reader = new LoopReader({ recorder: 'strace', program: 'x' });
    const events = whole.loops.map((): unknown[] => []);
    const pieces = randomPieces(random, toUtf8(text)).map((piece) => piece.length);
    let at = 0;
    for (const length of [...pieces, text.length]) {
      for (const { loop, event } of reader.push(text.slice(at, at + length))) {
        events[loop.number - 1]?.push(event);
      }
      at += length;
    }
    for (const { loop, event } of reader.end()) events[loop.number - 1]?.push(event);
    mustEqual(
      events,
      whole.loops.map((loop) => loop.events),
      'the same in any pieces',
    );
    for (const { events, summary } of whole.loops) {
      for (const [seq, event] of events.entries()) {
        must(event.seq === seq, 'events are numbered');
        mustEqual(parseEvent(formatEvent(event), 1), event, 'an event of the trace');
        must(!CONTROLS.test(describeStep(event)), 'no step moves the cursor');
      }
      for (const finding of summary.findings) {
        must(finding.seq < events.length, 'a finding has its step');
        must(!/undefined|NaN/.test(describeFinding(finding)), 'a finding is a sentence');
      }
    }
  },
};
