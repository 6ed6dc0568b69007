import { expect, test } from 'vitest';
import { simulateTwoLoops } from '../../src/scenario/two-loops.js';

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
