import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { FiguresScreen } from '../../src/terminal/figures-screen.js';
import type { TraceEvent } from '../../src/trace/event.js';
import { readRecording } from '../../src/watch/recording.js';
import { TWO_LOOPS } from '../support/strace.js';

const events = readRecording(TWO_LOOPS, 'calls.txt').loops[0]?.events ?? [];

const SIZE = { columns: 80, rows: 24 };
const plain = (screen: FiguresScreen, size = SIZE): string[] =>
  screen.draw(size).map((line) => stripVTControlCharacters(line).trimEnd());

test('figures and findings stand on one screen, and a digit leads to the step of its finding', () => {
  const screen = new FiguresScreen(events);
  const lines = plain(screen);
  expect(lines).toContain(' waits in         select');
  const stood = lines.find((line) => line.includes('stood still for 4300 ms in sendto on fd 5'));
  const [, key = '', step = ''] = /^ (\d) {2}step (\d+):/.exec(stood ?? '') ?? [];
  expect(screen.press(key)).toBe(Number(step));
  expect(events[Number(step) - 1]).toMatchObject({ step: 'block', fd: 5 });
  expect(screen.press('9')).toBeNull();
  expect(screen.press('x')).toBeNull();
});

test('it is as large as the terminal, in every language', () => {
  for (const language of ['en', 'zh'] as const) {
    const screen = new FiguresScreen(events, language);
    for (const size of [SIZE, { columns: 20, rows: 8 }, { columns: 1, rows: 1 }]) {
      const lines = plain(screen, size);
      expect(lines).toHaveLength(size.rows);
      for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(size.columns);
    }
  }
});

test('what has no room is shown with f, each with its own key', () => {
  const blocks = Array.from({ length: 12 }, (_, i): TraceEvent => {
    const stamp = { v: 1, seq: 100 + i, turn: 9, t: 9_000 } as const;
    return { ...stamp, step: 'block', fd: 5, syscall: 'send', reason: '', call: 'write', took: 30 };
  });
  const screen = new FiguresScreen([...events, ...blocks]);
  const seen: number[] = [];
  for (let page = 0; page < 5; page++) {
    const lines = plain(screen);
    const keys = lines.flatMap((line) => /^ (\d) {2}step/.exec(line)?.[1] ?? []);
    for (const key of keys) seen.push(screen.press(key) as number);
    if (screen.press('f') !== 'stay') break;
  }
  expect(seen.slice(-12)).toEqual(blocks.map((_, i) => events.length + i + 1));
});
