/**
 * What is wrong with the bytes of a WebSocket, by the code of the problem: Chinese.
 * @module
 */

/** The texts by key. */
export const problems = {
  'reserved-bits':
    '设了 {n, plural, =1 {{first}} =2 {{first} 和 {second}} other {{first}、{second} 和 {third}}}，但没有扩展给它意义',
  'reserved-opcode': '操作码 0x{opcode} 是保留的',
  'control-fragmented': '控制帧没有 FIN',
  'nothing-to-continue': '这是继续帧，但没有开始过消息',
  'message-not-finished': '分片的消息还没结束，就来了新的消息',
  'unmasked-client-frame': '客户端的帧没有掩码',
  'masked-server-frame': '服务器的帧有掩码',
  'control-too-long': '控制帧的载荷超过 125 字节',
  'length-too-long': '64 位长度的最高位是 1',
  'length-not-shortest': '长度 {length} 写成了 {bits} 位',
  'message-too-big': '消息有 {length} 字节或更多；上限是 {limit}',
  'message-too-big.inflated': '{length} 字节的压缩消息解压后超过 {limit} 字节',
  'too-many-fragments': '一条消息超过 {limit} 个帧',
  'bad-close-code': '关闭码 {closeCode}（{name}）不许写进关闭帧',
  'bad-close-code.cut': '关闭帧的载荷只有 1 字节，放不下关闭码',
  'bad-utf8.text': '文本在第 {at} 字节处不是 UTF-8',
  'bad-utf8.text.cut': '文本断在一个 UTF-8 字符中间，在第 {at} 字节处',
  'bad-utf8.inflated': '解压后的文本在第 {at} 字节处不是 UTF-8',
  'bad-utf8.inflated.cut': '解压后的文本断在一个 UTF-8 字符中间，在第 {at} 字节处',
  'bad-utf8.reason': '关闭的原因在第 {at} 字节处不是 UTF-8',
  'bad-utf8.reason.cut': '关闭的原因断在一个 UTF-8 字符中间，在第 {at} 字节处',
  'bad-deflate': '{length} 字节的压缩消息无法解压：{why}',
  'data-after-close': '关闭帧之后还有数据帧，那之后只许有控制帧',
  'second-close': '又一个关闭帧：一个方向最多一个',
} as const;

/** The names of close codes, by RFC 6455 11.7 and its registry, and of the ranges beside them. */
export const closeCodes = {
  'close.1000': '正常关闭',
  'close.1001': '离开',
  'close.1002': '协议错误',
  'close.1003': '不支持的数据',
  'close.1004': '保留',
  'close.1005': '没有收到关闭码',
  'close.1006': '异常关闭',
  'close.1007': '帧的载荷数据无效',
  'close.1008': '违反规定',
  'close.1009': '消息太大',
  'close.1010': '缺少必要的扩展',
  'close.1011': '内部错误',
  'close.1012': '服务重启',
  'close.1013': '请稍后再试',
  'close.1014': '网关错误',
  'close.1015': 'TLS 握手失败',
  'close.registered': '留给库和框架登记',
  'close.private': '私用',
  'close.undefined': '没有定义',
} as const;
