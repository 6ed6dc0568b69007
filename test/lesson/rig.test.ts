import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '../../src/bytes.js';
import { Checker, CheckFailure } from '../../src/lesson/checker.js';
import { openRig, piecesOf, traceOf } from '../../src/lesson/rig.js';
import { FdSet } from '../../src/net/net.js';
import { formatEvent, readTrace } from '../../src/trace/ndjson.js';

const quiet = (): Checker => new Checker(() => {});

describe('the rig of a check', () => {
  test('keeps a trace that can be read: who came, what select said, what was taken and sent', async () => {
    const rig = await openRig(quiet());
    const ada = await rig.joins('Ada');
    ada.says('hi');
    await rig.world.settle();
    const { read } = await rig.select(new FdSet([rig.listener, ada.at]));
    expect(read).toEqual([ada.at]);
    rig.send(ada.at, rig.recv(ada.at));
    expect(toHex(await ada.hears())).toBe('6869');
    expect(rig.events.map(({ step, turn }) => `${turn} ${step}`)).toEqual([
      '0 accept',
      '1 select',
      '1 recv',
      '1 send',
    ]);
    const text = rig.events.map((event) => `${formatEvent(event)}\n`).join('');
    expect(readTrace(text).events).toEqual(rig.events);
  });

  test('a client who connects waits in the queue until it is accepted', async () => {
    const rig = await openRig(quiet());
    const ada = await rig.connects('Ada');
    expect(ada.at).toBe(-1);
    const { read } = await rig.select(new FdSet([rig.listener]));
    expect(read).toEqual([rig.listener]);
    expect(rig.accept()).toBe(4);
  });

  test.each([
    ['close', 'FIN'],
    ['reset', 'ECONNRESET'],
  ] as const)('a client hears that the server leaves with %s', async (how, ended) => {
    const rig = await openRig(quiet());
    const ada = await rig.joins('Ada');
    rig.server[how](ada.at);
    await ada.hears();
    expect(ada.ended).toBe(ended);
  });

  test('an end that nobody takes spins, and is counted', async () => {
    const rig = await openRig(quiet());
    const ada = await rig.joins('Ada');
    ada.leaves('shutdown');
    await rig.world.settle();
    expect(await rig.spins(ada.at, 'read', 7)).toBe(7);
    expect(await rig.spins(ada.at, 'write', 7)).toBe(7);
  });

  test('a step that fails shows the trace up to there', async () => {
    const t = quiet();
    const rig = await openRig(t);
    rig.step('step.one');
    await rig.joins('Ada');
    expect(() => t.fail('wrong.one')).toThrow(CheckFailure);
    expect(t.failure?.failed.at).toBe(0);
  });
});

test('a trace without a server has a turn for each step', () => {
  const step = { step: 'recv', fd: 4, bytes: new Uint8Array(0) } as const;
  expect(traceOf([step, step]).map(({ seq, turn }) => [seq, turn])).toEqual([
    [0, 1],
    [1, 2],
  ]);
});

test('pieces are cut where it is said, and are memory of their own', () => {
  const bytes = fromHex('00010203') ?? new Uint8Array(0);
  const pieces = piecesOf(bytes, [1, 3]);
  expect(pieces.map(toHex)).toEqual(['00', '0102', '03']);
  bytes[0] = 9;
  expect(pieces[0]?.[0]).toBe(0);
  expect(piecesOf(bytes, [])).toEqual([bytes]);
});
