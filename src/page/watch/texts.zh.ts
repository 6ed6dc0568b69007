/**
 * Texts of other programs' loops: Chinese.
 * @module
 */

/** The texts by key. */
export const watching = {
  'strace.reading': '正在读 {name}：{percent} %',
  'strace.not-loaded': '读别的程序的循环要用的脚本没有加载成功，{reason}。请重新加载这一页。',
  'figures.title': '这个循环怎么样',
  'figures.count': '{n, plural, =0 {没有值得说的} other {有 # 处值得看}}',
  'watched.runs': '{program} 在运行。它每走一步，这里就显示一步；没有谁拦着它。',
  'watched.ended': '{program} 结束了，或者不再有人看着它。走过的步还可以接着看。',
  'watched.loop': '第 {loop} 个，共 {loops} 个：线程 {pid}',
  'gallery.open': '别的服务器……',
  'gallery.title': '别的服务器的循环',
  'gallery.about':
    '用 strace 录下的小服务器，好几种语言，三个客户端，十条消息。你自己的也能打开：把 strace 写的文件拖到这一页上。',
  'gallery.chat': '三个客户端，十条消息',
  'gallery.slow-reader': '有个客户端不读',
  'gallery.no-descriptors': '描述符用完了',
  'gallery.named': '{server}，{what}',
  'gallery.rest': '还有 {n} 个，在分成多个文件的页面里。',
  'gallery.none': '这里没有叫 {name} 的录制。',
} as const;
