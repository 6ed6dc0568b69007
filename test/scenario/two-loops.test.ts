import { describe, expect, test } from 'vitest';
import { BrokerLost } from '../../src/broker/pipe.js';
import { cutOff, delay, everyByte } from '../../src/net/sim.js';
import { MACHINES, simulateTwoLoops } from '../../src/scenario/two-loops.js';
import { MachinesDiagram } from '../../src/trace/lamport-machines.js';
import { machinesText } from '../../src/trace/lamport-text.js';
import { Stepper } from '../../src/trace/stepper.js';

test('two loops and a broker: the same seed gives the same, another seed another order of things', async () => {
  const [first, second, other] = [
    await simulateTwoLoops(7),
    await simulateTwoLoops(7),
    await simulateTwoLoops(8),
  ];
  expect(second).toEqual(first);
  expect(other.events).not.toEqual(first.events);
  expect(new Set(first.events.map(({ machine }) => machine))).toEqual(
    new Set(['loop-a', 'loop-b', 'broker', 'Ada', 'Ming']),
  );
});

test('what is said in the partition is heard by those of its own loop alone, and nothing twice', async () => {
  const { heard } = await simulateTwoLoops(7);
  const texts = (name: string): string[] =>
    (heard.get(name) ?? [])
      .map((json) => JSON.parse(json))
      .filter(({ type }) => type === 'user')
      .map(({ from, content }) => `${from}: ${content}`);
  expect(texts('Ada').sort()).toEqual(['Ada: again', 'Ada: hello', 'Ming: hi']);
  expect(texts('Ming').sort()).toEqual(['Ada: again', 'Ada: hello', 'Ming: alone', 'Ming: hi']);
  const lists = [...heard.values()].map(
    (messages) => messages.map((json) => JSON.parse(json).user_list).findLast(Boolean) as string[],
  );
  for (const list of lists) expect(list).toEqual(['Ada', 'Ming']);
});

describe('rules of the network', () => {
  const textsOf = (heard: ReadonlyMap<string, string[]>, name: string): string[] =>
    (heard.get(name) ?? [])
      .map((json) => JSON.parse(json))
      .filter(({ type }) => type === 'user')
      .map(({ from, content }) => `${from}: ${content}`)
      .sort();

  test('that delay and cut change when, and not what is heard', async () => {
    const plain = await simulateTwoLoops(7);
    const slow = await simulateTwoLoops(7, [
      { rule: delay(80), where: { connection: 2, direction: 'up' } },
      { rule: everyByte(), where: { connection: 1 } },
    ]);
    for (const name of ['Ada', 'Ming']) {
      expect(textsOf(slow.heard, name)).toEqual(textsOf(plain.heard, name));
    }
  });

  test('that part the other loop too: its people are told, and hear the rest', async () => {
    const { heard } = await simulateTwoLoops(7, [
      { rule: cutOff(700, 'silence'), where: { connection: 1, direction: 'up' } },
    ]);
    const system = (heard.get('Ada') ?? []).map((json) => JSON.parse(json));
    expect(system.filter(({ type }) => type === 'system')).toHaveLength(2);
    expect(textsOf(heard, 'Ada')).toContain('Ada: again');
  });

  test('that cut a person off leave the others be', async () => {
    const { heard } = await simulateTwoLoops(7, [
      { rule: cutOff(200, 'reset'), where: { connection: 3, direction: 'up' } },
    ]);
    expect(textsOf(heard, 'Ming')).toEqual(['Ming: alone', 'Ming: hi']);
  });

  test('that let no loop come to the broker: it says so', async () => {
    const rules = [{ rule: cutOff(0, 'silence'), where: { connection: 1 } }];
    await expect(simulateTwoLoops(7, rules)).rejects.toThrow(BrokerLost);
  });
});

test('each machine has a trace of its own, with its people and what arrived', async () => {
  const { traces } = await simulateTwoLoops(7);
  expect(traces.map(({ maker }) => [maker.machine, maker.loop, maker.loops])).toEqual([
    ['loop-a', 1, 3],
    ['loop-b', 2, 3],
    ['broker', 3, 3],
  ]);
  for (const { maker, events } of traces) {
    expect(events.map(({ seq }) => seq)).toEqual([...events.keys()]);
    const acting = new Set(events.flatMap((one) => (one.step === 'act' ? [one.client] : [])));
    const people = { 'loop-a': ['Ada'], 'loop-b': ['Ming'] }[maker.machine ?? ''] ?? [];
    expect([...acting]).toEqual(people);
    const stepper = new Stepper([...events]);
    stepper.end();
    const queued = [...stepper.view.sockets.values()].map((socket) => socket.queued);
    expect(queued).not.toContain(null); // what arrives is told
  }
});

test('one diagram has the three machines, each loop between its people and the broker', async () => {
  const { events } = await simulateTwoLoops(7);
  const { lanes, rows } = new MachinesDiagram(events, MACHINES);
  expect(lanes.map(({ name }) => name)).toEqual(['Ada', 'loop-a', 'broker', 'loop-b', 'Ming']);
  // an arrow goes from a machine to the one beside it
  for (const { home, lanes: touched } of rows) {
    for (const lane of touched) expect(Math.abs(lane - home)).toBeLessThanOrEqual(1);
  }
  const said = rows
    .filter(({ says }) => says === 'Ada: "hello"')
    .map(({ home, way, lanes: [to = -1] }) => `${lanes[home]?.name} ${way} ${lanes[to]?.name}`);
  expect(said).toEqual([
    'loop-a out Ada',
    'loop-a out broker',
    'loop-b in broker',
    'loop-b out Ming',
  ]);
  // the partition is seen on the loop, twice since a connection can be had and says nothing; the broker goes on
  const lost = rows.filter(({ kind }) => kind === 'disconnect');
  expect(lost.map(({ home, lanes: [at] }) => [home, at])).toEqual([
    [3, 3],
    [3, 3],
  ]);
  expect(lanes.every(({ gone }) => gone === Number.POSITIVE_INFINITY)).toBe(true);
});

test('a diagram of machines has no line wider than the terminal', async () => {
  const { events } = await simulateTwoLoops(7);
  const lines = machinesText(events, MACHINES, { width: 80 }).split('\n');
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  expect(lines.some((line) => /├─+▶│/.test(line))).toBe(true); // to the broker
  expect(lines.some((line) => /│◀─+┤/.test(line))).toBe(true); // back to Ada
});
