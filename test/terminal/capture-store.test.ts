import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CaptureStore } from '../../src/terminal/capture-store.js';
import { Failure } from '../../src/terminal/failure.js';
import { someBytes } from '../support/bytes.js';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-'));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

describe('what a capture carries', () => {
  test('is read where it stands in the file, in any order', () => {
    const file = join(folder, 'capture');
    const whole = someBytes(700_000);
    writeFileSync(file, whole);
    const store = new CaptureStore(file);
    const ranges = fc.array(fc.tuple(fc.nat(whole.length), fc.nat(3_000), fc.nat(3_000)));
    fc.assert(
      fc.property(ranges, (all) => {
        for (const [at, start, length] of all) {
          const end = Math.min(start + length, whole.length - at);
          if (end < start) continue;
          expect(store.keep(whole.subarray(at), at)).toBe(at);
          const read = store.read(at, start, end);
          expect(Buffer.compare(read, whole.subarray(at + start, at + end))).toBe(0);
        }
      }),
      { numRuns: 50 },
    );
    store.close();
  });

  test('is put aside when it comes through a pipe, in memory and then in a file that leaves nothing', () => {
    vi.stubEnv('TMPDIR', folder);
    vi.stubEnv('TEMP', folder);
    const store = new CaptureStore(null);
    const piece = someBytes(777_777);
    const places = Array.from({ length: 60 }, (_, i) => store.keep(piece.subarray(i), i));
    expect(readdirSync(folder)).toEqual([]);
    for (const [i, place] of places.entries()) {
      for (const [start, end] of [
        [0, 10],
        [700_000, 777_000],
        [0, piece.length - i],
      ] as const) {
        const read = store.read(place, start, end);
        expect(Buffer.compare(read, piece.subarray(i + start, i + end))).toBe(0);
      }
    }
    store.close();
  });

  test('that cannot be put aside is one line, which says what to do', () => {
    vi.stubEnv('TMPDIR', join(folder, 'none'));
    vi.stubEnv('TEMP', join(folder, 'none'));
    const store = new CaptureStore(null);
    const keepAll = () => {
      for (let i = 0; i < 40; i++) store.keep(new Uint8Array(1 << 20), null);
    };
    expect(keepAll).toThrow(
      /cannot put the capture aside in .*none.*: give it as a file|set TMPDIR/,
    );
    store.close();
  });

  test('in a file that becomes shorter meanwhile is one line too', () => {
    const file = join(folder, 'capture');
    writeFileSync(file, someBytes(9_000));
    const store = new CaptureStore(file);
    truncateSync(file, 5_000);
    expect(() => store.read(4_990, 0, 20)).toThrow(Failure);
    expect(() => store.read(4_990, 0, 20)).toThrow(`${file} became shorter while it was read`);
    store.close();
    closeSync(openSync(file, 'r')); // it is still there
  });
});
