/**
 * Texts of a fork: what can be done to a socket on the stage, and what came of it. Chinese.
 * @module
 */

/** The texts by key. */
export const fork = {
  'touch.hint': '点一下管道，就从那里分出一个分支。',
  'touch.title': 'fd {fd}，{who}：从这里分出',
  'touch.cut': '在这里切开：它接下来的字节分成两个报文段到达',
  'touch.delay': '推迟：它接下来的字节晚 {ms} 毫秒到达',
  'touch.lose': '丢失：它接下来的字节 {ms} 毫秒之后再发一次',
  'touch.reset': '重置：它发出 RST',
  'touch.stop': '不再读：发给它的都堆积起来',
  'touch.read': '又开始读',
  'touch.no.no-bytes': '从这里起，它不再发送可以这样做的字节。',
  'touch.no.one-byte': '它接下来只发一个字节。',
  'touch.no.gone': '到那时它已经关闭了。',
  'touch.recorded':
    '这是录制的，不能分出分支：发生过的，已经发生了。“示波”里的场景是当场运行的，可以分。',
  'touch.forked': '这已经是一个分支，一个就够：要从别处分出，请走到第一次运行里去。',
  'touch.nobody': '这个套接字后面没有场景里的客户端。',
  'fork.title': '分支',
  'fork.about.cut': '分支：{client} 在动作 {act} 里发送的，分成两个报文段到达。',
  'fork.about.delay': '分支：{client} 在动作 {act} 里发送的，晚 {ms} 毫秒到达。',
  'fork.about.lose': '分支：{client} 在动作 {act} 里发送的丢了，{ms} 毫秒之后再发一次。',
  'fork.about.reset': '分支：{client} 在动作 {act} 之后重置。',
  'fork.about.stop': '分支：{client} 在动作 {act} 之后不再读。',
  'fork.about.read': '分支：{client} 在动作 {act} 之后又开始读。',
  'fork.parts': '两边从这里分开，第 {n} 步：分支里是 {fork}，第一次运行里是 {first}。',
  'fork.parts.later': '两边从这里分开，第 {n} 步：{fork} 在分支里晚了 {ms} 毫秒。',
  'fork.parts.earlier': '两边从这里分开，第 {n} 步：{fork} 在分支里早了 {ms} 毫秒。',
  'fork.parts.fork-ends': '两边从这里分开，第 {n} 步：分支结束了，第一次运行还有 {first}。',
  'fork.parts.first-ends': '两边从这里分开，第 {n} 步：第一次运行结束了，分支还有 {fork}。',
  'fork.same': '循环在两边做的一样，一直到最后。',
  'fork.same.stop': '循环在两边做的一样：发给 {client} 的，内核的缓冲区全都放得下。',
  'fork.step': '{step}（{says}）',
  'fork.stepped': '走的是哪一个',
  'fork.stepped.fork': '分支',
  'fork.stepped.first': '第一次运行',
  'fork.go': '到那里去',
  'fork.save': '保存它',
  'fork.drop': '丢掉它',
  'fork.description': '{scenario}。{about}',
  'fork.no.no-act': '地址里写着 fork={fork}，但场景没有动作 {act}，已经去掉。',
  'fork.no.no-client': '地址里写着 fork={fork}，但到动作 {act} 时 {client} 还没有连接，已经去掉。',
  'fork.no.no-bytes':
    '地址里写着 fork={fork}，但在动作 {act} 里 {client} 没有发送可以这样做的字节，已经去掉。',
  'fork.no.one-byte':
    '地址里写着 fork={fork}，但在动作 {act} 里 {client} 只发一个字节，没法切开，已经去掉。',
  'fork.no.gone': '地址里写着 fork={fork}，但到动作 {act} 时 {client} 已经关闭，已经去掉。',
  'fork.no.stopped': '地址里写着 fork={fork}，但在动作 {act} 里 {client} 本来就不读，已经去掉。',
  'fork.no.reading': '地址里写着 fork={fork}，但在动作 {act} 里 {client} 本来就在读，已经去掉。',
  'fork.failed': '分支 {fork} 没法运行：{reason}',
} as const;
