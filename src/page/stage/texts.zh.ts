/**
 * Texts of the stage: Chinese.
 * @module
 */

/** The texts by key. */
export const stage = {
  'stage.title': '舞台',
  'stage.ring': '循环',
  'stage.lanes': '舞台上的套接字',
  'stage.start': '循环之前',
  'stage.waits': '在 select 里等',
  'stage.blocked': '阻塞在 {call} 里',
  'stage.waited': '等了 {ms} 毫秒',
  'stage.so-far': '已经 {ms} 毫秒',
  'stage.time-out': '超时，{ms} 毫秒',
  'stage.quoted': '“{words}”',
  'stage.heading.queue': '内核队列',
  'stage.heading.queue.short': '队列',
  'stage.heading.read': '读',
  'stage.heading.write': '写',
  'stage.heading.outbox': '发件箱',
  'stage.socket': '套接字',
  'stage.fd': 'fd {fd}',
  'stage.folded': '还有 {n} 个',
  'stage.amount': '{n} 字节',
  'stage.amount.sample': '大约 {n} 字节',
  'stage.unknown': '不知道',
  'stage.fin': 'FIN',
  'stage.reset': 'RST',
  'stage.lamp.none': '不在集合里',
  'stage.lamp.watched': '监视着',
  'stage.lamp.ready': '就绪',
  'stage.lamp.served': '已处理',
  'stage.lamp.taken': '被拿掉',
  'stage.lane.touch': 'fd {fd}，{who}：切开、推迟、重置它的管道',
  'stage.place.go': '{step}：到下一个去',
  'stage.lane.go': 'fd {fd}，{who}：到它的下一步去',
  'stage.table.read': '读集合',
  'stage.table.write': '写集合',
  'stage.table.fold': '还有 {n} 个套接字',
  'stage.table.ready': '{n, plural, =0 {没有就绪的} other {# 个就绪}}',
  'stage.table.queue': '{amount}；{end}',
} as const;
