import { describe, expect, test } from 'vitest';
import { MOST_TICKS, Patience } from '../../src/lesson/patience.js';
import { ALIVE_MS, type Told } from '../../src/lesson/told.js';

const LOADED: Told = { type: 'loaded' };
const STEP: Told = { type: 'step', step: { key: 'step.one', values: {} } };
const IDLE: Told = { type: 'idle' };
const used = (cpuMs: number): Told => ({ type: 'used', cpuMs });

/** What it comes to: the first thing that is not null. `tick` is a second in which nothing is told. */
function outcome(...heard: (Told | 'tick')[]): string | null {
  const patience = new Patience(4000);
  for (const one of heard) {
    const kind = one === 'tick' ? patience.tick() : patience.hear(one);
    if (kind !== null) return kind;
  }
  return null;
}

const times = <T>(n: number, one: T): T[] => Array<T>(n).fill(one);
const ticks = (n: number) => times<'tick'>(n, 'tick');

describe('the patience with a check', () => {
  test('counts the processor time since the last step, not the clock', () => {
    expect(outcome(LOADED, STEP, used(100), ...ticks(50), used(4000))).toBeNull();
    expect(outcome(LOADED, STEP, used(100), used(4200))).toBe('busy');
    expect(outcome(LOADED, used(100), STEP, used(4200), STEP, used(8200), used(12_100))).toBeNull();
  });

  test('gives more for starting and loading', () => {
    expect(outcome(used(10), used(15_000))).toBeNull();
    expect(outcome(used(10), used(15_000), LOADED, used(15_100), used(19_200))).toBe('busy');
    expect(outcome(...times(20, IDLE))).toBeNull();
  });

  test('ends a check that takes its steps without end', () => {
    const steps = Array.from({ length: 70 }, (_, i) => [STEP, used(i * 1000)]).flat();
    expect(outcome(LOADED, ...steps)).toBe('busy');
  });

  test('ends a check that sleeps a little in each of its steps', () => {
    const naps = Array.from({ length: 30 }, () => [STEP, ...times(3000 / ALIVE_MS, IDLE)]).flat();
    expect(outcome(LOADED, ...naps)).toBe('waits');
    expect(outcome(LOADED, ...naps.slice(0, naps.length / 2))).toBeNull();
  });

  test('calls it a wait when there was nothing to do, however long that took by the clock', () => {
    const enough = 4000 / ALIVE_MS;
    expect(outcome(LOADED, STEP, ...times(enough - 1, IDLE), ...ticks(50))).toBeNull();
    expect(outcome(LOADED, STEP, ...times(enough, IDLE))).toBe('waits');
    expect(
      outcome(LOADED, ...times(enough - 1, IDLE), STEP, ...times(enough - 1, IDLE)),
    ).toBeNull();
  });

  test('says that the machine is slow when neither comes', () => {
    expect(outcome(LOADED, STEP, used(100), ...ticks(MOST_TICKS))).toBe('slow');
    expect(outcome(used(100), ...ticks(MOST_TICKS))).toBe('slow');
    expect(outcome(LOADED, ...ticks(MOST_TICKS - 1), STEP, ...ticks(MOST_TICKS - 1))).toBeNull();
  });

  test('says that the process did not start when there was no word at all', () => {
    expect(outcome(...ticks(MOST_TICKS))).toBe('start');
  });
});
