import { describe, expect, test } from 'vitest';
import {
  axisOf,
  following,
  panned,
  seenIn,
  ticksOf,
  within,
  zoomed,
} from '../../src/page/timeline/axis.js';
import { densityOf, paintDensity } from '../../src/page/timeline/density.js';
import { gapsOf } from '../../src/page/timeline/draw-gaps.js';
import { hitAt, nextOfRow } from '../../src/page/timeline/hit.js';
import {
  KINDS,
  type Kind,
  Marks,
  OUTSIDE,
  placesOf,
  rowAtPlace,
  SERVER,
} from '../../src/page/timeline/marks.js';
import { linesOf, placeAt, riseOf, seenOf } from '../../src/page/timeline/scene.js';
import { Timeline } from '../../src/page/timeline/state.js';
import { labelAt, timeOf, wordsAt } from '../../src/page/timeline/words.js';
import { Walk } from '../../src/page/walk/walk.js';
import { SCENARIOS } from '../../src/scenario/shipped.js';
import { simulate } from '../../src/scenario/simulate.js';
import { simulateTwoLoops } from '../../src/scenario/two-loops.js';
import type { TraceEvent } from '../../src/trace/event.js';
import { longTrace } from '../support/long-trace.js';

const scenario = SCENARIOS.get('two-clients');
if (scenario === undefined) throw new Error('bug: two-clients is not shipped');
const { events } = await simulate(scenario, { seed: 7 });
const marks = Marks.of(events);
const long = longTrace(100_000, 30);
const at = (step: string): number => events.findIndex((event) => event.step === step);

describe('the marks of a trace', () => {
  test('the connection to a broker has a row, and is none of those whose words come over it', async () => {
    const { traces } = await simulateTwoLoops(7);
    for (const { maker, events: own } of traces.slice(0, 2)) {
      const { rows } = Marks.of(own);
      const [person] = { 'loop-a': ['Ada'], 'loop-b': ['Ming'] }[maker.machine ?? ''] ?? [];
      expect(rows.filter(({ isBroker }) => isBroker).map(({ name }) => name)).toEqual(['']);
      expect(rows.map(({ name }) => name).filter((name) => name !== '')).toEqual([person]);
      expect(rows.map(({ fd }) => fd)).not.toContain(-1);
    }
    const [{ events: own = [] } = {}] = traces;
    const withBroker = Marks.of(own);
    const sent = own.findIndex((event) => event.step === 'send' && event.fd === 3);
    expect(wordsAt(withBroker, sent)).toContain('broker');
    const came = own.findIndex((event) => event.step === 'recv' && event.fd === 3);
    expect(labelAt(withBroker, came)).toBe('');
  });

  test('stand in a row for the server, one for each connection, one for what is outside', () => {
    expect(marks.rows.map(({ key, fd, name }) => [key, fd, name])).toEqual([
      ['server', 3, ''],
      ['outside', null, ''],
      ['4.1', 4, 'Ada'],
      ['5.1', 5, '小明'],
    ]);
    expect(marks.rowOf[at('listen')]).toBe(SERVER);
    expect(marks.rowOf[at('select')]).toBe(SERVER);
    expect(marks.rowOf[at('broadcast')]).toBe(SERVER);
    expect(marks.rowOf[at('act')]).toBe(OUTSIDE);
    expect(marks.rowOf[at('arrive')]).toBe(SERVER); // a connection, in the listener's queue
    expect(marks.rowOf[at('recv')]).toBe(2);
  });

  test('begin a row with accept, and end it where the client is gone', () => {
    const accepted = events.flatMap(({ step }, i) => (step === 'accept' ? [i] : []));
    expect(marks.rows.slice(2).map(({ from }) => from)).toEqual(accepted);
    const left = marks.rows.slice(2).map((row) => events[row.left]);
    expect(left.map((event) => event?.step)).toEqual(['disconnect', 'disconnect']);
  });

  test('are not made anew where the trace has only grown; of another trace they are', () => {
    const half = Marks.of(events.slice(0, 50));
    const whole = Marks.of([...events], half);
    expect(whole).toBe(half);
    expect(whole.rows).toEqual(marks.rows);
    expect([...whole.rowOf.slice(0, events.length)]).toEqual([
      ...marks.rowOf.slice(0, events.length),
    ]);
    expect(Marks.of(long, whole)).not.toBe(whole);
  });

  test('of who gets a descriptor again are another row, at the same place', () => {
    const again = Marks.of(long);
    const ofFour = again.rows.filter(({ fd }) => fd === 4).map(({ key }) => key);
    expect(ofFour.slice(0, 2)).toEqual(['4.1', '4.2']);
    const { places, shown } = placesOf([again]);
    expect(shown).toHaveLength(31);
    const [first = -1, second = -1] = ofFour.map((key) =>
      again.rows.findIndex((row) => row.key === key),
    );
    expect(places[0]?.[first]).toBe(places[0]?.[second]);
    const place = shown[places[0]?.[first] ?? -1];
    if (place === undefined) throw new Error('fd 4 has no place');
    const opened = again.rows[second]?.from ?? 0;
    expect(rowAtPlace([again], place, opened - 1)?.key).toBe('4.1');
    expect(rowAtPlace([again], place, opened)?.key).toBe('4.2');
  });

  test('of a trace that begins in the middle have rows from its start', () => {
    const cut = Marks.of(events.slice(at('broadcast')));
    expect(cut.rows.slice(2).map(({ fd, from }) => [fd, from > 0])).toEqual([
      [4, false],
      [5, true],
    ]);
  });

  test('know to whom a broadcast and a handshake go', () => {
    const broadcasts = events.flatMap(({ step }, i) => (step === 'broadcast' ? [i] : []));
    expect(marks.targetsOf(broadcasts[0] ?? -1)).toEqual([2]);
    expect(marks.targetsOf(broadcasts.find((i) => marks.targetsOf(i).length > 1) ?? -1)).toEqual([
      2, 3,
    ]);
    expect(marks.targetsOf(at('handshake'))).toEqual([2]);
    expect(marks.targetsOf(at('recv'))).toEqual([]);
  });
});

