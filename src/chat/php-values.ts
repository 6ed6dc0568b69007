/**
 * What PHP 7.4 does with the values that the original handles: reading `$v['type']`, and the loose
 * comparison of its `switch`. JSON is in php-json.ts.
 * @module
 */

/**
 * A value of PHP's, as far as JSON can make one.
 *
 * - PHP's int is a bigint, PHP's float a number: 1 and 1.0 are not the same in PHP.
 * - PHP's string is bytes, and here the text that they are in UTF-8. A byte that is no UTF-8 stands
 *   as the lone surrogate U+DC00 + byte, which no decoded text holds.
 * - PHP's array, list and dictionary in one, is a Map in insertion order. PHP turns the key "7"
 *   into the int 7; here all keys are strings, since nothing in the original can tell.
 */
export type PhpValue = null | boolean | bigint | number | string | PhpArray;

/** PHP's array: the keys of a list are '0', '1', '2' and so on. */
export type PhpArray = ReadonlyMap<string, PhpValue>;

/** Makes the PHP array that has these values under the keys 0, 1, 2 and so on. */
export function phpList(values: Iterable<PhpValue>): PhpArray {
  const list = new Map<string, PhpValue>();
  for (const value of values) list.set(String(list.size), value);
  return list;
}

/** Whether the keys are 0, 1, 2 and so on, in this order: such an array is a list in JSON. */
export function isPhpList(array: PhpArray): boolean {
  let next = 0;
  for (const key of array.keys()) {
    if (key !== String(next++)) return false;
  }
  return true;
}

/**
 * Reads `$value[$key]`, whatever `$value` is.
 *
 * Nothing stops the original here: a missing key, an index into an int or an index into null is
 * null. PHP only leaves a notice or a warning in its log. A key that reads as a number is not
 * modelled, as it would be another byte of a string.
 *
 * @param key begins with no digit, as 'type' and 'content' do
 * @returns the element; of a string its first byte, because `'type'` as an int is 0; otherwise null
 * @see PHP 7.4, "Accessing array elements" and "String access by character"
 */
export function phpIndex(value: PhpValue, key: string): PhpValue {
  if (value instanceof Map) return value.get(key) ?? null;
  return typeof value === 'string' ? firstByte(value) : null;
}

/** The first byte of the text in UTF-8; of a character of several bytes it is no text by itself. */
function firstByte(text: string): string {
  const first = text.codePointAt(0);
  if (first === undefined) return '';
  if (first < 0x80 || (first >= 0xd800 && first <= 0xdfff)) return text.charAt(0);
  if (first < 0x800) return loneByte(0b1100_0000 | (first >> 6));
  if (first < 0x1_0000) return loneByte(0b1110_0000 | (first >> 12));
  return loneByte(0b1111_0000 | (first >> 18));
}

function loneByte(byte: number): string {
  return String.fromCharCode(0xdc00 + byte);
}

/**
 * Compares as PHP 7's `==` and `switch` do: `{"type":0}` and `{"type":true}` are a login.
 *
 * @param word the string to compare with: not empty, and it reads as no number, as 'login' does.
 *   PHP 7 takes such a word for 0 beside a number, and for true beside a boolean. (PHP 8 writes
 *   the number as a string instead, so 0 is a login no more.)
 * @see PHP manual, "Comparison with various types", before 8.0.0
 */
export function looselyEquals(value: PhpValue, word: string): boolean {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'bigint':
      return value === 0n;
    case 'number':
      return value === 0; // -0 too
    case 'string':
      return value === word;
    case 'object':
      return false; // null is compared as '', and an array is greater than any string
  }
}
