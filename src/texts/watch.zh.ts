/**
 * `loopscope watch` 说的话：它运行的程序，和那个程序的事件循环。
 * @module
 */

/** The texts by key. */
export const watch = {
  start: '正在看 {what} 的系统调用。照常用它就行；Ctrl-C 结束。',
  'start.attach': '正在看进程 {pid} 的系统调用。Ctrl-C 放手，让它自己接着跑。',
  says: '{who} 说：{line}',
  loop: '循环 {number}：线程 {pid}',
  'trace.kept': '轨迹在 {file}。重放：loopscope step {file}',
  'trace.ends': '轨迹到这里为止：{why}',
  ended: '{program} 结束了，退出码 {code}；它说：{words}',
  stop: '正在停下。',
  none: '没有看到循环：没有线程用 select、poll 或 epoll 等过 TCP 套接字。',
  'none.blocking':
    '没有看到循环：有 {calls} 次 accept 或 recv 在等，每次只等一个套接字；所以是一个客户端一个线程或进程。',
  unread: '有 {lines} 行不是 strace 写的。',
  lost: '有 {calls} 次系统调用只来了一半，没有算进去。',
  full: '这是开头的 {steps} 步；文件里还有更多。',
  'row.call': '等在',
  'row.timeouts': '超时',
  'row.turns': '轮数',
  'row.clients': '客户端',
  'row.messages': '消息',
  'row.waits': '每条消息等几次',
  'row.empty': '空等',
  'row.calls': '每条消息的系统调用',
  'row.accept': 'accept',
  'row.stood': '停住',
  'row.lost': '丢失的字节',
  timeouts: '{asked}',
  'timeout.none': '没有',
  'timeout.ms': '{ms} 毫秒',
  'accept.once': '每轮一次',
  'accept.several': '每轮几次',
  'accept.until-again': '直到 EAGAIN',
  'accept.none': '从来没有',
  ms: '{ms} 毫秒',
  bytes: '{bytes}',
  unknown: '–',
  'findings.none': '没有值得说的。',
  findings: '值得看的地方：',
  finding: '第 {step} 步：{says}',
  'finding.guess': '第 {step} 步：也许：{says}',
  'found.stood': '停在 fd {fd} 的 {call} 里 {ms} 毫秒，这时另外 {others} 个客户端在等',
  'found.lost': '发给 fd {fd} 的 {bytes} 字节丢了：没写完的部分没有再发',
  'found.sent-again': '给 fd {fd} 没写完的 {bytes} 字节，后来补发了',
  'found.accept-fails':
    'accept 失败了 {count} 次（{code}），一共 {ms} 毫秒：连接还在队列里，select 马上又说它就绪',
  'found.delayed-ack':
    '有 {gaps} 次大约 40 毫秒的空隙，{clients} 个客户端没有设 TCP_NODELAY：小块的写要等一个推迟了的确认',
  'found.empty-waits': '{waits} 次等待里有 {empty} 次什么也没有',
  'found.idle-wakes': '只因为超时就醒了 {wakes} 次，大约每 {ms} 毫秒一次',
  'found.not-closed': 'fd {fd}：对端发了 FIN，到最后这个描述符也没有关',
  'found.room-filled': 'fd {fd} 上的 recv 用完了它的 {room} 字节：消息可能在这里被切断',
  'found.busy': '{call} 占了一轮 {ms} 毫秒：谁也没有人理',
} as const;
