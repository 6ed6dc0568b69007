import { describe, expect, test } from 'vitest';
import { toHex } from '../../src/bytes.js';
import * as script from '../../src/scenario/build.js';
import { type Action, checkScenario, type Scenario } from '../../src/scenario/scenario.js';
import { SCENARIOS } from '../../src/scenario/shipped.js';
import { type SimulatedRun, simulate } from '../../src/scenario/simulate.js';
import {
  readTouch,
  TOUCHES,
  type Touch,
  type TouchKind,
  touchable,
  touched,
  writeTouch,
} from '../../src/scenario/touch.js';
import type { TraceEvent } from '../../src/trace/event.js';
import { firstDifference } from '../../src/trace/first-difference.js';

/** A joins, then B; A says one thing, B another. */
const chat = script
  .scenario('chat', 'Two talk.')
  .joins('A', 'Ada')
  .joins('B', 'Bob')
  .step(script.say('A', 'hello'))
  .step(script.say('B', 'hi'))
  .step(script.say('A', 'bye'))
  .step(script.close('A'));
const run = await simulate(chat, { seed: 7 });

const wrong = (touch: Touch): unknown => {
  const result = touched(chat, touch);
  return typeof result === 'string' ? result : result.steps;
};
const scenarioOf = (touch: Touch, of: Scenario = chat): Scenario => {
  const result = touched(of, touch);
  if (typeof result === 'string') throw new Error(`${writeTouch(touch)}: ${result}`);
  return checkScenario(JSON.parse(JSON.stringify(result)));
};
const play = (touch: Touch): Promise<SimulatedRun> => simulate(scenarioOf(touch), { seed: 7 });
const late = (delayMs: number, action: Action): Action => ({ ...action, delayMs }) as Action;
const kinds = (events: readonly TraceEvent[]): string[] => events.map(({ step }) => step);
const texts = (events: readonly TraceEvent[]): string[] =>
  events.flatMap((event) =>
    event.step === 'deal' ? [String(JSON.parse(event.message || '{}').content)] : [],
  );
const arrivals = (events: readonly TraceEvent[], from: number): [number, number][] =>
  events
    .slice(from)
    .flatMap((event) =>
      event.step === 'arrive' && event.kind === 'bytes' ? [[event.fd, event.length]] : [],
    );
/** How many events lie behind the n-th act, from 1, when it has just begun. */
const at = (n: number, { events }: SimulatedRun = run): number => {
  let left = n;
  return events.findIndex(({ step }) => step === 'act' && --left === 0) + 1;
};

describe('a touch in an address', () => {
  test.each(['A@5:cut', 'Ada_1-x@12:lose', 'B@1:reset'])('%s is read as it is written', (text) => {
    const touch = readTouch(text);
    expect(touch && writeTouch(touch)).toBe(text);
  });

  test.each(['', 'A', 'A@5', 'A@0:cut', '@5:cut', 'A@5:burn', 'A@5:cut ', 'A B@5:cut', 'A@-1:cut'])(
    '%j is none',
    (text) => expect(readTouch(text)).toBeNull(),
  );
});

