/**
 * Texts of the Chat view: Chinese.
 * @module
 */

/** The texts by key. */
export const chat = {
  'chat.title': '聊天',
  'chat.about':
    '聊天室里的一个座位，用的就是浏览器自己的 WebSocket。再开一个标签页，和这一页并排放，让两边说说话。',
  'chat.room': '聊天室',
  'chat.name': '名字',
  'chat.name.none': '你的名字',
  'chat.join': '进入',
  'chat.leave': '离开',
  'chat.state.out': '不在聊天室里',
  'chat.state.connecting': '正在连接……',
  'chat.state.in': '在聊天室里',
  'chat.state.leaving': '正在关闭……',
  'chat.state.again': '聊天室没有响应，正在重试',
  'chat.waits': '聊天室还没有响应。如果它的服务器停住了，请求就在内核的队列里等着。',
  'chat.log': '说过的话',
  'chat.log.none': '还没有人说话。',
  'chat.users': '聊天室里的人：{n}',
  'chat.users.none': '就这一页所知，没有人',
  'chat.colon': '：',
  'chat.message': '消息',
  'chat.send': '发送',
  'chat.open': '已连接 {url}',
  'chat.login': '{name} 进来了',
  'chat.logout': '{name} 离开了',
  'chat.closed': '连接已关闭：{code}，{meaning}',
  'chat.reason': '给出的原因：{reason}',
  'chat.no-address': '{url} 不是聊天室的地址；地址要像 ws://127.0.0.1:8080 这样',
  'chat.no-answer': '聊天室 {time} 没有响应，浏览器放弃了：它的服务器停住了。正在重试。',
  'chat.no-room': '连不上 {url}：那里的聊天室开着吗？',
  'chat.from-disk':
    '这一页是从磁盘打开的；要让聊天室放它进来，请这样启动：npx loopscope serve --allow-origin null',
  'chat.binary': '聊天室发来一条二进制消息，在这里没有意义',
  'chat.unknown': '聊天室发来的内容在这里没有意义：{text}',
} as const;
