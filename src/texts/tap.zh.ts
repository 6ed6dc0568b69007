/**
 * What `loopscope tap` says of what passes: Chinese.
 * @module
 */

/** The texts by key. */
export const tap = {
  client: '客户端',
  server: '服务器',
  open: '来了客户端，从 {host}:{port}',
  refused: '客户端得到 RST：',
  full: '已经有 {most} 个连接了，不再收',
  over: '结束：客户端发了 {client} 字节，服务器发了 {server} 字节',
  within: '在上面的帧里：',
  cut: '字节流断得太早：',
  request: '请求 {line}',
  'request.key': '密钥 {key}',
  'request.key.deflate': '密钥 {key}，提出 {extension}',
  answer: '响应 {line}',
  'answer.accept': '应答值 {accept}',
  'answer.accept.right': '应答值 {accept}，和密钥对得上',
  'answer.deflate': '说定了用 {extension}',
  missing: '没有',
  other: '不是 WebSocket：转过去 {length} 字节，后面的也都转过去',
  'frame.fin': '结束',
  'frame.more': '还有',
  'frame.masked': '有掩码',
  'frame.unmasked': '无掩码',
  'frame.bytes': '字节',
  compressed: '用 {extension} 压缩的',
  problem: '{code}（RFC 6455 {section}）：{message}',
  'problem.close': '{code}，关闭码 {closeCode}（RFC 6455 {section}）：{message}',
  'rest.head': '头到了 {have} 字节，后面没有了',
  'rest.payload': '载荷 {length} 字节，到了 {have}，后面没有了',
  'rest.payload.about': '载荷大约 {length} 字节，到了 {have}，后面没有了',
  banner: 'tap 开了：{url}，转给 {server}',
  'banner.connect': '连到这里，不要直接连服务器；时间的单位是秒',
  'banner.stop': 'Ctrl-C 停止',
  'banner.trace': '步写进 {file}',
  stop: '正在停止：每个连接都断开。',
  'ends.frames': '帧到这里为止：{why}；tap 还在继续',
  'ends.trace': '{file} 到这里为止：{why}；tap 还在继续',
} as const;