describe('the axis', () => {
  const steps = axisOf(events, 'steps');
  const time = axisOf(events, 'time');

  test('by steps gives each its room, and a wait a gap that is never wide', () => {
    const { xs } = axisOf(long, 'steps');
    const gaps = long.map((_, i) => (i === 0 ? 1 : (xs[i] ?? 0) - (xs[i - 1] ?? 0)));
    expect(Math.min(...gaps.slice(0, 1_000))).toBeCloseTo(1);
    const idle = long.findIndex(({ t }, i) => t - (long[i - 1]?.t ?? t) > 1_000_000);
    expect(gaps[idle]).toBeCloseTo(5);
  });

  test('knows where a person would notice that time passed', () => {
    const at = (t: number): TraceEvent => ({ ...(events[0] as TraceEvent), t });
    const waits = [at(0), at(200), at(4_500), at(4_500)];
    expect(gapsOf(waits, 0, 4)).toEqual([{ at: 2, ms: 4_300 }]);
    expect(gapsOf(waits, 3, 4)).toEqual([]);
  });

  test('by time is to scale, and by steps where no time passed', () => {
    expect(time.xs[60]).toBeCloseTo((events[60]?.t ?? 0) - (events[0]?.t ?? 0));
    const still = events.map((event): TraceEvent => ({ ...event, t: 9 }));
    expect(axisOf(still, 'time').measure).toBe('steps');
  });

  test('does not go back where a clock was set back', () => {
    const back = events.map((event, i): TraceEvent => ({ ...event, t: i === 50 ? 0 : event.t }));
    for (const measure of ['steps', 'time'] as const) {
      const { xs } = axisOf(back, measure);
      expect([...xs].every((x, i) => x >= (xs[i - 1] ?? 0))).toBe(true);
    }
  });

  test('of a fork begins as that of its run', () => {
    const fork = axisOf(events.slice(0, 40), 'steps');
    expect([...fork.xs]).toEqual([...steps.xs.slice(0, 40)]);
  });

  test.each([0, 1])('of %i events has a whole that can be shown', (n) => {
    const axis = axisOf(events.slice(0, n), 'time');
    expect(axis.whole.to).toBeGreaterThan(axis.whole.from);
    expect(seenIn(axis, axis.whole)).toEqual([0, n]);
  });

  test('comes closer round a place, moves within its ends, and stops at a few steps', () => {
    const closer = zoomed(steps, steps.whole, 4, 30);
    expect(closer.to - closer.from).toBeCloseTo((steps.whole.to - steps.whole.from) / 4);
    const share = (30 - closer.from) / (closer.to - closer.from);
    expect(share).toBeCloseTo((30 - steps.whole.from) / (steps.whole.to - steps.whole.from));
    expect(panned(steps, closer, -100).from).toBe(steps.whole.from);
    expect(panned(steps, closer, 100).to).toBeCloseTo(steps.whole.to);
    const closest = zoomed(steps, closer, 1e9, 30);
    expect(closest.to - closest.from).toBeCloseTo(6);
    expect(within(steps, { from: -1e9, to: 1e9 })).toEqual(steps.whole);
  });

  test('follows a step that leaves what is seen, and else stays', () => {
    const span = { from: 20, to: 60 };
    expect(following(steps, span, 40)).toBe(span);
    const on = following(steps, span, 61);
    expect((61 - on.from) / (on.to - on.from)).toBeCloseTo(0.2);
    const back = following(steps, span, 19);
    expect(back.from).toBeLessThan(19);
    expect(following(steps, steps.whole, 0)).toBe(steps.whole);
  });

  test('has its numbers at round places, and on a long one where a clock has them', () => {
    expect(ticksOf({ from: 0, to: 41 }, 5)).toEqual([0, 10, 20, 30, 40]);
    expect(ticksOf({ from: 3, to: 4 }, 4).map((x) => x.toFixed(1))).toEqual(['3.0', '3.5', '4.0']);
    expect(ticksOf({ from: 0, to: 3_600_000 }, 4).map((ms) => ms / 60_000)).toEqual([0, 30, 60]);
    expect(ticksOf({ from: 0, to: 0 }, 5)).toEqual([]);
  });
});

