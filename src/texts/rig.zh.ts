/**
 * What checks and the rig of the lessons say by themselves: Chinese.
 * @module
 */

/** The texts by key. */
export const rig = {
  'value.function': '函数 {name}',
  'value.promise': '一个 Promise',
  'value.itself': '（它自己）',
  'value.bytes': '{length} 字节 {hex}',
  'value.bytes.more': '{length} 字节 {hex}，还有 {more} 个',
  'value.throws': '抛出 {error}',
  'value.yields': '产出 {steps}',
  'value.and': '，',
  'value.pending': '还没有返回',
  'value.from': '从第 {offset} 字节起：{hex}',
  'networks.none': '这里没有真的套接字；在 Node 里导入 loopscope/node，或者用 sim 来跑',
} as const;
