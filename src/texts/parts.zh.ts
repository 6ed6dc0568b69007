/**
 * The headings of a lesson's parts: Chinese.
 * @module
 */

/** The texts by key. */
export const parts = {
  Predict: '预测',
  Run: '运行',
  Investigate: '观察',
  Modify: '修改',
  Make: '动手',
  Php: '在 PHP 里',
  Limits: '和实际不一样的地方',
} as const;
