/** The tests of breaking a text into lines. */

import { describe, expect, test } from 'vitest';
import { wrap } from '../../src/terminal/wrap.js';

describe('a text is broken', () => {
  test('between words', () => {
    expect(wrap('one two  three', 8)).toEqual(['one two', 'three']);
  });

  test('where the line ends, if a word is longer', () => {
    expect(wrap('a 0123456789', 4)).toEqual(['a', '0123', '4567', '89']);
  });

  test('between Chinese characters, which take two columns', () => {
    expect(wrap('服务器先问一句再读', 8)).toEqual(['服务器先', '问一句再', '读']);
  });

  test('between Chinese and a word, and not within the word', () => {
    expect(wrap('调用 recv 得到字节', 10)).toEqual(['调用 recv', '得到字节']);
    expect(wrap('一个recv得', 8)).toEqual(['一个recv', '得']);
  });

  test('so that no line begins with what closes, or ends in what opens', () => {
    expect(wrap('他们说话，离开', 8)).toEqual(['他们说', '话，离开']);
    expect(wrap('叫作套接（字）', 10)).toEqual(['叫作套接', '（字）']);
    expect(wrap('你好, 小明', 4)).toEqual(['你', '好,', '小明']);
  });
});