describe('the density', () => {
  const all = Marks.of(long);
  const axis = axisOf(long, 'steps');
  const { places, shown } = placesOf([all]);
  const density = densityOf(all, axis, axis.whole, 400, places[0] as Int32Array, shown.length);
  const of = (kind: Kind): number =>
    density.counts.reduce((sum, n, i) => (KINDS[i % KINDS.length] === kind ? sum + n : sum), 0);

  test('loses no event', () => {
    expect(density.counts.reduce((sum, n) => sum + n, 0)).toBe(long.length);
    expect(of('turn')).toBe(all.turns.length);
    expect(of('join')).toBe(long.filter(({ step }) => step === 'accept').length);
  });

  test('shows who came and who left over everything else', () => {
    const rise = 14;
    const points = new Uint32Array(density.columns * density.places * rise);
    const inks = Object.fromEntries(KINDS.map((kind, i) => [kind, i + 1])) as Record<Kind, number>;
    paintDensity(density, points, rise, inks);
    const leave = KINDS.indexOf('leave');
    for (let place = 0; place < density.places; place++) {
      for (let column = 0; column < density.columns; column++) {
        const n = density.counts[(place * density.columns + column) * KINDS.length + leave];
        if (n === 0) continue;
        expect(points[(place * rise + 1) * density.columns + column]).toBe(leave + 1);
      }
    }
  });

  test('takes the place of marks where they have no room', () => {
    const [line] = linesOf([{ marks: all, axis }]).lines;
    if (line === undefined) throw new Error('no line');
    expect(seenOf(line, { span: axis.whole, width: 1_200 }).isDense).toBe(true);
    const close = seenOf(line, { span: { from: 5_000, to: 5_200 }, width: 1_200 });
    expect(close.isDense).toBe(false);
    expect(close.last - close.first).toBeLessThanOrEqual(201);
  });
});

