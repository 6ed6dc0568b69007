/**
 * How two servers behave, beside what they send: Chinese.
 * @module
 */

/** The texts by key. */
export const how = {
  'how.head': '它们怎么做的：',
  'how.waitsIn': '等在',
  'how.wakeUps': '从那里醒来',
  'how.forNothing': '其中白醒的',
  'how.waited': '在那里等',
  'how.other': '花在别的调用上',
  'how.stood': '为一个客户端停住',
  'how.callsMade': '系统调用',
  'how.n': '{n}',
  'how.unseen': '没有看到',
  'how.recvs': '对客户端 recv',
  'how.writes': '给客户端写',
  'how.leftOpen': '还占着的客户端',
  'how.times': '{n} 次',
  'how.ms': '{ms} ms',
  'how.calls': '{calls}',
  'how.call': '{call} {ms} ms',
  'how.none': '没有',
  'how.sizes': '{n, plural, =0 {没有} =1 {1 次，{most} 字节} other {# 次，{least} 到 {most} 字节}}',
  'how.held': '{open} 个（还在的有 {there} 个）',
  'how.unknown':
    '{side} 没有步，所以不知道它怎么做的。有 strace 的话，命令可以看，PHP 加 --syscalls 也可以。',
  'how.spins': '{bytes}；{side} 白白醒了 {n} 次（第 18 课）。',
  'how.equalBytes': '字节相同',
  'how.otherBytes': '字节不同',
  'how.leaks': '{side} 还占着 {n} 个描述符，它们的客户端已经走了。',
} as const;
