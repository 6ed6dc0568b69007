import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '../../src/bytes.js';
import { inspect } from '../../src/inspect/inspect.js';
import type { Parameters } from '../../src/page/address.js';
import { COMMON, choice, whole } from '../../src/page/address.js';
import { fieldAt, unitsWithin } from '../../src/page/bytes/fields.js';
import { BytesReading, WINDOW } from '../../src/page/bytes/state.js';
import { treeMove, treeRows } from '../../src/page/bytes/tree.js';
import { CutPlay } from '../../src/page/cuts/playing.js';
import { Session } from '../../src/page/session.js';
import { BYTE_EXAMPLES } from '../../src/page/shared/byte-examples.js';
import { hexParameter, KEPT, MOST_IN_ADDRESS } from '../../src/page/shared/hex-parameter.js';
import { textFrame } from '../../src/scenario/build.js';

const HELLO = '818537fa213d7f9f4d5158';

const PARAMETERS: Parameters = {
  view: choice('bytes'),
  ...COMMON,
  bytes: hexParameter(HELLO),
  at: whole(0, 0, 999_999_999),
  role: choice('auto', 'client', 'server'),
};

describe('bytes in the address', () => {
  const { mend } = hexParameter('');

  test('are hex in any spacing, and written in one form', () => {
    expect(mend('81 85 37 FA')).toBe('818537fa');
    expect(mend('0x81,0x85')).toBe('8185');
  });

  test.each(['', 'x', '818', 'zz', 'ab'.repeat(MOST_IN_ADDRESS + 1)])('are not %.10s', (text) => {
    expect(mend(text)).toBeNull();
  });
});

describe('the reading of the Bytes view', () => {
  function reading(): { session: Session; reading: BytesReading } {
    const session = new Session(PARAMETERS);
    return { session, reading: new BytesReading(session) };
  }

  test('begins with the bytes of the address, and keeps the address up to date', () => {
    const { session, reading: one } = reading();
    expect(toHex(one.editor.bytes.value)).toBe(HELLO);
    one.editor.set(0, 0x88);
    expect(session.parameter('bytes').value).toBe(`88${HELLO.slice(2)}`);
    expect(one.editor.canUndo.value).toBe(true);
    session.parameter('bytes').value = '8900';
    expect(toHex(one.editor.bytes.value)).toBe('8900');
    expect(one.editor.canUndo.value).toBe(false);
  });

  test('looks at the innermost field of a byte, or at the one that was chosen', () => {
    const { reading: one } = reading();
    one.look(8);
    expect(one.node.value).toMatchObject({ start: 8, end: 9 });
    const payload = fieldAt(one.units.value, 8);
    if (payload === null) throw new Error('bug: no payload');
    one.pick(payload);
    expect(one.node.value).toBe(payload);
    expect(one.at.value).toBe(6);
    one.look(99);
    expect(one.at.value).toBe(10);
  });

  test('what undo takes back is looked at', () => {
    const { reading: one } = reading();
    one.editor.set(3, 0);
    one.undo();
    expect(one.at.value).toBe(3);
    one.look(7);
    one.redo();
    expect(one.at.value).toBe(3);
  });

  test('the role can be said; else it is what the stream says, or the mask bit', () => {
    const { session, reading: one } = reading();
    expect(one.inspection.value.frames[0]?.problems).toEqual([]);
    session.parameter('role').value = 'server';
    expect(one.inspection.value.frames[0]?.problems[0]?.code).toBe('masked-server-frame');
    session.parameter('role').value = 'auto';
    const bytes = fromHex(HELLO) as Uint8Array;
    one.openStreams([{ name: 'a', bytes, options: { role: 'server' } }], {
      notes: ['a note'],
      file: 'a.bin',
    });
    expect(one.inspection.value.frames[0]?.problems[0]?.code).toBe('masked-server-frame');
    expect(one.notes.value).toEqual(['a note']);
  });

  test('goes from stream to stream, and forgets what was done to the last', () => {
    const { reading: one } = reading();
    const streams = ['8100', '8900'].map((hex) => ({
      name: hex,
      bytes: fromHex(hex) as Uint8Array,
      options: {},
    }));
    one.openStreams(streams, { notes: [], file: 'a.bin' });
    one.editor.set(0, 0);
    one.choose(1);
    expect(toHex(one.editor.bytes.value)).toBe('8900');
    one.choose(0);
    expect(toHex(one.editor.bytes.value)).toBe('8100');
    expect(one.editor.canUndo.value).toBe(false);
  });

  test('shows a window of what is long, and lets the address say that the tab keeps it', () => {
    const { session, reading: one } = reading();
    one.open(textFrame('x'.repeat(4_000)));
    expect(one.window.value).toEqual({ start: 0, end: WINDOW });
    one.look(WINDOW + 1);
    expect(one.window.value).toEqual({ start: WINDOW, end: 2 * WINDOW });
    expect(session.parameter('bytes').value).toBe(KEPT);
  });
});

