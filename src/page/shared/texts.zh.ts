/**
 * Texts of what several views share, and of the address: Chinese.
 * @module
 */

/** The texts by key. */
export const shared = {
  'address.unknown': '地址里有“{name}”，它在这里没有意义，已经去掉。',
  'address.mended': '地址里写着 {name}={text}，这不可能，改用 {value}。',
  'address.more': '地址里还有 {n} 处不对，没有一一列出。',
  'address.step': '地址要的是第 {step} 步；一共只有 {length} 步，所以停在最后一步。',
  'time.ms': '{t} ms',
  'time.s': '{t} 秒',
  'time.min': '{min} 分 {s} 秒',
  'time.h': '{h} 小时 {min} 分',
  'dump.hex': '十六进制的字节',
  'count.bytes': '{n} 字节',
  'dump.more': '……还有 {n} 字节',
  'defect.title': '{title}。',
  'example.hello': 'Hello，然后 Close 1001',
  'example.chinese': '一条消息：你好',
  'example.medium': '42 个汉字，126 字节',
  'example.large': '70,000 字节的开头',
  'example.ping': '一个 ping',
  'example.fragments': '几个分片，中间夹着一个 ping',
  'example.glued': '一个请求，后面粘着一帧',
  'example.unmasked': '没有掩码的文本',
  'example.not-shortest': '长度用了太多的位',
  'example.reason': 'Close 1000，带原因',
  'example.reserved': 'RSV1 是 1，但没有用处',
  'paste.title': '粘贴或打开',
  'paste.label': '十六进制、base64、转储、列表、带转义的字符串、一个请求',
  'paste.read': '读',
  'paste.open': '打开文件……',
  'paste.hint': '或者把文件拖到这里：字节、轨迹、pcap、pcapng',
  'paste.bad': '这些字节没有读成：{reason}。',
  'paste.empty': '这里面没有字节。',
  'code.at': '{file}，第 {line} 行',
  'code.whole': '整个文件',
  'code.left-out': '⋯ 这一步还有 {n} 行',
  'code.line': '第 {line} 行，{step}，',
  'code.line.go': '第 {line} 行：到它下一次运行的地方去',
} as const;
