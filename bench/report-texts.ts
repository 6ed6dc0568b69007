/**
 * What the page about speed says beside what the workloads do, by key and language; and how both are told.
 * @module
 */

import { type Say, speaker } from '../src/texts/say.js';
import { chinese } from './chinese.js';

const en = {
  title: 'Speed',
  other: '[中文](speed.zh.md)',
  introduction: `How fast is Loopscope, and beside whom? Its peers do the same work in the same run: \`ws\`, the WebSocket
server that is used most on Node; the server that Bun brings, in which little but the handlers is
JavaScript; our PHP twin; and the *floor* of \`node:net\`, a server that parses nothing and writes a frame
made before, once for each client. This page is written by \`npm run bench -- --write\`, from one run on
one machine. \`npm run bench\` measures yours, and \`npm run bench -- --only echo\` one workload of it.
Bun takes part where \`bun\` is found: \`npm install bun\` in some folder brings it.`,
  machine: '{cpu}, {cores} cores, Node {node}, {os}, {date}',
  measured: 'Measured on {machine}. A figure is the median of {runs} runs.',
  caption: '{machine}; medians of {runs}',
  stand: 'Where we stand',
  explanation: `Our rate as a multiple of the peer's, then what one frame costs our server of the CPU as a multiple of what
it costs theirs. **Bold is where we lose**: a lower rate, or more CPU.`,
  beside: 'ours beside',
  'no-bun': 'Bun was not found.',
  targets: 'The targets',
  'targets.met': 'All {n} are met.',
  'targets.missed': '{met} of {n} are met, **{missed} missed**.',
  workload: 'workload',
  value: 'measured',
  target: 'target',
  least: 'at least {value}',
  most: 'at most {value}',
  met: 'met',
  missed: '**MISSED**',
  how: 'How it is measured',
  method: `- **Each server has a process of its own**, and so has the load driver that belongs to it. The driver
  connects the clients, and sends frames that were made before.
- **Every byte is compared.** A figure is only given when every client got every frame; anything else ends
  the run.
- **The contestants take turns**, A B A B, so that a machine that becomes slower does so for all. The range
  beside a median goes from the slowest to the fastest run; two whose ranges overlap may well be equal.
- **All do the same work.** None compresses, but where that is the work, and \`ws\` runs without its native
  addon. What is handed in to ours is Node's own: \`nodeBytes\`, which \`ws\` uses, too.
- **What needs no socket** runs in the process of the bench: all from [unwatched](#unwatched) on. But
  [start](#start) begins the command anew each time, and [page](#page) has a Chromium.
- **Frames** are counted where they arrive: one text to 1,000 clients is 1,000 frames.
- **CPU** is what a process has used of one core, all of its threads: more than 100% means that those of
  Node had work, too. *Server µs/frame* is that time for one frame. A driver changes it only by what it
  costs the kernel to wake it.

How does one know that the driver is not what is measured? Its own share of a core stands beside each
rate. As long as it is below 100% while the server's is not, the driver waits for the server. A peer that
lets its driver come to 100% may be faster than its rate says, and a driver at 100% beside Loopscope makes
our rate too low, not too high.`,
  'driver.none': 'In this run, no driver came to {share}% of a core.',
  'driver.busy': 'In this run, drivers came to {share}% of a core or more with: {list}.',
  'driver.one': '{who} in {name} ({share}%)',
  tried: 'What was tried',
  'tried.list': `What did not show, and was taken out again. The times are of a server's CPU, measured by turns.

- **The mask by eight bytes**, as a BigUint64Array: 16 GB/s on Node 20, where four bytes at a time do 8; but
  0.4 on Node 26, which makes a BigInt of each word. The loop of four bytes unrolled, by 2 to 16: 5.8 to
  8.3 GB/s, where it did 7.9.
- **Room for a payload that grows by four**: a quarter less copying than by two, but a text of 1 MiB that was
  not whole took 1.54 times the memory of \`ws\`. Its pieces are kept as they came now.
- **Chunks given out whole from 32 KiB on**, not from 16: that memory was 1.48 times that of \`ws\`, not 1.00.
- **Header and payload as two buffers**: a long payload has room for a header in front of it instead, and one
  write takes both.
- **A special path for short frames**, which is a second parser; parts of a client that are made when they are
  needed, 4% of its memory; and room for all that a length claims.

What decides most for messages of 1 MiB is not ours: as long as V8 frees the chunks that Node has read in its
short collections, an echo takes 1.0 to 1.2 ms of the CPU; where it begins full ones for them, ten a second,
2.0 to 2.9. A process of ours stays in the one or the other. Larger or smaller room for young objects did not
choose between them.`,
  'name.work': '{name}, {work}',
  'work.who': '{work}: {who}',
  range: 'range',
  'from.to': '{low} to {high}',
  curve: `How long does one select of ours take, on the simulated network and on real sockets, for so many watched
clients of which so many are ready? It takes longer with those that are ready. A select(2) goes through
all that are watched, whether they are ready or not: that number is drawn in grey.
[Lesson 20](../lessons/20-select-poll-epoll/lesson.md) is about the difference.

![The time of one select, by the number of watched clients](select-cost.svg)`,
} as const;

