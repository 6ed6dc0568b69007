/** A check that fails opens at the call of the student's function: what it was given, what it gave, what was expected. */

import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type Checker, todo } from '../../src/lesson/checker.js';
import { judge, type Verdict } from '../../src/lesson/judge.js';
import { openRig } from '../../src/lesson/rig.js';
import { checkHere } from '../../src/lesson/run-check.js';
import type { Module } from '../../src/lesson/trouble.js';
import { FdSet } from '../../src/net/net.js';
import type { CallStep, TraceEvent } from '../../src/trace/event.js';
import { readTrace } from '../../src/trace/ndjson.js';
import { describeStep } from '../../src/trace/text.js';

type Asked = Record<string, (...args: unknown[]) => unknown>;

/** Judges functions by a check of the test's own. */
function judged(
  functions: Module,
  check: (asked: Asked, t: Checker) => void | Promise<void>,
): Promise<Verdict> {
  return judge(functions, {
    lesson: 90,
    load: async () => ({
      check: (exercise, t) => check(exercise as Asked, t),
      original: functions,
    }),
    stacks: {
      file: 'exercise.ts',
      placeOf: () => ({ line: 1, column: 1 }),
      checkLineOf: () => null,
      shown: String,
    },
    onStep: () => {},
    settled: async () => {},
  });
}

/** The trace of what did not pass, and where it opens. */
async function told(
  functions: Module,
  check: (asked: Asked, t: Checker) => void | Promise<void>,
): Promise<{ events: readonly TraceEvent[]; calls: CallStep[]; opens: TraceEvent | undefined }> {
  const verdict = await judged(functions, check);
  if (verdict.kind === 'passed') throw new Error('it passed');
  const events = verdict.trace ?? [];
  const at = verdict.kind === 'failed' ? verdict.failed.at : verdict.at;
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i));
  const calls = events.filter((event) => event.step === 'call');
  return { events, calls, opens: events.find(({ seq }) => seq === at) };
}

const double = (n: unknown): number => Number(n) + 2;

