import { describe, expect, test } from 'vitest';
import { playOn } from '../../src/page/mine/playing.js';
import {
  draftOf,
  movedAct,
  optionsOf,
  readActs,
  readDraft,
  saidIn,
  withAct,
  withAction,
  withoutAct,
  writeActs,
  writeDraft,
} from '../../src/page/play/draft.js';
import {
  type NetworkRule,
  newRule,
  RULE_KINDS,
  readRules,
  writeRules,
} from '../../src/page/play/rules.js';
import { SCENARIOS } from '../../src/scenario/shipped.js';
import { simulate } from '../../src/scenario/simulate.js';

const scenario = SCENARIOS.get('two-clients');
if (scenario === undefined) throw new Error('bug: two-clients is not shipped');

describe('a draft', () => {
  test('is read from its file as it was written', () => {
    const rules: NetworkRule[] = [{ kind: 'cut', numbers: [3, 9], direction: 'up', connection: 2 }];
    const draft = { ...draftOf(scenario), seed: 9, latencyMs: 2.5, rules };
    expect(readDraft(writeDraft(draft))).toEqual(draft);
  });

  test('is read from a scenario alone', () => {
    expect(readDraft(JSON.stringify(scenario)).scenario).toEqual({ ...scenario });
  });

  test.for([
    ['{', /^not JSON: /],
    ['7', /^the scenario: expected an object, got 7/],
    ['{"scenario":{"name":"a","description":""}}', /^scenario, steps: the key is missing/],
    [JSON.stringify({ scenario, seed: -1 }), /^seed: expected/],
    [JSON.stringify({ scenario, latencyMs: 1e9 }), /^latencyMs: expected milliseconds up to 10000/],
    [JSON.stringify({ scenario, speed: 1 }), /^speed: expected no key of this name/],
    [
      JSON.stringify({ scenario, rules: [{ kind: 'lose', numbers: [] }] }),
      /^rules\.0\.kind: expected .*silence/,
    ],
    [
      JSON.stringify({ scenario, rules: [{ kind: 'gather', numbers: [0] }] }),
      /^rules\.0: expected the numbers/,
    ],
    [
      JSON.stringify({
        scenario: { name: 'a', description: '', steps: [[{ do: 'close', client: 'A' }]] },
      }),
      /^scenario, steps\.0\.0\.client: expected a client that is connected, got "A"/,
    ],
  ] as const)('is refused in one line: %s', ([text, line], { expect }) => {
    expect(() => readDraft(text)).toThrow(line);
    try {
      readDraft(text);
    } catch (error) {
      expect((error as Error).message).not.toContain('\n');
    }
  });

  test('with nothing changed is simulated as the scenario that ships', async () => {
    const { events } = await playOn(scenario, optionsOf(draftOf(scenario)));
    expect(events).toEqual((await simulate(scenario)).events);
  });
});

describe('rules', () => {
  test('of every kind are read from an address as they were written', () => {
    const rules = RULE_KINDS.map(newRule);
    expect(readRules(writeRules(rules))).toEqual(rules);
    const everywhere = rules.map(({ direction: _, ...rule }) => ({ ...rule, connection: 2 }));
    expect(readRules(writeRules(everywhere))).toEqual(everywhere);
    expect(readRules('')).toEqual([]);
  });

  test.for(['cut', 'cut.', 'cut.0', 'bytes.1', 'delay.1,2', 'gather.0', 'lose.3', 'cut.3.in', ';'])(
    'that are none are refused: %s',
    (text, { expect }) => expect(readRules(text)).toBeNull(),
  );

  test('of every kind play, and each changes the run', async () => {
    const plain = await simulate(scenario);
    expect(RULE_KINDS.length).toBeGreaterThan(5);
    for (const kind of RULE_KINDS) {
      const draft = { ...draftOf(scenario), rules: [newRule(kind)] };
      const { events } = await playOn(scenario, optionsOf(draft)).catch(() => ({ events: [] }));
      expect(events, kind).not.toEqual(plain.events);
    }
  });
});

describe('the steps in an address', () => {
  test('are left out where they are those of the scenario that ships', () => {
    expect(writeActs(scenario)).toBe('');
  });

  test('are read as they were written', () => {
    const steps = scenario.steps.slice(0, 3);
    const text = writeActs({ ...scenario, steps });
    expect(readActs(text ?? '')).toEqual(steps);
    for (const wrong of ['', '{}', '[[{}]]', '[[{"do":"close","client":"A"}]]']) {
      expect(readActs(wrong)).toBeNull();
    }
  });

  test('are not written where they do not fit', () => {
    const text = '好'.repeat(1_000);
    const steps = [...scenario.steps, [{ do: 'text' as const, client: 'A', text }]];
    expect(writeActs({ ...scenario, steps })).toBeNull();
  });
});

describe('what a person does with the steps', () => {
  const steps = scenario.steps.slice(0, 3);

  test('moves one, as far as there is room', () => {
    expect(movedAct(steps, 0, 1)).toEqual([steps[1], steps[0], steps[2]]);
    expect(movedAct(steps, 2, -1)).toEqual([steps[0], steps[2], steps[1]]);
    expect(movedAct(steps, 0, -1)).toBe(steps);
    expect(movedAct(steps, 2, 1)).toBe(steps);
  });

  test('adds one, changes one, takes one out, and leaves the old list alone', () => {
    const close = { do: 'close' as const, client: 'A' };
    const before = structuredClone(steps);
    expect(withAct(steps, 2, close).at(-1)).toEqual([close]);
    expect(withAct(steps, -1, close)[0]).toEqual([close]);
    expect(withAction(steps, 1, 0, close)[1]).toEqual([close]);
    expect(withoutAct(steps, 1)).toEqual([steps[0], steps[2]]);
    expect(steps).toEqual(before);
  });

  test('changes what is said only where the message has the form of the chat', () => {
    expect(saidIn('{"type":"user","content":"hi"}')).toEqual({ type: 'user', content: 'hi' });
    for (const odd of ['{"type": "user","content":"hi"}', '{"type":"user","content":1}', 'x', '[]'])
      expect(saidIn(odd)).toBeNull();
  });
});
