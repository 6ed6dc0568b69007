/**
 * What the room and the mirror wrote in English to their clients and into traces, said by a viewer:
 * Chinese.
 * @module
 */

/** The texts by key. */
export const room = {
  'system.parts': '一条消息有 type 和 content；这条有的太多了',
  'system.json': '这不是 JSON；请发 {"type":"login","content":"你的名字"}',
  'system.type': '不认识的 type {type}；客户端说“login”或者“user”',
  'system.content': '{type} 消息的“content”必须是文本',
  'system.long-name': '名字最多 {most} 个字符',
  'system.name': '名字里不许有控制字符、换行，也不许有改变书写方向的符号',
  'system.empty-name': '名字不许是空的',
  'system.twice': '你已经是 {name} 了：一个连接只登录一次',
  'system.first': '先登录：{"type":"login","content":"你的名字"}',
  'system.broker-away': '消息代理不在了：在它回来以前，别的循环里的人听不到你，你也听不到他们',
  'system.broker-back': '消息代理回来了：别的循环也回来以后，你和那里的人又能互相听到',
  'close.binary': '聊天只收文本，不收二进制',
  'close.frames': '一秒里超过 {most} 个帧',
  'close.outbox': '有超过 {most} 字节在等这个客户端来读',
  'close.failed': '服务器处理这条消息时出错了',
  'close.stops': '服务器停了',
  'block.recv': '它什么也没有发来',
  'block.room': '它的发送缓冲区没有空位',
  'block.send': '有 {length} 字节在等这个客户端来读',
  'broker.own': '是自己发的，又转回来了',
  'broker.again': '已经听过，或者比后面的还晚到',
  'broker.text': '不是 UTF-8',
  'broker.long': '比任何循环写的都长',
  'broker.json': '不是 JSON',
  'broker.shape': '不是这个聊天室的循环会写的',
  'broker.loops': '循环的个数多得不可能',
} as const;
