/**
 * What `loopscope chat` says of the room: Chinese.
 * @module
 */

/** The texts by key. */
export const chat = {
  connected: '连上了 {url}；写一句按 Enter，/quit 离开',
  handshake: '握手完成了',
  login: '{name} 来了（{here}）',
  logout: '{name} 走了（{here}）',
  here: '在这里的：{names}',
  'here.nobody': '没有人',
  user: '{name}：{text}',
  binary: '? {length} 字节，不是文本',
  other: '{sign} {text}',
} as const;
