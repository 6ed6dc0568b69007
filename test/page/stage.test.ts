import { describe, expect, test } from 'vitest';
import { Fields } from '../../src/page/stage/fields.js';
import { type Stage, stageAt } from '../../src/page/stage/model.js';
import { middleWords } from '../../src/page/stage/ring.js';
import { Tracks } from '../../src/page/stage/tracks.js';
import * as script from '../../src/scenario/build.js';
import { SCENARIOS } from '../../src/scenario/shipped.js';
import { type Profile, simulate } from '../../src/scenario/simulate.js';
import type { Step, TraceEvent } from '../../src/trace/event.js';
import { Stepper } from '../../src/trace/stepper.js';
import { readRecording } from '../../src/watch/recording.js';
import { TWO_LOOPS } from '../support/strace.js';

interface Show {
  events: readonly TraceEvent[];
  /** The stage at a step, from 1. */
  at(step: number): Stage;
  /** The stages of all steps of a name. */
  all(name: string): Stage[];
}

function show(events: readonly TraceEvent[], most = 7): Show {
  const stepper = new Stepper([...events]);
  const tracks = new Tracks().take(events);
  const at = (step: number): Stage => {
    stepper.seek(step);
    return stageAt(tracks, stepper.view, most);
  };
  const all = (name: string): Stage[] =>
    events.flatMap(({ step }, i) => (step === name ? [at(i + 1)] : []));
  return { events, at, all };
}

async function play(name: string, profile: Profile = 'rfc6455'): Promise<Show> {
  const scenario = SCENARIOS.get(name);
  if (scenario === undefined) throw new Error(`bug: ${name} is not shipped`);
  return show((await simulate(scenario, { seed: 7, profile })).events);
}

const lane = (stage: Stage | undefined, fd: number) => stage?.lanes.find((one) => one.fd === fd);
const letters = (stage: Stage | undefined): string =>
  (stage?.hand ?? [])
    .map(({ fields }) => fields.map(({ letter, length }) => `${letter}${length}`).join(' '))
    .join(' | ');

describe('the ring', async () => {
  const chat = await play('one-client');

  test('stands before its beginning until select is called, and at the step itself from then on', () => {
    expect([1, 2, 3, 4].map((step) => chat.at(step).place)).toEqual(Array(4).fill('start'));
    for (const name of [
      'select',
      'accept',
      'recv',
      'handshake',
      'parse',
      'deal',
      'broadcast',
      'send',
    ]) {
      expect(new Set(chat.all(name).map(({ place }) => place))).toEqual(new Set([name]));
    }
  });

  test('rests in select while clients and the network do what they do', () => {
    const { place, mood, wait } = chat.at(5);
    expect([place, mood, wait]).toEqual(['select', 'waits', { ms: 0, part: 0, isTimeOut: false }]);
    expect(chat.at(16)).toMatchObject({ place: 'select', mood: 'waits' });
    expect(chat.at(16).wait?.part).toBeCloseTo((6.736 - 5.648) / (8.405 - 5.648));
    expect(chat.at(18).wait).toMatchObject({ part: 1, isTimeOut: false });
    expect(chat.at(18).wait?.ms).toBeCloseTo(8.405 - 5.648);
  });

  test('tells of a client that is gone where the loop was', () => {
    expect(chat.all('disconnect')[0]).toMatchObject({ place: 'parse', mood: 'fails' });
  });

  test('without a step has nothing, and does not fail', () => {
    expect(show([]).at(1)).toMatchObject({ place: 'start', lanes: [], fold: null, rows: 1 });
  });
});

