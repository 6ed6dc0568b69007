/**
 * What differs between two servers on the wire: Chinese.
 * @module
 */

/** The texts by key. */
export const comparison = {
  'field.end': '连接的结尾',
  'field.bytes': '字节的结尾',
  'field.status': '状态行',
  'field.empty': '空行',
  missing: '没有 {field}',
  stands: '没有，连接还在',
  fin: 'FIN',
  rst: 'RST',
  'reads.part': '不完整的帧',
  'reads.empty': '空的文本',
  'reads.text': '文本 {text}',
  'reads.frame': '{opcode} {hex}',
  'reads.frame.empty': '{opcode}，空的',
  'reads.begun': '{opcode}，后面还有 {hex}',
  'reads.begun.empty': '{opcode}，后面还有，空的',
  'reads.close': '关闭 {code}',
  'reads.close.reason': '关闭 {code} {reason}',
  'reads.close.empty': '关闭，没有关闭码',
  'reads.bad': '不是正确的帧：{problem}',
  within: '{action}，第 {byte} 字节（共 {length} 字节）',
  'cut.gets': '{client} 收到 {cut}，没有切开时是 {whole}',
  'client.n': '客户端 {n}',
} as const;