const zh: Readonly<Record<keyof typeof en, string>> = {
  title: '速度',
  other: '[English](speed.md)',
  introduction:
    'Loopscope 有多快，和谁比？比的几个在同一次运行里做同样的事：`ws`，Node 上用得最多的 WebSocket 服务器；Bun 自带的服务器，除了处理函数，几乎没有 JavaScript；我们的 PHP 孪生程序；还有 `node:net` 的*底线*，它什么也不解析，只把事先做好的一帧给每个客户端写一遍。这一页由 `npm run bench -- --write` 写成，来自一台机器上的一次运行。`npm run bench` 测你的机器，`npm run bench -- --only echo` 只测其中一项。找得到 `bun`，Bun 才参加：在随便哪个文件夹里运行 `npm install bun` 就有了。',
  machine: '{cpu}，{cores} 核，Node {node}，{os}，{date}',
  measured: '在这台机器上测量：{machine}。每个数是 {runs} 次的中位数。',
  caption: '{machine}；{runs} 次的中位数',
  stand: '我们排在哪里',
  explanation:
    '前一个数：我们的速率是它的几倍；后一个数：一帧要我们的服务器花的 CPU，是它的几倍。**粗体是我们输的地方**：速率低了，或者 CPU 多了。',
  beside: '我们比',
  'no-bun': '没有找到 Bun。',
  targets: '目标',
  'targets.met': '{n} 个全都达到了。',
  'targets.missed': '{n} 个里达到了 {met} 个，**{missed} 个没有达到**。',
  workload: '哪一项',
  value: '测得',
  target: '目标',
  least: '至少 {value}',
  most: '至多 {value}',
  met: '达到',
  missed: '**没有达到**',
  how: '怎样测量',
  method: `- **每个服务器有自己的进程**，和它配对的压测程序也有。压测程序让客户端连上来，发事先做好的帧。
- **每个字节都比。** 每个客户端都收到了每一帧，才给出数来；不然这次运行就到此结束。
- **大家轮着来**，A B A B，机器要是变慢，对谁都变慢。中位数旁边的范围，是从最慢的一次到最快的一次；两个范围有重叠的，很可能一样快。
- **大家做同样的事。** 都不压缩，除非比的就是压缩；\`ws\` 不用它的原生附加模块。交给我们用的是 Node 自己的：\`nodeBytes\`，\`ws\` 用的也是它。
- **不用套接字的**，在 bench 自己的进程里运行：从 [unwatched](#unwatched) 往后都是。不过 [start](#start) 每次都重新启动命令，[page](#page) 用的是 Chromium。
- **帧**在到达的地方数：一条文本发给 1,000 个客户端，就是 1,000 帧。发出去了、还没有回来的，叫作在途。
- **CPU** 是一个进程用了一个核的多少，它的线程都算：超过 100%，说明 Node 的其他线程也有事做。*服务器 µs/帧*是一帧花的这个时间。压测程序对它的影响，只有内核唤醒压测程序花的那一点。

怎么知道测的不是压测程序自己呢？每个速率旁边，都写着压测程序占了一个核的多少。它不到 100%，服务器到了，那就是压测程序在等服务器。压测程序到了 100% 的，那个服务器可能比速率说的还快；和 Loopscope 配对的压测程序到了 100%，只会把我们的速率测低，不会测高。`,
  'driver.none': '这次运行里，没有哪个压测程序到了一个核的 {share}%。',
  'driver.busy': '这次运行里，压测程序到了一个核的 {share}% 以上的有：{list}。',
  'driver.one': '{name} 里的 {who}（{share}%）',
  tried: '试过什么',
  'tried.list': `看不出好处，又拿掉了的。时间都是服务器的 CPU，轮着测的。

- **掩码一次八个字节**，用 BigUint64Array：在 Node 20 上 16 GB/s，一次四个字节是 8；可是在 Node 26 上只有 0.4，因为它给每八个字节做一个 BigInt。把四个字节的循环展开 2 到 16 倍：5.8 到 8.3 GB/s，不展开是 7.9。
- **载荷的缓冲区每次扩大到四倍**：比扩大到两倍少拷贝四分之一，可是一条 1 MiB 的文本没有到齐的时候，用的内存是 \`ws\` 的 1.54 倍。现在来了几块，就照样留着几块。
- **读来的块，从 32 KiB 起才整块交出去**，不是从 16 KiB 起：那份内存就成了 \`ws\` 的 1.48 倍，不是 1.00。
- **头和载荷用两个缓冲区**：现在长的载荷前面给头留着地方，一次写就够了。
- **让短的帧另走一条路**，那就有了第二个解析器；客户端的有些部分用到才做，省下它 4% 的内存；还有，长度说多少，就先准备多少地方。

1 MiB 的消息快不快，最要紧的一点不由我们的代码决定：V8 要是在短暂的垃圾回收里就能释放 Node 读进来的块，一次回声用 1.0 到 1.2 ms 的 CPU；要是为它们做起完整的回收，每秒十次，就是 2.0 到 2.9。我们的一个进程，进了哪一种就停在哪一种。给新对象留的内存大一些、小一些，都左右不了是哪一种。`,
  'name.work': '{name}，{work}',
  'work.who': '{work}：{who}',
  range: '范围',
  'from.to': '{low} 到 {high}',
  curve: `我们的一次 select 要多久？在模拟的网络上，在真的套接字上，监视这么多客户端，其中这么多就绪。就绪的越多，越久。select(2) 要把监视的全部走一遍，不管就绪没有：那个数画成灰色。[第 20 课](../lessons/20-select-poll-epoll/lesson.zh.md)讲的就是这个区别。

![一次 select 的时间，随监视的客户端的个数](select-cost.zh.svg)`,
};

const reportTexts = { en, zh };

/** How a page is told: its own texts, and those of the workloads. */
export interface Voice {
  say: Say<keyof typeof reportTexts.en>;
  /** Tells an English text of a workload. */
  tell(english: string): string;
  /** The same as a sentence. */
  sentence(english: string): string;
}

/** The languages of the page. */
export type PageLanguage = keyof typeof reportTexts;

/** How it is told in a language. */
export function voiceOf(language: PageLanguage): Voice {
  const say = speaker(reportTexts, language);
  if (language === 'zh') return { say, tell: chinese, sentence: (text) => `${chinese(text)}。` };
  const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  return { say, tell: (text) => text, sentence };
}
