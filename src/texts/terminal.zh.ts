/**
 * What several commands say, of their language and of their files: Chinese.
 * @module
 */

/** The texts by key. */
export const terminal = {
  'language.none': '没有语言“{name}”；有的是 {there}',
  'language.missing': '--lang 后面要写一种语言；有的是 {there}',
  'language.variable': 'LOOPSCOPE_LANG 是“{name}”，没有这种语言；有的是 {there}',
  'trace.full': '再写一步就超过 {limit} MiB 了，这是它的上限（--trace-limit）',
  'trace.ends': '轨迹到这里为止：{why}；服务器还在继续',
  'inspect.none': '没有字节。',
  'inspect.cut': '这里只讲前 {bytes} 字节；--format ndjson 会边读边讲，一个不漏。',
} as const;
