import { describe, expect, test } from 'vitest';
import { fromUtf8Lossy } from '../../src/bytes.js';
import { DEFECTS } from '../../src/chat/defects.js';
import { MENDABLE, mendedNet, NOT_MENDED } from '../../src/chat/mends.js';
import { SimNet } from '../../src/net/sim.js';
import { frame, scenario, send, textFrame } from '../../src/scenario/build.js';
import { readFrame } from '../../src/scenario/reading.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { SCENARIOS } from '../../src/scenario/shipped.js';
import { simulate } from '../../src/scenario/simulate.js';
import { streamsOf, unitsOf } from '../../src/scenario/wire.js';

/** What each client got, a line a head or a frame, and how its connection ended. */
async function heard(what: string | Scenario, ...mended: string[]): Promise<Map<string, string[]>> {
  const played = typeof what === 'string' ? SCENARIOS.get(what) : what;
  if (played === undefined) throw new Error(`there is no scenario ${what}`);
  const { wire } = await simulate(played, { profile: 'original', mended });
  return new Map(
    [...streamsOf(played, wire)].map(([client, { bytes, end }]) => [
      client,
      [
        ...unitsOf(bytes).map(({ kind, start, end }) => {
          const unit = bytes.subarray(start, end);
          return kind === 'head' ? fromUtf8Lossy(unit) : readFrame(unit);
        }),
        ...(end === null ? [] : [end]),
      ],
    ]),
  );
}

test('every defect has a mend, or is named as one that has none', () => {
  const all = DEFECTS.map(({ number }) => number);
  expect([...MENDABLE, ...NOT_MENDED].sort()).toEqual(all);
  const net = new SimNet().host('server');
  expect(() => mendedNet(net, ['D21'])).toThrow(RangeError);
  expect(mendedNet(net, [])).toBe(net);
});

/** The scenarios in which one mend changes what the clients get; nobody is named in them by chance. */
const SHOWN: Record<string, string[]> = {
  D06: ['ping'],
  D07: ['fragments'],
  D12: ['unmasked'],
  D17: ['loose-type'],
  D20: ['forged-logout'],
  D27: ['infinite-name'],
  D30: ['close-with-reason'],
  D36: ['bad-utf8'],
  D05: ['large-message', 'long-request'],
  D10: ['plain-get', 'glued-handshake'],
  D13: ['two-frames', 'lying-length'],
  D15: ['silent-socket', 'paused'],
  D18: ['odd-types', 'infinite-name'],
  D34: ['login-order', 'silent-socket'],
  D02: ['one-client', 'two-clients', 'three-clients', 'eight-bytes'],
};

describe('with one mend the mirror is another where that defect shows, and the same elsewhere', () => {
  const quick = [...SCENARIOS.keys()].filter(
    (name) => name !== 'slow-reader' && name !== 'length-65025',
  );
  test.each(Object.entries(SHOWN))('%s', async (defect, names) => {
    const changed: string[] = [];
    for (const name of quick) {
      const [plain, mended] = [await heard(name), await heard(name, defect)];
      if (JSON.stringify([...plain]) !== JSON.stringify([...mended])) changed.push(name);
    }
    expect(changed).toEqual(names);
  });
});

const SAYS = (content: string, from = 'Ada') =>
  `text {"type":"user","from":"${from}","content":"${content}"}`;

