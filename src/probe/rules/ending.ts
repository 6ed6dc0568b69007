/**
 * How connections end (RFC 6455 5.5.1 and 7), and what is very large or breaks off (10.4).
 * @module
 */

import { joinBytes } from '../../bytes.js';
import { Opcode } from '../../websocket/frame.js';
import {
  binary,
  bytesOfLength,
  claim,
  close,
  echoBinary,
  echoText,
  frame,
  last,
  more,
  oneByOne,
  ping,
  text,
  textOf,
} from '../frames.js';
import type { Act, Expect, Level, Rule, RuleCode } from '../rule.js';

/** Codes that may stand in a Close frame. */
const RIGHT = [
  1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999,
];

/** 7.4.1: codes that an endpoint MUST NOT set. */
const NEVER = [1005, 1006, 1015];

/** Codes that mean nothing: 7.4.2 has no use for them, or 1000 to 2999 are kept for what may come. */
const UNKNOWN = [0, 999, 1004, 1016, 1100, 2000, 2999, 5000, 65_535];

function closed(
  code: RuleCode,
  acts: () => readonly Act[],
  expect: Omit<Extract<Expect, { is: 'closed' }>, 'is'>,
): Rule {
  return {
    id: code,
    group: 'close',
    section: '5.5.1',
    says: { code },
    acts,
    expect: { is: 'closed', ...expect },
  };
}

function badCode(closeCode: number, level: Level): Rule {
  return {
    id: `close-${closeCode}`,
    group: 'close',
    section: level === 'must' ? '7.4.1' : '7.4.2',
    level,
    says: { code: 'close-bad-code', values: { code: String(closeCode) } },
    acts: () => [close(closeCode)],
    expect: { is: 'close-refused', codes: [1002] },
  };
}

/** The rules of 5.5.1 and 7. */
export const CLOSE: readonly Rule[] = [
  closed('close-empty', () => [close(null)], { code: 1005 }),
  ...RIGHT.map(
    (code): Rule => ({
      id: `close-${code}`,
      group: 'close',
      section: '5.5.1',
      says: { code: 'close-code', values: { code: String(code) } },
      acts: () => [close(code)],
      expect: { is: 'closed', code },
    }),
  ),
  closed('close-reason', () => [close(1000, 'so long')], { code: 1000 }),
  closed('close-reason-123', () => [close(1000, textOf(123))], { code: 1000 }),
  closed('close-reason-utf8', () => [close(1000, '再见 👋')], { code: 1000 }),
  closed('close-bytes', () => oneByOne(close(1000, 'so long')), { code: 1000 }),
  closed('close-ends-tcp', () => [close(1000)], { code: 1000, ends: true }),
  closed('close-twice', () => [joinBytes([close(1000), close(1000)])], { code: 1000 }),
  closed('close-behind-text', () => [joinBytes([text('"last"'), close(1000)])], {
    code: 1000,
    echo: [echoText('"last"')],
  }),
  closed('text-behind-close', () => [joinBytes([close(1000), text('"too late"')])], {
    code: 1000,
    echo: [],
  }),
  closed('ping-behind-close', () => [joinBytes([close(1000), ping('too late')])], {
    code: 1000,
    echo: [],
  }),
  {
    id: 'close-1-byte',
    group: 'close',
    section: '5.5.1',
    says: { code: 'close-1-byte' },
    acts: () => [frame(Opcode.close, Uint8Array.of(0x03))],
    expect: { is: 'close-refused', codes: [1002] },
  },
  {
    id: 'close-reason-bad',
    group: 'close',
    section: '8.1',
    says: { code: 'close-reason-bad' },
    acts: () => [close(1000, Uint8Array.of(0x61, 0xff, 0x62))],
    expect: { is: 'close-refused', codes: [1007, 1002] },
  },
  ...NEVER.map((code) => badCode(code, 'must')),
  ...UNKNOWN.map((code) => badCode(code, 'should')),
];

const MIB = 1 << 20;
const TOO_BIG = [1009];

function big(
  code: RuleCode,
  length: number,
  make: (length: number) => { acts: readonly Act[]; echo: Parameters<typeof echoText>[0] },
  isText: boolean,
): Rule {
  return {
    id: `${code}-${length / MIB}`,
    group: 'limits',
    section: '10.4',
    says: { code, values: { mebibytes: length / MIB } },
    acts: () => make(length).acts,
    expect: () => {
      const { echo } = make(length);
      return { is: 'either', codes: TOO_BIG, echo: [isText ? echoText(echo) : echoBinary(echo)] };
    },
  };
}

function survived(code: RuleCode, acts: () => readonly Act[]): Rule {
  return {
    id: code,
    group: 'limits',
    section: '10.4',
    says: { code },
    acts,
    expect: { is: 'survived' },
  };
}

/** What is very large, and what breaks off. */
export const LIMITS: readonly Rule[] = [
  big('big-text', MIB, (n) => ({ acts: [text(textOf(n))], echo: textOf(n) }), true),
  big(
    'big-binary',
    MIB,
    (n) => ({ acts: [binary(bytesOfLength(n))], echo: bytesOfLength(n) }),
    false,
  ),
  big(
    'big-fragments',
    MIB,
    (n) => {
      const payload = bytesOfLength(n);
      const part = n / 64;
      const parts = Array.from({ length: 64 }, (_, i) =>
        payload.subarray(i * part, (i + 1) * part),
      );
      return {
        acts: [
          binary(parts[0] as Uint8Array, { fin: false }),
          ...parts.slice(1, -1).map((one) => more(one)),
          last(parts.at(-1) as Uint8Array),
        ],
        echo: payload,
      };
    },
    false,
  ),
  big(
    'big-binary',
    16 * MIB,
    (n) => ({ acts: [binary(bytesOfLength(n))], echo: bytesOfLength(n) }),
    false,
  ),
  survived('claim-2-gib', () => [claim(2n ** 31n), bytesOfLength(1_000)]),
  survived('claim-2-53', () => [claim(2n ** 53n + 1n), bytesOfLength(1_000)]),
  survived('claim-2-62', () => [claim(2n ** 62n), bytesOfLength(1_000)]),
  survived('ends-in-frame', () => [text(textOf(100)).subarray(0, 40), { end: 'fin' }]),
  survived('ends-in-message', () => [text('"be', { fin: false }), { end: 'fin' }]),
  survived('resets', () => [text('"and gone"'), { end: 'reset' }]),
];
