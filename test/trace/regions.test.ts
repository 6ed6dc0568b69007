import { describe, expect, test } from 'vitest';
import { regionsOf } from '../../src/trace/regions.js';

describe('the regions of a source', () => {
  test('are found with their first line, outdented', () => {
    const source =
      'a\n    // #region recv\n    if (x) {\n\n      y();\n    }\n    // #endregion\nb\n';
    expect(regionsOf(source)).toEqual([
      { step: 'recv', line: 3, text: ['if (x) {', '', '  y();', '}'] },
    ]);
  });

  test('are found where lines end in CRLF', () => {
    const regions = regionsOf('// #region send\r\nsend();\r\n// #endregion\r\n');
    expect(regions).toEqual([{ step: 'send', line: 2, text: ['send();'] }]);
  });

  test.each([
    ['// #region a\n// #region b', 'region b begins inside a'],
    ['x\n// #endregion', 'line 2 ends a region that is none'],
    ['// #region a\n', 'region a has no end'],
  ])('that do not fit together are a bug: %j', (source, message) => {
    expect(() => regionsOf(source)).toThrow(`bug: ${message}`);
  });
});
