import { describe, expect, test } from 'vitest';
import { NO_SCORE, questionAfter, readScore, scored } from '../../src/page/predict/questions.js';
import { keep, recall } from '../../src/page/shared/keep.js';
import { SCENARIOS } from '../../src/scenario/shipped.js';
import { simulate } from '../../src/scenario/simulate.js';

describe('which branch runs next', () => {
  test.for(['two-clients', 'eight-bytes', 'paused', 'reset'])(
    'every step of the server in %s is asked about once, and no other step',
    async (name, { expect }) => {
      const scenario = SCENARIOS.get(name);
      if (scenario === undefined) throw new Error(`bug: no ${name}`);
      for (const profile of ['rfc6455', 'original'] as const) {
        const { events } = await simulate(scenario, { profile });
        const asked: number[] = [];
        for (let at = 0, q = questionAfter(events, 0); q !== null; q = questionAfter(events, at)) {
          expect(events[q.position - 1]?.step).toBe(q.answer);
          expect(q.choices).toContain(q.answer);
          expect(new Set(q.choices).size).toBe(4);
          asked.push(q.position);
          at = q.position;
        }
        const own = events.flatMap(({ step }, i) =>
          step === 'act' || step === 'arrive' ? [] : [i + 1],
        );
        expect(asked).toEqual(own);
      }
    },
  );

  test('what happened outside since the last step is told with the question', async () => {
    const scenario = SCENARIOS.get('two-clients');
    if (scenario === undefined) throw new Error('bug: no two-clients');
    const { events } = await simulate(scenario);
    const select = events.findIndex(({ step }) => step === 'select');
    const question = questionAfter(events, select - 1);
    expect(question?.meanwhile.map(({ step }) => step)).toEqual(['act', 'arrive']);
    const accept = questionAfter(events, select + 1);
    expect(accept).toMatchObject({ answer: 'accept', meanwhile: [] });
  });

  test('the place of the right choice does not tell it: choices stand in the order of the loop', () => {
    const event = { v: 1, seq: 0, turn: 1, t: 0, step: 'recv', fd: 4, bytes: new Uint8Array(0) };
    const question = questionAfter([event as never], 0);
    expect(question?.choices).toEqual(['select', 'recv', 'parse', 'broadcast']);
  });

  test('behind the last step of the server there is no question', () => {
    const act = { v: 1, seq: 0, turn: 1, t: 0, step: 'act', client: 'A', do: 'connect' };
    expect(questionAfter([act as never], 0)).toBeNull();
    expect(questionAfter([], 0)).toBeNull();
  });
});

describe('the score', () => {
  test('counts answers, right ones, and those right in a row', () => {
    let score = NO_SCORE;
    for (const isRight of [true, true, false, true]) score = scored(score, isRight);
    expect(score).toEqual({ asked: 4, right: 3, row: 1 });
    expect(readScore(JSON.parse(JSON.stringify(score)))).toEqual(score);
  });

  test('that was kept and cannot be is none', () => {
    const wrong = [
      null,
      7,
      'x',
      {},
      { asked: 1, right: 2, row: 0 },
      { asked: 2, right: 1, row: 2 },
      { asked: -1, right: 0, row: 0 },
      { asked: 1.5, right: 0, row: 0 },
    ];
    for (const one of wrong) expect(readScore(one)).toBeNull();
  });

  test('is not kept where the browser refuses, and the page goes on', () => {
    expect(typeof localStorage === 'undefined' || localStorage === null).toBe(true);
    expect(keep('score', NO_SCORE)).toBe(false);
    expect(recall('score', readScore, NO_SCORE)).toBe(NO_SCORE);
  });
});
