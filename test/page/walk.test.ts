import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { COMMON, choice } from '../../src/page/address.js';
import { Session } from '../../src/page/session.js';
import { Walk } from '../../src/page/walk/walk.js';
import { SCENARIOS } from '../../src/scenario/shipped.js';
import { type SimulatedRun, simulate } from '../../src/scenario/simulate.js';

const scenario = SCENARIOS.get('two-clients');
if (scenario === undefined) throw new Error('bug: two-clients is not shipped');
const { events }: SimulatedRun = await simulate(scenario, { seed: 7 });

describe('a walk', () => {
  test('begins at the first step, and does not leave the trace', () => {
    const walk = new Walk();
    walk.load(events);
    expect(walk.position.value).toBe(1);
    expect(walk.back()).toBe(false);
    expect(walk.event.value?.step).toBe('socket');
    walk.end();
    expect(walk.next()).toBe(false);
    expect(walk.position.value).toBe(events.length);
  });

  test('goes from turn to turn, and behind the last to the end', () => {
    const walk = new Walk();
    walk.load(events);
    const selects = events.filter(({ step }) => step === 'select').length;
    for (let turn = 1; turn <= selects; turn++) {
      walk.nextTurn();
      expect(walk.event.value).toMatchObject({ step: 'select', turn });
    }
    walk.nextTurn();
    expect(walk.position.value).toBe(events.length);
  });

  test('that stands at the end goes with what is appended; elsewhere it stays', () => {
    const walk = new Walk();
    walk.load(events.slice(0, 10), 10);
    walk.append(events.slice(10, 20));
    expect(walk.position.value).toBe(20);
    walk.seek(5);
    walk.append(events.slice(20));
    expect(walk.position.value).toBe(5);
    walk.end();
    expect(walk.event.value).toEqual(events.at(-1));
  });

  test('without steps is at none', () => {
    const walk = new Walk();
    walk.load([]);
    expect(walk.next()).toBe(false);
    expect(walk.event.value).toBeNull();
  });

  describe('that plays', () => {
    beforeEach(() => {
      vi.useFakeTimers();
    });
    afterEach(() => {
      vi.useRealTimers();
    });

    test('keeps its speed where drawing is slow, and then leaves out what lies between', () => {
      let now = 0;
      const clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
      const walk = new Walk();
      walk.load(events);
      walk.speed.value = 10;
      walk.play();
      for (let draws = 1; draws <= 10; draws++) {
        now = draws * 350;
        vi.advanceTimersToNextTimer();
      }
      expect(walk.position.value).toBe(1 + 35);
      now += 3_600_000; // the lid was closed
      vi.advanceTimersToNextTimer();
      expect(walk.position.value).toBeLessThan(60);
      walk.pause();
      clock.mockRestore();
    });

    test('takes so many steps a second, and stops at the end', () => {
      const walk = new Walk();
      walk.load(events.slice(0, 4));
      walk.speed.value = 2;
      walk.play();
      vi.advanceTimersByTime(499);
      expect(walk.position.value).toBe(1);
      vi.advanceTimersByTime(1);
      expect(walk.position.value).toBe(2);
      vi.advanceTimersByTime(60_000);
      expect(walk.position.value).toBe(4);
      expect(walk.isPlaying.value).toBe(false);
      walk.play();
      expect(walk.position.value).toBe(1);
      walk.pause();
      vi.advanceTimersByTime(60_000);
      expect(walk.position.value).toBe(1);
    });
  });
});

describe('a session', () => {
  const open = (): Session => new Session({ view: choice('loop', 'bytes'), ...COMMON });

  test('opens exactly where its address leads, and has the same address there', async () => {
    const session = open();
    await session.follow('#view=bytes&scenario=two-clients&seed=7&profile=original&step=42');
    expect(session.walk.position.value).toBe(42);
    expect(session.run.value?.options).toEqual({ seed: 7, profile: 'original' });
    expect(session.address.value).toBe('#view=bytes&seed=7&profile=original&step=42');
    session.walk.next();
    expect(session.address.value).toContain('step=43');
  });

  test('says that there is no such step, and shows the last', async () => {
    const session = open();
    await session.follow('#step=9999');
    const { length } = session.walk.events.value;
    expect(session.walk.position.value).toBe(length);
    expect(session.notices.value).toEqual([
      `The address asks for step 9999; there are ${length}, so this is the last.`,
    ]);
  });

  test('of two runs that were asked for one after the other shows the second', async () => {
    const session = open();
    const first = session.choose({ scenario: 'three-clients' });
    await session.choose({ scenario: 'ping', seed: '3' });
    await first;
    expect(session.run.value?.scenario.name).toBe('ping');
    expect(session.isBusy.value).toBe(false);
    expect(session.walk.position.value).toBe(1);
  });

  test('does not play again for another view of the same run', async () => {
    const session = open();
    await session.follow('#step=5');
    const run = session.run.value;
    await session.follow('#view=bytes&step=6');
    expect(session.run.value).toBe(run);
    expect(session.walk.position.value).toBe(6);
  });
});
