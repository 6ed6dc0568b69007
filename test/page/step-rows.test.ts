import { describe, expect, test } from 'vitest';
import { foldedRows, rowOf, unfolded } from '../../src/page/loop/step-rows.js';
import type { TraceEvent } from '../../src/trace/event.js';

/** Steps by their first letter: b is broadcast, s is send, | is the select that begins a turn. */
function steps(letters: string): TraceEvent[] {
  let turn = 0;
  const names = { b: 'broadcast', s: 'send', r: 'recv', '|': 'select' } as const;
  return [...letters].map((letter) => {
    if (letter === '|') turn++;
    return { step: names[letter as 'b'], turn } as TraceEvent;
  });
}

const widths = (letters: string): number[] =>
  foldedRows(steps(letters)).map(({ from, to }) => to - from + 1);

describe('the list of steps', () => {
  test('has one row for a broadcast and the sends behind it', () => {
    expect(widths(`|rb${'s'.repeat(30)}|r`)).toEqual([1, 1, 31, 1, 1]);
  });

  test('folds sends that come later in the turn, and none across a turn', () => {
    expect(widths('|brsss')).toEqual([1, 1, 1, 3]);
    expect(widths('|ss|sb')).toEqual([1, 1, 1, 1, 1, 1]);
  });

  test('leaves a few sends as they are', () => {
    expect(widths('|bss')).toEqual([1, 1, 1, 1]);
    expect(widths('')).toEqual([]);
  });

  test('shows all of them where the walk stands within', () => {
    const rows = foldedRows(steps('|rbsssr'));
    expect(rowOf(rows, 4)).toBe(2);
    expect(unfolded(rows, 2).map(({ from }) => from)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(unfolded(rows, -1)).toBe(rows);
    expect(unfolded(rows, 0)).toBe(rows);
  });
});
