/**
 * What `loopscope compare` says of two servers in a scenario: Chinese.
 * @module
 */

/** The texts by key. */
export const compare = {
  equal: '相同',
  different: '不同',
  'verdict.equal': '相同。',
  'verdict.different': '不同。',
  all: '对照了 {all} 个，{different} 个不同',
  'bytes.alone': '{bytes} 字节，只比了字节',
  'bytes.steps': '{bytes} 字节，{steps} 步',
  'part.at': '{client} 收到的不同：{field}',
  'part.step': '从步 {step} 起不同',
  'part.form': '只有写法不同',
  'part.told': '只有步的说法不同',
  'spins.short': '{side} 白白醒了 {n} 次',
  'burns.short': '{side} 从不睡觉',
  spins: '{side} 白白醒了 {n} 次（第 18 课）。',
  'spins.equal': '字节相同；{side} 白白醒了 {n} 次（第 18 课）。',
  burns: '{side} 从不睡觉：没有事做的时候，它占了处理器 {ms} ms（第 18 课）。',
  'burns.equal': '字节相同；{side} 从不睡觉：没有事做的时候，它占了处理器 {ms} ms（第 18 课）。',
  noSteps: '有一边只有字节，没有步可以并排看。',
  wire: '线路上：',
  'wire.equal': '线路上：相同，{bytes} 字节。',
  'wire.parts': '{client}：从这里起不同：{field}',
  'wire.differs': '{client}：从这个字节起不同：{field}',
  'wire.byte': '第 {offset} 字节：{bytes}',
  'form.alone': '只有写法不同：{kind}',
  'form.alone.more': '只有写法不同：{kind}，{clients} 也一样',
  'form.head': '响应对客户端来说意思一样，只是写法不同',
  'form.json': '同样的 JSON，只是写法不同',
  'steps.form': '步里：不同（上面的 ≠），都只是写法。',
  'steps.part': '步里（上面的 ≠），从这里起不同：',
  nothing: '没有',
  json: '在 JSON 里',
  'json.parts': '{where}：{left} | {right}',
  'restless.and': '；',
  'json.whole': '整个',
  about: '这个场景讲的是：',
  'about.unproven':
    '两边不同是不是因为它，还没有证明。--why 会去找；这些编号在 docs/defects.md 里。',
} as const;