describe('a touched scenario', () => {
  test('cuts what the client sends in an act in two, and changes no byte of it', async () => {
    const fork = await play({ client: 'A', act: 7, kind: 'cut' });
    expect(arrivals(fork.events, at(7, fork)).slice(0, 2)).toEqual([
      [4, 19],
      [4, 20],
    ]);
    expect(texts(fork.events)).toEqual(texts(run.events));
    expect(fork.wire.filter(({ client }) => client === 'B')).toEqual(
      run.wire.filter(({ client }) => client === 'B'),
    );
  });

  test.each([
    ['delay', 50],
    ['lose', 200],
  ] as const)(
    '%s lets the bytes come %i ms later, and others be served meanwhile',
    async (kind, ms) => {
      const fork = await play({ client: 'A', act: 7, kind });
      expect(texts(run.events).slice(2, 5)).toEqual(['hello', 'hi', 'bye']);
      expect(texts(fork.events).slice(2, 5)).toEqual(['hi', 'hello', 'bye']);
      const sent = fork.events[at(7, fork) - 1] as TraceEvent;
      const came = fork.events.find(
        (event, i) => i > at(7, fork) && event.step === 'arrive' && event.fd === 4,
      );
      expect((came?.t ?? 0) - sent.t).toBeGreaterThanOrEqual(ms);
      expect((came?.t ?? 0) - sent.t).toBeLessThan(ms + 3);
    },
  );

  test('what the client sends behind late bytes waits for them, and so does its FIN', async () => {
    const scenario = script
      .scenario('late', '')
      .joins('A', 'Ada')
      .step(late(50, script.say('A', 'one')))
      .step(script.say('A', 'two'), script.close('A'));
    const { events } = await simulate(scenario);
    expect(texts(events).slice(1, 3)).toEqual(['one', 'two']);
    expect(kinds(events).filter((step) => step === 'disconnect')).toHaveLength(1);
    expect(arrivals(events, events.findIndex(({ step }) => step === 'deal') + 1)).toHaveLength(1); // together
  });

  test('late bytes of the last act arrive too', async () => {
    const fork = await simulate(
      script
        .scenario('late', '')
        .joins('A', 'Ada')
        .step(late(200, script.say('A', 'one'))),
    );
    expect(texts(fork.events)).toEqual(['Ada', 'one']);
  });

  test('resets behind an act; what the client did later falls away', async () => {
    const fork = await play({ client: 'A', act: 7, kind: 'reset' });
    expect(fork.scenario.steps[7]).toEqual([{ do: 'reset', client: 'A' }]);
    expect(texts(fork.events)).not.toContain('bye');
    expect(fork.events).toContainEqual(expect.objectContaining({ step: 'disconnect', fd: 4 }));
  });

  test('reads no more behind an act, and again', () => {
    const stopped = scenarioOf({ client: 'B', act: 7, kind: 'stop' });
    expect(stopped.steps[7]).toEqual([{ do: 'stop', client: 'B' }]);
    const again = scenarioOf({ client: 'B', act: 9, kind: 'read' }, stopped);
    expect(again.steps[9]).toEqual([{ do: 'read', client: 'B' }]);
  });

  test.each([
    ['no-act', { client: 'A', act: 99, kind: 'cut' }],
    ['no-client', { client: 'Z', act: 7, kind: 'cut' }],
    ['no-client', { client: 'B', act: 3, kind: 'reset' }],
    ['no-bytes', { client: 'B', act: 7, kind: 'delay' }],
    ['gone', { client: 'A', act: 10, kind: 'reset' }],
    ['reading', { client: 'A', act: 7, kind: 'read' }],
  ] as const)('says %s of one that cannot be', (problem, touch) => {
    expect(wrong(touch)).toBe(problem);
  });

  test('one byte cannot be cut, and none is no reason to throw', () => {
    const tiny = script.scenario('tiny', '').joins('A', 'Ada').step(script.send('A', 'x'));
    expect(touched(tiny, { client: 'A', act: 4, kind: 'cut' })).toBe('one-byte');
  });
});

describe('at an event', () => {
  const of = (position: number, fd: number, kind: TouchKind): unknown => {
    const touch = touchable(run, position, fd)?.touches.get(kind);
    return typeof touch === 'object' ? writeTouch(touch) : touch;
  };

  test('the listener is nobody’s, and a connection is its client’s', () => {
    expect(touchable(run, at(7), 3)).toBeNull();
    expect(touchable(run, at(7), 4)?.client).toBe('A');
    expect(touchable(run, at(7), 5)?.client).toBe('B');
    expect(touchable(run, at(1), 4)).toBeNull(); // not accepted yet
  });

  test('bytes that are on their way are the next, and those that have arrived are not', () => {
    const arrived = run.events.findIndex((event, i) => i > at(7) && event.step === 'arrive') + 1;
    expect(of(at(7), 4, 'cut')).toBe('A@7:cut');
    expect(of(arrived, 4, 'cut')).toBe('A@9:cut');
    expect(of(at(7), 5, 'lose')).toBe('B@8:lose');
    expect(of(at(9) + 1, 4, 'delay')).toBe('no-bytes');
  });

  test('a client resets, and stops reading, behind the act that is played', () => {
    expect(of(at(7) + 3, 5, 'reset')).toBe('B@7:reset');
    expect(of(at(7) + 3, 5, 'stop')).toBe('B@7:stop');
    expect(of(at(7) + 3, 5, 'read')).toBeUndefined();
    expect(of(run.events.length, 4, 'reset')).toBe('gone');
  });
});

