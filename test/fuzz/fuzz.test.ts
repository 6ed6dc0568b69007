import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { Random } from '../../src/net/sim.js';
import { randomPieces } from './inputs.js';
import { fuzz, readCrasher, replay, runCase, saveCrasher } from './run.js';
import { Broken, mustEqual, type Target } from './target.js';
import { TARGETS } from './targets.js';

/** Runs of each target; `npm run fuzz` makes many more. */
const RUNS: Record<string, number> = { server: 25, inspector: 40 };

describe('whatever the bytes', () => {
  test.each(TARGETS.map((target) => [target.name, target] as const))(
    'what must be so of the %s is so',
    async (name, target) => {
      await fc.assert(
        fc.asyncProperty(fc.nat(), async (seed) => {
          expect(await runCase(target, seed, 0)).toBeNull();
        }),
        { numRuns: RUNS[name] ?? 200 },
      );
    },
    60_000,
  );
});

/** Fails for inputs with a byte above 250, as a decoder with a hole might. */
const holey: Target = {
  name: 'holey',
  make(random) {
    const bytes = new Uint8Array(20);
    random.fill(bytes);
    return bytes;
  },
  async run(bytes) {
    await null;
    if (bytes.some((byte) => byte > 250)) throw new Broken('a byte above 250');
  },
};

describe('a fuzzer', () => {
  let folder = '';
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('gives each target its share, and one input at least when there is no time', async () => {
    let clock = 0;
    const slow = (name: string, share: number): Target => ({
      name,
      share,
      make: () => new Uint8Array(1),
      run: () => void clock++,
    });
    const options = { seed: 1, now: () => clock };
    const counts = await fuzz([slow('one', 1), slow('three', 3)], { ...options, forMs: 400 });
    expect(counts.map(({ inputs }) => inputs)).toEqual([100, 300]);
    const hasty = await fuzz([slow('one', 1)], { ...options, forMs: 0 });
    expect(hasty[0]?.inputs).toBeGreaterThan(0);
  });

  test('keeps what crashes as a file that fails again when it is replayed', async () => {
    folder = mkdtempSync(join(tmpdir(), 'loopscope-fuzz-'));
    const files: string[] = [];
    const [count] = await fuzz([holey], {
      seed: 7,
      forMs: 1_000,
      found: (crasher) => files.push(saveCrasher(folder, crasher)),
    });
    expect(count?.crashers).toHaveLength(5); // then it is left alone
    const crasher = readCrasher(files[0] ?? '');
    expect(crasher).toEqual(count?.crashers[0]);
    expect((await replay([holey], crasher))?.error).toContain('a byte above 250');
    const mended: Target = { ...holey, run() {} };
    expect(await replay([mended], crasher)).toBeNull();
  });

  test('draws the same inputs for the same seed, others for another', async () => {
    for (const { name, make } of TARGETS) {
      expect(make(new Random(5)), name).toEqual(make(new Random(5)));
    }
    const all = (seed: number) => TARGETS.map(({ make }) => make(new Random(seed)));
    expect(all(5)).not.toEqual(all(6));
  });

  test('cuts bytes into pieces that joined are the bytes', () => {
    fc.assert(
      fc.property(fc.nat(), fc.uint8Array(), (seed, bytes) => {
        const pieces = randomPieces(new Random(seed), bytes);
        expect(Uint8Array.from(pieces.flatMap((piece) => [...piece]))).toEqual(bytes);
      }),
    );
  });

  test('says where two results part', () => {
    const found = () => mustEqual([Uint8Array.of(1)], [Uint8Array.of(2)], 'cut and whole');
    expect(found).toThrow('cut and whole: found …["bytes 01"]… and expected …["bytes 02"]…');
    expect(() => mustEqual(new Map([['a', 1]]), new Map(), 'fields')).toThrow(Broken);
  });
});
