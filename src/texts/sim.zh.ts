/**
 * What `loopscope sim` says around the steps of a run, and of cuts: Chinese.
 * @module
 */

/** The texts by key. */
export const sim = {
  head: '{name}：{about}',
  time: '{ms} ms',
  'loops.about': '两个循环和一个消息代理是同一个聊天室；有 7 秒钟 loop-b 和消息代理断开。',
  'loops.heard': '{name} 收到：',
  'cuts.tried': '{scenario}，{server}：试了 {tried} 个切口，每次一个',
  'cuts.same': '结果都一样。',
  'cuts.change': '其中 {n} 个会改变结果：',
  'cuts.at': '{client}  {within}：',
  'cuts.range': '{client}  {within}，直到第 {last} 字节：',
} as const;