describe('the fields of a stream', () => {
  const text = (length: number, ...extended: number[]): number[] => [
    ...[0x81, 0x80 | (extended.length === 0 ? length : extended.length === 2 ? 126 : 127)],
    ...extended,
    ...[1, 2, 3, 4],
    ...Array<number>(length).fill(0x78),
  ];
  const stream = Uint8Array.from([
    ...new TextEncoder().encode('GET / HTTP/1.1\r\nHost: a\r\n\r\n'),
    ...text(0),
    ...text(5),
    ...text(300, 1, 44),
    ...text(9, 0, 0, 0, 0, 0, 0, 0, 9),
  ]);

  test('are the same wherever it is cut', () => {
    const whole = new Fields(true);
    whole.read(stream);
    expect(whole.units.map(({ fields }) => fields.map(([letter]) => letter).join(''))).toEqual([
      'H',
      'FLK',
      ...Array(3).fill('FLKP'),
    ]);
    expect(whole.units.map(({ start, end }) => end - start)).toEqual([27, 6, 11, 308, 23]);
    for (let at = 1; at < stream.length; at++) {
      const cut = new Fields(true);
      cut.read(stream.subarray(0, at));
      cut.read(stream.subarray(at));
      expect(cut.units).toEqual(whole.units);
    }
  });
});

/** Long: so it is played once. */
const slow = await play('slow-reader');

describe('the bytes', () => {
  test('lie in the queue by their fields, and are in hand when recv has taken them', async () => {
    const chat = await play('one-client');
    expect(lane(chat.at(17), 4)?.queue).toMatchObject({ amount: 38, more: 0 });
    expect(lane(chat.at(17), 4)?.queue.blocks.map(({ length }) => length)).toEqual([38]);
    expect(letters(chat.at(19))).toBe('F1 L1 K4 P32');
    expect(lane(chat.at(19), 4)?.queue.blocks).toEqual([]);
    expect(letters(chat.at(20))).toBe('F1 L1 K4 P32');
    expect(chat.at(20).hand[0]?.key).toBe(lane(chat.at(17), 4)?.queue.blocks[0]?.key);
    expect(letters(chat.at(13))).toBe('H153');
    expect(letters(chat.at(22))).toBe('F1 L1 P52');
    expect(lane(chat.at(23), 4)?.passing.map(({ length }) => length)).toEqual([54]);
  });

  test('of a frame that was split come in two pieces; the program holds the first', async () => {
    const split = await play('split-frame');
    const first = split.events.findIndex((e) => e.step === 'recv' && e.bytes.length === 20) + 1;
    expect(letters(split.at(first))).toBe('F1 L1 K4 P14');
    expect(split.at(first).hand[0]).toMatchObject({ begins: true, ends: false });
    const arrived = split.at(first + 1);
    expect(lane(arrived, 4)?.held).toMatchObject([{ length: 20, begins: true, ends: false }]);
    expect(lane(arrived, 4)?.queue.blocks).toMatchObject([
      { length: 26, begins: false, ends: true },
    ]);
    expect(letters(split.at(first + 4))).toBe('F1 L1 K4 P40');
    expect(lane(split.at(first + 4), 4)?.held).toEqual([]);
  });

  test('of a request that was split are a head in pieces', async () => {
    const split = await play('split-handshake');
    const [first, second] = split
      .all('recv')
      .filter(
        ({ hand }) => hand[0]?.fields[0]?.letter === 'H' && (!hand[0].begins || !hand[0].ends),
      );
    expect(first?.hand).toMatchObject([{ begins: true, ends: false }]);
    expect(second?.hand).toMatchObject([{ begins: false }]);
  });

  test('fill the outbox of a reader that is slow, and what a send took goes on', () => {
    const at = slow.events.findIndex((e) => e.step === 'send' && e.taken < e.length) + 1;
    const event = slow.events[at - 1];
    if (event?.step !== 'send') throw new Error('bug: nothing was left in an outbox');
    const { outbox, passing } = lane(slow.at(at), event.fd) ?? {};
    expect(outbox?.amount).toBe(event.length - event.taken);
    const sum = (blocks: readonly { length: number }[] = []): number =>
      blocks.reduce((all, { length }) => all + length, 0);
    expect(sum(outbox?.blocks) + (outbox?.more ?? 0)).toBe(event.length - event.taken);
    expect(sum(passing)).toBe(event.taken);
    const later =
      slow.events.findIndex((e, i) => i > at + 200 && e.step === 'send' && e.fd === event.fd) + 1;
    expect(lane(slow.at(later), event.fd)?.outbox.amount).toBeGreaterThan(outbox?.amount ?? 0);
    expect(
      lane(slow.at(later), event.fd)?.outbox.blocks[1]?.fields.map(({ letter }) => letter),
    ).toEqual(['F', 'L', 'P']);
  });

  test('a send of the original that blocks stops the ring there', async () => {
    const original = await play('slow-reader', 'original');
    const [blocked] = original.all('block');
    expect(blocked).toMatchObject({ place: 'send', mood: 'blocked' });
    expect(blocked?.lanes.filter(({ isBlocking }) => isBlocking)).toHaveLength(1);
  });

  test('FIN lies behind them, and a reset is seen', async () => {
    const reset = await play('reset');
    const arrived = reset.events.findIndex((e) => e.step === 'arrive' && e.kind === 'reset') + 1;
    expect(lane(reset.at(arrived), 5)?.end).toBe('reset');
    expect(reset.all('disconnect')[0]?.hand).toMatchObject([{ kind: 'reset' }]);
    const fin = reset.events.findIndex((e) => e.step === 'recv' && e.bytes.length === 0) + 1;
    expect(lane(reset.at(fin - 1), 5)?.end).toBe('fin');
    expect(reset.at(fin).hand).toMatchObject([{ kind: 'fin' }]);
  });
});

