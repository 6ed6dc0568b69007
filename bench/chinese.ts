/**
 * What the workloads call themselves, their contestants, measures and targets, in Chinese: for the page
 * about speed. A run is measured and kept in English; the same run is then told in both languages.
 * @module
 */

import { recognise } from '../src/texts/recognise.js';
import { fill } from '../src/texts/say.js';

/** Names that are the same in both. */
const NAMES = ['loopscope', 'ws', 'Bun', 'MiB/s', 'ms', 'loopscope --help'];

/** By the English text; what stands in braces is told in Chinese, too. */
const CHINESE: Readonly<Record<string, string>> = {
  'node:net floor': 'node:net 底线',
  'PHP twin': 'PHP 孪生程序',
  '{who}, {n} idle': '{who}，另有 {n} 个空闲',
  '{who}, {n} and Redis': '{who}，{n} 个循环加 Redis',
  '{n} bytes': '{n} 字节',
  '{n} clients': '{n} 个客户端',
  '{n} KiB': '{n} KiB',
  '{n} MiB': '{n} MiB',
  'ASCII, {size}': 'ASCII，{size}',
  'Chinese, {size}': '中文，{size}',

  'frames/s': '帧/秒',
  'server µs/frame': '服务器 µs/帧',
  'server CPU %': '服务器 CPU %',
  'driver CPU %': '压测程序 CPU %',
  'bytes/client': '字节/客户端',
  'CPU µs/message': 'CPU µs/消息',
  'of it Redis': '其中 Redis',
  'messages/s': '消息/秒',
  'CPU µs/frame': 'CPU µs/帧',
  'CPU µs/call': 'CPU µs/调用',
  'events/s': '事件/秒',
  'lines/s': '行/秒',
  'worst ms': '最慢 ms',
  'median ms': '中位数 ms',
  'ms of work': '工作 ms',
  'ms to open': '打开 ms',
  'ms a step': '一步 ms',
  'ms a seek': '一次跳转 ms',
  'ms a frame of scrubbing': '拖动时一帧 ms',
  'ms a zoom': '一次缩放 ms',
  'MB of heap': '堆 MB',

  'times the rate of ws': '速率是 ws 的几倍',
  'times the rate of ws, {work}': '速率是 ws 的几倍，{work}',
  'times the rate of node:net floor': '速率是 node:net 底线的几倍',
  'of the server CPU of ws for a frame': '每帧的服务器 CPU 是 ws 的几倍',
  'of the server CPU of ws for a frame, {work}': '每帧的服务器 CPU 是 ws 的几倍，{work}',

  'one sender, 1,000 clients, 32-byte texts in JSON, {n} outstanding':
    '一个人说，1,000 个客户端听，JSON 里的文本 32 字节，{n} 条在途',
  'With one message outstanding a turn has one frame for each client, so one write a turn saves nothing. The kernel takes most of the time, and empties the caches at every write: what a server then has to visit for the next client costs more than what it does there. A floor that visits seven objects more for each client lost 15% of its rate.':
    '只有一条消息在途，一轮里每个客户端只有一帧，所以一轮只写一次，什么也省不下来。大部分时间是内核用的，每次写还把缓存清空了：服务器接着要为下一个客户端去看的那些地方，比它在那里做的事更花时间。底线要是为每个客户端多看七个对象，速率就少了 15%。',
  'PHP was not found.': '没有找到 PHP。',

  '100 clients, each with 8 texts outstanding, every one sent back':
    '100 个客户端，每个有 8 条文本在途，条条都发回来',
  'the first second of the same echo, each time in new processes':
    '同样的回声，只看第一秒，每次都用新的进程',
  'The drivers are as cold. A server of this size is compiled while it runs, on the second core.':
    '压测程序也一样没有热起来。这么大的服务器，是一边运行一边在第二个核上编译的。',
  '100 clients, each with 8 ASCII texts outstanding, sent back':
    '100 个客户端，每个有 8 条 ASCII 文本在途，发回来',
  'Up to 64 bytes V8 keeps a new array in its own heap; a longer one costs an allocation. From 126 bytes on a header has two bytes more.':
    '不超过 64 字节的新数组，V8 放在自己的堆里；再长就要另外分配一次。从 126 字节起，头多两个字节。',
  '16 clients with a text of 64 KiB outstanding each, or 4 with one of 1 MiB, sent back':
    '16 个客户端，每个有一条 64 KiB 的文本在途；或者 4 个，每个一条 1 MiB 的；发回来',
  '16 clients with about 64 KiB outstanding each, or 4 with 1 MiB, sent back':
    '16 个客户端，每个有 64 KiB 上下在途；或者 4 个，每个 1 MiB；发回来',
  'From 65,536 bytes on a header has 10 bytes, not 4.':
    '从 65,536 字节起，头有 10 个字节，不是 4 个。',
  'one client, one binary frame at a time, sent back': '一个客户端，一次一个二进制帧，发回来',
  '16 clients, each with a text in JSON outstanding, compressed both ways':
    '16 个客户端，每个有一条 JSON 文本在途，来回都压缩',
  'Each message is compressed by itself (RFC 7692 7.1.1), so that every byte can be compared.':
    '每条消息单独压缩（RFC 7692 7.1.1），这样每个字节都能比。',

  'echo of {busy} busy clients, 1 outstanding, alone and beside {idle} idle ones':
    '{busy} 个忙着的客户端的回声，1 条在途；只有它们，或者旁边还有 {idle} 个空闲的',
  'of the rate without idle clients': '速率是没有空闲客户端时的几倍',
  'ulimit -n allows {count} idle clients, not {wanted}.':
    'ulimit -n 只容得下 {count} 个空闲的客户端，不到 {wanted} 个。',
  "what {count} idle clients add to the server's resident memory, beside {first}":
    '已经有 {first} 个的时候，再来 {count} 个空闲的客户端，服务器的常驻内存添多少',
  'of the memory of ws for an idle client': '每个空闲客户端的内存是 ws 的几倍',
  "Node's heap for young objects is held to 1 MiB in its servers. Left alone it grows to 48 MiB while the clients connect, and the figures are mostly how far.":
    '这些服务器里，Node 给新对象的堆不许超过 1 MiB。不管它的话，客户端连上来的时候它会长到 48 MiB，测出来的就多半是它长了多少。',
  'what each of {n} clients adds, of whose text of 1 MiB all but the last byte has come':
    '{n} 个客户端，每个的一条 1 MiB 文本只差最后一个字节，每个添多少',
  'of the memory of ws for an unfinished message': '每条没到齐的消息，内存是 ws 的几倍',

  'one sender, 100 clients, 16 outstanding, every step written to a file':
    '一个人说，100 个客户端听，16 条在途，每一步都写进文件',
  'tracing off': '不写轨迹',
  'tracing to NDJSON': '写成 NDJSON',
  'of the rate without tracing': '速率是不写轨迹时的几倍',

  'one sender, 32-byte texts in JSON, 16 outstanding, on one loop or on {n} with Redis between them':
    '一个人说，JSON 里的文本 32 字节，16 条在途；在一个循环上，或者在 {n} 个循环上，中间是 Redis',
  'µs of CPU for the relay of a message, {work}': 'µs 的 CPU，转一条消息，{work}',
  'of the CPU of ws for a message, over Redis, {work}':
    '经过 Redis，一条消息的 CPU 是 ws 的几倍，{work}',
  'redis-server was not found, so nothing went through two loops.':
    '没有找到 redis-server，所以没有什么经过两个循环。',
  'A message is one text to all. CPU µs/message is that of all servers and of Redis together. What is more on two loops than on one is what the relay costs: to the broker, through it, and from it to each loop. `ws` tells nobody before its own text has come back, ours tells those of its loop at once. Both speak RESP by the same functions of ours; `ws` waits for no answer.':
    '一条消息，就是一条文本发给所有人。CPU µs/消息，是所有服务器和 Redis 加在一起的。两个循环比一个循环多出来的，就是转一次的代价：送到消息代理，经过它，再从它到每个循环。`ws` 要等自己的那条文本转回来，才告诉别人；我们的马上就告诉自己循环里的人。两边说 RESP 用的是我们同样的几个函数；`ws` 不等回答。',

  'the loop with tracing off: echo of {clients} simulated clients, {n} outstanding':
    '不写轨迹的循环：{clients} 个模拟的客户端的回声，{n} 条在途',
  'a loop without tracing': '不带轨迹的循环',
  'runLoop, nobody watches': 'runLoop，没有人看',
  'the first once more': '第一个再来一遍',
  'of the CPU of a loop without tracing': 'CPU 是不带轨迹的循环的几倍',
  'By how much the loop without tracing differs from itself is the noise of this measurement; the target leaves room for it.':
    '不带轨迹的循环，和它自己差多少，就是这次测量的噪声；目标给它留了余地。',

  'frames of a client explained to spans': '把客户端的帧解释成一段一段的字节',
  'texts of 60 bytes': '60 字节的文本',
  'messages of 1 MiB': '1 MiB 的消息',
  'MiB/s to spans, {what}': 'MiB/s，{what}',
  'a chat on the simulated network, every event made': '模拟网络上的一场聊天，每个事件都做出来',
  'events a second, {n} clients': '每秒几个事件，{n} 个客户端',
  'moves in a trace of 100,000 events': '在 100,000 个事件的轨迹里走动',
  '{move}, {n} clients': '{move}，{n} 个客户端',
  'first end': '第一次到末尾',
  seek: '跳转',
  back: '退一步',
  next: '进一步',
  'end to home, and back': '从末尾到开头再回来',
  'ms for the slowest move': 'ms，最慢的一种走法',
  'from the command to what it says': '从命令到它说出话来',
  'a lesson, to its first line': '一课，到第一行',
  "a lesson's demo, to its first line": '一课的演示，到第一行',
  'ms for --help': 'ms，--help',
  "ms for a lesson's first line": 'ms，一课的第一行',
  "ms for a demo's first line": 'ms，演示的第一行',

  "what the page's thread works, in a headless Chromium":
    '页面的线程干了多少活，在不显示窗口的 Chromium 里',
  'a step with 100 sockets': '有 100 个套接字时走一步',
  'a step of the stage with 30 clients': '舞台上有 30 个客户端时走一步',
  'the built page, to its first step': '编译好的页面，到显示第一步',
  'ms for a step with 100 sockets': 'ms，有 100 个套接字时走一步',
  'ms for a step of the stage with 30 clients': 'ms，舞台上有 30 个客户端时走一步',
  'ms for the built page, to its first step': 'ms，编译好的页面，到显示第一步',
  'KB gzipped': 'KB，gzip 之后',
  'Chromium was not found.': '没有找到 Chromium。',
  'The page is not built: npm run build makes it.': '页面还没有编译：npm run build 来做。',
  "what the page's thread works for a trace of 100,000 events of 30 clients":
    '一条 100,000 个事件、30 个客户端的轨迹，页面的线程干了多少活',
  'the trace': '轨迹',
  'the trace and all other panes': '轨迹和其他所有的面板',
  '{what}, all panes': '{what}，所有的面板',
  '{what}, the trace': '{what}，轨迹',
  '{what}, the trace and all other panes': '{what}，轨迹和其他所有的面板',
  'Scrubbing and zooming are done with all of it in sight, as a density. The heap is after a collection, arrays included.':
    '拖动和缩放的时候，整条轨迹都看得见，画成疏密。堆的大小是垃圾回收之后量的，数组也算在内。',

  'a chat on node:net with {n} clients, one line at a time, alone and watched':
    '一个用 node:net 写的聊天服务器，{n} 个客户端，一次一行；没有人看，和有人看',
  alone: '没有人看',
  'under strace': '在 strace 下',
  'under loopscope watch': '在 loopscope watch 下',
  'calls, to the steps of a loop': '从调用到循环的步',
  'of the rate of the server alone, watched': '有人看时，速率是没有人看时的几倍',
  'There was no strace.': '没有 strace。',
  'This server does nothing but make calls, which is what strace slows down.':
    '这个服务器除了调用什么也不做，而 strace 拖慢的正是调用。',
  "{n} lines of strace's, of that chat, told": 'strace 对那场聊天写下的 {n} 行，读成步',
  'µs of CPU a call': 'µs 的 CPU，每次调用',

  network: '网络',
  real: '真的',
  sim: '模拟的',
  'watched, scanned by select(2)': '监视的，select(2) 要走过的',
  ready: '就绪',
  'µs a select': '一次 select 的 µs',
  'The time of one select, by the number of clients that are watched':
    '一次 select 的时间，随监视的客户端的个数',
  'Both axes are in powers of ten. A select(2) scans all that are watched: a straight line. The time of our select follows those that are ready: with 100% ready it climbs beside that line, with 10% it climbs below it, and with 1% lower still.':
    '两个轴都是十的幂。select(2) 走过监视的全部：一条直线。我们的 select 的时间跟着就绪的走：100% 就绪，它在那条线旁边往上；10% 就绪，在它下面往上；1%，还要低。',
  'One select: the time of ours,': '一次 select：我们的时间，',
  'and what a select(2) goes through': '和 select(2) 要走过多少个',
  '{share} ready': '{share} 就绪',
  'clients that are watched': '监视的客户端',
  'µs, real sockets': 'µs，真的套接字',
  'µs, simulated': 'µs，模拟的',
  'scanned by select(2)': 'select(2) 走过的',
};

/** A text of a workload in Chinese; a number stays, and so does what is not there: see {@link isKnown}. */
export function chinese(english: string): string {
  const found = NAMES.includes(english) ? null : recognise(PATTERNS, english);
  if (found === null) return english;
  const values = Object.entries(found.values).map(([name, value]) => [name, chinese(`${value}`)]);
  return fill(CHINESE[found.key] ?? english, Object.fromEntries(values));
}

/** The English texts, as a table: each is its own key. */
const PATTERNS = Object.fromEntries(Object.keys(CHINESE).map((text) => [text, text]));

/** Whether a text has its Chinese, or needs none. */
export function isKnown(english: string): boolean {
  return NAMES.includes(english) || recognise(PATTERNS, english) !== null;
}
