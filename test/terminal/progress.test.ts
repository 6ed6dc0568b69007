import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Progress } from '../../src/terminal/progress.js';

/** What a terminal of one line shows: each line that was drawn stands over the one before. */
function shownBy(writes: readonly string[]): string {
  return writes.reduce((line, text) => {
    const drawn = `${line}${text}`.split('\r').at(-1) ?? '';
    return drawn.replace('\u001b[K', '');
  }, '');
}

let writes: string[] = [];
const isTerminal = process.stdout.isTTY;

beforeEach(() => {
  writes = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    writes.push(String(text));
    return true;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  process.stdout.isTTY = isTerminal;
});

describe('how far a long file is read', () => {
  test('stands on one line of a terminal, and is gone at the end', () => {
    const progress = new Progress(true);
    progress.begin(1 << 28);
    for (let i = 0; i < 512; i++) progress.add(1 << 18);
    expect(shownBy(writes)).toBe(`[${'#'.repeat(15)}${'.'.repeat(15)}]  50 %`);
    expect(writes).toHaveLength(51); // a line a percent, however many pieces
    progress.end();
    expect(shownBy(writes)).toBe('');
  });

  test('is shown on no file and no pipe, and not for what is read at once', () => {
    const piped = new Progress(false);
    piped.begin(1 << 28);
    piped.add(1 << 27);
    const short = new Progress(true);
    short.begin(1 << 20);
    short.add(1 << 20);
    for (const one of [piped, short]) one.end();
    expect(writes).toEqual([]);
  });

  test.each([
    [true, ''],
    [false, `[${'#'.repeat(15)}${'.'.repeat(15)}]  50 %`],
  ])('makes room for what is written, where that goes to a terminal: %s', (isTTY, shown) => {
    process.stdout.isTTY = isTTY;
    const progress = new Progress(true);
    progress.begin(1 << 28);
    progress.add(1 << 28);
    progress.makeRoom();
    expect(shownBy(writes)).toBe('');
    progress.begin(1 << 28);
    progress.add(1 << 27);
    expect(shownBy(writes)).toBe(shown);
    progress.end();
    expect(shownBy(writes)).toBe('');
  });
});
