/**
 * What `--help` says, and what is said of an option or an argument that does not fit: Chinese.
 * @module
 */

/** The texts by key: the command, and behind a point its option, its examples, or what was wrong. */
export const help = {
  loopscope:
    '看得见的 select 循环：一个 WebSocket 聊天服务器，一步一步地走，一个字节一个字节地看。',
  'loopscope.help': '显示命令的帮助',
  'loopscope.version': '显示版本号',
  'loopscope.full': '输出到这里为止：{why}',
  'loopscope.lang': '语言：{there}（默认：LOOPSCOPE_LANG，或者系统的语言）',

  'heading.usage': '用法：',
  'term.options': '[选项]',
  'term.command': '[命令]',
  'heading.arguments': '参数：',
  'heading.options': '选项：',
  'heading.commands': '命令：',
  'note.choices': '{text}（可选：{choices}）',
  'note.default': '{text}（默认：{value}）',
  'note.both': '{text}（可选：{choices}；默认：{value}）',

  'option.profile': '守 RFC 的聊天室，或者 PHP 原版的镜像',
  'option.trace-limit': '存步的文件最多多大；到了就不再存',
  'option.force': '文件已经在那里，也覆盖它',
  'option.format': '打印成什么样',
  'option.host': '在哪个地址上监听',
  'option.seed': '场景的种子',

  serve: '打开聊天室，打印循环的每一步',
  'serve.port': '在哪个端口上监听；0 表示任何空闲的（默认：8080，或者下一个空闲的）',
  'serve.trace': '打印步，不打印，或者写进文件，格式是 NDJSON',
  'serve.step': '每一步都停住，在终端里和页面上走',
  'serve.deflate': '客户端提出 permessage-deflate 时，压缩消息',
  'serve.allow-origin':
    '也让这个来源的网页进来（https://class.example；null：从磁盘打开的；*：都行）；可以写多次',
  'serve.allow-host': '也让网页用这个名字找这个服务器，例如在代理后面（class.example）；可以写多次',
  'serve.max-clients': '聊天室里最多多少人（默认：960）',
  'serve.ping': '这么久没有说话就 ping 一下；0 表示不 ping（默认：30）',
  'serve.broker':
    '通过 Redis 或 Valkey 和别的循环同一个聊天室：redis://HOST:PORT，rediss:// 用 TLS',
  'serve.page-port': '页面的端口（默认：8000，或者下一个空闲的；有 --port 0 时任何一个）',
  'serve.no-page': '只有套接字，没有页面',
  'serve.examples': `
例子：
  loopscope serve                       聊天室在端口 8080，页面在 8000
  loopscope serve --host 0.0.0.0        给本地网络用，带二维码
  loopscope serve --port 0 --step       任何空闲的端口，按一键走一步
  loopscope serve --trace chat.ndjson   把步存下来以后看
  loopscope serve --broker redis://127.0.0.1:6379   和连着这个 Redis 的循环同一个聊天室
  loopscope serve --allow-origin null   让从磁盘打开的网页进来`,

  step: '在终端里一步一步地走场景或轨迹，向前向后都行',
  'step.what': '场景的名字或文件，轨迹（.ndjson），或者 strace 写的文件',
  'step.profile': '哪个服务器；如果是轨迹，就是显示哪个的源码（默认：rfc6455）',
  'step.at': '从 seq 是这个数的一步打开',
  'step.loop': 'strace 写的文件里的哪个循环（默认：步数最多的）',
  'step.examples': `
例子：
  loopscope step two-clients
  loopscope step split-handshake --profile original
  loopscope step chat.ndjson --at 12
  loopscope step calls.txt --loop 2
  loopscope step two-clients | less     没有终端就打印每一步`,

  compare: '拿两个服务器对照，逐个字节',
  'compare.scenario': '场景的名字或文件，或者 all',
  'compare.left':
    'rfc6455、original、mine、php:PATH、带 {port} 的 cmd:COMMAND、tcp:HOST:PORT 或 recording:FILE（默认：original）',
  'compare.right': '同上（默认：PHP 的孪生程序；没有 PHP 时用它的录制）',
  'compare.why': '把镜像的错修正，再跑一遍，证明是哪些让两边不同',
  'compare.how': '也说说它们怎么做的：白醒多少次，时间，大小，描述符',
  'compare.php8': '临时复制一份 php:PATH，改好 PHP 8 需要改的再运行',
  'compare.syscalls': '由系统调用得出 php:PATH 的步（Linux，strace）',
  'compare.examples': `
例子：
  loopscope compare two-clients
  loopscope compare eight-bytes --left original --right rfc6455
  loopscope compare two-frames --right rfc6455 --why
  loopscope compare two-clients --right "cmd:python3 my_server.py {port}"
  loopscope compare all --format json
  loopscope compare two-clients --right php:my-server.php --php8`,

  fuzz: '用随机的对话对照两个服务器；让它们不同的就存下来',
  'fuzz.left': 'original、rfc6455、php:PATH、带 {port} 的 cmd:COMMAND，或者 tcp:HOST:PORT',
  'fuzz.right': '同上',
  'fuzz.seed': '所有随机的种子（默认：每次换一个）',
  'fuzz.conversations': '跑多少次对话',
  'fuzz.examples': `
例子：
  loopscope fuzz --right php:my-server.php --php8
  loopscope fuzz --right "cmd:python3 my_server.py {port}" --seed 7
  loopscope fuzz --left original --right rfc6455 --conversations 100`,

  sim: '在模拟网络上跑一个场景，把经过讲出来',
  'sim.scenario': '场景的名字或文件',
  'sim.seed': '所有随机的种子',
  'sim.trace': '把轨迹写成 NDJSON',
  'sim.diagram': '画出谁给谁发了什么；写了 FILE 就存成 SVG',
  'sim.cut': '把每个字节流的每个切口都试一遍',
  'sim.examples': `
例子：
  loopscope sim two-clients --seed 7
  loopscope sim two-loops --seed 7      两个循环和一个消息代理，中间断开一阵
  loopscope sim split-handshake --profile original --cut every`,

  inspect: '解释 WebSocket 的字节，一个都不漏',
  'inspect.file': '文件：字节、十六进制或 base64，轨迹，pcap 或 pcapng 的抓包文件；- 表示标准输入',
  'inspect.hex': '十六进制的字节，怎样加空格都行',
  'inspect.base64': 'base64 的字节',
  'inspect.raw': '不管 FILE 像什么，就当成里面的字节',
  'inspect.deflate':
    '说好了用 permessage-deflate，参数照响应里的写法，例如 "server_max_window_bits=9"；写在 FILE 后面',
  'inspect.role': '谁发的字节；auto 看掩码位',
  'inspect.examples': `
例子：
  loopscope inspect --hex 818537fa213d7f9f4d5158
  loopscope inspect --hex 88823f1c2a5d3cf5
  loopscope inspect --hex 88823f1c2a5d3cf5 --format html > close.html
  xxd frames.bin | loopscope inspect -
  loopscope inspect capture.pcap`,

  tap: '站在浏览器和 WebSocket 服务器中间，打印每一帧',
  'tap.port': '在哪个端口上监听；0 表示任何空闲的',
  'tap.server': '转给哪个服务器：HOST:PORT，或者 wss://HOST[:PORT][/PATH]；页面对 tap 还是用 ws://',
  'tap.insecure': '转给 wss: 的服务器时，什么证书都收',
  'tap.trace': '把经过的写成 NDJSON，给 loopscope inspect 和 step 用',
  'tap.examples': `
例子：
  loopscope tap 9000 127.0.0.1:8080
  loopscope tap 9000 wss://chat.example/room
  loopscope tap 9000 127.0.0.1:8080 --trace tap.ndjson`,

  watch: '运行任何一个服务器，从系统调用看它的循环在做什么（Linux）',
  'watch.command': '-- 后面的程序和它的参数',
  'watch.attach': '看一个已经在跑的进程',
  'watch.read': '读 strace -f -ttt -T -xx -yy 写好的文件，哪个系统都行',
  'watch.fault': '给服务器制造一个故障，客户端由我们来当，看它怎么办',
  'watch.trace': '把步骤写成 NDJSON，给 loopscope step 和页面用',
  'watch.source': '每一步旁边写出是程序的哪一行，程序编译时要有 -g',
  'watch.step': '在步进器里看，走一步显示一步',
  'watch.page': '在页面上看，走一步显示一步',
  'watch.page-port': '页面的端口（默认：8000，或者后面第一个空闲的）',
  'watch.quiet': '只在最后说这个循环怎么样',
  'watch.examples': `
例子：
  loopscope watch -- python3 server.py 8080
  loopscope watch --trace chat.ndjson -- node server.js
  loopscope watch --page -- php server.php
  loopscope watch --fault slow-reader -- node server.js
  loopscope watch --source --step -- ./server
  loopscope watch --read strace.txt`,

  probe: '拿 RFC 的每一条规则去问一个 WebSocket 服务器，说它守了哪些',
  'probe.server': '它的地址 ws://HOST:PORT；或者 rfc6455、original，我们自己的，在模拟网络上',
  'probe.only': '只问这一类',
  'probe.patience': '服务器可以沉默多少秒',
  'probe.examples': `
例子：
  loopscope probe ws://127.0.0.1:8080
  loopscope probe original
  loopscope probe ws://127.0.0.1:8080 --only utf8
  loopscope probe ws://127.0.0.1:8080 --format json > report.json`,

  chat: '在这个终端里加入聊天室',
  'chat.url': '聊天室的地址',
  'chat.name': '用什么名字登录',
  'chat.examples': `
例子：
  loopscope chat --name Ada
  loopscope chat ws://127.0.0.1:9000 --name 小明`,

  lesson: '列出所有的课和做过的，或者学一课',
  'lesson.number': '课的编号',
  'lesson.live': '在这台机器真的套接字上',
  'lesson.step': '结束后在终端里走演示的轨迹',
  'lesson.mine': '运行你自己的演示，在 loopscope-lessons/ 里',
  'lesson.read': '在这里一页一页地读课文，不带答案',
  'lesson.route': '沿着一条路线接着学：45 分钟、90 分钟、四个 90 分钟，或者自学（alone）',
  'lesson.examples': `
例子：
  loopscope lesson                      有哪些课，做过哪些
  loopscope lesson 0
  loopscope lesson 0 --read             它的课文
  loopscope lesson 0 --mine             你改过的演示
  loopscope lesson --route alone        自学的下一课
  loopscope lesson 0 --live --step`,

  check: '检查一课的练习',
  'check.all': '检查所有开始了的',
  'check.hint': '给一条提示，从含蓄到直白',
  'check.watch': '每次保存都再检查，直到 Ctrl-C',
  'check.reset': '把练习恢复原样；你写的会留着',
  'check.yes': '和 --reset 一起用：不再问',
  'check.format': '给人看，还是给打分的程序看',
  'check.examples': `
例子：
  loopscope check 11
  loopscope check 11 --hint 1
  loopscope check --all
  loopscope check --all --format junit`,

  mine: '你自己的服务器：你写好的部分，别的由自带的代替',
  'mine.examples': `
例子：
  loopscope mine                        哪些部分是你写的，接下来是哪个
  loopscope mine serve                  在一个端口上运行`,
  'mine.serve': '在一个端口上运行它，聊天室的各种限制照样有效',
  'mine.serve.examples': `
例子：
  loopscope mine serve                  端口 8080，页面在 8000
  loopscope mine serve --step           按一次键走一步，看得到你的函数被调用`,
  'mine.play': '在它上面演一个场景，看得到你的函数被调用',
  'mine.play.examples': `
例子：
  loopscope mine play two-clients
  loopscope mine play two-clients --cut every
  loopscope mine play two-clients --trace mine.ndjson --force`,
  'mine.write': '写成一个文件，自己就能运行',
  'mine.write.file': '要写的文件',
  'mine.write.examples': `
例子：
  loopscope mine write
  loopscope mine write my-server.ts --force`,
  class: '一个班：它的聊天室和投票，学员做了什么',
  'class.all.examples': `
例子：
  loopscope class serve
  loopscope class join 192.168.1.5:8000
  loopscope class report loopscope-class`,
  'class.serve': '给一个班开服务器：带课程的页面、聊天室、投票、老师的讲台',
  'class.serve.dir':
    '名字、投票和进度存在这里，下次接着用（默认：loopscope-class；排练是 loopscope-rehearsal）',
  'class.serve.port': '聊天室的端口；0 取任意空闲的（默认：上次的，或者 8080）',
  'class.serve.page-port': '页面的端口，学员要输入的（默认：上次的，或者 8000）',
  'class.serve.rehearse':
    '让这么多扮演的学员进来，一个人先试一遍：他们聊天、投票、离开；一个慢，一个捣乱',
  'class.serve.seed': '他们做什么的种子（默认：1）',
  'class.serve.examples': `
例子：
  loopscope class serve                 给局域网用；存在 loopscope-class 里
  loopscope class serve monday --step   存在文件夹 monday 里，一个键一步
  loopscope class serve --rehearse 30   和三十个扮演的学员一起`,
  'class.join': '在终端里加入一个班：以后每次检查都告诉它你做到哪里了',
  'class.join.address': '墙上写的 HOST:PORT；或者聊天室的 ws://HOST:PORT',
  'class.join.name': '你在班里的名字（默认：没有）',
  'class.join.examples': `
例子：
  loopscope class join 192.168.1.5:8000 --name Ada`,
  'class.report': '把学员的 progress.json 和 class serve 里收到的汇总起来',
  'class.format': '怎样打印；csv 和 json 每个学员一行',
  'class.dir': 'class serve 的文件夹；或者里面每个学员有一个文件夹、一个 NAME.json',
  'class.examples': `
例子：
  loopscope class report collected
  loopscope class report loopscope-class --format csv > class.csv`,
  'class.check': '把学员交来的练习重新跑一遍；他们的文件是程序',
  'class.check.dir': '文件夹，里面每个学员有一个文件夹，内容和 loopscope-lessons 一样',
  'class.check.examples': `
例子：
  loopscope class check collected
  loopscope class check collected --format csv`,

  doctor: '说说这台机器上有什么，各有什么用',
  'doctor.examples': `
例子：
  loopscope doctor`,

  'wrong.port': '端口是 0 到 65535 的整数。',
  'wrong.upstream':
    '请写主机和 1 到 65535 的端口，例如 127.0.0.1:8080，或者 wss: 的网址，例如 wss://chat.example/room。',
  'wrong.seq': '它是整数，和轨迹里的一样。',
  'wrong.players': '扮演的学员是 1 到 100 个。',
  'wrong.seed': '种子是不超过九位的整数。',
  'wrong.lesson': '编号从 0 开始。',
  'wrong.host': '请写一个地址，例如 127.0.0.1；0.0.0.0 是所有网络。',
  'wrong.conversations': '它是 1 以上的整数。',
  'wrong.clients': '请写 1 以上的整数。',
  'wrong.pid': '请给出一个进程号，1 或更大。',
  'wrong.seconds': '请写整数秒，0 表示不 ping。',
  'wrong.patience': '请写 1 到 999 的整数秒。',
  'wrong.mebibytes': '请写 1 以上的整数，单位 MiB。',

  'wrong.unknownOption': '没有选项“{name}”',
  'wrong.unknownCommand': '没有命令“{name}”',
  'wrong.similar': '（你想写的是 {name} 吗？）',
  'wrong.similar.n': '（你想写的是其中一个吗：{name}？）',
  'wrong.missingArgument': '缺少参数“{name}”',
  'wrong.optionMissingArgument': '选项“{name}”后面缺少参数',
  'wrong.excessArguments': '参数太多。应该有 {expected} 个，写了 {got} 个。',
  'wrong.excessArguments.of': '“{name}”的参数太多。应该有 {expected} 个，写了 {got} 个。',
  'wrong.option': '选项“{name}”的参数“{value}”不对。{why}',
  'wrong.argument': '这不是 {name}：“{value}”。{why}',
  'wrong.number': '这不是课的编号：“{value}”。{why}',
  'wrong.choices': '可以写的是 {choices}。',
} as const;