describe('a call in the trace of a check', () => {
  test('has what was given, returned and expected, and the trace opens there', async () => {
    const { opens, calls } = await told({ double }, ({ double }, t) => {
      t.step('step.double');
      t.equal(double?.(2), 4, 'wrong');
      t.equal(double?.(21), 42, 'wrong');
    });
    expect(calls).toHaveLength(2);
    expect(calls[0]).toMatchObject({ lesson: 90, name: 'double', args: ['2'], returned: '4' });
    expect(calls[0]).not.toHaveProperty('fault');
    expect(opens).toMatchObject({ args: ['21'], returned: '23', expected: '42', fault: 'wrong' });
    expect(describeStep(opens as TraceEvent)).toBe('lesson 90, double(21) → 23; expected 42');
    expect(describeStep(opens as TraceEvent, 'zh')).toBe('第 90 课，double(21) → 23；应该是 42');
  });

  test('stands among the steps of the server that called it', async () => {
    const { events, opens } = await told({ hear: (fd: unknown) => fd }, async ({ hear }, t) => {
      const rig = await openRig(t);
      rig.step('step.hear');
      const ada = await rig.joins('Ada');
      await rig.select(new FdSet([ada.at]));
      hear?.(ada.at);
      ada.says('x');
      await rig.select(new FdSet([ada.at]), new FdSet(), null);
      t.fail('wrong');
    });
    expect(events.map(({ step }) => step)).toEqual(['accept', 'select', 'call', 'select']);
    expect(opens).toMatchObject({ step: 'call', turn: 1, args: ['4'], returned: '4' });
    expect(opens).not.toHaveProperty('expected');
    expect(describeStep(opens as TraceEvent)).toContain('here the check failed');
  });

  test('says what the check looked at, where that is not what was returned', async () => {
    const { opens } = await told({ double }, ({ double }, t) => {
      t.step('step.double');
      t.equal([double?.(2), double?.(3)], [4, 6], 'wrong');
    });
    expect(opens).toMatchObject({ returned: '5', given: '[4,5]', expected: '[4,6]' });
    expect(describeStep(opens as TraceEvent)).toContain('the check looks at [4,5], expected [4,6]');
  });

  test('of bytes that begin alike says those that differ', async () => {
    const { opens } = await told({ make: () => new Uint8Array(40) }, ({ make }, t) => {
      t.step('step.make');
      t.bytes(make?.(), new Uint8Array(40).fill(1, 30), 'wrong');
    });
    expect(opens).toMatchObject({
      given: 'from byte 30 on: 00 00 00 00 00 00 00 00 00 00',
      expected: 'from byte 30 on: 01 01 01 01 01 01 01 01 01 01',
    });
  });

  test('has its arguments as they were when it was called', async () => {
    const { opens } = await told(
      { take: (list: unknown) => (list as number[]).splice(0) },
      ({ take }, t) => {
        t.step('step.take');
        t.equal(take?.([1, 2]), [1], 'wrong');
      },
    );
    expect(opens).toMatchObject({ args: ['[1,2]'], returned: '[1,2]' });
  });

  test('of a generator has what it yielded', async () => {
    function* count(): Generator<number> {
      yield 1;
      yield 2;
    }
    const { opens } = await told({ count }, ({ count }, t) => {
      t.step('step.count');
      t.equal(Array.from((count?.() ?? []) as Iterable<number>), [1], 'wrong');
    });
    expect(opens).toMatchObject({ returned: 'yields 1, 2', given: '[1,2]', expected: '[1]' });
  });

  test('of an async function that still runs opens where the server is', async () => {
    const { events, opens } = await told(
      { serve: () => new Promise(() => {}) },
      async ({ serve }, t) => {
        const rig = await openRig(t);
        rig.step('step.serve');
        void serve?.();
        await rig.joins('Ada');
        t.fail('wrong');
      },
    );
    expect(events.map(({ step }) => step)).toEqual(['call', 'accept']);
    expect(opens?.step).toBe('accept');
  });

  test('that throws is told of; what is still to be written is not', async () => {
    const thrown = await told(
      {
        take: () => {
          throw new TypeError('no');
        },
      },
      ({ take }, t) => {
        t.step('step.take');
        take?.(1);
      },
    );
    expect(thrown.opens).toMatchObject({ returned: 'throws TypeError: no', fault: 'threw' });
    const open = await judged({ take: () => todo('take') }, ({ take }, t) => {
      t.step('step.take');
      take?.(1);
    });
    expect(open).toMatchObject({ kind: 'trouble', trace: null });
  });

  test('of an earlier step is not kept, but where the step calls nothing', async () => {
    const { calls } = await told({ double }, ({ double }, t) => {
      t.step('step.first');
      double?.(0);
      t.step('step.second');
      const four = double?.(2);
      t.step('step.third');
      t.equal(four, 5, 'wrong');
    });
    expect(calls.map(({ args }) => args)).toEqual([['2']]);
  });

  test('leaves where the check itself points', async () => {
    const { opens } = await told({ double }, async ({ double }, t) => {
      const rig = await openRig(t);
      rig.step('step.double');
      await rig.joins('Ada');
      await rig.joins('Bob');
      t.at = 0;
      double?.(2);
      t.fail('wrong');
    });
    expect(opens).toMatchObject({ step: 'accept', fd: 4 });
  });

  test('is safe whatever comes: what throws when looked at, goes round, has no end, moves a cursor', async () => {
    const round: unknown[] = [];
    round.push(round);
    const hostile = [
      new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error('no');
          },
        },
      ),
      round,
      'x'.repeat(100_000),
      '\x1b[2J\u202e\n',
      {
        get boom() {
          throw new Error('no');
        },
      },
      Object.create(null),
      Array.from({ length: 10_000 }, () => round),
      Symbol('s'),
      new Error('e\x1b[2J'),
    ];
    const { calls } = await told({ same: (one: unknown) => one }, ({ same }, t) => {
      t.step('step.same');
      for (const one of hostile) same?.(one);
      t.fail('wrong');
    });
    expect(calls).toHaveLength(hostile.length);
    for (const call of calls) {
      expect(call.returned.length).toBeLessThanOrEqual(160);
      expect(describeStep(call)).not.toMatch(/[\p{Cc}\u202e]/u);
    }
  });
});

describe('the wrong answers of the lessons', () => {
  const LESSONS = fileURLToPath(new URL('../../lessons/', import.meta.url));
  /** A wrong answer, and the call at which it opens. */
  const OPEN: [lesson: string, answer: string, name: string][] = [
    ['05-accept', 'as-in-the-post', 'acceptClient'],
    ['06-recv-and-zero', 'not-closed', 'serveClient'],
    ['07-tcp-is-a-stream', 'drops-the-rest', 'takeLines'],
    ['09-accept-key', 'a-promise', 'acceptKey'],
    ['13-broadcast', 'by-number', 'broadcast'],
    ['14-states', 'heard-after-refusal', 'receive'],
    ['16-utf8', 'each-piece', 'takeText'],
    ['17-slow-reader', 'always-watched', 'broadcast'],
  ];

  test('are all there', () => {
    for (const [lesson, answer] of OPEN) {
      expect(readdirSync(`${LESSONS}${lesson}/wrong`)).toContain(`${answer}.ts`);
    }
  });

  test.each(OPEN)('%s, %s opens at %s', async (name, answer, called) => {
    const folder = `${LESSONS}${name}/`;
    const result = await checkHere({
      lesson: { name, exercise: `${folder}exercise.ts`, check: `${folder}check.ts` },
      exercise: `${folder}wrong/${answer}.ts`,
    });
    const { events, error } = readTrace(result.trace ?? '');
    expect(error).toBeNull();
    const opens = events.find(({ seq }) => seq === result.at);
    const lesson = Number.parseInt(name, 10);
    expect(opens).toMatchObject({ step: 'call', lesson, name: called, fault: 'wrong' });
  });
});