describe('a place of the picture', () => {
  const axis = axisOf(events, 'steps');
  const { places } = placesOf([marks]);
  const rows = places[0] as Int32Array;

  test('means the nearest mark of the row that is pointed at; where none is near, the nearest', () => {
    const recv = at('recv');
    const x = axis.xs[recv] ?? 0;
    expect(hitAt(marks, axis, rows, x + 0.4, 2, rows[2] ?? -1)).toBe(recv);
    const beside = hitAt(marks, axis, rows, x, 2, rows[SERVER] ?? -1);
    expect(marks.rowOf[beside ?? -1]).toBe(SERVER);
    expect(hitAt(marks, axis, rows, x, 2, -1)).toBe(recv);
    expect(hitAt(marks, axis, rows, -99, 2, 0)).toBe(0);
    expect(hitAt(marks, axis, rows, 1e9, 2, 0)).toBe(events.length - 1);
    expect(hitAt(Marks.of([]), axisOf([], 'steps'), rows, 0, 2, 0)).toBeNull();
  });

  test('is of a row, or of none on the strip and below the last', () => {
    const scene = { rem: 16, rise: 20, scrolled: 40, rows: 5 };
    expect(placeAt(scene, 10)).toBe(-1);
    expect(placeAt(scene, 24)).toBe(2);
    expect(placeAt(scene, 24 + 20 * 3)).toBe(-1);
  });

  test('has neighbours along its row', () => {
    const recv = at('recv');
    const next = nextOfRow(marks, recv, 1) ?? -1;
    expect([marks.rowOf[next], next > recv]).toEqual([2, true]);
    expect(nextOfRow(marks, next, -1)).toBe(recv);
    expect(nextOfRow(marks, 0, -1)).toBeNull();
  });

  test('thirty rows are seen at once, without a scroll', () => {
    expect(riseOf(32, 16) * 32).toBeLessThanOrEqual(28.5);
    expect(riseOf(3, 16)).toBe(2);
  });
});

describe('two traces on one axis', () => {
  test('have their sockets at the same places; what only the second has comes last', () => {
    const first = Marks.of(events.slice(0, at('broadcast')));
    const { places, shown } = placesOf([first, marks]);
    expect(places[0]?.[2]).toBe(places[1]?.[2]);
    expect(shown.map(({ fd }) => fd)).toEqual([null, 3, 4, 5]);
    expect(shown.at(-1)?.rows).toEqual([[], [3]]);
  });

  test('are kept by what is seen of a walk', () => {
    const walk = new Walk();
    walk.load(events);
    const timeline = new Timeline(walk);
    expect(timeline.faint).toBeNull();
    timeline.other.value = events.slice(0, 40);
    expect(timeline.faint?.axis.xs).toHaveLength(40);
    expect(timeline.faint).toBe(timeline.faint);
  });
});

