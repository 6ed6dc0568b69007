import { describe, expect, test } from 'vitest';
import { openStage } from '../../src/lesson/stage.js';
import { ANOTHER, BROADCAST, HELLO } from '../../src/page/lessons/demos.js';
import {
  clientFds,
  firstWrong,
  hearersOf,
  misconception,
  shuffled,
  turnOf,
  turnOfLogin,
  turnsWith,
} from '../../src/page/lessons/route.js';
import { simulate } from '../../src/scenario/simulate.js';
import type { TraceEvent } from '../../src/trace/event.js';
import { blocksOf, readRoute } from '../../tools/page-lessons.js';

const route = readRoute();

/** What the server did, without what hangs on masks and ports. */
const told = (events: readonly TraceEvent[]): string[] =>
  events
    .filter(({ step }) => step !== 'act' && step !== 'arrive')
    .map((one) => `${one.step} ${one.step === 'deal' ? one.reply : ''}`);

describe('the route', () => {
  test('is lessons 0, 4 and 13, 45 minutes, each with a question that has its answer', () => {
    expect(route.lessons.map(({ number }) => number)).toEqual([0, 4, 13]);
    expect(route.lessons.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(45);
    for (const { prediction, intro, investigate, task } of route.lessons) {
      expect(prediction.choices.map(([letter]) => letter)).toContain(prediction.answer);
      expect(prediction.because.length).toBeGreaterThan(20);
      expect([intro.length > 0, investigate.length > 0, task.length > 0]).toEqual([
        true,
        true,
        true,
      ]);
    }
  });

  test('tells of no command, which a page cannot run, and shows no mark of Markdown', () => {
    const text = JSON.stringify(
      route.lessons.map(({ intro, investigate }) => [intro, investigate]),
    );
    expect(text).not.toMatch(/npx |<!--|\*\*|```|\]\(/);
    const asked = JSON.stringify([route.lessons.map(({ prediction }) => prediction), route.calls]);
    expect(asked).not.toContain('`');
    expect(asked).toContain('["code","$read"]');
  });

  test('tells of nothing that is so in the terminal only', async () => {
    const [hello] = route.lessons;
    expect(JSON.stringify(hello?.investigate)).not.toContain('In the last turn there was none');
    const { events } = await simulate(HELLO.scenario, HELLO.options);
    const last = events.findLast((event) => event.step === 'select');
    expect(last?.readyRead).toEqual([4]);
  });

  test('reads paragraphs, tables and programs, and leaves out what leads to a command', () => {
    const blocks = blocksOf(
      'One `two` is 12<!--= n -->,\n**three** 3.\n\n| a | b |\n| - | - |\n| 1 | `2` |\n\nRun:\n\n    npx x\n',
    );
    expect(blocks).toEqual([
      {
        kind: 'paragraph',
        words: [
          ['', 'One '],
          ['code', 'two'],
          ['', ' is '],
          ['=n', '12'],
          ['', ', '],
          ['strong', 'three'],
          ['', ' 3.'],
        ],
      },
      {
        kind: 'table',
        rows: [
          [[['', 'a']], [['', 'b']]],
          [[['', '1']], [['code', '2']]],
        ],
      },
    ]);
  });
});

describe('lesson 0', () => {
  test("the page's demo does what the lesson's demo does, step for step", async () => {
    const { events } = await simulate(HELLO.scenario, HELLO.options);
    const stage = await openStage({ network: 'sim' });
    const ada = await stage.joins('Ada');
    const ming = await stage.joins('小明');
    await ada.says('你好, 小明 👋');
    await ming.says('Hello, Ada!');
    await ming.leaves();
    await ada.leaves();
    // the stage wakes the loop once more to end it
    expect(told(events)).toEqual(told(await stage.end()).slice(0, -1));
  });

  test('its questions are answered by the trace, in the chat of the demo and in another', async () => {
    const { events } = await simulate(HELLO.scenario, HELLO.options);
    expect(turnOfLogin(events, 'Ada')).toBe(3);
    expect(turnOfLogin(events, 'nobody')).toBe(0);
    expect(hearersOf(events, 'Hello, Ada!')).toEqual([4, 5]);
    expect(hearersOf(events, 'nothing')).toEqual([]);
    expect(turnsWith(events, 4)).toBeLessThan(turnsWith(events, 4, 'read'));
    const another = await simulate(ANOTHER.scenario, ANOTHER.options);
    expect(clientFds(another.events)).toEqual([4, 5, 6]);
    expect(hearersOf(another.events, 'I am')).toEqual([4, 6]);
  });
});

describe('lesson 4', () => {
  test('asks for the six calls of the exercise, whose keys PHP could only shorten', () => {
    expect(route.php).toMatch(/^\d+\.\d+/);
    expect(route.calls.length).toBe(6);
    for (const { read, write, after } of route.calls) {
      expect(read).toEqual(expect.arrayContaining([...after.read]));
      expect(write === null).toBe(after.write === null);
      expect(write ?? []).toEqual(expect.arrayContaining([...(after.write ?? [])]));
      expect(after.returned).toBe(after.read.length + (after.write ?? []).length);
    }
  });

  test('names the misconception of a wrong answer, and there is a text for each', () => {
    const given: [number, string[], string[] | null, string][] = [
      [1, ['listener'], null, 'wrong.timeout-leaves'],
      [3, ['0'], null, 'wrong.renumbered'],
      [3, ['0', '1', '2'], null, 'wrong.not-taken-out'],
      [4, [], null, 'wrong.once'],
      [5, [], [], 'wrong.write-waits'],
      [6, [], null, 'wrong.leaver'],
      [6, ['a'], null, 'wrong.count'],
    ];
    const messages = route.lessons[1]?.texts ?? {};
    for (const [number, read, write, expected] of given) {
      const call = route.calls[number - 1];
      if (call === undefined) throw new Error(`bug: no call ${number}`);
      const key = misconception(number, { read, write }, call);
      expect(key).toBe(expected);
      expect(messages[key]).toMatch(/\w/);
    }
  });
});

describe('lesson 13', () => {
  test('the turn has seven steps, in the room and in the mirror', async () => {
    for (const profile of ['rfc6455', 'original'] as const) {
      const { events } = await simulate(BROADCAST.scenario, { ...BROADCAST.options, profile });
      expect(turnOf(events, 'Hello, Ming').map(({ step }) => step)).toEqual(
        'select recv parse deal broadcast send send'.split(' '),
      );
    }
  });

  test('both at once: the room sends at the end of the turn, the mirror in between', async () => {
    const sends: number[] = [];
    for (const profile of ['rfc6455', 'original'] as const) {
      const { events } = await simulate(BROADCAST.scenario, { ...BROADCAST.options, profile });
      sends.push(turnOf(events, 'at once').filter(({ step }) => step === 'send').length);
    }
    expect(sends).toEqual([2, 4]);
  });

  test('an order is wrong from the first step that differs', () => {
    expect(firstWrong(['select', 'parse'], ['select', 'recv'])).toBe(1);
    expect(firstWrong(['select'], ['select', 'recv'])).toBe(1);
    expect(firstWrong(['select', 'recv'], ['select', 'recv'])).toBe(-1);
  });
});

test('what is shuffled has the same items, in another order', () => {
  const items = [1, 2, 3, 4, 5, 6, 7];
  expect(shuffled(items, 13)).not.toEqual(items);
  expect(shuffled(items, 13).sort()).toEqual(items);
});
