/**
 * What was proven of a difference: Chinese.
 * @module
 */

/** The texts by key. */
export const proof = {
  'proof.head': '为什么，已经证明：把镜像的错一个一个地修正，再跑一遍。',
  'proof.form': '为什么：它们只有写法不同，没有错要修正。',
  'proof.one': '  修正 {defect}，{until}',
  'proof.more': '  再修正 {defect}，{until}',
  'proof.pair': '  修正 {first} 和 {second}（只修正一个没有用），{until}',
  'proof.pairMore': '  再修正 {first} 和 {second}（只修正一个没有用），{until}',
  'proof.until': '到 {client} 的第 {byte} 字节为止相同',
  'proof.end': '一直到结尾都相同',
  'proof.title': '{defect} {title}',
  'proof.unexplained': '从这里起不同；已知的错里没有一个能解释。',
  'proof.rest': '从那里起不同；剩下的，已知的错里没有一个能解释。',
  'proof.flood': '洪泛要跑好几秒，所以只试了这个场景讲的那些错。',
  'proof.untried': '没有试，因为全跑一遍要发的太多：{sets}。',
  'proof.untried.more': '没有试，因为全跑一遍要发的太多：{sets}，还有 {n} 个。',
} as const;