describe('what is seen of a walk', () => {
  const opened = (): { walk: Walk; timeline: Timeline } => {
    const walk = new Walk();
    walk.load(events, 50);
    return { walk, timeline: new Timeline(walk) };
  };

  test('is at first all, and closer where the marks of a short trace would have no room', () => {
    const { timeline } = opened();
    timeline.begin(1_200);
    expect(timeline.span.value).toBeNull();
    const narrow = opened().timeline;
    narrow.begin(300);
    const { from, to } = narrow.seen;
    expect(to - from).toBeLessThan(40);
    expect(narrow.presentX).toBeGreaterThan(from);
    narrow.whole();
    narrow.begin(280); // turned round
    expect(narrow.span.value).toBeNull();
  });

  test('of a long trace is at first all: its density', () => {
    const walk = new Walk();
    walk.load(long);
    const timeline = new Timeline(walk);
    timeline.begin(300);
    expect(timeline.span.value).toBeNull();
  });

  test('comes closer to the present step, keeps it in sight, and is all again', () => {
    const { walk, timeline } = opened();
    for (let i = 0; i < 4; i++) timeline.zoom(2);
    const { from, to } = timeline.seen;
    expect(timeline.presentX).toBeGreaterThan(from);
    expect(timeline.presentX).toBeLessThan(to);
    walk.end();
    timeline.follow();
    expect(timeline.presentX).toBeLessThan(timeline.seen.to);
    for (let i = 0; i < 9; i++) timeline.zoom(0.5);
    expect(timeline.span.value).toBeNull();
  });

  test('shows about the same events by the other measure', () => {
    const { timeline } = opened();
    timeline.show({ from: timeline.presentX - 10, to: timeline.presentX + 10 });
    timeline.measureBy('time');
    const [first, last] = seenIn(timeline.drawn.axis, timeline.seen);
    expect(first).toBeLessThan(50);
    expect(last).toBeGreaterThan(49);
    expect(last - first).toBeLessThan(40);
  });

  test('goes along a row', () => {
    const { walk, timeline } = opened();
    walk.seek(at('recv') + 1);
    timeline.alongRow(1);
    expect(walk.event.value?.step).toBe('handshake');
    timeline.alongRow(-1);
    expect(walk.position.value).toBe(at('recv') + 1);
  });
});

describe('the words of a mark', () => {
  const plain = (text: string): string => text.replaceAll(/[\u2068\u2069]/g, '');
  const words = (step: string, which = 0): string => {
    const all = events.flatMap((event, i) => (event.step === step ? [i] : []));
    return plain(wordsAt(marks, all.at(which) ?? -1));
  };

  test('say who said what to whom', () => {
    const all = events.map((_, i) => plain(wordsAt(marks, i)));
    expect(all).toContain('Ada → "hello"');
    expect(all).toContain('Ada: "hello" → Ada, 小明');
    expect(all).toContain('小明 → "你好"');
    expect(words('accept')).toBe('Ada is accepted, as fd 4');
    expect(words('handshake')).toBe('101, handshake done → Ada');
    expect(words('send')).toBe('168 bytes → Ada');
    expect(words('act')).toBe('client A: connect');
    expect(words('select')).toMatch(/^1 socket watched; readable: fd 3$/);
  });

  test('name a few of many', () => {
    const all = Marks.of(long);
    const told = long.findLastIndex(({ step }) => step === 'broadcast');
    expect(plain(wordsAt(all, told))).toMatch(/→ (.+, ){4}and \d\d others$/);
  });

  test('keep what a peer wrote from moving anything else', () => {
    const hostile = events.map(
      (event): TraceEvent =>
        event.step === 'deal'
          ? { ...event, reply: event.reply.replaceAll('Ada', '\\u202e\\u001b[2Jada') }
          : event,
    );
    const other = Marks.of(hostile);
    const said = wordsAt(other, at('recv'));
    for (const sign of ['\u202e', '\u001b']) expect(said).not.toContain(sign);
    expect(said).toContain('\\u{202e}');
  });

  test('stand beside what carries something, and beside nothing else', () => {
    expect(labelAt(marks, at('recv'))).toBe('request');
    expect(labelAt(marks, at('select'))).toBe('');
  });

  test('say a long time in minutes', () => {
    expect(timeOf(8.4)).toBe('8.40 ms');
    expect(timeOf(275_475.87)).toBe('275.48 s');
    expect(timeOf(7_225_443)).toBe('120 min 25.44 s');
  });
});
