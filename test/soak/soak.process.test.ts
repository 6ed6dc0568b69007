import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { Ledger, type Said, whatIsLost } from './ledger.js';

/** Ledgers of Ada and Bob, who heard these messages: `a0` is the first of a. */
function heard(...lists: string[]): Map<string, Ledger> {
  const names = ['Ada', 'Bob'];
  return new Map(
    lists.map((list, i) => {
      const ledger = new Ledger();
      for (const word of list.split(' ')) ledger.hear(saidAs(word));
      return [names[i] ?? '', ledger];
    }),
  );
}

function saidAs(word: string): Said {
  return { from: word.charAt(0), number: Number(word.slice(1)) };
}

describe('the ledgers of those who stay', () => {
  const said = new Map([
    ['a', 2],
    ['b', 1],
  ]);

  test('are right when each heard everything in the same order, and visitors as far as they came', () => {
    expect(whatIsLost(heard('a0 b0 v0 a1', 'a0 b0 v0 a1'), said)).toEqual([]);
  });

  test.each([
    ['a message that is lost at the end', 'a0 b0', 'Bob heard 1 of 2 of a'],
    ['one that is lost in between', 'a1 b0', 'Bob: of a came 1 where 0 was next'],
    ['one that comes twice', 'a0 b0 a0 a1', 'Bob: of a came 0 where 1 was next'],
    ['another order', 'b0 a0 a1', 'Bob heard another order than the first'],
    [
      'one of a visitor that only one heard',
      'a0 b0 a1 v0',
      'Bob heard another order than the first',
    ],
    [
      'the second of a visitor without the first',
      'a0 b0 a1 v1',
      'Bob: of v came 1 where 0 was next',
    ],
  ])('tell %s', (_, bob, problem) => {
    expect(whatIsLost(heard('a0 b0 a1', bob), said)).toContain(problem);
  });
});

describe('the programs beside the tests', () => {
  const run = (program: string, ...args: string[]) =>
    spawnSync(
      process.execPath,
      ['--import', 'tsx', fileURLToPath(new URL(`../${program}.ts`, import.meta.url)), ...args],
      { encoding: 'utf8' },
    );

  test('a short soak loses nothing, closes everything, and ends with its counts', () => {
    const { status, stdout, stderr } = run('soak/soak', '--minutes', '0.03', '--clients', '30');
    expect([status, stderr]).toEqual([0, '']);
    const last = stdout.trimEnd().split('\n').at(-1);
    expect(last).toMatch(/^soak: 30 clients .* 0 losses, (0 descriptors left open|.* not counted)/);
  }, 60_000);

  test.each([
    ['soak/soak', ['--minutes', '0'], 'soak: --minutes 0: give a number from 0.01 to 10000'],
    [
      'soak/soak',
      ['--clients', '2.5'],
      'soak: --clients 2.5: give a whole number from 2 to 100000',
    ],
    ['fuzz/fuzz', ['--target', 'moon'], 'fuzz: --target moon: the targets are decoder, '],
    ['fuzz/fuzz', ['--replay', 'no-such-file'], 'fuzz: --replay no-such-file: no crasher: '],
    ['mutate/mutate', ['--only', 'moon'], 'mutate: --only moon: no break is called so'],
    ['mutate/mutate', ['--moon'], "mutate: Unknown option '--moon'"],
  ])('%s %j is called wrongly', (program, args, message) => {
    const { status, stderr } = run(program, ...args);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr.trimEnd()).not.toContain('\n');
  });
});
