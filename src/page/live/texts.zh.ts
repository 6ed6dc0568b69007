/**
 * Texts of the Live view: Chinese.
 * @module
 */

/** The texts by key. */
export const live = {
  'live.title': '实时',
  'live.asking': '正在找服务器……',
  'live.none': '这一页后面没有可以一步一步走的服务器。请启动一个，再打开它打印的地址：',
  'live.none.command': 'npx loopscope serve --step',
  'live.none.rest': '循环视图不需要服务器。',
  'live.state.holds': '服务器停在第 {n} 步后面。这时到来的东西，都在内核的队列里等着。',
  'live.state.free': '服务器在运行。它每走一步，这里就显示一步。',
  'live.state.waits': '服务器在 select 里等：等客户端，或者等时间到。',
  'live.state.lost': '和服务器的连接断了，正在重试。',
  'live.state.ended': '服务器停止了。走过的步还可以接着看；它再启动时，这一页会自动连上。',
  'live.past': '你在看过去的步。',
  'live.you-control': '控制权在你手里。',
  'live.you-watch': '你在旁观，控制权在教师的页面上。',
  'live.refused': '服务器不认识这个令牌：在它的终端里按 o，或者打开它启动时打印的地址。',
  'live.pages': '{n, plural, =0 {还没有人在看} other {有 # 个页面在看}}。',
  'live.pages.yours': '{n, plural, =1 {没有别人在看} other {有 # 个页面在看，包括你的}}。',
  'live.missing': '最前面的 {n} 步没有留下来，那时发生的事，这里看不到。',
  'live.step': '服务器走一步',
  'live.play': '自动走',
  'live.pause': '停下',
  'live.present': '回到现在',
  'live.run-to': '走到',
  'live.run-to.step': '下一个 {step}',
  'live.run-to.fd': 'fd {fd} {name} 的下一步',
  'live.go': '走',
  'live.run': '让它运行',
  'live.stop': '停住它',
  'live.chat': '和聊天室聊天',
  'live.key.run': '让服务器运行，或停住它',
} as const;