describe('a mended mirror', () => {
  test('D01: takes a text of two bytes for one, and [] is the answer', async () => {
    const short = scenario('short', '')
      .joins('A', 'Ada')
      .step(send('A', textFrame('{}')));
    expect((await heard(short)).get('A')?.at(-1)).toBe('fin');
    expect((await heard(short, 'D01')).get('A')?.at(-1)).toBe('text []');
  });

  test('D02: answers a Close frame with its code', async () => {
    expect((await heard('eight-bytes', 'D02')).get('B')?.slice(-2)).toEqual(['close 1001', 'fin']);
  });

  test.each([
    ['D03', 'two-frames', SAYS('one')],
    ['D04', 'split-frame', SAYS('in two parts')],
    ['D07', 'fragments', SAYS('in two')],
    ['D10', 'glued-handshake', SAYS('said at once', '')],
  ])('%s: hears what was lost in %s', async (defect, name, said) => {
    const has = async (...mended: string[]) => (await heard(name, ...mended)).get('A');
    expect(await has()).not.toContain(said);
    expect(await has(defect)).toContain(said);
  });

  test('D05: hears a message that is longer than one recv', async () => {
    const all = (await heard('large-message', 'D05')).get('A') ?? [];
    expect(all.filter((one) => one.length > 2_041)).toHaveLength(3);
  });

  test('D06: answers a ping with a pong, and tells nobody', async () => {
    const mended = await heard('ping', 'D06');
    expect(mended.get('B')?.join()).toContain('pong');
    expect(mended.get('A')).not.toContain('text []');
  });

  test('D08: refuses what asks for no WebSocket, and D25: finds a key in lower case', async () => {
    expect((await heard('plain-get', 'D08')).get('B')?.[0]).toMatch(/^HTTP\/1\.1 200 /);
    const lower = (await heard('lower-case-key', 'D25')).get('A')?.[0];
    expect(lower).toContain('Accept:s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
  });

  test('D09: waits for the whole request', async () => {
    const heads = async (...mended: string[]) =>
      [...(await heard('split-handshake', ...mended)).values()].map((all) => all[0]);
    const right = /s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=/;
    expect((await heads()).filter((head) => right.test(head ?? ''))).toHaveLength(2);
    expect((await heads('D09')).filter((head) => right.test(head ?? ''))).toHaveLength(4);
  });

  test.each([
    ['D11', send('A', frame(0x2, 'bytes')), 'close 1003 "the chat takes text, not binary"'],
    ['D11', send('A', frame(0x3, 'bytes')), 'close 1002'],
    ['D12', send('A', frame(0x1, 'bare text', { maskingKey: null })), 'close 1002'],
    ['D13', send('A', Uint8Array.of(0x81, 0xfe, 0, 1, 0, 0, 0, 0, 0x61)), 'close 1002'],
    ['D36', send('A', frame(0x1, Uint8Array.of(0x61, 0x62, 0x63, 0xff))), 'close 1007'],
  ])('%s: says goodbye to who breaks the rule, with its code', async (defect, sent, says) => {
    const broken = scenario('broken', '').joins('A', 'Ada').step(sent);
    expect((await heard(broken)).get('A')?.at(-1)).toBe('text []');
    const mended = (await heard(broken, defect)).get('A') ?? [];
    expect(mended.find((one) => one.startsWith('close'))).toContain(says);
  });

  test('D14: tells the sender alone what was wrong', async () => {
    const mended = await heard('not-json', 'D14');
    expect([...mended.values()].flat()).not.toContain('text []');
    expect(mended.get('B')?.join()).toContain('"type":"system"');
    expect(mended.get('A')?.join()).not.toContain('"type":"system"');
  });

  test('D15: sends no frame in front of a head', async () => {
    for (const [first] of (await heard('silent-socket', 'D15')).values()) {
      expect(first ?? 'HTTP').toMatch(/^HTTP/);
    }
  });

  test('D16 and D34: lists who has a name, in the order of the logins', async () => {
    const list = async (...mended: string[]) => (await heard('login-order', ...mended)).get('A');
    expect((await list())?.at(-1)).toContain('"user_list":["Ada","\\u5c0f\\u660e","Grace"]');
    expect((await list('D34'))?.at(-1)).toContain('"user_list":["Grace","\\u5c0f\\u660e","Ada"]');
    expect((await list('D16'))?.join()).not.toContain('""');
  });

  test.each([
    ['D17', 'loose-type', '"content":"zero"'],
    ['D18', 'odd-types', '"content":null'],
    ['D19', 'rename', '"content":"\\u5c0f\\u660e"'],
    ['D20', 'forged-logout', '"content":"Ada","user_list":["Ada",'],
    ['D27', 'infinite-name', 'an empty text'],
  ])('%s: %s shows %s no more, but []', async (defect, name, text) => {
    const has = async (...mended: string[]) => [...(await heard(name, ...mended)).values()].join();
    expect(await has()).toContain(text);
    expect(await has(defect)).not.toContain(text);
    expect(await has(defect)).toContain('text []');
  });

  test('D24: writes 65,025 bytes in 16 bits', async () => {
    const all = [...(await heard('length-65025', 'D24')).values()].flat().join();
    expect(all).not.toContain('no good frame');
    expect([...(await heard('length-65025')).values()].flat().join()).toContain('no good frame');
  });

  test('D30: takes a Close frame with a reason for what it is', async () => {
    expect((await heard('close-with-reason', 'D30')).get('B')?.at(-1)).toBe('fin');
  });

  test('D32 and D33: writes the head and the JSON as the room does', async () => {
    const [plain] = (await heard('one-client', 'D32')).get('A') ?? [];
    expect(plain).toMatch(/\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3p/);
    expect([...(await heard('any-text', 'D33')).values()].join()).toContain('你好');
  });
});