describe('the rows of the tree', () => {
  const all = { start: 0, end: 4_096 };
  const units = unitsWithin(inspect(fromHex(HELLO) as Uint8Array), all);
  const none = new Map<string, boolean>();

  test('a field that is looked at is seen, however deep it lies', () => {
    const long = unitsWithin(inspect(textFrame('a long text of many letters')), all);
    const deep = fieldAt(long, 20)?.parts.at(-1);
    const id = deep?.id ?? '';
    expect(treeRows(long, none, null).some((row) => row.id === id)).toBe(false);
    expect(treeRows(long, none, id).some((row) => row.id === id)).toBe(true);
  });

  test('what is folded is left out', () => {
    const rows = treeRows(units, none, null);
    const [first] = rows;
    expect(treeRows(units, new Map([[first?.id ?? '', false]]), null)).toHaveLength(1);
    expect(rows.length).toBeGreaterThan(5);
  });

  test('the arrows go from row to row, fold, unfold, and go up', () => {
    const rows = treeRows(units, none, null);
    const [unit, field] = rows;
    if (unit === undefined || field === undefined) throw new Error('bug: no rows');
    expect(treeMove(rows, unit.id, 'ArrowDown')).toEqual({ go: field.id });
    expect(treeMove(rows, unit.id, 'ArrowUp')).toBeNull();
    expect(treeMove(rows, unit.id, 'ArrowLeft')).toEqual({ turn: unit.id, isOpen: false });
    expect(treeMove(rows, field.id, 'ArrowLeft')).toEqual({ go: unit.id });
    expect(treeMove(rows, field.id, 'ArrowRight')).toBeNull();
    expect(treeMove(rows, field.id, 'End')).toEqual({ go: rows.at(-1)?.id });
    expect(treeMove(rows, 'nothing', 'Home')).toBeNull();
    const closed = treeRows(units, new Map([[unit.id, false]]), null);
    expect(treeMove(closed, unit.id, 'ArrowRight')).toEqual({ turn: unit.id, isOpen: true });
  });

  test('no two rows have one id', () => {
    for (const { hex } of BYTE_EXAMPLES) {
      const rows = treeRows(unitsWithin(inspect(fromHex(hex) as Uint8Array), all), none, null);
      expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    }
  });
});

describe('the player of the cut slider', () => {
  const bytes = textFrame('{"type":"user","content":"hi"}');

  test('plays the last of what was asked for while it played', async () => {
    const player = new CutPlay();
    await Promise.all([1, 2, 9, 12].map((cut) => player.play(bytes, [cut], 'rfc6455')));
    expect(player.played.value?.cuts).toEqual([12]);
    expect(player.played.value?.first.difference).toBeNull();
    expect(player.played.value?.mirror.segments.map(({ defects }) => defects)).toEqual([
      ['D04'],
      ['D04'],
    ]);
    expect(player.played.value?.first.heard).toEqual([
      '{"type":"user","from":"Ada","content":"hi"}',
    ]);
    expect(player.played.value?.mirror.heard).toEqual(['[]', '[]']);
  });

  test('tries every cut of a stream, once at a time', async () => {
    const player = new CutPlay();
    const first = player.tryEvery(bytes, 'rfc6455');
    expect(player.isTrying.value).toBe(true);
    await player.tryEvery(bytes, 'rfc6455');
    expect(player.tried.value).toBeNull();
    await first;
    expect(player.isTrying.value).toBe(false);
    expect(player.tried.value?.first.hurts.size).toBe(0);
    expect(player.tried.value?.mirror.hurts.size).toBe(bytes.length - 1);
  });
});