describe('the lamps', async () => {
  const chat = await play('two-clients');
  const lamps = (stage: Stage): string[] => stage.lanes.map(({ read }) => read);

  test('are rings while select waits; it leaves the ready lit and takes out the others', () => {
    const select = chat.events.findLastIndex((e) => e.step === 'select' && e.read.length === 3) + 1;
    expect(lamps(chat.at(select - 1))).toEqual(['watched', 'watched', 'watched']);
    const after = lamps(chat.at(select));
    expect(after.filter((lamp) => lamp === 'ready')).toHaveLength(1);
    expect(after.filter((lamp) => lamp === 'taken')).toHaveLength(2);
    expect(lamps(chat.at(select + 1))).toContain('served');
  });

  test('of the listener is lit when someone waits, and its queue shows who', () => {
    const accept = chat.events.findIndex(({ step }) => step === 'accept') + 1;
    expect(lane(chat.at(accept - 1), 3)).toMatchObject({ read: 'ready', queue: { amount: 1 } });
    expect(lane(chat.at(accept), 3)).toMatchObject({ read: 'served', queue: { amount: 0 } });
    expect(chat.at(accept).hand).toMatchObject([{ kind: 'connection' }]);
  });

  test('for writing shine for one whose outbox waits', () => {
    const select = slow.events.findIndex((e) => e.step === 'select' && e.write.length > 0) + 1;
    const event = slow.events[select - 1];
    if (event?.step !== 'select') throw new Error('bug: nobody waited to write');
    const [fd = 0] = event.write;
    expect(lane(slow.at(select), fd)?.write).toBe(
      event.readyWrite.includes(fd) ? 'ready' : 'taken',
    );
  });
});

