import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Step, TraceEvent } from '../../src/trace/event.js';
import { STEP_NAMES } from '../../src/trace/ndjson.js';
import { Stepper } from '../../src/trace/stepper.js';
import { copyView, emptyView, foldEvent, type View } from '../../src/trace/view.js';
import { anyEvent, STEPS } from '../support/steps.js';

/** The view at a position, folded from the start. */
function folded(events: readonly TraceEvent[], position: number): View {
  const view = emptyView();
  for (const event of events.slice(0, position)) foldEvent(view, event);
  return view;
}

/** Two clients: each says something in a turn of its own. Positions are one more than seq. */
const STORY: [turn: number, step: Step][] = [
  [0, STEPS.socket],
  [0, STEPS.listen],
  [1, { ...STEPS.act }],
  [1, STEPS.select],
  [1, STEPS.accept],
  [1, { ...STEPS.accept, fd: 5 }],
  [2, STEPS.select],
  [2, STEPS.recv],
  [2, STEPS.deal],
  [3, STEPS.select],
  [3, { ...STEPS.recv, fd: 5 }],
];
const TRACE = STORY.map(([turn, step], seq): TraceEvent => ({ v: 1, seq, turn, t: seq, ...step }));

/** Any events, of few descriptors, so that they meet. */
const anyTrace = fc
  .array(fc.oneof(...STEP_NAMES.map(anyEvent)), { maxLength: 60 })
  .map((events) =>
    events.map((event): TraceEvent => ('fd' in event ? { ...event, fd: event.fd % 6 } : event)),
  )
  .chain((events) =>
    // long ones, so that views are kept: the same over and over
    fc
      .nat({ max: events.length === 0 ? 0 : 10_000 })
      .map((length) => Array.from({ length }, (_, i) => events[i % events.length] as TraceEvent)),
  );

describe('a stepper', () => {
  test('begins before the first event', () => {
    const stepper = new Stepper(TRACE);
    expect([stepper.position, stepper.length]).toEqual([0, 11]);
    expect(stepper.view).toEqual(emptyView());
  });

  test('next goes one on, and gives false at the end', () => {
    const stepper = new Stepper(TRACE.slice(0, 2));
    expect([stepper.next(), stepper.next(), stepper.next()]).toEqual([true, true, false]);
    expect([stepper.position, stepper.view.event?.step]).toEqual([2, 'listen']);
  });

  test('back goes one back, and gives false at the beginning', () => {
    const stepper = new Stepper(TRACE);
    stepper.seek(2);
    expect([stepper.back(), stepper.back(), stepper.back()]).toEqual([true, true, false]);
    expect(stepper.position).toBe(0);
  });

  test('home and end go to both ends', () => {
    const stepper = new Stepper(TRACE);
    expect([stepper.end(), stepper.position]).toEqual([true, 11]);
    expect([stepper.home(), stepper.position]).toEqual([true, 0]);
  });

  test.each([
    [-1, 0],
    [12, 11],
    [Number.POSITIVE_INFINITY, 11],
    [Number.NEGATIVE_INFINITY, 0],
    [Number.NaN, 0],
    [2.5, 2],
  ])('seek to %d goes to %d and gives false', (position, nearest) => {
    const stepper = new Stepper(TRACE);
    expect([stepper.seek(position), stepper.position]).toEqual([false, nearest]);
  });

  test('an empty trace has nowhere to go', () => {
    const stepper = new Stepper([]);
    expect([stepper.next(), stepper.back(), stepper.home(), stepper.end()]).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect([stepper.runTo('recv'), stepper.runToTurn(1), stepper.nextTurn()]).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe('running to a step', () => {
  const positions = (move: (stepper: Stepper) => boolean): number[] => {
    const stepper = new Stepper(TRACE);
    const reached: number[] = [];
    while (move(stepper)) reached.push(stepper.position);
    expect(stepper.position).toBe(reached.at(-1) ?? 0); // when there is none, it stays
    return reached;
  };

  test('runTo stops behind each step of its kind', () => {
    expect(positions((stepper) => stepper.runTo('recv'))).toEqual([8, 11]);
    expect(positions((stepper) => stepper.runTo('block'))).toEqual([]);
  });

  test('nextTurn stops at each select', () => {
    expect(positions((stepper) => stepper.nextTurn())).toEqual([4, 7, 10]);
  });

  test('nextOf stops at each step of a client, and a listener has accept too', () => {
    expect(positions((stepper) => stepper.nextOf(4))).toEqual([5, 8, 9]);
    expect(positions((stepper) => stepper.nextOf(5))).toEqual([6, 11]);
    expect(positions((stepper) => stepper.nextOf(3))).toEqual([1, 2, 5, 6]);
  });

  test('find stops at whatever fits', () => {
    expect(positions((stepper) => stepper.find(({ turn }) => turn === 2))).toEqual([7, 8, 9]);
  });

  test('runToTurn goes to the select of a turn, on or back', () => {
    const stepper = new Stepper(TRACE);
    expect([stepper.runToTurn(3), stepper.position]).toEqual([true, 10]);
    expect([stepper.runToTurn(1), stepper.position]).toEqual([true, 4]); // what arrived before it is no select
    expect([stepper.runToTurn(0), stepper.runToTurn(9), stepper.position]).toEqual([
      false,
      false,
      4,
    ]);
  });
});

describe('going back is folding a shorter beginning', () => {
  test('wherever one seeks, the view is the one that was folded from the start', () => {
    fc.assert(
      fc.property(anyTrace, fc.array(fc.nat(10_000), { maxLength: 8 }), (events, moves) => {
        const stepper = new Stepper(events);
        for (const move of moves) {
          const position = move % (events.length + 1);
          expect(stepper.seek(position)).toBe(true);
          expect(stepper.view).toEqual(folded(events, position));
        }
      }),
      { numRuns: 60 },
    );
  });

  test('back after next is the same view', () => {
    fc.assert(
      fc.property(anyTrace, fc.nat(10_000), (events, at) => {
        const stepper = new Stepper(events);
        stepper.seek(at % (events.length + 1));
        const before = stepper.view;
        if (!stepper.next()) return;
        stepper.back();
        expect(stepper.view).toEqual(before);
      }),
      { numRuns: 60 },
    );
  });

  test('views that were handed out are not changed by later moves', () => {
    fc.assert(
      fc.property(anyTrace, fc.array(fc.nat(10_000), { maxLength: 8 }), (events, moves) => {
        const stepper = new Stepper(events);
        const handedOut: [View, View][] = [];
        for (const move of moves) {
          stepper.seek(move % (events.length + 1));
          handedOut.push([stepper.view, structuredClone(copyView(stepper.view))]);
          stepper.next();
        }
        for (const [view, asItWas] of handedOut) expect(view).toEqual(asItWas);
      }),
      { numRuns: 60 },
    );
  });

  test('a trace may grow at its end', () => {
    const events: TraceEvent[] = [];
    const stepper = new Stepper(events);
    for (let i = 0; i < 5_000; i++) {
      events.push({ ...(TRACE[i % TRACE.length] as TraceEvent), seq: i });
      expect(stepper.next()).toBe(true);
      expect(stepper.next()).toBe(false);
    }
    expect(stepper.view).toEqual(folded(events, 5_000));
    for (const position of [4_500, 700]) {
      stepper.seek(position);
      expect(stepper.view).toEqual(folded(events, position));
    }
  });
});
