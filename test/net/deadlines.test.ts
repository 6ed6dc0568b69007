import { describe, expect, test } from 'vitest';
import { Deadlines } from '../../src/net/deadlines.js';

describe('deadlines of one length', () => {
  test('there is no next one before any was started', () => {
    const deadlines = new Deadlines<string>(100);
    expect(deadlines.next).toBeNull();
    expect(deadlines.expired(1_000_000)).toEqual([]);
  });

  test('the first to start is the next to end', () => {
    const deadlines = new Deadlines<string>(100);
    deadlines.start('a', 0);
    deadlines.start('b', 30);
    expect(deadlines.next).toBe(100);
  });

  test('are over at their end, not one millisecond before, in the order of their starts', () => {
    const deadlines = new Deadlines<string>(100);
    deadlines.start('a', 0);
    deadlines.start('b', 0);
    deadlines.start('c', 1);
    expect(deadlines.expired(99)).toEqual([]);
    expect(deadlines.expired(100)).toEqual(['a', 'b']);
    expect(deadlines.next).toBe(101);
  });

  test('are told once', () => {
    const deadlines = new Deadlines<string>(100);
    deadlines.start('a', 0);
    expect(deadlines.expired(200)).toEqual(['a']);
    expect(deadlines.expired(200)).toEqual([]);
    expect(deadlines.next).toBeNull();
  });

  test('start again from now, behind the others', () => {
    const deadlines = new Deadlines<string>(100);
    deadlines.start('a', 0);
    deadlines.start('b', 10);
    deadlines.start('a', 20);
    expect(deadlines.next).toBe(110);
    expect(deadlines.expired(119)).toEqual(['b']);
    expect(deadlines.expired(120)).toEqual(['a']);
  });

  test('stop', () => {
    const deadlines = new Deadlines<string>(100);
    deadlines.start('a', 0);
    deadlines.start('b', 10);
    deadlines.stop('a');
    deadlines.stop('never started');
    expect(deadlines.next).toBe(110);
    expect(deadlines.expired(500)).toEqual(['b']);
  });
});
