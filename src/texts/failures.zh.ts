/**
 * Why a command could not do what it was asked for: Chinese.
 * @module
 */

/** The texts by key. */
export const failures = {
  'scenario.none': '没有场景“{name}”；最接近的是 {near}',
  'file.folder': '{path} 是文件夹：请写里面的一个文件',
  'file.denied': '不许读 {path}：这个文件不是你的，或者不给人读',
  'file.unread': '读不了：{message}',
  'file.noJson': '{path} 不是 JSON：{message}',
  'file.problem': '{path}：{message}',
  'recording.none': '{path}：应该是一份录制，里面有“scenario”和“wire”',
  'probe.connect': '连不上要探查的服务器：{message}',
  'step.noneThere': '--at {at}：没有 seq 是这个数的步；一步都没有',
  'step.noLoop': '--loop {loop}：没有这个循环；一共有 {loops} 个',
  'step.notThere': '--at {at}：没有 seq 是这个数的步；有的是 {first} 到 {last}',
  'serve.ofTheRoom': '{option} 是给聊天室用的；原版不认识它',
  'serve.maxClients':
    '--max-clients {asked}：这个进程能打开 {limit} 个描述符，自己要用 {kept} 个，所以最多写 {most}；想要更多，先提高上限：ulimit -Hn 看上限，ulimit -n {needed} 来设，要 root，或者用服务的 LimitNOFILE',
  'serve.notBuilt': '页面还没有构建：npm run build 会生成它',
  'serve.pagePort.taken':
    '页面的端口 {host}:{port} 被占用了：用 {other} 换一个，或者用 {none} 不要页面',
  'serve.pagePort.refused':
    '页面的端口 {host}:{port} 不允许用：用 {other} 换一个，或者用 {none} 不要页面',
  'serve.page': '给不出页面：{message}',
  'serve.needsTerminal': '没有页面的 --step 要有终端，用它的键盘和屏幕',
  'serve.portTaken': '{message}：{option}',
  'class.taken':
    '文件夹 {path} 正由进程 {pid} 使用：先停掉那个服务器；如果它不是服务器，就删掉 {file}',
  'class.rehearse': '排练不能存在 {path}：里面有一个班的 {n} 个学员；请写另一个文件夹',
  'class.seed': '--seed 是排练的种子：还要写 --rehearse',
  'class.folder': '班级不能存在 {path}：{message}',
  'write.there': '写不了{what}：{path} 已经在那里；换一个名字，或者用 --force 覆盖它',
  'write.link':
    '写不了{what}：{path} 是链接，指向不存在的东西；请写文件的名字，或者用 --force 新建它指向的文件',
  'write.failed': '写不了{what}：{message}',
  'write.trace': '轨迹',
  'write.diagram': '图',
  'php.none': '这里没有 PHP：请安装 php-cli，或者用 LOOPSCOPE_PHP 指出它在哪里',
  'php.named.missing': 'LOOPSCOPE_PHP 是 {path}，但没有这个程序',
  'php.named.broken': 'LOOPSCOPE_PHP 是 {path}，但它运行不了：{words}',
  'php.here.broken': '这里有 php，但它运行不了：{words}',
  'php.noSockets':
    'PHP {version}（{path}）没有扩展“sockets”：请在 php.ini 里打开；php -m 会列出有哪些',
  'php.needsRepair':
    'PHP 8 运行不了这个文件（{file} 第 {line} 行：{was}）：加上 --php8，就临时复制一份，改好需要改的再运行',
  'php.noCode': '{file} 里没有 PHP：没有 <?php；别的程序用 cmd:COMMAND 运行',
  'php.unread': '读不了 {file}：{message}',
  'php.portTaken': '端口 {port} 被占用了：请停掉在那里监听的程序；原版的文件里写死了这个端口',
  'php.strace': 'strace 在这里跟不了 PHP：{words}；它要有 ptrace 的权限，容器里常常没有',
  'php.ended': 'PHP {version} 还没监听就结束了：{words}',
  'php.ended.silent': 'PHP {version} 还没监听就结束了：一句话也没有说',
  'php.silent': 'PHP 过了 {seconds} 秒还没有监听',
  'php.silent.said': 'PHP 过了 {seconds} 秒还没有监听；它最后说的是：{words}',
  'php.silentAt': 'PHP 过了 {seconds} 秒还没有在 {host}:{port} 上监听',
  'php.silentAt.said': 'PHP 过了 {seconds} 秒还没有在 {host}:{port} 上监听；它最后说的是：{words}',
  'php.noAddress': '{file} 没有说在哪里监听：让它打印“listening on HOST:PORT”，单独一行',
  'php.portWaits':
    '端口 {port} 没有人监听，但上一次运行还要占它一分钟（TIME_WAIT）：请等一等，或者在文件里设 SO_REUSEADDR',
  'php.addressTaken':
    '{file} 要绑定的端口被占用了：请停掉在那里监听的程序；如果文件没有设 SO_REUSEADDR，就等一分钟',
  'php.manyPorts':
    '{file} 在好几个端口上监听（{ports}）：让它打印“listening on HOST:PORT”，单独一行',
  'php.windows': '在 Windows 上没法暂停一个进程',
  'watch.what': '要看的只能是一样：-- 后面的命令、--attach 的进程，或者 --read 的 strace 文件',
  'watch.linux': '系统调用只在 Linux 上读得到；--read FILE 在哪个系统上都能读 strace 写好的文件',
  'watch.noStrace': '这里没有 strace：装一个，比如 apt install strace；--read FILE 用不着它',
  'watch.pipe': '建不了命名管道：{path}',
  'watch.noProgram': '运行不了 {program}：这里没有这个程序',
  'watch.denied': '{program} 不让看：{words}',
  'watch.ended': '{program} 还没有等任何人就结束了，退出码 {code}；它说：{words}',
  'watch.ended.silent': '{program} 还没有等任何人就结束了，退出码 {code}，一句话也没说',
  'watch.unread': '读不了 {path}：{message}',
  'php.noProgram': '运行不了 {program}：这里没有这个程序',
  'php.noStart': '运行不了 {program}：{message}',
  'php.notOurs': '{host}:{port} 不归我们停：要暂停，得用 php:PATH 的服务器',
  'side.none':
    '“{text}”不能作为一边；可以写 rfc6455、original、php:PATH、cmd:COMMAND、tcp:HOST:PORT、recording:FILE',
  'side.noFile': '没有文件 {path} 可以给 PHP 运行',
  'side.noPort': '“{name}”不能作为一边；请写 tcp:HOST:PORT',
  'side.otherSteps': '{path} 录的动作和 {scenario} 的不同；请用它对照“{recorded}”，或者重新录一次',
  'compare.whyNeedsMirror': '--why 要把镜像的错修正再跑，所以有一边得是 original',
  'cmd.noPort': '“{name}”没有说端口写在哪里：在要写端口号的地方写 {place}',
  'cmd.shell': '“{name}”里有 {word}，但没有 shell 来读它：请写 cmd:sh -c "…"，把整个命令放在引号里',
  'cmd.noProgram':
    '运行不了 {program}：这里没有这个程序。命令不经过 shell；要用 shell 的，请写 sh -c "…"',
  'cmd.openQuote': '“{name}”里有一个引号没有关上',
  'cmd.ended': '{command} 还没在端口 {port} 上监听就结束了：{words}',
  'cmd.ended.silent': '{command} 还没在端口 {port} 上监听就结束了，一句话也没有说',
  'cmd.otherPort':
    '{command} 在端口 {ports} 上监听，而不是 {port}：它用了写在 {place} 处的号码吗？',
  'cmd.silent': '{command} 过了 {seconds} 秒还没有在端口 {port} 上监听',
  'cmd.silent.said': '{command} 过了 {seconds} 秒还没有在端口 {port} 上监听；它最后说的是：{words}',
  'fuzz.noSide':
    '“{text}”不能反复地对话；可以写 original、rfc6455、php:PATH、cmd:COMMAND、tcp:HOST:PORT',
  'write.conversation': '对话',
  'side.failed': '{side}，在场景 {scenario} 里：{message}',
  'sim.cutAlone': '--cut 要跑很多次；它不写 --trace，也不画 --diagram',
  'chat.ended': '连接以 {code} 结束',
  'chat.ended.reason': '连接以 {code} 结束：{reason}',
  'chat.unsaid': '话没有说完：服务器读得太慢，或者根本不读',
  'inspect.one': '请写其中一个：FILE、-（标准输入）、--hex、--base64',
  'inspect.raw': '--raw 是给 FILE 或 - 用的；--hex 和 --base64 本来就是文本',
  'inspect.deflate':
    '--deflate {parameters}：这不是 permessage-deflate 的参数；请照服务器响应里的写法，例如 "server_max_window_bits=9; server_no_context_takeover"，并把 --deflate 写在 FILE 后面',
  'inspect.hex': '--hex {text}：每个字节要写两位十六进制数字',
  'inspect.base64': '--base64 {text}：应该是 base64',
  'inspect.unread': '读不了 {file}：{message}',
  'inspect.shorter': '{file} 读到一半变短了',
  'inspect.aside': '没法把抓包暂存到 {folder}：{message}；请给一份没有压缩的文件，或者设好 TMPDIR',
  'inspect.problem': '{file}：{message}',
  'inspect.noForm': '{file}：{message}；--raw 就照字节本身来读',
  'inspect.unpacked': '解不开 {file}：{message}',
  'inspect.noStream': '{file}：这份抓包里没有 WebSocket 的字节流。',
  'inspect.noStream.notes': '{file}：这份抓包里没有 WebSocket 的字节流。{notes}',
  'inspect.empty': '{file} 是空的：没有字节可以解释',
  'inspect.long': '{file} 是一份超过 {most} 字节的文本，不读了',
  'inspect.stdin': '标准输入',
  'doctor.mend': '要修的：{names}',
  'compare.noPhp':
    '这里没有 PHP，也没有 {scenario} 的录制；请安装 PHP 和它的 sockets 扩展，或者写出 --right',
} as const;
