import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvCell } from '../../src/lesson/csv.js';

describe('a cell of CSV (RFC 4180)', () => {
  test.each([
    ['Ada', 'Ada'],
    ['', ''],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    ['=1+1', "'=1+1"],
    ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', '"\'\t=1"'],
    ['\r=1', '"\'\r=1"'],
    [' =1', "' =1"],
    ['＝1', "'＝1"],
  ])('%j is written %j', (text, cell) => {
    expect(csvCell(text)).toBe(cell);
  });

  test('no cell begins as a formula does, and each is one cell', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const cell = csvCell(text);
        const read = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
        expect(read).toMatch(/^(?![=+\-@\t\r])/);
        expect(read.replace(/^'/, '')).toBe(text.replace(/^'/, ''));
        if (cell === read) expect(cell).not.toMatch(/[",\r\n]/);
      }),
    );
  });
});
