import { describe, expect, test } from 'vitest';
import { everyByte, randomCuts } from '../../src/net/sim.js';
import { compare } from '../../src/scenario/compare.js';
import { tryEveryCut } from '../../src/scenario/cuts.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { SCENARIOS } from '../../src/scenario/shipped.js';
import { fork, type SimulateOptions, simulate, stepOfEvent } from '../../src/scenario/simulate.js';
import { hasFlood } from '../../src/scenario/wire.js';
import { diffTraces, tracesEqual } from '../../src/trace/diff.js';
import { formatEvent } from '../../src/trace/ndjson.js';
import { playLocally } from '../support/play.js';

const profiles = ['original', 'rfc6455'] as const;

function shipped(name: string): Scenario {
  const scenario = SCENARIOS.get(name);
  if (scenario === undefined) throw new Error(`bug: no scenario ${name}`);
  return scenario;
}

async function textOf(scenario: Scenario, options: SimulateOptions): Promise<string> {
  const { events } = await simulate(scenario, options);
  return events.map(formatEvent).join('\n');
}

describe('the simulated and the real network', () => {
  for (const profile of profiles) {
    test.each([...SCENARIOS.keys()])(
      `give equal traces and bytes: %s on ${profile}`,
      async (name) => {
        const scenario = shipped(name);
        // a paused server gets what is under way; on the loopback nothing is
        const simulated = await simulate(scenario, { profile, latencyMs: 0, jitterMs: 0 });
        const real = await playLocally(scenario, profile);
        const side = { name: 'simulated', wire: simulated.wire, trace: simulated.events };
        const result = compare(scenario, side, real);
        expect(result.wire).toEqual([]);
        expect(result.rows?.filter(({ same }) => !same)).toEqual([]);
        expect(result.equal).toBe(true);
      },
    );
  }
});

describe('a simulation', () => {
  test.each(profiles)('with the same seed is the same, to the byte: %s', async (profile) => {
    const scenario = shipped('three-clients');
    expect(await textOf(scenario, { seed: 7, profile })).toBe(
      await textOf(scenario, { seed: 7, profile }),
    );
  });

  test('with another seed has other times, and the same outcome for clients that take turns', async () => {
    const scenario = shipped('two-clients');
    const [seven, eight] = [
      await simulate(scenario, { seed: 7 }),
      await simulate(scenario, { seed: 8 }),
    ];
    expect(eight.events.map(({ t }) => t)).not.toEqual(seven.events.map(({ t }) => t));
    expect(eight.wire).toEqual(seven.wire);
  });

  test('is the one that was recorded, on every version of Node', async () => {
    const { events } = await simulate(shipped('two-clients'), { seed: 7 });
    const text = events.map((event) => `${formatEvent(event)}\n`).join('');
    await expect(text).toMatchFileSnapshot('../recordings/two-clients-seed-7.ndjson');
  });

  test('costs no real time for its latency', async () => {
    const { events } = await simulate(shipped('two-clients'), { latencyMs: 10_000 });
    expect(events.at(-1)?.t).toBeGreaterThan(100_000);
  });

  test('numbers what its clients did, what arrived and what the loop did, in one order', async () => {
    const { events } = await simulate(shipped('one-client'));
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i));
    for (const [i, event] of events.entries()) {
      expect(event.t).toBeGreaterThanOrEqual(events[i - 1]?.t ?? 0);
    }
    const steps = events.map(({ step }) => step);
    expect(steps.slice(0, 9)).toEqual([
      'socket',
      'setsockopt',
      'bind',
      'listen',
      'act',
      'arrive',
      'select',
      'accept',
      'act',
    ]);
  });
});

describe('cuts', () => {
  test('the room never minds where a stream is cut', async () => {
    const report = await tryEveryCut(shipped('two-clients'));
    expect(report.tried).toBeGreaterThan(400);
    expect(report.fatal).toEqual([]);
  });

  test('nor byte by byte, nor by chance', async () => {
    const scenario = shipped('two-clients');
    const whole = await simulate(scenario);
    for (const rule of [
      everyByte(),
      ...Array.from({ length: 20 }, (_, seed) => randomCuts(seed)),
    ]) {
      const cut = await simulate(scenario, { rules: [{ rule }] });
      const sides = [whole, cut].map(({ wire }, i) => ({ name: String(i), wire, trace: null }));
      const [left, right] = sides;
      if (left === undefined || right === undefined) throw new Error('bug: two sides');
      expect(compare(scenario, left, right).wire).toEqual([]);
    }
  });

  test('the mirror fails at most of them: 9 bytes of a frame are [], 8 are a logout', async () => {
    const report = await tryEveryCut(shipped('one-client'), { profile: 'original' });
    expect(report.fatal.length).toBeGreaterThan(report.tried / 2);
    const inText = report.fatal.filter(({ within }) => within.startsWith('text'));
    expect(inText[0]).toMatchObject({ client: 'A', within: 'text, byte 1 of 38' });
    expect(inText[0]?.difference).toBe('A gets RST in place of 81347b2274797065223a226c…');
  });
});

describe('a fork', () => {
  test('goes another way from a step on, and the old future is kept', async () => {
    const run = await simulate(shipped('two-clients'), { seed: 3 });
    const before = run.events.map(formatEvent);
    const talk = run.events.find(
      (event) => event.step === 'deal' && event.message.includes('你好'),
    );
    const at = stepOfEvent(run, talk?.seq ?? 0);
    const other = await fork(run, { at, steps: [[{ do: 'reset', client: 'B' }]] });

    expect(run.events.map(formatEvent)).toEqual(before);
    const rows = diffTraces(run.events, other.events);
    expect(tracesEqual(rows)).toBe(false);
    const parting = rows.findIndex(({ same }) => !same);
    expect(rows.slice(parting).some(({ right }) => right?.step === 'disconnect')).toBe(true);
    const shared = other.events.slice(
      0,
      other.events.findIndex((event) => event.step === 'act' && event.do === 'reset'),
    );
    expect(shared.map(formatEvent)).toEqual(before.slice(0, shared.length));
  });

  test('that goes the same way gives the same trace', async () => {
    const run = await simulate(shipped('two-clients'));
    const again = await fork(run, { at: 4, steps: run.scenario.steps.slice(4) });
    expect(again.events.map(formatEvent)).toEqual(run.events.map(formatEvent));
  });

  test.each([-1, 99, 1.5])('at step %d, which there is not, is refused', async (at) => {
    const run = await simulate(shipped('one-client'));
    expect(() => fork(run, { at, steps: [] })).toThrow(RangeError);
  });
});

describe('every shipped scenario without a flood', () => {
  test('ends with every socket accounted for, and a trace that says so', async () => {
    for (const scenario of SCENARIOS.values()) {
      if (hasFlood(scenario)) continue;
      const { events } = await simulate(scenario);
      const accepted = events.filter(({ step }) => step === 'accept').length;
      const connects = scenario.steps.flat().filter((action) => action.do === 'connect').length;
      expect(accepted).toBe(connects);
    }
  });
});
