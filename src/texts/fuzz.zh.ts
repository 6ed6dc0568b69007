/**
 * What `loopscope fuzz` says: Chinese.
 * @module
 */

/** The texts by key. */
export const fuzz = {
  'fuzz.begins': '种子 {seed}：{left} 和 {right} 的对话',
  'fuzz.equal': '{played} 次对话，都相同；每秒 {rate} 次',
  'fuzz.progress': '跑了 {played} 次，共 {conversations} 次；大约还要 {minutes} 分钟',
  'fuzz.parted': '第 {number} 次对话让两边不同；正在把它变小 …',
  'fuzz.found':
    '这个种子的第 {number} 次对话让两边不同。变小以后：{clients} 个客户端，{acts} 个动作，{bytes} 字节。',
  'fuzz.act': '  {step}  {client} {act}',
  'fuzz.act.connect': '连接',
  'fuzz.act.handshake': '握手',
  'fuzz.act.text': '说 {text}',
  'fuzz.act.send': '发 {bytes}',
  'fuzz.act.pieces': '分 {n} 块发 {bytes}',
  'fuzz.act.close': '关闭',
  'fuzz.act.shutdown': '发 FIN，还接着读',
  'fuzz.act.reset': '发 RST',
  'fuzz.ended': '有一边走不下去了：{why}',
  'fuzz.needsOthers':
    '只有跟在前面的对话后面，它才让两边不同：有一边还留着走了的客户端的什么东西。',
  'fuzz.kept': '存在 {path} 里：',
  'fuzz.compare': '  loopscope compare {path} --left {left} --right {right}',
  'fuzz.why': '  loopscope compare {path} --left {left} --right {right} --why',
  'fuzz.step': '  loopscope step {path} --profile original',
  'fuzz.description': '种子 {seed} 的第 {number} 次对话，由 loopscope fuzz 抽出。',
} as const;
