import { describe, expect, test } from 'vitest';
import { DEFECTS } from '../../src/chat/defects.js';
import { compare } from '../../src/scenario/compare.js';
import { checkScenario } from '../../src/scenario/scenario.js';
import { SCENARIOS } from '../../src/scenario/shipped.js';
import { playLocally } from '../support/play.js';

const all = [...SCENARIOS.values()];

/** Those in which the room does as the original does, or writes the same in another form. */
const SHARED = ['D31', ...DEFECTS.filter(({ harmless }) => harmless).map((d) => d.number)];

describe('the scenarios that ship', () => {
  test('are 24 or more, each under its name', () => {
    expect(all.length).toBeGreaterThanOrEqual(24);
    expect([...SCENARIOS.keys()]).toEqual(all.map(({ name }) => name));
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  });

  test('begin with the plain chat of one, two and three clients', () => {
    expect([...SCENARIOS.keys()].slice(0, 3)).toEqual([
      'one-client',
      'two-clients',
      'three-clients',
    ]);
  });

  test.each(all)('$name fits the schema, as data', (scenario) => {
    expect(checkScenario(JSON.parse(JSON.stringify(scenario)))).toEqual(scenario);
  });

  test.each(all)('$name says in one to three sentences what one sees', ({ description }) => {
    expect(description).toMatch(/^\S.*[.?]$/);
    expect(description.length).toBeLessThan(220);
    expect(description.match(/[.?](?= |$)/g)?.length).toBeLessThanOrEqual(3);
  });

  test.each(all)('$name names defects that are in the table', ({ defects = [] }) => {
    const numbers = DEFECTS.map(({ number }) => number);
    for (const defect of defects) expect(numbers).toContain(defect);
  });
});

describe('where original and room part in the scenarios that ship', () => {
  test.each(all)('$name', async (scenario) => {
    const original = await playLocally(scenario, 'original');
    const room = await playLocally(scenario, 'rfc6455');
    const { wire } = compare(scenario, original, room);
    const harmful = wire.filter(({ form }) => form === null);
    const onlyForm = scenario.defects?.every((defect) => SHARED.includes(defect));
    if (onlyForm === true) expect(harmful).toEqual([]);
    else expect(harmful).not.toEqual([]);
  });
});