describe('in every scenario that ships', () => {
  test.for([...SCENARIOS.values()].filter(({ steps }) => !JSON.stringify(steps).includes('flood')))(
    'the fork of $name is the same up to the event where it was touched',
    async (scenario, { expect }) => {
      const whole = await simulate(scenario, { seed: 3 });
      const { events } = whole;
      for (let position = 5; position <= events.length; position += Math.ceil(events.length / 4)) {
        for (const fd of [4, 5]) {
          const kind = TOUCHES[(position + fd) % TOUCHES.length] as TouchKind;
          const found = touchable(whole, position, fd);
          const touch = found?.touches.get(kind);
          if (found === null || typeof touch !== 'object') continue;
          // what a client of this name has sent is what came on this descriptor
          const fork = await simulate(scenarioOf(touch, scenario), { seed: 3 });
          const first = firstDifference(events, fork.events);
          const isLater = first === null || (first.left ?? events.length) >= position;
          expect([scenario.name, writeTouch(touch), position, isLater]).toEqual([
            scenario.name,
            writeTouch(touch),
            position,
            true,
          ]);
        }
      }
    },
  );

  test.for([...SCENARIOS.values()].filter(({ steps }) => !JSON.stringify(steps).includes('flood')))(
    'in $name whatever came on a descriptor is what its client had sent',
    async (scenario, { expect }) => {
      const whole = await simulate(scenario);
      for (const fd of [4, 5, 6]) {
        const accepts = whole.events.filter((event) => event.step === 'accept' && event.fd === fd);
        if (accepts.length !== 1) continue;
        const { client } = touchable(whole, whole.events.length, fd) ?? {};
        const bytes = (step: string, is: (event: TraceEvent) => boolean): string =>
          whole.events
            .filter((event) => event.step === step && is(event))
            .map((event) => ('bytes' in event ? toHex(event.bytes) : ''))
            .join('');
        const sent = bytes('act', (event) => event.step === 'act' && event.client === client);
        const came = bytes('recv', (event) => event.step === 'recv' && event.fd === fd);
        expect([fd, client, sent.startsWith(came)]).toEqual([fd, client, true]);
      }
    },
  );
});

describe('the first difference', () => {
  test('of a trace and itself is none', () => {
    expect(firstDifference(run.events, run.events)).toBeNull();
  });

  test('of a trace and its beginning is where the shorter one ends', () => {
    const short = run.events.slice(0, 20);
    expect(firstDifference(run.events, short)).toEqual({ left: 20, right: null, isTime: false });
  });

  test('is that of a cut at the piece that arrives, and not at what the client did', async () => {
    const fork = await play({ client: 'A', act: 7, kind: 'cut' });
    const { left, right, isTime } = firstDifference(run.events, fork.events) ?? {};
    expect(run.events[left ?? -1]).toMatchObject({ step: 'arrive', fd: 4, length: 39 });
    expect(fork.events[right ?? -1]).toMatchObject({ step: 'arrive', fd: 4, length: 19 });
    expect(isTime).toBe(false);
  });

  test('may be one of time alone', async () => {
    const alone = script.scenario('alone', '').joins('A', 'Ada');
    const late = await simulate(scenarioOf({ client: 'A', act: 3, kind: 'delay' }, alone));
    const { left, right, isTime } =
      firstDifference((await simulate(alone)).events, late.events) ?? {};
    expect([isTime, left]).toEqual([true, right]);
    expect(late.events[right ?? -1]).toMatchObject({ step: 'arrive', fd: 4 });
  });
});