describe("a stranger's loop", () => {
  const recording = readRecording(TWO_LOOPS, 'calls.txt');
  const [first, second] = recording.loops.map(({ events }) => show(events));
  if (first === undefined || second === undefined) throw new Error('bug: there are two loops');

  test('waits in its own call, as long as that took', () => {
    const [wait] = first.all('select');
    expect(wait).toMatchObject({ call: 'select', wait: { ms: 500 } });
  });

  test('takes nothing for a handshake, and holds nothing back, where no handshake was seen', () => {
    const [recv] = first.all('recv');
    expect(letters(recv)).toBe('P2');
    expect(lane(recv, 4)).toMatchObject({ state: 'accepted', held: [] });
  });

  test('stands still in the call that blocks, and fails where a call fails, each in its place', () => {
    expect(first.all('block')[0]).toMatchObject({
      ...{ place: 'send', mood: 'blocked', call: 'sendto' },
    });
    expect(second.all('fault')[0]).toMatchObject({
      ...{ place: 'accept', mood: 'fails', call: 'accept' },
    });
  });

  test('has a look and words of its own for what only such a loop does', () => {
    const stamp = { v: 1, turn: 1, t: 0 } as const;
    const wait = { read: [5], write: [], readyRead: [5], readyWrite: [], scanned: 1 };
    const steps: readonly Step[] = [
      { step: 'select', ...wait, call: 'epoll_wait' },
      { step: 'wake', fd: 5, kind: 'timer' },
      { step: 'again', fd: 5, call: 'accept4' },
      { step: 'fault', fd: 5, call: 'accept4', code: 'EMFILE' },
      { step: 'other', call: 'fsync', count: 2, took: 30.5 },
    ];
    const strange = show(steps.map((step, seq) => ({ ...stamp, seq, ...step })));
    const seen = [2, 3, 4, 5].map((position) => {
      const stage = strange.at(position);
      const { upper, lower } = middleWords(stage);
      return [stage.mood, upper, lower].map((one) => one.replaceAll(/[\u2068\u2069]/g, ''));
    });
    expect(seen).toEqual([
      ['wakes', 'woken by itself', 'a timer'],
      ['asks', 'accept4 in vain', 'not now: EAGAIN'],
      ['fails', 'accept4 fails', 'EMFILE'],
      ['aside', 'busy in fsync', '30.50 ms, for no socket'],
    ]);
  });
});

describe('thirty clients', async () => {
  const names = Array.from({ length: 30 }, (_, i) => `C${i}`);
  let room = script.scenario('thirty', 'Thirty people in one room.');
  for (const name of names) room = room.joins(name, name);
  room = room.step(script.say('C0', 'hello'));
  const { events } = await simulate(room, { seed: 1 });
  const thirty = show(events);

  test('fit: who matters has a lane, the rest are folded into one', () => {
    const { lanes, fold, rows } = thirty.at(events.length);
    expect(lanes).toHaveLength(6);
    expect(fold?.sockets).toHaveLength(25);
    expect(rows).toBe(7);
    expect(lanes.map(({ fd }) => fd)).toEqual(lanes.map(({ fd }) => fd).sort((a, b) => a - b));
  });

  test('what moves unfolds: a broadcast is for the fold too, and each send has its lane', () => {
    const at = events.findLastIndex(({ step }) => step === 'broadcast') + 1;
    expect(thirty.at(at).fold?.isPresent).toBe(true);
    const sends = events.flatMap(({ step }, i) => (i >= at && step === 'send' ? [i + 1] : []));
    expect(sends).toHaveLength(30);
    for (const step of sends) {
      const stage = thirty.at(step);
      expect(stage.lanes.filter(({ passing }) => passing.length > 0)).toHaveLength(1);
      expect(stage.fold?.isPresent).toBe(false);
    }
  });

  test('a trace that grows is read on, and is the same as one that was read whole', () => {
    const growing = new Tracks();
    for (const n of [10, 500, events.length]) growing.take(events.slice(0, n));
    const stepper = new Stepper([...events]);
    stepper.end();
    expect(stageAt(growing, stepper.view, 7)).toEqual(thirty.at(events.length));
  });
});

describe('a function of a student’s', () => {
  const call: TraceEvent = {
    ...{ v: 1, seq: 0, turn: 0, t: 0 },
    step: 'call',
    lesson: 7,
    name: 'takeLines',
    args: [],
    returned: '4',
  };

  test('stands in the middle of the ring, with what it returned', () => {
    const stage = show([call]).at(1);
    expect(stage).toMatchObject({ place: 'start', mood: 'works', own: { name: 'takeLines' } });
    expect(middleWords(stage)).toEqual({ upper: 'ƒ takeLines', lower: '→ 4' });
  });

  test('fails where it was wrong', () => {
    expect(show([{ ...call, fault: 'wrong' }]).at(1).mood).toBe('fails');
  });
});
