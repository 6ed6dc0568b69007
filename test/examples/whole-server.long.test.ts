import { readFileSync } from 'node:fs';
import {
  compare,
  play,
  SCENARIOS,
  type Scenario,
  SimNet,
  simulate,
  type WireEvent,
} from 'loopscope';
import { describe, expect, test } from 'vitest';
import { WholeServer } from '../../examples/00-whole-server.js';

const README = readFileSync(new URL('../../examples/README.md', import.meta.url), 'utf8');

/** The rules that it leaves out, each by the scenario that asks for it, as the README has them. */
const leftOut = new Map(
  [...README.matchAll(/^\| `([a-z0-9-]+)` \| (.+) \|$/gm)].map(([, name, rule]) => [name, rule]),
);

/** Plays a scenario against the whole server, on the simulated network. */
async function playOnWhole(scenario: Scenario): Promise<WireEvent[]> {
  const world = new SimNet({ latencyMs: 1, jitterMs: 1 });
  const server = world.host('server');
  const clients = world.host('clients');
  const listener = await server.listen({ host: 'server', port: 8080 }, { backlog: 9 });
  let crash: string | null = null;
  new WholeServer(server).run(listener).catch((error) => {
    crash = String(error);
  });
  try {
    return await play(scenario, clients, {
      address: { host: 'server', port: 8080 },
      async state() {
        await world.settle();
        return crash === null ? 'idle' : 'dead';
      },
      pause: () => server.pause(),
      resume: () => server.resume(),
      lastWords: () => crash ?? '',
    });
  } finally {
    clients.closeAll();
    server.closeAll();
  }
}

describe('the whole server in one file', () => {
  test.each([...SCENARIOS.values()])(
    'sends what the room sends, or says which rule it leaves out: $name',
    async (scenario) => {
      const whole = await playOnWhole(scenario);
      const { wire } = await simulate(scenario);
      const { equal } = compare(
        scenario,
        { name: 'whole', wire: whole, trace: null },
        { name: 'room', wire, trace: null },
      );
      expect(equal).toBe(!leftOut.has(scenario.name));
    },
  );

  test('leaves out only what a scenario asks for', () => {
    expect(leftOut.size).toBeGreaterThan(0);
    for (const name of leftOut.keys()) expect(SCENARIOS.has(name ?? '')).toBe(true);
  });

  test('has at most 150 lines of code', () => {
    const source = readFileSync(
      new URL('../../examples/00-whole-server.ts', import.meta.url),
      'utf8',
    );
    const code = source.split('\n').filter((line) => !/^\s*($|\/\/|\/?\*)/.test(line));
    expect(code.length).toBeLessThanOrEqual(150);
  });
});
