/**
 * What is said of a PHP server that is compared: Chinese.
 * @module
 */

/** The texts by key. */
export const php = {
  repairs: '{side} 为 PHP 8 改了 {n} 处，在第 {lines} 行；--format json 列出每一处',
  repaired: '{side} 为 PHP 8 改了第 {line} 行：{was} → {is}，因为{why}',
  ended: '{side} 提早结束了：{message}',
  typeError: '原版在 PHP 8 上也会被 TypeError 结束（D35）；是不是同一个，看它在哪一行。',
  'repair.curly': 'PHP 8 不编译用花括号取字符的写法',
  'repair.number': '在 PHP 8 里套接字是对象，没有号码，所有客户端会共用一项',
  'repair.resource': '在 PHP 8 里套接字是对象，不是资源',
  'repair.instead': '在文件末尾加一个同名的函数',
  'repair.gone': 'PHP 8 里没有这个函数了',
  'repair.text': '在 PHP 8 里套接字是对象，不能变成文本',
} as const;
